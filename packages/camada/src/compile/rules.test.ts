import { expect, it } from "vitest";
import { checkGraph } from "../graph/check.js";
import { evaluate } from "../graph/evaluate.js";
import { printGraph } from "../graph/print.js";
import { trace } from "../graph/trace.js";
import type { NDArray } from "../index.js";
import * as camada from "../index.js";
import { simplify } from "./simplify.js";

type Op = (...args: unknown[]) => NDArray;
const c = camada as unknown as Record<string, Op>;
const { add, divide, grad, greater, maximum, multiply, subtract, sum } = c as { [name: string]: Op };

/** The simplified graph of a function of float32 arrays of some shapes, without the inputs. */
function simplified(f: (...xs: NDArray[]) => unknown, ...shapes: number[][]): string[] {
  const args = shapes.map((shape) => camada.zeros(shape as never).astype("float32"));
  const { graph } = trace("test", f as never, args);
  const simple = simplify(graph);
  checkGraph(simple);
  return printGraph(simple).split("\n").slice(shapes.length);
}

const MATRIX = [2, 3];
const reshaped = (x: NDArray, ...shape: number[]) => c["reshape"]!(x, shape);

/** What is left of each is only its input. */
const NOTHING: Record<string, (x: NDArray) => unknown> = {
  "two transposes": (x) => x.T.T,
  "two reshapes": (x) => reshaped(reshaped(x, 3, 2), 2, 3),
  "axes of 1 around a transpose": (x) => c["squeeze"]!(c["transpose"]!(c["expandDims"]!(x.T, 1), 2, 1, 0)),
  "a slice of everything": (x) => x.slice([0, 2], [0, 3]),
  "two flips": (x) => c["flip"]!(c["flip"]!(x, 0), 0),
  "a pad cut off": (x) => c["pad"]!(x, [[1, 2], [0, 1]]).slice([1, 3], [0, 3]), // biome-ignore format: one line
  "a part of parts in a row": (x) => c["concatenate"]!([c["negative"]!(x), x, x], 0).slice([2, 4]),
  "a cast and back": (x) => x.astype("float64").astype("float32"),
  "products with 1": (x) => divide!(multiply!(1, x), 1),
  "what is taken away of 0": (x) => add!(subtract!(x, 0), -0),
  "two signs": (x) => c["negative"]!(multiply!(x, -1)),
  "the larger of the same": (x) => c["minimum"]!(maximum!(x, x), x),
  "a known condition": (x) => c["where"]!(camada.array([1, 1, 1]), x, 0),
  "equal branches": (x) => c["where"]!(greater!(x, 0), x, x),
  "the sum of one": (x) => sum!(reshaped(x, 2, 1, 3), 1),
  "the largest of equals": (x) => c["max"]!(c["broadcastTo"]!(x, [5, 2, 3]), 0),
};

it.each(Object.entries(NOTHING))("leaves nothing of %s", (_, f) => {
  expect(simplified(f, MATRIX)).toEqual(["return %0"]);
});

it("finds equal steps, in either order of what they work on, and what is known", () => {
  const f = (x: NDArray, y: NDArray) => [
    add!(x, y),
    add!(y, x),
    multiply!(x, add!(camada.array([1, 2]), 3).at(1)),
  ];
  expect(simplified(f, [2], [2])).toMatchInlineSnapshot(`
    [
      "%2 = add %0 %1 : float32 (2)",
      "%3 = constant(5) : float32 ()",
      "%4 = broadcast %3 : float32 (2)",
      "%5 = multiply %0 %4 : float32 (2)",
      "return %2 %2 %5",
    ]
  `);
});

it("keeps what may make another zero, or nan", () => {
  for (const f of [
    (x: NDArray) => add!(x, 0),
    (x: NDArray) => multiply!(x, 0),
    (x: NDArray) => subtract!(x, x),
  ])
    expect(simplified(f, MATRIX).length).toBeGreaterThan(1);
});

