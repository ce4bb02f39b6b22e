import { CamadaError } from "../errors/error.js";
import type { NDArray } from "../shape/types.js";
import { allocate, type DType, type TypedArray } from "../storage/dtype.js";
import type { Recorder, Strided } from "../storage/strided.js";
import { alongAxis, namesWithout, replaced, without } from "./axes.js";
import { described } from "./broadcast.js";
import { contiguous } from "./copy.js";
import type { WithOperation } from "./elementwise.js";
import { emit, emitReshape } from "./primitive.js";

/** What every reduction takes beside the axis. */
export interface ReduceOptions {
  /** Keep the reduced axis, with size 1. */
  readonly keepdims?: boolean;
  /** For var and std: what is subtracted from the number of values (0; 1 for a sample). */
  readonly ddof?: number;
}

/**
 * Takes `n` values, `step` apart from `at` on, to one. What accumulates in float32 must round each step:
 * `float32` says so.
 */
export type Reducer = (
  values: TypedArray,
  at: number,
  step: number,
  n: number,
  float32: boolean,
  options: ReduceOptions,
) => number;

/** All that a reduction is. */
export interface ReduceOperation {
  readonly kind: "reduce";
  readonly name: string;
  /** NumPy's name for the same: what the tests compare with. */
  readonly numpy: string;
  readonly reference: Reducer;
  /**
   * The same of `n` rows at once, place by place and row after row, where that is much faster than one line
   * across them after the other: into `totals`, whose dtype rounds as it must.
   */
  readonly rows?: (totals: TypedArray, x: TypedArray, at: number, n: number) => void;
  /** The dtype of the result for the argument's: its own, a sum's, a float, a position, or bool. */
  readonly gives: "same" | "sum" | "float" | "index" | "bool";
  /** Whether it means something of no values at all. */
  readonly ofNothing: boolean;
  /**
   * How gradients pass, along an axis: `g` and `out`, the result's gradient and the result, are repeated to
   * the shape of the argument `x`. null where there is none to pass.
   */
  readonly gradient: ((g: NDArray, x: NDArray, out: NDArray, axis: number) => NDArray) | null;
  /** What it is made of, along an axis, where it is no primitive of its own: said by other operations. */
  readonly composed?: (x: NDArray, axis: number, options: ReduceOptions) => NDArray;
  /** The reduction of arrays: the public function, loosely typed. */
  readonly apply: (a: Strided, axis?: number | string, options?: ReduceOptions) => Strided | number;
}

export type Reduce<F> = WithOperation<F, ReduceOperation>;

type Definition = Omit<ReduceOperation, "kind" | "numpy" | "gradient" | "apply"> & {
  readonly numpy?: string;
  readonly gradient?: ReduceOperation["gradient"];
};

/** Makes a reduction from its record: of everything (a number), or along one axis, by index or name. */
export function defineReduction<F>(definition: Definition): Reduce<F> {
  const apply = (a: Strided, axis?: number | string, options: ReduceOptions = {}): Strided | number =>
    axis === undefined ? reduceAll(operation, a, options) : reduceAxis(operation, a, axis, options);
  const operation: ReduceOperation = {
    kind: "reduce",
    numpy: definition.name,
    gradient: null,
    ...definition,
    apply,
  };
  return Object.assign(apply as unknown as F & object, { operation });
}

function reduceAll(operation: ReduceOperation, a: Strided, options: ReduceOptions): Strided | number {
  if (a.size === 0 && !operation.ofNothing) throw empty(operation, a);
  const { recorder } = a;
  if (recorder !== null) {
    const flat = emitReshape(recorder, a, [a.size], null);
    const value = traced(recorder, operation, flat, 0, options);
    return options.keepdims ? emitReshape(recorder, value, ones(a), a.names) : value;
  }
  const dtype = dtypeOfResult(operation, a.dtype);
  const flat = contiguous(a);
  const value = operation.reference(flat.buffer, flat.offset, 1, a.size, a.dtype === "float32", options);
  const out = allocate(dtype, 1);
  store(operation, out, 0, value, dtype);
  if (!options.keepdims) return out[0]!;
  return a.make(out, ones(a), dtype, a.names);
}

function ones(a: Strided): number[] {
  return a.shape.map(() => 1);
}

function reduceAxis(
  operation: ReduceOperation,
  a: Strided,
  axis: number | string,
  options: ReduceOptions,
): Strided | number {
  const { name, reference } = operation;
  const walk = alongAxis(name, a, axis);
  const { size, outer, inner } = walk;
  if (size === 0 && !operation.ofNothing) throw empty(operation, a);
  const keep = options.keepdims === true;
  const shape = keep ? replaced(a.shape, walk.axis, 1) : without(a.shape, walk.axis);
  const names = namesWithout(a, walk.axis, keep);
  if (a.recorder !== null) {
    const value = traced(a.recorder, operation, a, walk.axis, options);
    return keep ? emitReshape(a.recorder, value, shape, names) : value;
  }
  if (inner > 1 && operation.composed !== undefined) {
    const value = operation.composed(a as never, walk.axis, options) as unknown as Strided;
    return a.make(value.buffer, shape, value.dtype, names);
  }
  const dtype = dtypeOfResult(operation, a.dtype);
  const float32 = a.dtype === "float32";
  const flat = contiguous(a);
  const out = allocate(dtype, outer * inner);
  if (inner > 1 && operation.rows !== undefined) {
    const totals = allocate(float32 ? "float32" : "float64", inner);
    for (let o = 0; o < outer; o++) {
      operation.rows(totals, flat.buffer, flat.offset + o * size * inner, size);
      for (let i = 0; i < inner; i++) store(operation, out, o * inner + i, totals[i]!, dtype);
    }
    return a.make(out, shape, dtype, names);
  }
  for (let o = 0, to = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++, to++) {
      const at = flat.offset + o * size * inner + i;
      store(operation, out, to, reference(flat.buffer, at, inner, size, float32, options), dtype);
    }
  }
  return shape.length === 0 ? out[0]! : a.make(out, shape, dtype, names);
}

/** The reduction as a step of a graph, or as the steps it is made of. */
function traced(
  recorder: Recorder,
  operation: ReduceOperation,
  a: Strided,
  axis: number,
  options: ReduceOptions,
): Strided {
  const { composed } = operation;
  if (composed !== undefined) return composed(a as never, axis, options) as never;
  const dtype = dtypeOfResult(operation, a.dtype);
  const names = namesWithout(a, axis, false);
  return emit(recorder, { kind: "reduce", operation, axis }, [a], without(a.shape, axis), dtype, names);
}

function dtypeOfResult({ gives }: ReduceOperation, dtype: DType): DType {
  const isInteger = dtype !== "float64" && dtype !== "float32";
  switch (gives) {
    case "same":
      return dtype;
    case "sum":
      return isInteger ? "int32" : dtype;
    case "float":
      return isInteger ? "float64" : dtype;
    case "index":
      return "int32";
    case "bool":
      return "bool";
  }
}

/** Stores a result; a sum of integers that int32 cannot hold is refused, never wrapped. */
function store({ name, gives }: ReduceOperation, out: TypedArray, to: number, value: number, dtype: DType) {
  if (gives === "sum" && dtype === "int32" && value !== (value | 0)) {
    throw new CamadaError("dtype.overflow", { op: name, value });
  }
  out[to] = value;
}

function empty({ name }: ReduceOperation, a: Strided): CamadaError {
  return new CamadaError("reduce.empty", { op: name, array: described(a) });
}
