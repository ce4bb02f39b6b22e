import { ShapeError } from "../errors/error.js";
import { rowMajor, type Sizes, sizeOf } from "../shape/shape.js";
import type * as signatures from "../shape/signatures.js";
import { allocate } from "../storage/dtype.js";
import { Strided, someNames } from "../storage/strided.js";
import { add } from "./arithmetic.js";
import { axisIndices } from "./axes.js";
import { described } from "./broadcast.js";
import { contiguous } from "./copy.js";
import { emit } from "./primitive.js";
import { lastSize, lastStride, walkRows } from "./walk.js";

/**
 * Every window of the given sizes along the given axes, as NumPy's `sliding_window_view`: those axes become
 * the windows' positions (size - window + 1 of them), and the places in a window new axes, the last, in the
 * same order, without names. A view: no value is copied.
 * @throws ShapeError `axis.missing`, `windows.size`
 * @example
 * slidingWindowView(array([1, 2, 3, 4]), [3], [0]); // [[1. 2. 3.]
 * //  [2. 3. 4.]]
 */
export const slidingWindowView = ((
  x: Strided,
  windows: Sizes,
  axes: readonly (number | string)[],
): Strided => {
  const places = axisIndices("slidingWindowView", x, axes);
  const fits =
    windows.length === places.length &&
    windows.every((size, i) => Number.isInteger(size) && size > 0 && size <= x.shape[places[i]!]!);
  if (!fits) {
    throw new ShapeError("windows.size", { array: described(x), windows: { shape: windows, names: null } });
  }
  const shape = [...x.shape, ...windows];
  places.forEach((place, i) => {
    shape[place] = x.shape[place]! - windows[i]! + 1;
  });
  const names = x.names === null ? null : someNames([...x.names, ...windows.map(() => null)]);
  if (x.recorder !== null) {
    return emit(x.recorder, { kind: "windows", axes: places }, [x], shape, x.dtype, names);
  }
  return x.view(shape, [...x.strides, ...places.map((place) => x.strides[place]!)], x.offset, names);
}) as unknown as signatures.SlidingWindowView;

/**
 * Zeros of a shape, to which each value of windows over it is added where `slidingWindowView` would have
 * taken it: what passes gradients back through that.
 */
export function overlapAdd(x: Strided, axes: readonly number[], shape: Sizes): Strided {
  if (x.recorder !== null) return emit(x.recorder, { kind: "overlapAdd", axes }, [x], shape, x.dtype, null);
  const out = allocate(x.dtype, sizeOf(shape));
  const zeros = x.make(out, shape, x.dtype, null);
  const into = slidingWindowView(zeros as never, x.shape.slice(shape.length), axes) as unknown as Strided;
  const n = lastSize(x.shape);
  const [toStep, fromStep] = [lastStride(into.strides), lastStride(x.strides)];
  walkRows(
    x.shape,
    (to, from) => {
      for (let i = 0; i < n; i++) out[to + i * toStep]! += x.buffer[from + i * fromStep]!;
    },
    into.strides,
    into.offset,
    x.strides,
    x.offset,
  );
  return zeros;
}

/**
 * `x` with values (0) before and after each axis: `widths` has a pair for each, as NumPy's `pad` with a
 * constant. A copy.
 * @throws ShapeError `pad.widths`
 * @example
 * pad(array([1, 2]), [[1, 2]]); // [0. 1. 2. 0. 0.]
 */
export const pad = ((x: Strided, widths: readonly (readonly [number, number])[], value = 0): Strided => {
  const fits =
    widths.length === x.ndim &&
    widths.every((pair) => pair.length === 2 && pair.every((width) => Number.isInteger(width) && width >= 0));
  if (!fits) throw new ShapeError("pad.widths", { array: described(x) });
  const starts = widths.map(([before]) => before);
  const steps = x.shape.map(() => 1);
  const shape = x.shape.map((size, i) => size + widths[i]![0] + widths[i]![1]);
  const placed = placeAt(x, starts, steps, shape);
  if (value === 0) return placed.view(shape, placed.strides, placed.offset, x.names);
  const frame = allocate(x.dtype, sizeOf(shape)).fill(x.dtype === "bool" ? 1 : value);
  const around = new Strided(frame, shape, rowMajor(shape), 0, x.dtype, x.names);
  inside(around, starts, steps, x.shape, (at) => {
    frame[at] = 0;
  });
  return add(placed as never, around as never) as never;
}) as unknown as signatures.Pad;

/**
 * Zeros of a shape, but for the values of `x`: along each axis from `starts`, `steps` apart. The reverse of
 * `slice`: what passes gradients back through it.
 */
export function placeAt(
  x: Strided,
  starts: readonly number[],
  steps: readonly number[],
  shape: Sizes,
): Strided {
  if (x.recorder !== null) {
    return emit(x.recorder, { kind: "pad", starts, steps }, [x], shape, x.dtype, null);
  }
  const out = allocate(x.dtype, sizeOf(shape));
  const { buffer, offset } = contiguous(x);
  let from = offset;
  inside(x.make(out, shape, x.dtype, null), starts, steps, x.shape, (at) => {
    out[at] = buffer[from++]!;
  });
  return x.make(out, shape, x.dtype, null);
}

/** Visits, in row-major order, the places of an array that `size` steps along each axis reach. */
function inside(
  a: Strided,
  starts: readonly number[],
  steps: readonly number[],
  size: Sizes,
  visit: (at: number) => void,
): void {
  const strides = a.strides.map((stride, i) => stride * steps[i]!);
  const start = a.strides.reduce((at, stride, i) => at + stride * starts[i]!, a.offset);
  const n = lastSize(size);
  const step = lastStride(strides);
  walkRows(
    size,
    (at) => {
      for (let i = 0; i < n; i++) visit(at + i * step);
    },
    strides,
    start,
  );
}
