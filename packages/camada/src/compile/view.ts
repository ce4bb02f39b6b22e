import { rowMajor, type Sizes, sizeOf } from "../shape/shape.js";
import type { DType, TypedArray } from "../storage/dtype.js";

/** A stretch of memory that a plan uses: of so many values. Known by what it is, not by a number. */
export interface Buffer {
  readonly dtype: DType;
  readonly size: number;
  /** What is in it from the start, and stays: a constant's values. */
  readonly value?: TypedArray;
}

/** A buffer seen through shape, strides and offset, all in values. */
export interface View {
  readonly buffer: Buffer;
  readonly shape: Sizes;
  readonly strides: Sizes;
  readonly offset: number;
}

/** All of a buffer in row-major order. */
export function viewOf(buffer: Buffer, shape: Sizes): View {
  return { buffer, shape, strides: rowMajor(shape), offset: 0 };
}

/** Whether a view is all of its buffer in row-major order. */
export function isWhole({ buffer, shape, strides, offset }: View): boolean {
  if (offset !== 0 || sizeOf(shape) !== buffer.size) return false;
  const expected = rowMajor(shape);
  return shape.every((size, i) => size === 1 || strides[i] === expected[i]);
}

export function transposed(view: View, axes: readonly number[]): View {
  return {
    ...view,
    shape: axes.map((axis) => view.shape[axis]!),
    strides: axes.map((axis) => view.strides[axis]!),
  };
}

export function broadcasted(view: View, shape: Sizes): View {
  const lead = shape.length - view.shape.length;
  const strides = shape.map((size, i) =>
    i < lead || (view.shape[i - lead] === 1 && size !== 1) ? 0 : view.strides[i - lead]!,
  );
  return { ...view, shape, strides };
}

export function sliced(view: View, starts: readonly number[], steps: readonly number[], shape: Sizes): View {
  return {
    ...view,
    shape,
    strides: view.strides.map((stride, i) => stride * steps[i]!),
    offset: view.strides.reduce((at, stride, i) => at + stride * starts[i]!, view.offset),
  };
}

/** Every window along `axes`, whose places stand last: overlapping views of the same values. */
export function windowed(view: View, axes: readonly number[], shape: Sizes): View {
  return { ...view, shape, strides: [...view.strides, ...axes.map((axis) => view.strides[axis]!)] };
}

/** The view with an axis moved to the end. */
export function withLast(view: View, axis: number): View {
  const others = view.shape.map((_, i) => i).filter((i) => i !== axis);
  return transposed(view, [...others, axis]);
}

/**
 * The values in row-major order in another shape, without moving any; null where strides cannot say that.
 * Both shapes are cut into the smallest groups of axes that hold the same values, and within a group the old
 * axes must follow each other evenly (as NumPy's `_attempt_nocopy_reshape`).
 */
export function reshaped(view: View, shape: Sizes): View | null {
  if (sizeOf(shape) === 0) return { ...view, shape, strides: rowMajor(shape) };
  const old = view.shape.map((size, i) => [size, view.strides[i]!] as const).filter(([size]) => size !== 1);
  const strides = new Array<number>(shape.length).fill(0);
  let from = 0;
  let to = 0;
  while (from < old.length) {
    let [oldSize] = old[from]!;
    let end = from + 1;
    let newEnd = to + 1;
    let newSize = shape[to]!;
    while (oldSize !== newSize) {
      if (newSize < oldSize) newSize *= shape[newEnd++]!;
      else oldSize *= old[end++]![0];
    }
    for (let i = from; i < end - 1; i++) {
      if (old[i]![1] !== old[i + 1]![1] * old[i + 1]![0]) return null;
    }
    let stride = old[end - 1]![1];
    for (let i = newEnd - 1; i >= to; i--) {
      strides[i] = stride;
      stride *= shape[i]!;
    }
    from = end;
    to = newEnd;
  }
  return { ...view, shape, strides };
}

/** Whether two views are of the same values in the same places of the same shape. */
export function sameView(a: View, b: View): boolean {
  return (
    a.buffer === b.buffer &&
    a.offset === b.offset &&
    a.shape.length === b.shape.length &&
    a.shape.every((size, i) => size === b.shape[i] && (size === 1 || a.strides[i] === b.strides[i]))
  );
}
