import { ShapeError } from "../errors/error.js";
import { checkIsList, checkShape, rowMajor, type Sizes, sizeOf } from "../shape/shape.js";
import type * as signatures from "../shape/signatures.js";
import { type AxisNames, axisIndex, type Strided, shownAxis, someNames } from "../storage/strided.js";
import { axisIndices, inserted, newAxisIndex, without } from "./axes.js";
import { type Axes, broadcastStrides, described } from "./broadcast.js";
import { copyValues } from "./copy.js";
import { emit, emitReshape } from "./primitive.js";

/**
 * The axes in another order: reversed, or as given by index or name. A view: shares memory.
 * @throws ShapeError `transpose.count`, `axis.missing`, `axis.repeated`
 * @example
 * transpose(array([[1, 2, 3], [4, 5, 6]])).shape; // [3, 2]
 */
export const transpose = ((a: Strided, ...axes: (number | string)[]): Strided => {
  if (a.recorder !== null) {
    const order = axes.length === 0 ? a.shape.map((_, i) => a.ndim - 1 - i) : orderOf(a, axes);
    return emit(
      a.recorder,
      { kind: "transpose", axes: order },
      [a],
      order.map((i) => a.shape[i]!),
      a.dtype,
      a.names === null ? null : order.map((i) => a.names![i]!),
    );
  }
  if (axes.length === 0) {
    return a.view(
      a.shape.toReversed(),
      a.strides.toReversed(),
      a.offset,
      a.names === null ? null : a.names.toReversed(),
    );
  }
  const order = orderOf(a, axes);
  return a.view(
    order.map((i) => a.shape[i]!),
    order.map((i) => a.strides[i]!),
    a.offset,
    a.names === null ? null : order.map((i) => a.names![i]!),
  );
}) as unknown as signatures.Transpose;

function orderOf(a: Strided, axes: readonly (number | string)[]): number[] {
  if (axes.length !== a.ndim) {
    throw new ShapeError("transpose.count", { array: described(a), ndim: a.ndim, count: axes.length });
  }
  return axisIndices("transpose", a, axes);
}

/**
 * The same values in another shape, in row-major order; one size may be -1 and follows from the others.
 * A view where the values' places allow it, else a copy, as in NumPy. Names are dropped.
 * @throws ShapeError `shape.values`, `shape.size`
 * @example
 * reshape(array([1, 2, 3, 4]), [2, -1]).shape; // [2, 2]
 */
export const reshape = ((a: Strided, to: Sizes): Strided => {
  const shape = resolveShape("reshape", a, to);
  if (a.recorder !== null) return emitReshape(a.recorder, a, shape, null);
  const strides = viewStrides(a, shape);
  return strides === null
    ? a.make(copyValues(a), shape, a.dtype, null)
    : a.view(shape, strides, a.offset, null);
}) as unknown as signatures.Reshape;

/**
 * The shape `to` with its -1 filled in, for the values of `from`.
 * @throws ShapeError `shape.values`, `shape.size`
 */
export function resolveShape(op: string, from: Axes, to: Sizes): Sizes {
  checkIsList(op, to);
  const count = sizeOf(from.shape);
  const open = to.indexOf(-1);
  const rest = open < 0 ? to : without(to, open);
  checkShape(op, rest);
  const known = sizeOf(rest);
  const fits = open < 0 ? known === count : known > 0 && count % known === 0;
  if (!fits) {
    throw new ShapeError("shape.values", {
      op,
      left: described(from),
      count,
      right: { shape: to, names: null },
      needed: known,
    });
  }
  return to.map((size) => (size === -1 ? count / known : size));
}

/**
 * Strides that show `a` in a new shape without copying, or null if there are none: axes are taken in
 * groups of equal product, and within a group the old ones must lie evenly (as NumPy's
 * _attempt_nocopy_reshape).
 */
function viewStrides(a: Strided, shape: Sizes): number[] | null {
  if (a.isContiguous) return rowMajor(shape);
  const old = a.shape.map((size, i) => ({ size, stride: a.strides[i]! })).filter(({ size }) => size !== 1);
  const strides = new Array<number>(shape.length).fill(0);
  let from = 0;
  let to = 0;
  while (from < old.length && to < shape.length) {
    let oldSize = old[from]!.size;
    let newSize = shape[to]!;
    let fromEnd = from + 1;
    let toEnd = to + 1;
    while (oldSize !== newSize) {
      if (newSize < oldSize) newSize *= shape[toEnd++]!;
      else oldSize *= old[fromEnd++]!.size;
    }
    for (let i = from; i + 1 < fromEnd; i++) {
      if (old[i]!.stride !== old[i + 1]!.stride * old[i + 1]!.size) return null;
    }
    let step = old[fromEnd - 1]!.stride;
    for (let i = toEnd - 1; i >= to; i--) {
      strides[i] = step;
      step *= shape[i]!;
    }
    from = fromEnd;
    to = toEnd;
  }
  return strides;
}

