import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { CamadaError } from "../../errors/error.js";
import type { NDArray as Values } from "../../shape/types.js";
import { array, ones, zeros } from "../creation.js";
import { type Generator, RandomState, random } from "./index.js";

function codeOf(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    if (error instanceof CamadaError) return error.code;
    throw error;
  }
  return "nothing was thrown";
}

describe("the shared stream", () => {
  it("repeats after the same seed", () => {
    random.seed(0);
    const first = random.randn(3, 2);
    random.seed(0);
    expect(`${random.randn(3, 2)}`).toBe(`${first}`);
    expect(`${first}`).toBe(
      "[[ 1.76405235  0.40015721]\n [ 0.97873798  2.2408932 ]\n [ 1.86755799 -0.97727788]]",
    );
  });

  it("forgets the second normal deviate of a pair when seeded", () => {
    random.seed(0);
    const first = random.randn();
    random.seed(0);
    expect(random.randn()).toBe(first);
  });

  it("gives functions that can be taken out", () => {
    const { seed, rand } = random;
    seed(0);
    expect(rand()).toBe(0.5488135039273248);
  });

  it("differs from run to run without a seed", () => {
    expect(new RandomState().rand(4).toArray()).not.toEqual(new RandomState().rand(4).toArray());
    random.seed();
    const a = random.rand(4).toArray();
    random.seed();
    expect(random.rand(4).toArray()).not.toEqual(a);
    expect(random.defaultRng().random([4]).toArray()).not.toEqual(random.defaultRng().random([4]).toArray());
  });
});

describe("states", () => {
  it("resume exactly, through JSON, even between the two deviates of a pair", () => {
    const r = new RandomState(42);
    r.randn(3);
    const state = JSON.parse(JSON.stringify(r.getState()));
    const next = r.randn(1000).toArray();
    const other = new RandomState(7);
    other.setState(state);
    expect(other.randn(1000).toArray()).toEqual(next);
  });

  it("resume exactly between the two halves of a word", () => {
    const r = random.defaultRng(42);
    r.integers(0, 10, [3]);
    const state = JSON.parse(JSON.stringify(r.getState()));
    const next = r.integers(0, 10, [999]).toArray();
    const other = random.defaultRng(7);
    other.setState(state);
    expect(other.integers(0, 10, [999]).toArray()).toEqual(next);
  });

  it("resume between whole words", () => {
    const r = random.defaultRng(42);
    const other = random.defaultRng(7);
    other.integers(0, 10);
    other.setState(JSON.parse(JSON.stringify(r.getState())));
    expect(other.integers(0, 10, [999]).toArray()).toEqual(r.integers(0, 10, [999]).toArray());
  });

  it("of another generator, or damaged, are refused and change nothing", () => {
    const legacy = new RandomState(1);
    const generator = random.defaultRng(1);
    const good = legacy.getState();
    const pcg = generator.getState();
    for (const bad of [
      pcg,
      { ...good, key: good.key.slice(1) },
      { ...good, key: good.key.map(() => -1) },
      { ...good, position: 625 },
      { ...good, gauss: Number.NaN },
      {},
    ]) {
      expect(codeOf(() => legacy.setState(bad as typeof good))).toBe("random.state");
    }
    for (const bad of [
      good,
      { ...pcg, state: [1, 2, 3] },
      { ...pcg, increment: [2, 0, 0, 0] },
      { ...pcg, half: -1 },
    ]) {
      expect(codeOf(() => generator.setState(bad as typeof pcg))).toBe("random.state");
    }
    expect(legacy.rand()).toBe(new RandomState(1).rand());
    expect(generator.random()).toBe(random.defaultRng(1).random());
  });
});

describe("whole numbers", () => {
  it("are int32 where the range fits, else float64", () => {
    const dtype = (low: number, high: number) => new RandomState(0).randint(low, high, [2]).dtype;
    expect([dtype(0, 10), dtype(-(2 ** 31), 2 ** 31)]).toEqual(["int32", "int32"]);
    expect([dtype(0, 2 ** 31 + 1), dtype(-(2 ** 31) - 1, 0)]).toEqual(["float64", "float64"]);
    expect(random.defaultRng(0).integers(0, 2 ** 31 - 1, [2], { endpoint: true }).dtype).toBe("int32");
    expect([random.permutation(3).dtype, random.choice(3, [2]).dtype]).toEqual(["int32", "int32"]);
  });
});

