import * as camada from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  expectCompiledEqualsEager,
  type Function,
  isRefused,
  mixed,
  outcome,
  totalled,
} from "./expectations.js";

/** Random programs: operations on the results of others. They are what they are compiled, and have gradients. */

type Array = camada.NDArray;
const c = camada as unknown as Record<string, (...args: unknown[]) => Array>;

/** Each takes two arrays, and a whole number where it wants one. Values stay small, so that slopes do. */
const STEPS: Record<string, (x: Array, y: Array, n: number) => unknown> = {
  add: (x, y) => c["add"]!(x, y),
  subtract: (x, y) => c["subtract"]!(x, y),
  multiply: (x, y) => c["tanh"]!(c["multiply"]!(x, y)),
  divide: (x, y) => c["divide"]!(x, c["add"]!(c["square"]!(y), 1)),
  power: (x, y) => c["power"]!(c["add"]!(c["abs"]!(c["sin"]!(x)), 0.5), c["tanh"]!(y)),
  maximum: (x, y) => c["maximum"]!(x, y),
  mod: (x, y) => c["mod"]!(x, c["add"]!(c["square"]!(y), 1)),
  where: (x, y) => c["where"]!(c["greater"]!(x, 0.25), y, c["negative"]!(y)),
  exp: (x) => c["exp"]!(c["tanh"]!(x)),
  log: (x) => c["log1p"]!(c["square"]!(x)),
  sqrt: (x) => c["sqrt"]!(c["add"]!(c["square"]!(x), 1)),
  clip: (x, _, n) => c["clip"]!(x, -n - 0.3, n + 0.3),
  sum: (x, _, n) => c["sin"]!(c["sum"]!(x, n)),
  mean: (x, _, n) => c["subtract"]!(x, c["mean"]!(x, n, { keepdims: true })),
  variance: (x, _, n) => c["var"]!(c["cos"]!(x), n),
  max: (x, _, n) => c["max"]!(x, n),
  prod: (x, _, n) => c["prod"]!(c["sin"]!(x), n, { keepdims: true }),
  cumsum: (x, _, n) => c["sin"]!(c["cumsum"]!(x, n)),
  sort: (x, _, n) => c["sort"]!(x, n),
  softmax: (x, _, n) =>
    c["divide"]!(c["exp"]!(c["tanh"]!(x)), c["sum"]!(c["exp"]!(c["tanh"]!(x)), n, { keepdims: true })),
  transpose: (x) => x.T,
  reshape: (x) => c["reshape"]!(x, [-1]),
  expandDims: (x, _, n) => c["expandDims"]!(x, n),
  flip: (x, _, n) => c["flip"]!(x, n),
  slice: (x, _, n) => x.slice([null, null, -1], [0, n]),
  at: (x, _, n) => x.at(-n),
  concatenate: (x, y, n) => c["concatenate"]!([x, y], n),
  stack: (x, y, n) => c["stack"]!([x, y], n),
  split: (x) => c["split"]!(x, [1])[1 as never],
  dot: (x, y) => c["tanh"]!(c["dot"]!(x, y)),
  matmul: (x, y) => c["tanh"]!(c["matmul"]!(x, y.T)),
  einsum: (x, y) => c["tanh"]!(c["einsum"]!("ij,kj->ki", x, y)),
  take: (x) =>
    c["take"]!(
      x,
      c["array"]!(
        [
          [0, -1],
          [-1, 0],
        ],
        undefined,
        { dtype: "int32" },
      ),
      0,
    ),
  pad: (x, _, n) =>
    c["pad"]!(
      x,
      x.shape.map(() => [1, n]),
      n,
    ),
  windows: (x, _, n) => c["slidingWindowView"]!(x, [2], [n]),
  astype: (x) => x.astype("float64"),
};

interface Step {
  readonly step: string;
  readonly of: readonly [number, number];
  readonly n: number;
}

