import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkGraph } from "../graph/check.js";
import { evaluate } from "../graph/evaluate.js";
import type { Graph } from "../graph/graph.js";
import { printGraph } from "../graph/print.js";
import { trace } from "../graph/trace.js";
import * as camada from "../index.js";
import { CamadaError, type NDArray } from "../index.js";
import { uniformFrom } from "../ops/counting-random.js";
import { sizeOf } from "../shape/shape.js";
import { Strided } from "../storage/strided.js";
import { rewrite } from "./rewrite.js";
import { EXACT, simplify } from "./simplify.js";

type Op = (...args: unknown[]) => NDArray;
const c = camada as unknown as Record<string, Op>;

const ELEMENTWISE = {
  unary: ["negative", "abs", "square", "exp", "sign", "logicalNot"],
  binary: ["add", "subtract", "multiply", "divide", "maximum", "minimum", "greater", "less", "equal"],
};
const NUMBERS = [0, -0, 1, -1, 2, 0.5, 3, 1e-3, Number.NaN];

const ENDS = c["array"]!([0, -1], undefined, { dtype: "int32" });

/** Each takes two arrays and a whole number: what traced functions and gradients are full of. */
const STEPS: Record<string, (x: NDArray, y: NDArray, n: number) => unknown> = {
  ...Object.fromEntries(ELEMENTWISE.unary.map((name) => [name, (x: NDArray) => c[name]!(x)])),
  ...Object.fromEntries(ELEMENTWISE.binary.map((name) => [name, (x: NDArray, y: NDArray) => c[name]!(x, y)])),
  ...Object.fromEntries(
    ELEMENTWISE.binary.map((name) => [
      `${name}Number`,
      (x: NDArray, _: NDArray, n: number) => c[name]!(x, NUMBERS[n]),
    ]),
  ),
  numberFirst: (x, _, n) => c[["add", "multiply", "subtract"][n % 3]!]!(NUMBERS[n], x),
  transpose: (x) => x.T,
  swap: (x, _, n) => c["transpose"]!(x, ...x.shape.map((_, i) => (i + n) % x.ndim)),
  flat: (x) => c["reshape"]!(x, [-1]),
  fold: (x, _, n) => c["reshape"]!(x, [-1, (n % 3) + 1]),
  expandDims: (x, _, n) => c["expandDims"]!(x, n % (x.ndim + 1)),
  squeeze: (x) => c["squeeze"]!(x),
  spread: (x, _, n) => c["broadcastTo"]!(x, [(n % 2) + 1, ...x.shape]),
  widen: (x) => c["broadcastTo"]!(x, x.shape.map((size) => (size === 1 ? 2 : size))), // biome-ignore format: one line
  slice: (x, _, n) => x.slice([n % 2, null, (n % 2) + 1]),
  flip: (x, _, n) => c["flip"]!(x, n % x.ndim),
  pad: (x, _, n) => c["pad"]!(x, x.shape.map(() => [n % 2, 1])), // biome-ignore format: one line
  concatenate: (x, y, n) => c["concatenate"]!([x, y], n % x.ndim),
  split: (x, _, n) => c["split"]!(x, [1], n % x.ndim)[(n % 2) as never],
  cast: (x, _, n) => x.astype((["float32", "float64", "int32", "bool", "uint8"] as const)[n % 5]!),
  filled: (x, _, n) => c["full"]!(x.shape, NUMBERS[n], undefined, { dtype: x.dtype }),
  where: (x, y, n) => c["where"]!(c["greater"]!(x, NUMBERS[n]), x, y),
  whereSame: (x, y) => c["where"]!(x, c["where"]!(x, x, y), c["where"]!(x, y, y)),
  whereKnown: (x, y, n) => c["where"]!(c["array"]!([n % 2]), x, y),
  sum: (x, _, n) => c["sum"]!(x, n % x.ndim),
  kept: (x, _, n) => c["sum"]!(x, n % x.ndim, { keepdims: true }),
  total: (x) => c["expandDims"]!(c["sum"]!(x, undefined, { keepdims: true }), 0),
  factor: (x, _, n) => c["multiply"]!(x, [0.1, -7, 3][n % 3]),
  factorOf: (x, y) => c["multiply"]!(x, c["sum"]!(c["tanh"]!(y))),
  repeated: (x, _, n) => c["sum"]!(c["broadcastTo"]!(x, [3, ...x.shape]), n % (x.ndim + 1)),
  sums: (x, _, n) => c["sum"]!(c["sum"]!(x, n % x.ndim), 0),
  sumOfNegatives: (x, _, n) => c["sum"]!(c["negative"]!(x), n % x.ndim),
  power: (x, _, n) => c["power"]!(c["tanh"]!(x), (n % 2) + 1),
  ones: (x) => c["matmul"]!(x, c["broadcastTo"]!(c["array"]!([[0.7]]).astype(x.dtype), [x.shape.at(-1)!, 2])), // biome-ignore format: one line
  max: (x, _, n) => c["max"]!(x, n % x.ndim, { keepdims: true }),
  any: (x, _, n) => c["any"]!(x, n % x.ndim),
  matmul: (x, y) => c["matmul"]!(x, y),
  product: (x, y) => c["matmul"]!(x, y.T).T,
  windows: (x, _, n) => c["slidingWindowView"]!(x, [2], [n % x.ndim]),
  tiles: (x, _, n) => c["slidingWindowView"]!(x, [2], [n % x.ndim]).slice(...x.shape.map((_, i) => [null, null, i === n % x.ndim ? 2 : 1] as const)), // biome-ignore format: one line
  take: (x) => c["take"]!(x, ENDS, 0),
  cumsum: (x, _, n) => c["cumsum"]!(x, n % x.ndim),
  uniform: (x, _, n) => uniformFrom(c["take"]!(x.astype("int32"), ENDS) as never, n % 2, [3, n]) as never, // biome-ignore format: one line
  slope: (x, y) => camada.grad((a: NDArray) => c["sum"]!(c["multiply"]!(c["maximum"]!(a, y), x)) as never)(x), // biome-ignore format: one line
};

