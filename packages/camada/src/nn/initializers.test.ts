import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../array/random/index.js";
import { CamadaError } from "../errors/error.js";
import * as makers from "./initializers.js";

const { constant, initializerOf, onesInit, orthogonal, randomNormal, randomUniform, zerosInit } = makers;

const fan = { in: 200, out: 100 };
const draw = (initializer: makers.Initializer, shape = [fan.out, fan.in]) =>
  initializer.init(random.defaultRng(5), shape, fan);

/** What each must have: its variance, and its bounds where it has any. */
const UNIFORM = [
  [makers.glorotUniform(), Math.sqrt(6 / 300)],
  [makers.heUniform(), Math.sqrt(6 / 200)],
  [makers.lecunUniform(), Math.sqrt(3 / 200)],
  [randomUniform(), 0.05],
] as const;
const NORMAL = [
  [makers.glorotNormal(), Math.sqrt(2 / 300)],
  [makers.heNormal(), Math.sqrt(2 / 200)],
  [makers.lecunNormal(), Math.sqrt(1 / 200)],
  [randomNormal({ std: 0.3 }), 0.3],
] as const;

const moments = (values: Iterable<number>) => {
  const all = [...values];
  const mean = all.reduce((a, b) => a + b) / all.length;
  return { mean, std: Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length) };
};

function codeOf(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    if (error instanceof CamadaError) return error.code;
    throw error;
  }
  return "nothing was thrown";
}

describe("initializers", () => {
  it.each(UNIFORM)("$name fills its bounds evenly", (initializer, limit) => {
    const { data } = draw(initializer);
    const { mean, std } = moments(data);
    expect(Math.max(...data)).toBeLessThan(limit);
    expect(Math.min(...data)).toBeGreaterThanOrEqual(-limit);
    expect(Math.max(...data)).toBeGreaterThan(0.999 * limit);
    expect(Math.abs(mean)).toBeLessThan(0.02 * limit);
    expect(std / (limit / Math.sqrt(3))).toBeCloseTo(1, 1.7);
  });

  it.each(NORMAL)("$name has its standard deviation", (initializer, wanted) => {
    const { mean, std } = moments(draw(initializer).data);
    expect(Math.abs(mean)).toBeLessThan(0.03 * wanted);
    expect(std / wanted).toBeCloseTo(1, 1.7);
  });

  it("draw neuron by neuron, so that more neurons leave the first as they were", () => {
    for (const [initializer] of [...UNIFORM, ...NORMAL]) {
      const few = [...draw(initializer, [2, 3]).data];
      expect([...draw(initializer, [4, 3]).data].slice(0, 6)).toEqual(few);
    }
  });

  it("constant is the same throughout", () => {
    expect([...draw(constant(-2), [2, 2]).data]).toEqual([-2, -2, -2, -2]);
    expect([...draw(zerosInit(), [2]).data, ...draw(onesInit(), [2]).data]).toEqual([0, 0, 1, 1]);
  });

  it("are made again by their config, through JSON", () => {
    const all = [
      ...[...UNIFORM, ...NORMAL].map(([initializer]) => initializer),
      ...[constant(3), orthogonal({ gain: 0.5 }), randomUniform({ low: 1, high: 2 })],
    ];
    expect(new Set(all.map(({ name }) => name)).size).toBe(10);
    for (const initializer of all) {
      const again = initializerOf(JSON.parse(JSON.stringify(initializer.config)));
      expect(again.config).toEqual(initializer.config);
      expect([...draw(again, [3, 4]).data]).toEqual([...draw(initializer, [3, 4]).data]);
    }
  });

  it("of other names are refused, whatever the name", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom("toString", "__proto__", "constructor")), (name) => {
        expect(codeOf(() => initializerOf({ name }))).toBe("config.unknown");
      }),
    );
  });

  it("refuse settings that mean nothing", () => {
    expect(codeOf(() => constant(Number.NaN))).toBe("number.finite");
    expect(codeOf(() => orthogonal({ gain: Infinity }))).toBe("number.finite");
    expect(codeOf(() => randomNormal({ std: -1 }))).toBe("number.notNegative");
    expect(codeOf(() => randomNormal({ stddev: 1 } as never))).toBe("option.unknown");
    expect(codeOf(() => initializerOf({ name: "constant", value: "3" }))).toBe("number.finite");
  });

  it("make weights of no values for layers that take nothing in", () => {
    for (const initializer of [makers.heNormal(), makers.glorotUniform(), orthogonal()]) {
      expect(initializer.init(random.defaultRng(0), [2, 0], { in: 0, out: 0 }).shape).toEqual([2, 0]);
    }
  });
});
