import { CamadaError } from "../errors/error.js";
import type { Sizes } from "../shape/shape.js";
import type { DType } from "../storage/dtype.js";
import type { AxisNames, Recorder, Strided } from "../storage/strided.js";
import { sameShape } from "./broadcast.js";
import type { ElementwiseOperation } from "./elementwise.js";
import type { ReduceOperation } from "./reduce.js";

/**
 * The few steps that everything else is made of: what a traced function becomes. Shape and dtype of the
 * result belong to the step's place in a graph, not to the primitive.
 */
export type Primitive =
  /** One record's meaning, on inputs of the result's very shape and of one dtype. */
  | { readonly kind: "elementwise"; readonly operation: ElementwiseOperation }
  /** Of three inputs: the second where the first is true, elsewhere the third. */
  | { readonly kind: "where" }
  /** The values as the result's dtype. */
  | { readonly kind: "cast" }
  /** One record's meaning along an axis, which is gone then. */
  | { readonly kind: "reduce"; readonly operation: ReduceOperation; readonly axis: number }
  /** Product of the last two axes; the axes before them are equal in both inputs. */
  | { readonly kind: "matmul" }
  | { readonly kind: "transpose"; readonly axes: readonly number[] }
  /** The values in row-major order in the result's shape. */
  | { readonly kind: "reshape" }
  /** Repeated to the result's shape: sizes are equal or 1, and axes may be new in front. */
  | { readonly kind: "broadcast" }
  /** Along each axis: from `starts`, `steps` apart, as many as the result's shape says. */
  | { readonly kind: "slice"; readonly starts: readonly number[]; readonly steps: readonly number[] }
  /** The reverse of slice: zeros, but for the input's values, from `starts`, `steps` apart. */
  | { readonly kind: "pad"; readonly starts: readonly number[]; readonly steps: readonly number[] }
  | { readonly kind: "concatenate"; readonly axis: number }
  /** Of values and whole-number indices: the values' parts at the indices, whose axes stand in for the axis. */
  | { readonly kind: "take"; readonly axis: number }
  /** The reverse of take: zeros, to which each part is added at its index. */
  | { readonly kind: "scatterAdd"; readonly axis: number }
  /** Every window along `axes`: those axes become positions, and the places in a window new axes, last. */
  | { readonly kind: "windows"; readonly axes: readonly number[] }
  /** The reverse of windows: each value added where it was taken from. */
  | { readonly kind: "overlapAdd"; readonly axes: readonly number[] }
  | { readonly kind: "cumsum"; readonly axis: number }
  | { readonly kind: "argsort"; readonly axis: number }
  /** Numbers in [0, 1) that follow from the key (two whole numbers) and the stream alone. */
  | { readonly kind: "uniform"; readonly stream: number };

/** The recorder of the first array that has one; null where all hold values. */
export function recorderOf(arrays: readonly Strided[]): Recorder | null {
  for (const a of arrays) if (a.recorder !== null) return a.recorder;
  return null;
}

/**
 * Refuses an operation whose result's shape, or next step, depends on values that are not there yet.
 * @throws CamadaError `trace.values`
 */
export function needsValues(op: string, a: Strided): void {
  if (a.recorder !== null) throw new CamadaError("trace.values", { op });
}

/** Has a step recorded; inputs that hold values become constants. */
export function emit(
  recorder: Recorder,
  primitive: Primitive,
  inputs: readonly Strided[],
  shape: Sizes,
  dtype: DType,
  names: AxisNames,
): Strided {
  return recorder.record(primitive, inputs, shape, dtype, names);
}

/** `a` repeated to a shape, for a step whose inputs must all have it. */
export function emitBroadcast(recorder: Recorder, a: Strided, shape: Sizes): Strided {
  return sameShape(a.shape, shape) ? a : emit(recorder, { kind: "broadcast" }, [a], shape, a.dtype, null);
}

/** `a` in another shape, with names for its axes. */
export function emitReshape(recorder: Recorder, a: Strided, shape: Sizes, names: AxisNames): Strided {
  if (sameShape(a.shape, shape)) return a.view(a.shape, a.strides, a.offset, names);
  return emit(recorder, { kind: "reshape" }, [a], shape, a.dtype, names);
}
