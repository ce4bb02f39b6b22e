import { CamadaError, ShapeError } from "../errors/error.js";
import type * as signatures from "../shape/signatures.js";
import { allocate, promote } from "../storage/dtype.js";
import { axisIndex, type Strided, someNames } from "../storage/strided.js";
import { replaced } from "./axes.js";
import { described, sameShape } from "./broadcast.js";
import { copyInto, toDType } from "./copy.js";
import { expandDims, sliceAt } from "./movement.js";
import { emit, recorderOf } from "./primitive.js";

/**
 * Arrays joined along an axis that they have (the first, unless given). A copy.
 * @throws ShapeError `concatenate.sizes`, `concatenate.axes`, `axis.missing`; CamadaError `concatenate.none`
 * @example
 * concatenate([array([1, 2]), array([3])]); // [1. 2. 3.]
 */
export const concatenate = ((arrays: readonly Strided[], axis: number | string = 0): Strided =>
  join("concatenate", arrays, axis)) as unknown as signatures.Concatenate;

/**
 * Arrays of one shape joined along a new axis, without a name (the first, unless given). A copy.
 * @throws ShapeError `stack.sizes`, `concatenate.axes`, `axis.missing`; CamadaError `concatenate.none`
 * @example
 * stack([array([1, 2]), array([3, 4])]).shape; // [2, 2]
 */
export const stack = ((arrays: readonly Strided[], axis = 0): Strided => {
  const first = arrays[0];
  for (const a of arrays) {
    if (!sameShape(a.shape, first!.shape)) {
      throw new ShapeError("stack.sizes", { op: "stack", left: described(a), right: described(first!) });
    }
  }
  const widened = arrays.map((a) => expandDims(a as never, axis) as unknown as Strided);
  return join("stack", widened, axis);
}) as unknown as signatures.Stack;

function join(op: string, arrays: readonly Strided[], axis: number | string): Strided {
  const first = arrays[0];
  if (first === undefined) throw new CamadaError("concatenate.none", { op });
  const place = axisIndex(op, first, axis);
  let joined = 0;
  let dtype = first.dtype;
  let names = first.axisNames;
  for (const a of arrays) {
    const fits = a.ndim === first.ndim && a.shape.every((size, i) => i === place || size === first.shape[i]);
    if (!fits) {
      throw new ShapeError("concatenate.sizes", { op, left: described(a), right: described(first) });
    }
    names = names.map((name, i) => {
      const other = a.names?.[i] ?? null;
      if (name !== null && other !== null && name !== other) {
        throw new ShapeError("concatenate.axes", { op, left: described(a), right: described(first) });
      }
      return name ?? other;
    });
    joined += a.shape[place]!;
    dtype = promote(dtype, a.dtype);
  }
  const shape = replaced(first.shape, place, joined);
  const recorder = recorderOf(arrays);
  if (recorder !== null) {
    const inputs = arrays.map((a) => toDType(a, dtype));
    return emit(recorder, { kind: "concatenate", axis: place }, inputs, shape, dtype, someNames(names));
  }
  const result = first.make(
    allocate(
      dtype,
      shape.reduce((n, size) => n * size, 1),
    ),
    shape,
    dtype,
    someNames(names),
  );
  // each array fills its part of every outer block
  const inner = shape.slice(place + 1).reduce((n, size) => n * size, 1);
  const outer = shape.slice(0, place).reduce((n, size) => n * size, 1);
  let start = 0;
  for (const a of arrays) {
    const block = a.shape[place]! * inner;
    const values = allocate(dtype, a.size);
    copyInto(values, 0, a, dtype);
    for (let o = 0; o < outer; o++) {
      result.buffer.set(values.subarray(o * block, (o + 1) * block), o * joined * inner + start);
    }
    start += block;
  }
  return result;
}

/**
 * Cut along an axis (the first, unless given): into a number of equal parts, or before each of the given
 * positions. Views.
 * @throws ShapeError `split.sections`, `axis.missing`; CamadaError `value.positive`
 * @example
 * split(array([1, 2, 3, 4]), 2)[1]; // [3. 4.]
 */
export const split = ((
  a: Strided,
  parts: number | readonly number[],
  axis: number | string = 0,
): Strided[] => {
  const place = axisIndex("split", a, axis);
  const size = a.shape[place]!;
  const bounds =
    typeof parts === "number" ? equalBounds(size, parts) : parts.map((at) => clampIndex(at, size));
  const stops = [...bounds, size];
  return stops.map((stop, i) => {
    const start = i === 0 ? 0 : stops[i - 1]!;
    const shape = replaced(a.shape, place, Math.max(stop - start, 0));
    const starts = a.shape.map((_, axis) => (axis === place ? start : 0));
    const steps = a.shape.map(() => 1);
    return sliceAt(a, starts, steps, shape, a.names);
  });
}) as unknown as signatures.Split;

function equalBounds(size: number, sections: number): number[] {
  if (!Number.isInteger(sections) || sections < 1) {
    throw new CamadaError("value.positive", { op: "split", name: "sections", value: sections });
  }
  if (size % sections !== 0) throw new ShapeError("split.sections", { size, sections });
  return Array.from({ length: sections - 1 }, (_, i) => ((i + 1) * size) / sections);
}

function clampIndex(at: number, size: number): number {
  return Math.min(Math.max(at < 0 ? at + size : at, 0), size);
}
