import * as camada from "camada";
import { type DType, fromTypedArray, type NDArray } from "camada";

/*
 * camada's operations as ONNX's operators need them: without types of shapes and names, which only come with
 * the file, and giving arrays where camada gives numbers, as a number has no dtype.
 */

/** What cannot be computed, before it is said which node asked for it. */
export class Refused extends Error {
  readonly code: "onnx.largeResult" | "onnx.axis" | "onnx.overflow";
  readonly data: { readonly [fact: string]: string | number };

  constructor(code: Refused["code"], data: Refused["data"]) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

let most = Number.POSITIVE_INFINITY;

/** Runs `f`, within which no array is made of more values than that. */
export function limited<T>(values: number, f: () => T): T {
  const outer = most;
  most = values;
  try {
    return f();
  } finally {
    most = outer;
  }
}

/** As many axes as NumPy's arrays may have. */
export const MOST_AXES = 64;

/** A shape that is not too large, before there is an array of it. @throws Refused */
export function sized<S extends readonly number[]>(shape: S): S {
  // an axis of 0 does not excuse the others: a sum along it leaves them
  const values = shape.reduce((product, size) => product * Math.max(size, 1), 1);
  if (values <= most && shape.length <= MOST_AXES) return shape;
  const shown = `(${shape.slice(0, MOST_AXES).join(", ")})`;
  throw new Refused("onnx.largeResult", { shape: shown, most });
}

type Operand = NDArray | number;
/** A public function, seen without its types of shapes and names. */
type Loose = (...args: unknown[]) => never;

/** An operation element by element, on arrays without axes too. */
const elementwise =
  (f: unknown) =>
  (...args: Operand[]): NDArray => {
    const shapes = args.flatMap((a) => (typeof a === "number" ? [] : [a.shape]));
    if (shapes.length > 1) sized(broadcastShape(shapes));
    if (shapes.some((shape) => shape.length > 0)) return (f as Loose)(...args);
    return reshape((f as Loose)(...args.map((a) => (typeof a === "number" ? a : reshape(a, [1])))), []);
  };

/** The larger size along each axis, from the last: that of the result where shapes go together. */
function broadcastShape(shapes: readonly (readonly number[])[]): number[] {
  const length = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length }, (_, i) =>
    shapes.reduce((largest, shape) => Math.max(largest, shape[i - length + shape.length] ?? 1), 0),
  );
}

/**
 * The same, but whole numbers that do not fit are refused, where they are there to be seen: a file's may have
 * 64 bits, and camada's wrap at 32.
 */
const fitting = (f: unknown) => {
  const apply = elementwise(f);
  return (...args: Operand[]): NDArray => {
    const result = apply(...args);
    if (result.dtype !== "int32" || isTraced(result)) return result;
    const exact = apply(...args.map((a) => (typeof a === "number" ? a : asType(a, "float64")))).data;
    const at = result.data.findIndex((value: number, i: number) => value !== exact[i]);
    if (at >= 0) throw new Refused("onnx.overflow", { value: exact[at]! });
    return result;
  };
};

export const abs = elementwise(camada.abs);
export const add = fitting(camada.add);
export const ceil = elementwise(camada.ceil);
export const cos = elementwise(camada.cos);
export const divide = elementwise(camada.divide);
export const equal = elementwise(camada.equal);
export const erf = elementwise(camada.erf);
export const exp = elementwise(camada.exp);
export const expm1 = elementwise(camada.expm1);
export const floor = elementwise(camada.floor);
export const greater = elementwise(camada.greater);
export const greaterEqual = elementwise(camada.greaterEqual);
export const isInf = elementwise(camada.isInf);
export const isNaN = elementwise(camada.isNaN);
export const less = elementwise(camada.less);
export const lessEqual = elementwise(camada.lessEqual);
export const log = elementwise(camada.log);
export const log1p = elementwise(camada.log1p);
export const logicalAnd = elementwise(camada.logicalAnd);
export const logicalNot = elementwise(camada.logicalNot);
export const logicalOr = elementwise(camada.logicalOr);
export const maximum = elementwise(camada.maximum);
export const minimum = elementwise(camada.minimum);
export const mod = elementwise(camada.mod);
export const multiply = fitting(camada.multiply);
export const negative = elementwise(camada.negative);
export const notEqual = elementwise(camada.notEqual);
export const power = fitting(camada.power);
export const sigmoid = elementwise(camada.sigmoid);
export const sign = elementwise(camada.sign);
export const sin = elementwise(camada.sin);
export const softplus = elementwise(camada.softplus);
export const sqrt = elementwise(camada.sqrt);
export const square = fitting(camada.square);
export const subtract = fitting(camada.subtract);
export const tanh = elementwise(camada.tanh);
export const where = elementwise(camada.where);

export const argsort: (x: NDArray, axis: number) => NDArray = camada.argsort as Loose;
export const cumsum: (x: NDArray, axis: number) => NDArray = camada.cumsum as Loose;
export const expandDims: (x: NDArray, axis: number) => NDArray = camada.expandDims as Loose;
export const flip: (x: NDArray, axis: number) => NDArray = camada.flip as Loose;
export const split: (x: NDArray, at: readonly number[], axis: number) => NDArray[] = camada.split as Loose;
export const takeAlongAxis: (x: NDArray, indices: NDArray, axis: number) => NDArray = camada.takeAlongAxis as Loose; // biome-ignore format: one line