it("divides by powers of two as products, and by nothing else", () => {
  expect(simplified((x) => divide!(x, 8), MATRIX)).toMatchInlineSnapshot(`
    [
      "%1 = constant(0.125) : float32 ()",
      "%2 = broadcast %1 : float32 (2, 3)",
      "%3 = multiply %0 %2 : float32 (2, 3)",
      "return %3",
    ]
  `);
  expect(simplified((x) => divide!(x, 3), MATRIX)).toMatchInlineSnapshot(`
    [
      "%1 = constant(3) : float32 ()",
      "%2 = broadcast %1 : float32 (2, 3)",
      "%3 = divide %0 %2 : float32 (2, 3)",
      "return %3",
    ]
  `);
});

it("computes before it repeats, and beside what made it", () => {
  const f = (x: NDArray) => {
    const total = sum!(x, 1, { keepdims: true });
    return multiply!(x, c["log"]!(add!(c["broadcastTo"]!(total, MATRIX), 1)));
  };
  expect(simplified(f, MATRIX)).toMatchInlineSnapshot(`
    [
      "%1 = sum[axis 1] %0 : float32 (2)",
      "%2 = constant(1) : float32 ()",
      "%3 = broadcast %2 : float32 (2)",
      "%4 = add %1 %3 : float32 (2)",
      "%5 = log %4 : float32 (2)",
      "%6 = reshape %5 : float32 (2, 1)",
      "%7 = broadcast %6 : float32 (2, 3)",
      "%8 = multiply %0 %7 : float32 (2, 3)",
      "return %8",
    ]
  `);
});

it("transposes the inputs of a product instead of the product", () => {
  const layer = (w: NDArray, x: NDArray) => sum!(c["square"]!(c["dot"]!(x, w.T)));
  expect(simplified(grad!(layer) as never, [4, 3], MATRIX)).toMatchInlineSnapshot(`
    [
      "%2 = constant(2) : float32 () # ∂",
      "%3 = broadcast %2 : float32 (2, 3) # ∂",
      "%4 = multiply %1 %3 : float32 (2, 3) # ∂",
      "%5 = transpose[axes 1 0] %4 : float32 (3, 2) # ∂",
      "%6 = matmul %0 %5 : float32 (4, 2) # ∂",
      "%7 = matmul %6 %1 : float32 (4, 3) # ∂",
      "return %7",
    ]
  `);
});

it("takes windows side by side as parts of an axis, and so their gradient", () => {
  const pooled = (x: NDArray) => {
    const windows = c["slidingWindowView"]!(x, [2, 3], [0, 1]).slice([null, null, 2], [null, null, 3]);
    return sum!(c["square"]!(sum!(reshaped(windows, 2, 2, 6), 2)));
  };
  expect(simplified(grad!(pooled) as never, [5, 6])).toMatchInlineSnapshot(`
    [
      "%1 = slice[from 0 0 by 1 1] %0 : float32 (4, 6)",
      "%2 = reshape %1 : float32 (2, 2, 2, 3)",
      "%3 = transpose[axes 0 2 1 3] %2 : float32 (2, 2, 2, 3)",
      "%4 = reshape %3 : float32 (2, 2, 6)",
      "%5 = sum[axis 2] %4 : float32 (2, 2)",
      "%6 = constant(2) : float32 () # ∂",
      "%7 = broadcast %6 : float32 (2, 2) # ∂",
      "%8 = multiply %5 %7 : float32 (2, 2) # ∂",
      "%9 = reshape %8 : float32 (2, 2, 1) # ∂",
      "%10 = broadcast %9 : float32 (2, 2, 6) # ∂",
      "%11 = reshape %10 : float32 (2, 2, 2, 3) # ∂",
      "%12 = transpose[axes 0 2 1 3] %11 : float32 (2, 2, 2, 3) # ∂",
      "%13 = reshape %12 : float32 (4, 6) # ∂",
      "%14 = pad[from 0 0 by 1 1] %13 : float32 (5, 6) # ∂",
      "return %14",
    ]
  `);
});