const programs = fc.record({
  steps: fc.array(
    fc.record({
      step: fc.constantFrom(...Object.keys(STEPS)),
      of: fc.tuple(fc.nat(3), fc.nat(3)),
      n: fc.nat(NUMBERS.length - 1),
    }),
    { minLength: 2, maxLength: 14 },
  ),
  shapes: fc.constantFrom<number[][]>([[3], [3]], [[2, 3], [3]], [[4, 1], [1, 4]], [[2, 1, 3], [2, 3]], [[4, 4], [4, 4]], [[0, 2], [2]], [[1], [1, 1]]), // biome-ignore format: a list
  dtype: fc.constantFrom("float64", "float32", "int32", "bool"),
  seed: fc.nat(1e6),
});
type Program = typeof programs extends fc.Arbitrary<infer P> ? P : never;

function run(steps: Program["steps"], arrays: readonly NDArray[], done: Set<string>): NDArray[] {
  const made = [...arrays];
  for (const { step, of, n } of steps) {
    const [x, y] = of.map((place) => made.at(-1 - (place % made.length))!) as [NDArray, NDArray];
    try {
      const result = STEPS[step]!(x, y, n) as NDArray;
      if (!(result instanceof Strided) || result.ndim === 0 || result.size > 300) continue;
      made.push(result);
      done.add(step);
    } catch (error) {
      if (!(error instanceof CamadaError)) throw error;
    }
  }
  return made.slice(arrays.length);
}

/** Values of a dtype, the odd ones among them. */
function values({ shapes, dtype, seed }: Program, special = [-0, 1, 0]): NDArray[] {
  const rng = camada.random.defaultRng(seed);
  return shapes.map((shape) => {
    const x = c["multiply"]!(c["subtract"]!(rng.random(shape), 0.5), 8);
    special.forEach((value, i) => {
      if (i < x.size) x.data[x.size - 1 - i] = value;
    });
    return x.astype(dtype as camada.DType);
  });
}

const FREE = new Set(["input", "constant", "broadcast", "reshape", "transpose", "slice", "windows"]);

/** How many values are computed. */
const work = ({ nodes }: Graph): number =>
  nodes.reduce((sum, { step, shape }) => sum + (FREE.has(step.kind) ? 0 : sizeOf(shape)), 0);