/** What a program's steps make of arrays: a list of results. A step that does not fit what it is given is left out. */
function run(steps: readonly Step[], arrays: readonly Array[]): Array[] {
  const made = [...arrays];
  for (const { step, of, n } of steps) {
    const [x, y] = of.map((place) => made.at(-1 - (place % made.length))!) as [Array, Array];
    try {
      const result = STEPS[step]!(x, y, n) as Array;
      // a single value is a number, unless the program is traced
      if (typeof result !== "number" && result.ndim > 0 && result.size < 200) made.push(result);
    } catch (error) {
      if (!(error instanceof camada.CamadaError) || error.code.startsWith("trace")) throw error;
    }
  }
  return made.slice(arrays.length);
}

const programs = fc.record({
  steps: fc.array(
    fc.record({
      step: fc.constantFrom(...Object.keys(STEPS)),
      of: fc.tuple(fc.nat(3), fc.nat(3)),
      n: fc.nat(2),
    }),
    { minLength: 2, maxLength: 9 },
  ),
  shapes: fc.constantFrom<number[][]>(
    [[3], [3]],
    [[2, 3], [3]],
    [
      [2, 3],
      [2, 3],
    ],
    [
      [3, 3],
      [3, 3],
    ],
    [
      [2, 1, 3],
      [4, 1],
    ],
  ),
  seed: fc.nat(1e6),
});

function arraysOf(shapes: number[][], seed: number): Array[] {
  const generator = camada.random.defaultRng(seed);
  return shapes.map((shape) => c["subtract"]!(c["multiply"]!(generator.random(shape), 3), 1.5));
}

/** How a function of arrays changes in a direction, by differences: null where that has a kink or jump nearby. */
function slopeOf(
  f: (...xs: Array[]) => number,
  at: readonly Array[],
  along: readonly Array[],
): number | null {
  const h = 1e-5;
  const value = (t: number) => f(...at.map((x, i) => c["add"]!(x, c["multiply"]!(along[i]!, t))));
  const [left, here, right] = [value(-h), value(0), value(h)];
  const bend = (right - 2 * here + left) / h;
  return Math.abs(bend) < 1e-2 ? (right - left) / (2 * h) : null;
}

describe("random programs", () => {
  it("are the same compiled", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(
        programs,
        fc.constantFrom("float64", "float32", "int32", "uint8", "bool"),
        ({ steps, shapes, seed }, dtype) => {
          const arrays = arraysOf(shapes, seed).map((x) =>
            c["multiply"]!(x, 3).astype(dtype as camada.DType),
          );
          expectCompiledEqualsEager((...xs: never[]) => run(steps, xs), arrays, "");
          const names = steps.map(({ step }) => step);
          if (!isRefused(outcome(() => run(steps, arrays)))) for (const name of names) kinds.add(name);
        },
      ),
      { seed: 50, numRuns: 300 },
    );
    expect([...kinds].sort()).toEqual(Object.keys(STEPS).sort());
  });

  it("have the gradients that differences show, and so have these", () => {
    // of the rules themselves; that backends agree is held above
    camada.configure({ backend: "reference" });
    let checked = 0;
    fc.assert(
      fc.property(programs, ({ steps, shapes, seed }) => {
        const arrays = arraysOf(shapes, seed);
        const along = arraysOf(shapes, seed + 1);
        const value = totalled(((...xs: never[]) => run(steps, xs)) as Function, mixed);
        const bends = totalled(((...xs: never[]) => slopesOf(value, xs)) as Function, mixed);
        for (const f of [value, bends]) {
          const program = camada.compile(f as (...xs: Array[]) => number);
          const numeric = slopeOf(program, arrays, along);
          if (numeric === null) continue;
          checked++;
          const found = slopesOf(f, arrays as never[]).map((g, i) => c["sum"]!(c["multiply"]!(g, along[i]!)));
          const exact = (found as unknown as number[]).reduce((a, b) => a + b);
          expect(Math.abs(exact - numeric)).toBeLessThan(1e-5 + 1e-3 * Math.abs(numeric));
        }
      }),
      { seed: 51, numRuns: 200 },
    );
    expect(checked).toBeGreaterThan(250);
  });
});

/** The gradients of a function by each of its arguments. */
function slopesOf(f: Function, args: readonly never[]): Array[] {
  return args.map((_, argnums) => camada.grad(f, { argnums })(...args) as Array);
}
