import { CamadaError } from "../errors/error.js";
import type { NDArray } from "../shape/types.js";
import { allocate, type DType, fitsIn, isFloat, promote, type TypedArray } from "../storage/dtype.js";
import { type Recorder, Strided } from "../storage/strided.js";
import { type Axes, broadcast, broadcastStrides } from "./broadcast.js";
import { toDType } from "./copy.js";
import type { Lanes } from "./lanes.js";
import { emit, emitBroadcast } from "./primitive.js";
import { lastSize, lastStride, walkRows } from "./walk.js";

/** Where random samples of an operation's arguments lie: what tests of values and gradients draw from. */
export interface Samples {
  /** The least. */
  readonly low: number;
  /** The largest. */
  readonly high: number;
}

/** From the gradient of a result to that of the argument `x`; `out` is the result. */
export type UnaryGradient = (g: NDArray, x: NDArray, out: NDArray) => NDArray;

/** From the gradient of a result to those of the arguments `x` and `y`. */
export type BinaryGradient = (
  g: NDArray,
  x: NDArray,
  y: NDArray,
  out: NDArray,
) => readonly [NDArray, NDArray];

/**
 * All that an elementwise operation is. `reference` is its meaning on numbers; everything else says how
 * arrays meet it.
 */
export interface ElementwiseOperation {
  /** That it is elementwise. */
  readonly kind: "elementwise";
  /** The public name, as sentences and graphs show it. */
  readonly name: string;
  /** NumPy's name for the same: what the tests compare with. */
  readonly numpy: string;
  /** How many arguments it has. */
  readonly arity: 1 | 2;
  /** Its meaning on numbers. */
  readonly reference: (x: number, y: number) => number;
  /**
   * `reference` for a row of values, written out, where speed matters most: engines keep what they learn of a
   * loop for all functions that one place makes, so they inline nothing into a loop that is made for many.
   */
  readonly loop?: BinaryLoop;
  /** The meaning on whole numbers, where it is not simply `reference` cut to the integer's bits. */
  readonly integer?: (x: number, y: number) => number;
  /**
   * What it is made of where it is compiled, on the dtype it computes in; a mask if it gives bools. Absent: it
   * is `reference` there too, value by value.
   */
  readonly lower?: <V>(b: Lanes<V>, x: V, y: V) => V;
  /** The dtype of the result: the arguments' own, always a float, or bool. */
  readonly gives: "same" | "float" | "bool";
  /** What it means on bools: refused, or computed as another dtype. Absent: as any other dtype. */
  readonly bools?: "refused" | "int32" | ((x: number, y: number) => number);
  /** How gradients pass, on arrays of one shape; null where they are zero wherever there are any. */
  readonly gradient: UnaryGradient | BinaryGradient | null;
  /** Where tests draw from. */
  readonly samples: Samples;
  /** The operation on arrays: the public function, loosely typed. */
  readonly apply: (x: Operand, y: Operand) => Operand;
}

type Own = Omit<ElementwiseOperation, "kind" | "arity" | "numpy" | "gives" | "gradient" | "apply">;
/** What a record is made of. Only those that give bools, which have no gradient, may leave it out. */
type Definition<Gradient> = Own & { readonly numpy?: string } & (
    | { readonly gives: "bool"; readonly gradient?: null }
    | { readonly gives: "same" | "float"; readonly gradient: Gradient | null }
  );

/** A function with the record of its operation. */
export type WithOperation<F, O> = F & { readonly operation: O };
export type Elementwise<F> = WithOperation<F, ElementwiseOperation>;

type Operand = Strided | number;

/** Makes a function of one array (or number) from its record. */
export function defineUnary<F>(definition: Definition<UnaryGradient>): Elementwise<F> {
  const apply = (x: Operand): Operand => {
    if (typeof x === "number") return operation.reference(x, 0);
    const common = checkBools(operation, x.dtype);
    const dtype = dtypeOfResult(operation, common);
    if (x.recorder !== null) return traced(x.recorder, operation, [x], x, common, dtype);
    return finish(x, unary(isFloat(dtype) ? loop : integerLoop, x, dtype), x, dtype);
  };
  const operation = record(definition, 1, apply);
  const loop = unaryLoop(operation.reference);
  const integerLoop = definition.integer === undefined ? loop : unaryLoop(definition.integer);
  return Object.assign(apply as unknown as F & object, { operation });
}

/** Makes a function of two arrays (or numbers) from its record. */
export function defineBinary<F>(definition: Definition<BinaryGradient>): Elementwise<F> {
  const { reference, integer } = definition;
  const loop = definition.loop ?? binaryLoop(reference);
  const integerLoop = integer === undefined ? loop : binaryLoop(integer);
  const boolLoop = typeof definition.bools === "function" ? binaryLoop(definition.bools) : integerLoop;
  const apply = (x: Operand, y: Operand): Operand => {
    let like: Strided;
    if (typeof x === "number") {
      if (typeof y === "number") return reference(x, y);
      like = y;
      x = scalar(operation, x, y);
    } else {
      like = x;
      if (typeof y === "number") y = scalar(operation, y, x);
    }
    const { name } = operation;
    const shared = broadcast(name, x, y);
    const common = checkBools(operation, promote(x.dtype, y.dtype));
    const dtype = dtypeOfResult(operation, common);
    const recorder = x.recorder ?? y.recorder;
    if (recorder !== null) return traced(recorder, operation, [x, y], shared, common, dtype);
    const kernel = dtype === "bool" && common === "bool" ? boolLoop : isFloat(dtype) ? loop : integerLoop;
    return finish(like, binary(kernel, x, y, shared, dtype), shared, dtype);
  };
  const operation = record(definition, 2, apply);
  return Object.assign(apply as unknown as F & object, { operation });
}