export function broadcastTo(x: NDArray, shape: readonly number[]): NDArray {
  return (camada.broadcastTo as Loose)(x, sized(shape));
}

export function concatenate(arrays: readonly NDArray[], axis: number): NDArray {
  sized([arrays.reduce((values, { size }) => values + size, 0)]);
  return (camada.concatenate as Loose)(arrays, axis);
}

export function einsum(subscripts: string, arrays: readonly NDArray[]): NDArray | number {
  return (camada.einsum as Loose)(subscripts, ...arrays);
}

export function matmul(x: NDArray, y: NDArray): NDArray {
  const lead = broadcastShape([x.shape.slice(0, -2), y.shape.slice(0, -2)]);
  sized([...lead, ...x.shape.slice(-2, -1), ...y.shape.slice(-1)]);
  return (camada.matmul as Loose)(x, y);
}

/** How many values to add before and after each axis. */
export type Widths = readonly (readonly [number, number])[];

export function pad(x: NDArray, widths: Widths, value = 0): NDArray {
  if (x.ndim === 0) return x;
  sized(x.shape.map((size, axis) => size + (widths[axis]?.[0] ?? 0) + (widths[axis]?.[1] ?? 0)));
  return (camada.pad as Loose)(x, widths, value);
}

export function reshape(x: NDArray, shape: readonly number[]): NDArray {
  sized(shape);
  // of a view that repeats values it makes a copy
  sized(x.shape);
  return (camada.reshape as Loose)(x, shape);
}

export function slidingWindowView(x: NDArray, sizes: readonly number[], axes: readonly number[]): NDArray {
  return (camada.slidingWindowView as Loose)(x, sizes, axes);
}

export function take(x: NDArray, indices: NDArray, axis: number): NDArray {
  const place = fromFront(axis, x.ndim);
  sized([...x.shape.slice(0, place), ...indices.shape, ...x.shape.slice(place + 1)]);
  return (camada.take as Loose)(x, indices, place);
}

export function transpose(x: NDArray, axes: readonly number[]): NDArray {
  return axes.length === 0 && x.ndim === 0 ? x : (camada.transpose as Loose)(x, ...axes.slice(0, MOST_AXES));
}

type Reduction = (x: NDArray, axis: number) => NDArray;
/** A reduction along one axis, which stays, with size 1. */
const reduction =
  (f: unknown): Reduction =>
  (x, axis) =>
    (f as Loose)(x, axis, { keepdims: true });

export const argmax = reduction(camada.argmax);
export const argmin = reduction(camada.argmin);
export const max = reduction(camada.max);
export const mean = reduction(camada.mean);
export const min = reduction(camada.min);
export const prod = reduction(camada.prod);
export const sum = reduction(camada.sum);

/** A part: for each axis a range, or null for all of it. */
export function slice(
  x: NDArray,
  parts: readonly (readonly [number | null, number | null, number] | null)[],
): NDArray {
  return x.ndim === 0 ? x : ((x as unknown as { slice: Loose }).slice(...parts) as NDArray);
}

/** Whole numbers as an array. */
export function integers(values: Iterable<number>, shape?: readonly number[]): NDArray {
  const data = Int32Array.from(values);
  return fromTypedArray(data, (shape ?? [data.length]) as number[]) as NDArray;
}

/** Numbers as an array: of float32 unless said. */
export function reals(values: readonly number[], dtype: DType = "float32"): NDArray {
  return asType(fromTypedArray(Float64Array.from(values), [values.length]) as NDArray, dtype);
}

/** 0, 1, 2, ... */
export function counting(size: number): NDArray {
  const [length] = sized([size]) as [number];
  return integers(Array.from({ length }, (_, i) => i));
}

export function full(shape: readonly number[], value: number, dtype: DType): NDArray {
  return (camada.full as Loose)(sized(shape), value, undefined, { dtype });
}

/** The same array where it has the dtype already. */
export function asType(x: NDArray, dtype: DType): NDArray {
  return x.dtype === dtype ? x : (x.astype(dtype) as NDArray);
}

/** An axis counted from the front. @throws Refused where there is no such axis */
export function fromFront(axis: number, ndim: number): number {
  const place = axis < 0 ? axis + ndim : axis;
  if (Number.isInteger(place) && place >= 0 && place < ndim) return place;
  throw new Refused("onnx.axis", { axis, ndim });
}

/** Several axes counted from the front, each once. @throws Refused */
export function axesFromFront(axes: readonly number[], ndim: number): number[] {
  const places = axes.slice(0, MOST_AXES + 1).map((axis) => fromFront(axis, ndim));
  const twice = places.findIndex((place, i) => places.indexOf(place) !== i);
  if (twice < 0) return places;
  throw new Refused("onnx.axis", { axis: axes[twice]!, ndim });
}

/** Whether an array stands for values to come, while a function is traced. */
export function isTraced(x: NDArray): boolean {
  try {
    return x.data === undefined;
  } catch {
    return true;
  }
}

export const isFloat = ({ dtype }: NDArray): boolean => dtype === "float32" || dtype === "float64";
