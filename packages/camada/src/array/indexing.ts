import { CamadaError, ShapeError } from "../errors/error.js";
import { sliceAt } from "../ops/movement.js";
import { emitReshape, needsValues } from "../ops/primitive.js";
import type { Sizes } from "../shape/shape.js";
import { type AxisNames, type Recorder, Strided, someNames } from "../storage/strided.js";

/** One axis of `slice`: an index takes the axis away, a range cuts it, null keeps all of it. */
export type SliceArgument =
  | number
  | null
  | readonly [start: number | null, stop: number | null]
  | readonly [start: number | null, stop: number | null, step: number];

/** A position within an axis; negative counts from the end. Refused outside it. */
export function resolveIndex(op: string, index: number, axis: number, a: Strided): number {
  const size = a.shape[axis]!;
  if (!Number.isInteger(index)) throw new CamadaError("index.integer", { op, index: String(index) });
  if (index < -size || index >= size) throw new CamadaError("index.range", { op, index, axis, size });
  return index < 0 ? index + size : index;
}

/** Refuses more indices than axes. */
export function checkIndexCount(op: string, count: number, a: Strided): void {
  if (count > a.ndim) {
    throw new ShapeError("index.count", {
      op,
      array: { shape: a.shape, names: a.names },
      ndim: a.ndim,
      count,
    });
  }
}

/** The view that `slice` gives: Python's rules for ranges, which are cut to the axis, not refused. */
export function sliceView<A extends Strided>(op: string, a: A, args: readonly SliceArgument[]): A {
  checkIndexCount(op, args.length, a);
  for (const argument of args) if (argument instanceof Strided) needsValues(op, argument);
  const shape: number[] = [];
  const strides: number[] = [];
  const names: (string | null)[] = [];
  const ranges: Range[] = [];
  let offset = a.offset;
  for (let axis = 0; axis < a.ndim; axis++) {
    const size = a.shape[axis]!;
    const stride = a.strides[axis]!;
    const argument = args[axis] ?? null;
    if (typeof argument === "number") {
      const start = resolveIndex(op, argument, axis, a);
      ranges.push({ start, count: 1, step: 1 });
      offset += start * stride;
      continue;
    }
    const part = argument === null ? { start: 0, count: size, step: 1 } : range(argument, size);
    ranges.push(part);
    offset += part.count === 0 ? 0 : part.start * stride;
    shape.push(part.count);
    strides.push(stride * part.step);
    names.push(a.names?.[axis] ?? null);
  }
  if (a.recorder !== null) return traced(a.recorder, a, ranges, shape, someNames(names)) as A;
  return a.view(shape, strides, offset, someNames(names) as AxisNames);
}

/** The part as a step of a graph: cut along every axis, then without the axes that an index took away. */
function traced(
  recorder: Recorder,
  a: Strided,
  ranges: readonly Range[],
  shape: Sizes,
  names: AxisNames,
): Strided {
  const starts = ranges.map(({ start }) => start);
  const steps = ranges.map(({ step }) => step);
  const cut = ranges.map(({ count }) => count);
  const part = sliceAt(a, starts, steps, cut, null);
  return emitReshape(recorder, part, shape, names);
}

interface Range {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

/** Python's `range(*slice(start, stop, step).indices(size))`. */
function range(argument: Exclude<SliceArgument, number | null>, size: number): Range {
  const [from, to, step = 1] = argument;
  for (const part of [from, to, step]) {
    if (part !== null && !Number.isInteger(part)) {
      throw new CamadaError("index.integer", { op: "slice", index: String(part) });
    }
  }
  if (step === 0) throw new CamadaError("value.zero", { op: "slice", name: "step" });
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const clamp = (at: number): number => Math.min(Math.max(at < 0 ? at + size : at, low), high);
  const start = from === null ? (step > 0 ? low : high) : clamp(from);
  const stop = to === null ? (step > 0 ? high : low) : clamp(to);
  return { start, count: Math.max(Math.ceil((stop - start) / step), 0), step };
}