/**
 * A new axis of size 1, without a name, at a place (negative from the end). A view.
 * @throws ShapeError `axis.missing`
 * @example
 * expandDims(array([1, 2]), 0).shape; // [1, 2]
 */
export const expandDims = ((a: Strided, axis: number): Strided => {
  const place = newAxisIndex("expandDims", a, axis);
  const shape = inserted(a.shape, place, 1);
  const names = a.names === null ? null : inserted(a.names, place, null);
  if (a.recorder !== null) return emitReshape(a.recorder, a, shape, names);
  return a.view(shape, inserted(a.strides, place, 0), a.offset, names);
}) as unknown as signatures.ExpandDims;

/**
 * Without its axes of size 1, or without one of them. A view.
 * @throws ShapeError `axis.missing`, `squeeze.size`
 * @example
 * squeeze(array([[1, 2]])).shape; // [2]
 */
export const squeeze = ((a: Strided, axis?: number | string): Strided | number => {
  const place = axis === undefined ? -1 : axisIndex("squeeze", a, axis);
  if (place >= 0 && a.shape[place] !== 1) {
    throw new ShapeError("squeeze.size", { axis: shownAxis(axis!), array: described(a) });
  }
  const keeps = (_: unknown, i: number) => (place < 0 ? a.shape[i] !== 1 : i !== place);
  const shape = a.shape.filter(keeps);
  const names = a.names === null ? null : someNames(a.names.filter(keeps));
  if (a.recorder !== null) return emitReshape(a.recorder, a, shape, names);
  if (shape.length === 0) return a.buffer[a.offset]!;
  return a.view(shape, a.strides.filter(keeps), a.offset, names);
}) as unknown as signatures.Squeeze;

/**
 * Repeated to a larger shape by broadcasting. A view: the repeated values lie in memory once.
 * @throws ShapeError `broadcastTo.sizes`, `shape.size`
 * @example
 * broadcastTo(array([1, 2]), [3, 2]).shape; // [3, 2]
 */
export const broadcastTo = ((a: Strided, shape: Sizes): Strided => {
  checkShape("broadcastTo", shape);
  const lead = shape.length - a.ndim;
  if (lead < 0 || a.shape.some((size, i) => size !== 1 && size !== shape[i + lead])) {
    throw new ShapeError("broadcastTo.sizes", { left: described(a), right: { shape, names: null } });
  }
  const names = a.names === null ? null : [...new Array<null>(lead).fill(null), ...a.names];
  if (a.recorder !== null) {
    return emit(a.recorder, { kind: "broadcast" }, [a], [...shape], a.dtype, names);
  }
  return a.view([...shape], broadcastStrides(a, shape), a.offset, names);
}) as unknown as signatures.BroadcastTo;

/**
 * Along each axis from `starts`, `steps` apart, as many as `shape` says: any part that ranges can take. A view.
 */
export function sliceAt(
  a: Strided,
  starts: readonly number[],
  steps: readonly number[],
  shape: Sizes,
  names: AxisNames,
): Strided {
  if (a.recorder !== null) {
    return emit(a.recorder, { kind: "slice", starts, steps }, [a], shape, a.dtype, names);
  }
  const strides = a.strides.map((stride, i) => stride * steps[i]!);
  const offset = a.strides.reduce((at, stride, i) => at + stride * starts[i]!, a.offset);
  return a.view(shape, strides, offset, names);
}

/**
 * The elements in reverse order along one axis. A view.
 * @throws ShapeError `axis.missing`
 * @example
 * flip(array([1, 2, 3]), 0); // [3. 2. 1.]
 */
export const flip = ((a: Strided, axis: number | string): Strided => {
  const place = axisIndex("flip", a, axis);
  const starts = a.shape.map((size, i) => (i === place ? Math.max(size - 1, 0) : 0));
  const steps = a.shape.map((_, i) => (i === place ? -1 : 1));
  return sliceAt(a, starts, steps, a.shape, a.names);
}) as unknown as signatures.Flip;