describe("permutation, shuffle and choice", () => {
  const batch = () => zeros([3, 2], ["batch", "feature"]);

  it("keep axis names and dtype", () => {
    expect(random.permutation(batch()).names).toEqual(["batch", "feature"]);
    expect(random.permutation(batch().astype("int32")).dtype).toBe("int32");
    const rng = random.defaultRng(0);
    expect(rng.choice(batch(), [2]).names).toEqual(["batch", "feature"]);
    expect(rng.choice(batch(), [2, 2]).names).toEqual([null, null, "feature"]);
    expect((rng.choice(batch()) as Values).names).toEqual(["feature"]);
    expect(rng.choice(array([true, false]), [5]).dtype).toBe("bool");
  });

  it("move whole rows, and permutation leaves its argument alone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 30 }), (seed, n) => {
        const rows = Array.from({ length: n }, (_, i) => [2 * i, 2 * i + 1]);
        const a = n === 0 ? zeros([0, 2]) : array(rows);
        const moved = new RandomState(seed).permutation(a).toArray() as number[][];
        expect(moved.sort((x, y) => x[0]! - y[0]!)).toEqual(rows);
        expect(a.toArray()).toEqual(rows);
      }),
    );
  });

  it("shuffle through a view changes the array, and nothing else in it", () => {
    const a = array([
      [0, 1, 2, 3],
      [10, 11, 12, 13],
      [20, 21, 22, 23],
    ]);
    const r = new RandomState(3);
    r.shuffle(a.T as Values);
    const order = a.at(0).toArray() as number[];
    expect(order).not.toEqual([0, 1, 2, 3]);
    expect([...order].sort()).toEqual([0, 1, 2, 3]);
    expect(a.toArray()).toEqual([order, order.map((x) => x + 10), order.map((x) => x + 20)]);
  });

  it("take lists: numbers as arrays, others as they are", () => {
    const cards = ["A", "B", "C", "D"];
    expect(new Set(random.permutation(cards))).toEqual(new Set(cards));
    expect(cards).toEqual(["A", "B", "C", "D"]);
    expect(cards).toContain(random.choice(cards));
    expect(random.choice(cards, [6])).toHaveLength(6);
    expect(random.choice([2.5, 3.5], [6]).dtype).toBe("float64");
    random.shuffle(cards);
    expect(new Set(cards)).toEqual(new Set(["A", "B", "C", "D"]));
  });

  it("never choose what has probability 0, or twice without replacement", () => {
    const rng = random.defaultRng(5);
    for (let i = 0; i < 200; i++) {
      const three = rng.choice(5, [3], { replace: false, p: [0, 0.5, 0.25, 0.25, 0] }).toArray() as number[];
      expect([...three].sort()).toEqual([1, 2, 3]);
    }
  });
});

