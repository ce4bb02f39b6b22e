import type { Kind, StepOf } from "../graph/node.js";
import type { BinaryGradient, UnaryGradient } from "../ops/elementwise.js";
import { broadcastTo, expandDims, flip, reshape, sliceAt, transpose } from "../ops/movement.js";
import { matmul } from "../ops/product.js";
import { sum } from "../ops/reductions.js";
import { cumsum } from "../ops/sorting.js";
import { scatterAdd, take } from "../ops/taking.js";
import { where } from "../ops/where.js";
import { overlapAdd, placeAt, slidingWindowView } from "../ops/windows.js";
import type { NDArray } from "../shape/types.js";

/**
 * From the gradient `g` of a step's result to those of its inputs; null where none passes. `out` is the
 * result. All arrays are without names.
 */
export type Rule<K extends Kind> = (
  step: StepOf<K>,
  g: NDArray,
  inputs: readonly NDArray[],
  out: NDArray,
) => readonly (NDArray | null)[];

/** One rule for each kind of step: reverse mode. The gradients are operations themselves, so they have gradients. */
export const RULES: { readonly [K in Kind]: Rule<K> } = {
  input: () => [],
  constant: () => [],
  elementwise: ({ operation }, g, [x, y], out) => {
    if (operation.gradient === null) return [null, null];
    return operation.arity === 1
      ? [(operation.gradient as UnaryGradient)(g, x!, out)]
      : (operation.gradient as BinaryGradient)(g, x!, y!, out);
  },
  where: (_, g, [condition]) => [null, where(condition!, g, 0), where(condition!, 0, g)],
  cast: (_, g, [x]) => [g.astype(x!.dtype)],
  reduce: ({ operation, axis }, g, [x], out) => {
    if (operation.gradient === null) return [null];
    const spread = (a: NDArray): NDArray => broadcastTo(expandDims(a, axis), x!.shape);
    return [operation.gradient(spread(g), x!, spread(out), axis)];
  },
  matmul: (_, g, [a, b]) => [matmul(g, turned(b!)), matmul(turned(a!), g)],
  transpose: ({ axes }, g) => [transpose(g, ...axes.map((_, i) => axes.indexOf(i))) as NDArray],
  reshape: (_, g, [x]) => [reshape(g, x!.shape) as NDArray],
  broadcast: (_, g, [x]) => [summedTo(g, x!.shape)],
  slice: ({ starts, steps }, g, [x]) => [place(g, starts, steps, x!.shape)],
  pad: ({ starts, steps }, g, [x]) => [cut(g, starts, steps, x!.shape)],
  concatenate: ({ axis }, g, inputs) => {
    let start = 0;
    return inputs.map(({ shape }) => {
      const starts = shape.map((_, i) => (i === axis ? start : 0));
      start += shape[axis]!;
      return cut(
        g,
        starts,
        shape.map(() => 1),
        shape,
      );
    });
  },
  take: ({ axis }, g, [x, indices]) => [scatter(g, indices!, axis, x!.shape), null],
  scatterAdd: ({ axis }, g, [, indices]) => [take(g, indices!, axis), null],
  windows: ({ axes }, g, [x]) => [overlap(g, axes, x!.shape)],
  overlapAdd: ({ axes }, g, [x], out) => [slidingWindowView(g, x!.shape.slice(out.ndim), axes)],
  cumsum: ({ axis }, g) => [flip(cumsum(flip(g, axis), axis), axis)],
  argsort: () => [null],
  uniform: () => [null],
};

// operations on values and traced arrays alike that only the rules use, with the types of arrays
const place = placeAt as unknown as (
  ...args: [NDArray, readonly number[], readonly number[], readonly number[]]
) => NDArray;
const cut = ((g: never, starts: number[], steps: number[], shape: number[]) =>
  sliceAt(g, starts, steps, shape, null)) as unknown as typeof place;
const scatter = scatterAdd as unknown as (
  x: NDArray,
  indices: NDArray,
  axis: number,
  shape: readonly number[],
) => NDArray;
const overlap = overlapAdd as unknown as (
  x: NDArray,
  axes: readonly number[],
  shape: readonly number[],
) => NDArray;

/** A matrix, or each of a stack, transposed. */
function turned(a: NDArray): NDArray {
  const axes = a.shape.map((_, i) => i);
  return transpose(a, ...axes.slice(0, -2), a.ndim - 1, a.ndim - 2) as NDArray;
}

/** Summed over what was repeated. */
function summedTo(g: NDArray, shape: readonly number[]): NDArray {
  let out = g;
  while (out.ndim > shape.length) out = sum(out, 0) as NDArray;
  shape.forEach((size, i) => {
    if (size === 1 && out.shape[i] !== 1) out = sum(out, i, { keepdims: true }) as NDArray;
  });
  return out;
}
