import { CamadaError, ShapeError } from "../errors/error.js";
import { rowMajor, type Sizes, sizeOf } from "../shape/shape.js";
import type * as signatures from "../shape/signatures.js";
import { allocate, isFloat, type TypedArray } from "../storage/dtype.js";
import { axisIndex, Strided, someNames } from "../storage/strided.js";
import { add, multiply } from "./arithmetic.js";
import { broadcast, checkDistinct, described } from "./broadcast.js";
import { contiguous } from "./copy.js";
import { reshape } from "./movement.js";
import { emit, recorderOf } from "./primitive.js";

/**
 * The parts of an array at whole-number indices along an axis (negative from the end), in the indices'
 * order and shape, which stands in for the axis. Without an axis, of the flattened array. A copy.
 * @throws CamadaError `index.range`, `index.dtype`; ShapeError `axis.missing`, `names.repeated`
 * @example
 * const rows = array([2, 0], undefined, { dtype: "int32" });
 * take(array([[1, 2], [3, 4], [5, 6]]), rows, 0); // [[5. 6.]
 *         //  [1. 2.]]
 */
export const take = ((x: Strided, indices: Strided, axis?: number | string): Strided => {
  if (axis === undefined) return take(reshape(x as never, [-1]), indices as never, 0) as never;
  const place = axisIndex("take", x, axis);
  checkIndices("take", indices);
  const around = <T>(of: readonly T[], middle: readonly T[]): T[] => [
    ...of.slice(0, place),
    ...middle,
    ...of.slice(place + 1),
  ];
  const shape = around(x.shape, indices.shape);
  const names = around(x.axisNames, indices.axisNames);
  checkDistinct("take", names);
  const recorder = recorderOf([x, indices]);
  if (recorder !== null) {
    // indices that are known are refused now, not when the program runs
    if (indices.recorder === null) positions("take", indices, place, x.shape[place]!);
    return emit(recorder, { kind: "take", axis: place }, [x, indices], shape, x.dtype, someNames(names));
  }
  const { buffer, offset } = contiguous(x);
  const at = positions("take", indices, place, x.shape[place]!);
  const inner = sizeOf(x.shape.slice(place + 1));
  const outer = sizeOf(x.shape.slice(0, place));
  const block = x.shape[place]! * inner;
  const out = allocate(x.dtype, outer * at.length * inner);
  for (let o = 0, to = 0; o < outer; o++) {
    for (let i = 0; i < at.length; i++, to += inner) {
      const from = offset + o * block + at[i]! * inner;
      // making a part's view costs as much as some dozens of values
      if (inner >= 64) out.set(buffer.subarray(from, from + inner), to);
      else for (let j = 0; j < inner; j++) out[to + j] = buffer[from + j]!;
    }
  }
  return x.make(out, shape, x.dtype, someNames(names));
}) as unknown as signatures.Take;

/**
 * Zeros of a shape, to which the parts of `x` are added at whole-number indices along an axis: what passes
 * gradients back through `take`.
 */
export function scatterAdd(x: Strided, indices: Strided, axis: number, shape: Sizes): Strided {
  const recorder = recorderOf([x, indices]);
  if (recorder !== null)
    return emit(recorder, { kind: "scatterAdd", axis }, [x, indices], shape, x.dtype, null);
  const { buffer, offset } = contiguous(x);
  const at = positions("take", indices, axis, shape[axis]!);
  const inner = sizeOf(shape.slice(axis + 1));
  const outer = sizeOf(shape.slice(0, axis));
  const out = allocate(x.dtype, sizeOf(shape));
  for (let o = 0, from = offset; o < outer; o++) {
    for (let i = 0; i < at.length; i++, from += inner) {
      const to = (o * shape[axis]! + at[i]!) * inner;
      for (let j = 0; j < inner; j++) out[to + j]! += buffer[from + j]!;
    }
  }
  return x.make(out, shape, x.dtype, null);
}

/**
 * For each place the value that stands, along the axis, at the index given for that place: of `x` and
 * `indices`, which have one shape but for the axis. Turns what `argsort` and `argmax` give into values.
 * A copy.
 * @throws CamadaError `index.range`, `index.dtype`; ShapeError `axis.missing`, `takeAlongAxis.sizes`,
 * `broadcast.axes`, `names.repeated`
 * @example
 * const x = array([[3, 1, 2]]);
 * takeAlongAxis(x, argsort(x, 1), 1); // [[1. 2. 3.]]
 */
export const takeAlongAxis = ((x: Strided, indices: Strided, axis: number | string): Strided => {
  const place = axisIndex("takeAlongAxis", x, axis);
  const fits =
    x.ndim === indices.ndim && x.shape.every((size, i) => i === place || size === indices.shape[i]);
  if (!fits) throw new ShapeError("takeAlongAxis.sizes", { left: described(indices), right: described(x) });
  checkIndices("takeAlongAxis", indices);
  const { names } = broadcast("takeAlongAxis", { shape: indices.shape, names: x.names }, indices);
  // every place's own position in the flattened array, less its index along the axis
  const strides = rowMajor(x.shape);
  const own = rowMajor(indices.shape);
  const start = new Int32Array(indices.size);
  for (let p = 0; p < start.length; p++) {
    for (let i = 0; i < own.length; i++) {
      if (i !== place) start[p]! += (Math.floor(p / own[i]!) % indices.shape[i]!) * strides[i]!;
    }
  }
  const starts = new Strided(start, indices.shape, own, 0, "int32", null);
  const along = fromFront(indices, place, x.shape[place]!);
  const at = loose(add)(loose(multiply)(along, strides[place]!), starts);
  const values = loose(take)(loose(reshape)(x, [-1]), at, 0);
  return values.view(values.shape, values.strides, values.offset, names);
}) as unknown as signatures.TakeAlongAxis;

/** A public function, seen without its types of shapes and names. */
function loose(f: unknown): (...args: unknown[]) => Strided {
  return f as never;
}

function checkIndices(op: string, { dtype }: Strided): void {
  if (isFloat(dtype) || dtype === "bool") throw new CamadaError("index.dtype", { op, dtype });
}

/** Indices in row-major order, counted from the front. */
function positions(op: string, indices: Strided, axis: number, size: number): TypedArray {
  const { buffer, offset } = contiguous(indices);
  const out = new Int32Array(indices.size);
  for (let i = 0; i < out.length; i++) {
    const index = buffer[offset + i]!;
    if (index < -size || index >= size) throw new CamadaError("index.range", { op, index, axis, size });
    out[i] = index < 0 ? index + size : index;
  }
  return out;
}

function fromFront(indices: Strided, axis: number, size: number): Strided {
  if (indices.recorder !== null) {
    const places = Int32Array.from({ length: size }, (_, i) => i);
    return loose(take)(new Strided(places, [size], [1], 0, "int32", null), indices, 0);
  }
  const at = positions("takeAlongAxis", indices, axis, size);
  return indices.make(at, indices.shape, "int32", null);
}