describe("bad arguments", () => {
  const p = [0.5, 0.5];
  type Call = readonly [code: string, call: (r: RandomState & Generator) => unknown];
  const both: readonly Call[] = [
    ["random.infinite", (r) => r.uniform(0, Number.POSITIVE_INFINITY, [2])],
    ["random.infinite", (r) => r.uniform(-1e308, 1e308)],
    ["random.infinite", (r) => r.normal(Number.NaN, 1)],
    ["random.negative", (r) => r.normal(0, -1, [2])],
    ["random.negative", (r) => r.exponential(-1)],
    ["shape.size", (r) => r.normal(0, 1, [2, -1])],
    ["shape.size", (r) => r.standardNormal([1.5])],
    ["shape.overflow", (r) => r.standardNormal([2 ** 20, 2 ** 20])],
    ["shape.size", (r) => r.permutation(-1)],
    ["random.scalar", (r) => r.permutation(array(1) as unknown as Values)],
    ["random.scalar", (r) => r.shuffle(array(1) as unknown as Values)],
    ["random.scalar", (r) => r.choice(array(1) as unknown as Values)],
    ["random.empty", (r) => r.choice(0)],
    ["random.empty", (r) => r.choice([], [1])],
    ["random.population", (r) => r.choice(3, [2, 2], { replace: false })],
    ["random.weights", (r) => r.choice(3, [2], { p })],
    ["random.weight", (r) => r.choice(2, [2], { p: [1.5, -0.5] })],
    ["random.weight", (r) => r.choice(2, [2], { p: [Number.NaN, 1] })],
    ["random.weightSum", (r) => r.choice(2, [2], { p: [0.5, 0.6] })],
    ["random.weightFew", (r) => r.choice(2, [2], { p: [1, 0], replace: false })],
    ["shape.size", (r) => r.choice(2, [-1], { p })],
  ];
  const legacy: readonly Call[] = [
    ...both,
    ["random.seed", (r) => r.seed(-1)],
    ["random.seed", (r) => r.seed(2 ** 32)],
    ["random.seed", (r) => r.seed(0.5)],
    ["random.seed", (r) => r.seed([])],
    ["random.seed", (r) => r.seed([1, -1])],
    ["random.seed", (r) => r.seed("1" as unknown as number)],
    ["shape.size", (r) => r.rand(2, -1)],
    ["shape.size", (r) => r.randn([2, 3] as unknown as number)],
    ["random.bounds", (r) => r.randint(5, 5)],
    ["random.bounds", (r) => r.randint(0)],
    ["random.bounds", (r) => r.randint(5, 4, [2])],
    ["value.integer", (r) => r.randint(0, 2.5)],
    ["value.integer", (r) => r.randint(0, 2 ** 53)],
    ["random.span", (r) => r.randint(-(2 ** 52) - 1, 2 ** 52)],
    ["shape.size", (r) => r.randint(0, 5, [-1])],
    ["random.axes", (r) => r.choice(ones([2, 2]))],
  ];
  const generator: readonly Call[] = [
    ...both,
    ["random.bounds", (r) => r.integers(5, 4, [2], { endpoint: true })],
    ["random.bounds", (r) => r.integers(5, 5)],
    ["random.span", (r) => r.integers(-(2 ** 52), 2 ** 52, undefined, { endpoint: true })],
  ];

  it.each(legacy)("%s: the legacy stream refuses, and stands where it stood: %s", (code, call) => {
    const r = new RandomState(0);
    expect(codeOf(() => call(r as RandomState & Generator))).toBe(code);
    expect(r.rand()).toBe(new RandomState(0).rand());
  });

  it.each(generator)("%s: a generator refuses, and stands where it stood: %s", (code, call) => {
    const r = random.defaultRng(0);
    expect(codeOf(() => call(r as RandomState & Generator))).toBe(code);
    expect(r.random()).toBe(random.defaultRng(0).random());
  });

  it.each([-1, 0.5, 2 ** 53, -1n, [1, -1], "1"])("a generator refuses the seed %s", (seed) => {
    expect(codeOf(() => random.defaultRng(seed as number))).toBe("random.seedLarge");
  });
});

describe("types", () => {
  it("are numbers without sizes, and arrays of the sizes with them", () => {
    expectTypeOf(random.rand()).toEqualTypeOf<number>();
    expectTypeOf(random.randn(3, 2)).toEqualTypeOf<Values<[3, 2]>>();
    expectTypeOf(random.randint(1, 7)).toEqualTypeOf<number>();
    expectTypeOf(random.randint(1, 7, [10])).toEqualTypeOf<Values<[10]>>();
    expectTypeOf(random.normal(0, 1, [2, 3])).toEqualTypeOf<Values<[2, 3]>>();
    expectTypeOf(random.permutation(5)).toEqualTypeOf<Values<[5]>>();
    expectTypeOf(random.permutation(["a"])).toEqualTypeOf<string[]>();
    expectTypeOf(random.choice(["a", "b"])).toEqualTypeOf<string>();
    expectTypeOf(random.choice(5, [2])).toEqualTypeOf<Values<[2]>>();
    expectTypeOf(random.choice(array([1, 2, 3]), [2])).toEqualTypeOf<Values<[2]>>();
    const sizes: number[] = [2, 3];
    expectTypeOf(random.rand(...sizes)).toEqualTypeOf<Values<number[]>>();
    expectTypeOf(random.defaultRng(0).random([2])).toEqualTypeOf<Values<[2]>>();
    expect(random.rand(...sizes).shape).toEqual([2, 3]);
  });
});