function record(
  definition: Definition<UnaryGradient | BinaryGradient>,
  arity: 1 | 2,
  apply: ElementwiseOperation["apply"],
): ElementwiseOperation {
  return { kind: "elementwise", numpy: definition.name, arity, gradient: null, ...definition, apply };
}

/** The result: a plain number where no axis is left, as NumPy gives a scalar. */
function finish(like: Strided, values: TypedArray, { shape, names }: Axes, dtype: DType): Operand {
  return shape.length === 0 ? values[0]! : like.make(values, shape, dtype, names);
}

/** The operation as a step of a graph: its inputs cast to the dtype it computes in, and of one shape. */
function traced(
  recorder: Recorder,
  operation: ElementwiseOperation,
  inputs: readonly Strided[],
  { shape, names }: Axes,
  common: DType,
  dtype: DType,
): Strided {
  const computed = dtype === "bool" ? common : dtype;
  const prepared = inputs.map((x) => emitBroadcast(recorder, toDType(x, computed), shape));
  return emit(recorder, { kind: "elementwise", operation }, prepared, shape, dtype, names);
}

function dtypeOfResult({ gives }: ElementwiseOperation, common: DType): DType {
  if (gives === "bool") return "bool";
  return gives === "float" && !isFloat(common) ? "float64" : common;
}

function checkBools({ name, bools }: ElementwiseOperation, dtype: DType): DType {
  if (dtype !== "bool" || bools === undefined || typeof bools === "function") return dtype;
  if (bools === "refused") throw new CamadaError("dtype.bool", { op: name });
  return bools;
}

/**
 * A number beside an array takes the array's dtype, as NumPy's Python scalars do: it never widens a
 * float, and widens an integer to float64 only if it has a fraction.
 * @throws CamadaError `dtype.range` for a whole number that the integers of the array cannot hold
 */
function scalar({ name, gives }: ElementwiseOperation, value: number, beside: Strided): Strided {
  return constant(value, dtypeOfNumber(name, value, beside.dtype, gives !== "same"));
}

/** One value as an array without axes. */
export function constant(value: number, dtype: DType): Strided {
  const buffer = allocate(dtype, 1);
  buffer[0] = value;
  return new Strided(buffer, [], [], 0, dtype, null);
}

/** The dtype of a number beside an array of `dtype`: see `scalar`. */
export function dtypeOfNumber(op: string, value: number, dtype: DType, widen = false): DType {
  if (isFloat(dtype)) return dtype;
  if (!Number.isInteger(value)) return "float64";
  const integer = dtype === "bool" ? "int32" : dtype;
  if (fitsIn(value, integer)) return integer;
  if (widen) return "float64";
  throw new CamadaError("dtype.range", { op, value, dtype: integer });
}

type UnaryLoop = (out: TypedArray, to: number, x: TypedArray, at: number, step: number, n: number) => void;
type BinaryLoop = (
  out: TypedArray,
  to: number,
  x: TypedArray,
  xAt: number,
  xStep: number,
  y: TypedArray,
  yAt: number,
  yStep: number,
  n: number,
) => void;

/** A loop of its own for each operation, so that the engine can inline the operation into it. */
function unaryLoop(f: (x: number, y: number) => number): UnaryLoop {
  return (out, to, x, at, step, n) => {
    for (let i = 0; i < n; i++) out[to + i] = f(x[at + i * step]!, 0);
  };
}

function binaryLoop(f: (x: number, y: number) => number): BinaryLoop {
  return (out, to, x, xAt, xStep, y, yAt, yStep, n) => {
    for (let i = 0; i < n; i++) out[to + i] = f(x[xAt + i * xStep]!, y[yAt + i * yStep]!);
  };
}

function unary(loop: UnaryLoop, x: Strided, dtype: DType): TypedArray {
  const out = allocate(dtype, x.size);
  if (x.isContiguous) {
    loop(out, 0, x.buffer, x.offset, 1, out.length);
    return out;
  }
  const n = lastSize(x.shape);
  const step = lastStride(x.strides);
  let to = 0;
  walkRows(
    x.shape,
    (at) => {
      loop(out, to, x.buffer, at, step, n);
      to += n;
    },
    x.strides,
    x.offset,
  );
  return out;
}

function binary(loop: BinaryLoop, x: Strided, y: Strided, { shape }: Axes, dtype: DType): TypedArray {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i]!;
  const out = allocate(dtype, size);
  const wholeX = x.size === size && x.isContiguous;
  if (wholeX && y.size === 1) {
    loop(out, 0, x.buffer, x.offset, 1, y.buffer, y.offset, 0, size);
  } else if (wholeX && y.size === size && y.isContiguous) {
    loop(out, 0, x.buffer, x.offset, 1, y.buffer, y.offset, 1, size);
  } else if (wholeX && y.ndim === 1) {
    // the commonest broadcast of all: a row of biases to each row
    const n = y.size;
    for (let to = 0; to < size; to += n) {
      loop(out, to, x.buffer, x.offset + to, 1, y.buffer, y.offset, y.strides[0]!, n);
    }
  } else {
    const xStrides = broadcastStrides(x, shape);
    const yStrides = broadcastStrides(y, shape);
    const n = lastSize(shape);
    const xStep = lastStride(xStrides);
    const yStep = lastStride(yStrides);
    let to = 0;
    walkRows(
      shape,
      (xAt, yAt) => {
        loop(out, to, x.buffer, xAt, xStep, y.buffer, yAt, yStep, n);
        to += n;
      },
      xStrides,
      x.offset,
      yStrides,
      y.offset,
    );
  }
  return out;
}
