/// <reference types="node" />
import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as camada from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expected } from "../oracle/expected.js";
import { BINARY, type Function, METHODS, OTHERS, REDUCTION, UNARY, type Way } from "./operations.js";
import { type Names, namesByRule } from "./rule.js";

/**
 * Names never disagree; an axis without a name takes the other's; no result has one name twice: held for
 * every operation, over random shapes and names.
 */

const OPS = join(import.meta.dirname, "../../packages/camada/src/ops");
const modules: object[] = await Promise.all(
  readdirSync(OPS)
    .filter((file) => !file.includes(".test."))
    .map((file) => import(join(OPS, file))),
);
const made = new Set<unknown>(modules.flatMap((module) => Object.values(module)));
type Recorded = Function & { operation?: camada.ElementwiseOperation | camada.ReduceOperation };
/** What the library exports of ops/: all its operations. */
const operations = Object.entries(camada as unknown as Record<string, Recorded>).filter(([, f]) =>
  made.has(f),
);

function waysOf(name: string, { operation }: Recorded): readonly Way[] {
  if (operation === undefined) return OTHERS[name] ?? [];
  if (operation.kind === "reduce") return REDUCTION;
  return operation.arity === 1 ? UNARY : BINARY;
}

const name = fc.constantFrom(null, null, "a", "b", "c");
/** Names for the axes of one array: none twice. */
const namesFor = (shape: readonly number[]): fc.Arbitrary<Names> =>
  fc
    .tuple(...shape.map(() => name))
    .map((names) => names.map((n, i) => (n !== null && names.indexOf(n) < i ? null : n)));

interface Case {
  readonly shapes: readonly (readonly number[])[];
  readonly names: readonly Names[];
}
const casesOf = ({ shapes }: Way): fc.Arbitrary<Case> =>
  shapes.chain((shapes) => fc.tuple(...shapes.map(namesFor)).map((names) => ({ shapes, names })));

const arrayOf = (shape: readonly number[], names: Names, values?: readonly number[]): camada.NDArray => {
  const size = shape.reduce((n, s) => n * s, 1);
  const data = Float64Array.from({ length: size }, (_, i) => values?.[i] ?? i + 1);
  return camada.fromTypedArray(data, shape).named(...(names as string[])) as camada.NDArray;
};

/** What a call gives, or undefined where it is refused for its names. */
function attempt(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    if (error instanceof camada.ShapeError && /axes|names/.test(error.code)) return undefined;
    throw error;
  }
}

function checkNames(result: unknown, rule: Names): void {
  for (const part of Array.isArray(result) ? result : [result]) {
    if (typeof part !== "object") continue;
    expect((part as camada.NDArray).names).toEqual(rule.some((n) => n !== null) ? rule : null);
  }
}

const all: [string, Function, readonly Way[]][] = [
  ...operations.map(([name, f]): [string, Function, readonly Way[]] => [name, f, waysOf(name, f)]),
  ...Object.entries(METHODS).map(([name, ways]): [string, Function, readonly Way[]] => [
    name,
    () => {},
    ways,
  ]),
];

describe("names", () => {
  it("are looked at in every operation", () => {
    expect(operations.length).toBeGreaterThan(60);
    expect(all.filter(([, , ways]) => ways.length === 0).map(([name]) => name)).toEqual([]);
  });

  it.each(all)("of %s follow the rule", (_, f, ways) => {
    let taken = 0;
    let refused = 0;
    for (const way of ways) {
      fc.assert(
        fc.property(casesOf(way), ({ shapes, names }) => {
          const rule = namesByRule(way.meets(shapes), names);
          const result = attempt(() =>
            way.call(
              f,
              shapes.map((shape, i) => arrayOf(shape, names[i]!)),
            ),
          );
          if (rule === undefined) refused++;
          else taken++;
          expect(result === undefined).toBe(rule === undefined);
          if (rule !== undefined) checkNames(result, rule);
        }),
      );
    }
    expect(taken).toBeGreaterThan(0);
    const several = ways.some(({ shapes }) => fc.sample(shapes, 1)[0]!.length > 1);
    expect(refused > 0).toBe(several);
  });
});

const SCRIPT = `
def answer(case):
    a, b, c = (np.array(v, dtype="float64").reshape(s) for v, s in zip(case["values"], case["shapes"]))
    return getattr(np, case["op"])(a, b, c).ravel()
result = [answer(case) for case in data]
`;

describe.each(Object.entries({ where: camada.where, clip: camada.clip }))("%s with names", (op, f) => {
  it("gives NumPy's values, or refuses the names", () => {
    const way = OTHERS[op]![0]!;
    const values = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 27, maxLength: 27 });
    const cases = fc
      .sample(fc.tuple(casesOf(way), fc.tuple(values, values, values)), { seed: 30, numRuns: 200 })
      .map(([{ shapes, names }, values]) => ({
        op,
        shapes,
        names,
        values: values.map((v, i) =>
          v.slice(
            0,
            shapes[i]!.reduce((n, s) => n * s, 1),
          ),
        ),
      }));
    const answers = expected<readonly number[]>(`names-${op}`, SCRIPT, cases);
    let refused = 0;
    cases.forEach(({ shapes, names, values }, i) => {
      const rule = namesByRule(way.meets(shapes), names);
      const arrays = shapes.map((shape, k) => arrayOf(shape, names[k]!, values[k]));
      const result = attempt(() => way.call(f as Function, arrays)) as camada.NDArray | undefined;
      if (rule === undefined) refused++;
      expect(result === undefined).toBe(rule === undefined);
      if (result === undefined) return;
      checkNames(result, rule!);
      expect([...result.data]).toEqual(answers[i]);
    });
    expect(refused).toBeGreaterThan(20);
    expect(refused).toBeLessThan(180);
  });
});
