import type { NDArray } from "camada";
import * as a from "../arrays.js";
import { flag, int, ints } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";

/** Along several axes, one after the other, each of which stays with size 1. */
export function along(
  x: NDArray,
  axes: readonly number[],
  f: (x: NDArray, axis: number) => NDArray,
): NDArray {
  return axes.reduce((value, axis) => f(value, axis), x);
}

/** Without the axes, or with them as they are, of size 1. */
function kept(x: NDArray, axes: readonly number[], keepdims: boolean): NDArray {
  if (keepdims) return x;
  return a.reshape(
    x,
    x.shape.filter((_, i) => !axes.includes(i)),
  );
}

/** Axes counted from the front; of none, all. */
function axesOf(x: NDArray, axes: readonly number[] | undefined): number[] {
  if (axes === undefined || axes.length === 0) return x.shape.map((_, i) => i);
  return a.axesFromFront(axes, x.ndim);
}

/** All axes along which it is computed are given as an attribute, or, later, as an input. */
const reduction = (f: (x: NDArray, axes: readonly number[]) => NDArray): Operator =>
  operator(
    [1, 2],
    { axes: ints(), keepdims: flag(true), noop_with_empty_axes: flag(false) },
    (call, { axes, keepdims, noop_with_empty_axes: noop }) => {
      const x = call.input(0);
      const given = axes ?? call.optionalNumbers(1) ?? [];
      // no axes at all: what is computed of each value alone
      const along = given.length === 0 && noop ? [] : axesOf(x, given);
      return kept(f(x, along), along, keepdims);
    },
  );

const sum = (x: NDArray, axes: readonly number[]): NDArray => along(x, axes, a.sum);
const sizes = (x: NDArray, axes: readonly number[]): number =>
  axes.reduce((n, axis) => n * x.shape[axis]!, 1);

/** Sums of whole numbers stay in their type, as the file says; so do their means, cut as in C. */
const inType =
  (f: (x: NDArray, axes: readonly number[]) => NDArray) =>
  (x: NDArray, axes: readonly number[]): NDArray =>
    a.asType(f(x, axes), x.dtype);

/** log Σ exp x, of x less the largest first, so that nothing overflows. */
function logSumExp(x: NDArray, axes: readonly number[]): NDArray {
  const largest = along(x, axes, a.max);
  const finite = a.where(a.isInf(largest), 0, largest);
  return a.add(a.log(sum(a.exp(a.subtract(x, finite)), axes)), finite);
}

/** The position of the first, or the last, of the largest or smallest along an axis. */
const position = (f: (x: NDArray, axis: number) => NDArray): Operator =>
  operator(
    1,
    { axis: int(0), keepdims: flag(true), select_last_index: flag(false) },
    (call, { axis, keepdims, select_last_index: last }) => {
      const x = call.input(0);
      const place = a.fromFront(axis, x.ndim);
      const found = last ? a.subtract(x.shape[place]! - 1, f(a.flip(x, place), place)) : f(x, place);
      return kept(found, [place], keepdims);
    },
  );

function runningSum(call: Call, exclusive: boolean, reverse: boolean): NDArray {
  const x = call.input(0);
  const axis = a.fromFront(call.numbers(1)[0] ?? 0, x.ndim);
  const forward = reverse ? a.flip(x, axis) : x;
  const total = a.asType(a.cumsum(forward, axis), x.dtype);
  const result = exclusive ? delayed(total, axis) : total;
  return reverse ? a.flip(result, axis) : result;
}

/** One place further along an axis, which begins with 0. */
function delayed(x: NDArray, axis: number): NDArray {
  const parts = x.shape.map((size, i) => (i === axis ? ([0, Math.max(size - 1, 0), 1] as const) : null));
  const widths = x.shape.map((size, i) => [i === axis ? Math.min(size, 1) : 0, 0] as const);
  return a.pad(a.slice(x, parts), widths);
}

/** Operators that take an axis, or several, to one value. */
export const REDUCTIONS: { readonly [name: string]: Operator } = {
  ArgMax: position(a.argmax),
  ArgMin: position(a.argmin),
  CumSum: operator(2, { exclusive: flag(false), reverse: flag(false) }, (call, { exclusive, reverse }) =>
    runningSum(call, exclusive, reverse),
  ),
  ReduceL1: reduction(inType((x, axes) => sum(a.abs(x), axes))),
  ReduceL2: reduction(inType((x, axes) => a.sqrt(sum(a.square(x), axes)))),
  ReduceLogSum: reduction(inType((x, axes) => a.log(sum(x, axes)))),
  ReduceLogSumExp: reduction(inType(logSumExp)),
  ReduceMax: reduction((x, axes) => along(x, axes, a.max)),
  ReduceMean: reduction(inType((x, axes) => a.divide(sum(x, axes), sizes(x, axes)))),
  ReduceMin: reduction((x, axes) => along(x, axes, a.min)),
  ReduceProd: reduction(inType((x, axes) => along(x, axes, a.prod))),
  ReduceSum: reduction(inType(sum)),
  ReduceSumSquare: reduction(inType((x, axes) => sum(a.square(x), axes))),
};