it("leaves what is refused to be refused when it runs", () => {
  const x = camada.zeros([3]);
  const f = (x: NDArray) => c["power"]!(c["where"]!(x, 2, 2), -1);
  const simple = simplify(trace("test", f as never, [x]).graph);
  expect(() => evaluate(simple, [x as never])).toThrow(camada.CamadaError);
});

it("moves factors together, and into products and sums of fewer values", () => {
  const update = (w: NDArray, dz: NDArray, x: NDArray, b: NDArray, rate: NDArray) => [
    add!(w, multiply!(multiply!(c["dot"]!(dz.T, x), -0.1), rate)),
    add!(b, multiply!(multiply!(sum!(dz, 0), -0.1), rate)),
  ];
  expect(simplified(update as never, [4, 9], [3, 4], [3, 9], [4], [])).toMatchInlineSnapshot(`
    [
      "%5 = constant(-0.10000000149011612) : float32 ()",
      "%6 = multiply %5 %4 : float32 ()",
      "%7 = broadcast %6 : float32 (3, 4)",
      "%8 = multiply %1 %7 : float32 (3, 4)",
      "%9 = transpose[axes 1 0] %8 : float32 (4, 3)",
      "%10 = matmul %9 %2 : float32 (4, 9)",
      "%11 = add %0 %10 : float32 (4, 9)",
      "%12 = sum[axis 0] %8 : float32 (4)",
      "%13 = add %3 %12 : float32 (4)",
      "return %11 %13",
    ]
  `);
});

it("leaves factors that might overflow or vanish where they are", () => {
  const scaled = (a: NDArray, b: NDArray) => multiply!(c["dot"]!(a, b), 1e30);
  expect(simplified(scaled, [3, 2], [2, 3]).at(-2)).toContain("multiply");
  const zero = (a: NDArray, b: NDArray) => multiply!(c["dot"]!(a, b), 0);
  expect(simplified(zero, [3, 2], [2, 3]).at(-2)).toContain("multiply");
});

it("adds up at once what it can, and not what is known", () => {
  const f = (x: NDArray, y: NDArray) => [
    sum!(sum!(x, 0), 0),
    sum!(c["broadcastTo"]!(y, [5, 3]), 0),
    sum!(c["broadcastTo"]!(reshaped(y, 3, 1), [3, 5]), 0),
    sum!(c["negative"]!(y)),
  ];
  expect(simplified(f, [2, 4, 3], [3])).toMatchInlineSnapshot(`
    [
      "%2 = reshape %0 : float32 (8, 3)",
      "%3 = sum[axis 0] %2 : float32 (3)",
      "%4 = constant(5) : float32 ()",
      "%5 = broadcast %4 : float32 (3)",
      "%6 = multiply %1 %5 : float32 (3)",
      "%7 = sum[axis 0] %1 : float32 ()",
      "%8 = broadcast %7 : float32 (5)",
      "%9 = negative %7 : float32 ()",
      "return %3 %6 %8 %9",
    ]
  `);
});

it("takes powers and products with one value for what they are", () => {
  const f = (x: NDArray) => [c["power"]!(x, 2), c["power"]!(x, -1), c["power"]!(x, 1)];
  expect(simplified(f, MATRIX)).toMatchInlineSnapshot(`
    [
      "%1 = square %0 : float32 (2, 3)",
      "%2 = constant(1) : float32 ()",
      "%3 = broadcast %2 : float32 (2, 3)",
      "%4 = divide %3 %0 : float32 (2, 3)",
      "return %1 %4 %0",
    ]
  `);
  expect(
    simplified(grad!((x: NDArray, y: NDArray) => sum!(c["dot"]!(x, y))) as never, MATRIX, [3, 4]),
  ).toMatchInlineSnapshot(`
    [
      "%2 = transpose[axes 1 0] %1 : float32 (4, 3) # ∂",
      "%3 = sum[axis 0] %2 : float32 (3) # ∂",
      "%4 = broadcast %3 : float32 (2, 3) # ∂",
      "return %4",
    ]
  `);
});