const valuesOf = ({ buffer, offset, shape, strides, dtype }: Strided) =>
  [...(new camada.NDArray(buffer, shape, strides, offset, dtype, null) as unknown as NDArray).data]; // biome-ignore format: one line

/** What a graph gives, or the refusal. */
function outcome(graph: Graph, inputs: readonly NDArray[]): unknown {
  try {
    return evaluate(graph, inputs as never).map((x) => [x.dtype, x.shape, valuesOf(x)]);
  } catch (error) {
    if (error instanceof CamadaError) return error.code;
    throw error;
  }
}

describe("the rules that keep bits", () => {
  it("keep them, of random programs", () => {
    const done = new Set<string>();
    let [before, after] = [0, 0];
    fc.assert(
      fc.property(programs, (program) => {
        const inputs = values(program, [-0, 1, 0, Number.NaN, Infinity]);
        const { graph } = trace(
          "test",
          ((...xs: NDArray[]) => run(program.steps, xs, done)) as never,
          inputs,
        );
        const simple = rewrite(graph, EXACT);
        checkGraph(simple);
        expect(simple.inputs).toEqual(graph.inputs);
        expect(work(simple)).toBeLessThanOrEqual(work(graph));
        expect(outcome(simple, inputs)).toEqual(outcome(graph, inputs));
        before += work(graph);
        after += work(simple);
      }),
      { seed: 1, numRuns: 500 },
    );
    expect([...done].sort()).toEqual(Object.keys(STEPS).sort());
    expect(after / before).toBeLessThan(0.9);
  });
});

/** What changes in jumps, or makes small differences large, shows nothing of last bits. */
const ROUGH = /greater|less|equal|where(?!Known)|logical|sign|divide|cast|slope|any|uniform/;

describe("simplify", () => {
  it("gives the same values, but for the last bits", () => {
    let changed = 0;
    const smooth = Object.keys(STEPS).filter((step) => !ROUGH.test(step));
    fc.assert(
      fc.property(programs, ({ steps, ...rest }) => {
        const own = steps.map((one, i) => ({ ...one, step: ROUGH.test(one.step) ? smooth[(i + one.n) % smooth.length]! : one.step })); // biome-ignore format: one line
        const program = {
          ...rest,
          steps: own,
          dtype: rest.dtype === "float32" ? ("float32" as const) : ("float64" as const),
        };
        const inputs = values(program);
        const { graph } = trace("test", ((...xs: NDArray[]) => run(own, xs, new Set())) as never, inputs);
        const simple = simplify(graph);
        checkGraph(simple);
        const [expected, found] = [graph, simple].map((one) => evaluate(one, inputs as never).map(valuesOf));
        if (printGraph(rewrite(graph, EXACT)) !== printGraph(simple)) changed++;
        const close = program.dtype === "float32" ? 1e-5 : 1e-13;
        expected!.forEach((list, o) => {
          const most = list.reduce((m, x) => (Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m), 1);
          list.forEach((x, i) => {
            if (Number.isFinite(x)) expect(Math.abs(found![o]![i]! - x)).toBeLessThan(close * most);
          });
        });
      }),
      { seed: 3, numRuns: 400 },
    );
    expect(changed).toBeGreaterThan(40);
  });

  it("leaves what is simple", () => {
    fc.assert(
      fc.property(programs, (program) => {
        const { graph } = trace("test", ((...xs: NDArray[]) => run(program.steps, xs, new Set())) as never, values(program)); // biome-ignore format: one line
        const simple = simplify(graph);
        const { nodes } = simplify(simple);
        expect(nodes.every((node, i) => node === simple.nodes[i])).toBe(true);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it("comes to an end where one constant is made twice", () => {
    const f = (x: NDArray, y: NDArray) => [
      c["subtract"]!(x, c["mean"]!(x, 0, { keepdims: true })),
      c["add"]!(y, 0.5),
    ];
    const x = c["ones"]!([2, 3]);
    const { graph } = trace("ends", f as never, [x, x]);
    expect(printGraph(simplify(graph))).toContain("constant(0.5)");
  });
});
