import { CamadaError, ShapeError } from "../errors/error.js";
import { type Sizes, sizeOf } from "../shape/shape.js";
import type * as signatures from "../shape/signatures.js";
import { allocate, promote } from "../storage/dtype.js";
import { axisIndex, type Strided, someNames } from "../storage/strided.js";
import { inserted, newAxisIndex, replaced } from "./axes.js";
import { checkDistinct, described, sameShape } from "./broadcast.js";
import { copyValues, toDType } from "./copy.js";
import { sliceAt } from "./movement.js";
import { emit, emitReshape, recorderOf } from "./primitive.js";

/**
 * Arrays joined along an axis that they have (the first, unless given). A copy.
 * @throws ShapeError `concatenate.sizes`, `concatenate.axes`, `names.repeated`, `axis.missing`; CamadaError
 * `concatenate.none`
 * @example
 * concatenate([array([1, 2]), array([3])]); // [1. 2. 3.]
 */
export const concatenate = ((arrays: readonly Strided[], axis: number | string = 0): Strided => {
  const op = "concatenate";
  const first = firstOf(op, arrays);
  const place = axisIndex(op, first, axis);
  const fits = (a: Strided) =>
    a.ndim === first.ndim && a.shape.every((size, i) => i === place || size === first.shape[i]);
  return join(arrays, place, first.shape, commonNames(op, arrays, fits, "concatenate.sizes"));
}) as unknown as signatures.Concatenate;

/**
 * Arrays of one shape joined along a new axis, without a name (the first, unless given). A copy.
 * @throws ShapeError `stack.sizes`, `concatenate.axes`, `names.repeated`, `axis.missing`; CamadaError
 * `concatenate.none`
 * @example
 * stack([array([1, 2]), array([3, 4])]).shape; // [2, 2]
 */
export const stack = ((arrays: readonly Strided[], axis = 0): Strided => {
  const first = firstOf("stack", arrays);
  const place = newAxisIndex("stack", first, axis);
  const names = commonNames("stack", arrays, (a) => sameShape(a.shape, first.shape), "stack.sizes");
  return join(arrays, place, inserted(first.shape, place, 1), inserted(names, place, null));
}) as unknown as signatures.Stack;

function firstOf(op: string, arrays: readonly Strided[]): Strided {
  if (arrays.length === 0) throw new CamadaError("concatenate.none", { op });
  return arrays[0]!;
}

/** The names of arrays that are joined: an axis without one takes another array's. Refuses what does not fit. */
function commonNames(
  op: string,
  arrays: readonly Strided[],
  fits: (a: Strided) => boolean,
  otherwise: "concatenate.sizes" | "stack.sizes",
): readonly (string | null)[] {
  const first = arrays[0]!;
  let names = first.axisNames;
  for (const a of arrays) {
    const facts = { op, left: described(a), right: described(first) };
    if (!fits(a)) throw new ShapeError(otherwise, facts);
    names = names.map((name, i) => {
      const other = a.names?.[i] ?? null;
      if (name !== null && other !== null && name !== other) throw new ShapeError("concatenate.axes", facts);
      return name ?? other;
    });
    checkDistinct(op, names);
  }
  return names;
}

/** Arrays one after the other along an axis of `shape`, which each has, or lacks as it would be 1. */
function join(
  arrays: readonly Strided[],
  place: number,
  shape: Sizes,
  names: readonly (string | null)[],
): Strided {
  const inner = sizeOf(shape.slice(place + 1));
  const outer = sizeOf(shape.slice(0, place));
  const sizes = arrays.map((a) => (a.ndim === shape.length ? a.shape[place]! : 1));
  const joined = sizes.reduce((sum, size) => sum + size);
  const dtype = arrays.map((a) => a.dtype).reduce(promote);
  const recorder = recorderOf(arrays);
  if (recorder !== null) {
    const inputs = arrays.map((a, i) =>
      emitReshape(recorder, toDType(a, dtype), replaced(shape, place, sizes[i]!), null),
    );
    const whole = replaced(shape, place, joined);
    return emit(recorder, { kind: "concatenate", axis: place }, inputs, whole, dtype, someNames(names));
  }
  const out = allocate(dtype, outer * joined * inner);
  // each array fills its part of every outer block
  let start = 0;
  arrays.forEach((a, i) => {
    const block = sizes[i]! * inner;
    const values = copyValues(a, dtype);
    for (let o = 0; o < outer; o++) {
      out.set(values.subarray(o * block, (o + 1) * block), o * joined * inner + start);
    }
    start += block;
  });
  return arrays[0]!.make(out, replaced(shape, place, joined), dtype, someNames(names));
}

/**
 * Cut along an axis (the first, unless given): into a number of equal parts, or before each of the given
 * positions. Views.
 * @throws ShapeError `split.sections`, `axis.missing`; CamadaError `value.integer`, `value.positive`,
 * `index.integer`
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
  const facts = { op: "split", name: "sections", value: sections };
  if (!Number.isInteger(sections)) throw new CamadaError("value.integer", facts);
  if (sections < 1) throw new CamadaError("value.positive", facts);
  if (size % sections !== 0) throw new ShapeError("split.sections", { size, sections });
  return Array.from({ length: sections - 1 }, (_, i) => ((i + 1) * size) / sections);
}

function clampIndex(at: number, size: number): number {
  if (!Number.isInteger(at)) throw new CamadaError("index.integer", { op: "split", index: String(at) });
  return Math.min(Math.max(at < 0 ? at + size : at, 0), size);
}
