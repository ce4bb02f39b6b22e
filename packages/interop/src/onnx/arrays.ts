import * as camada from "camada";
import { type DType, fromTypedArray, type NDArray } from "camada";

/*
 * camada's operations as ONNX's operators need them: without types of shapes and names, which only come with
 * the file, and giving arrays where camada gives numbers, as a number has no dtype.
 */

type Operand = NDArray | number;
/** A public function, seen without its types of shapes and names. */
type Loose = (...args: unknown[]) => never;

/** An operation element by element, on arrays without axes too. */
const elementwise =
  (f: unknown) =>
  (...args: Operand[]): NDArray => {
    const scalars = args.every((a) => typeof a === "number" || a.ndim === 0);
    if (!scalars) return (f as Loose)(...args);
    return reshape((f as Loose)(...args.map((a) => (typeof a === "number" ? a : reshape(a, [1])))), []);
  };

export const abs = elementwise(camada.abs);
export const add = elementwise(camada.add);
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
export const multiply = elementwise(camada.multiply);
export const negative = elementwise(camada.negative);
export const notEqual = elementwise(camada.notEqual);
export const power = elementwise(camada.power);
export const sigmoid = elementwise(camada.sigmoid);
export const sign = elementwise(camada.sign);
export const sin = elementwise(camada.sin);
export const softplus = elementwise(camada.softplus);
export const sqrt = elementwise(camada.sqrt);
export const square = elementwise(camada.square);
export const subtract = elementwise(camada.subtract);
export const tanh = elementwise(camada.tanh);
export const where = elementwise(camada.where);

export const broadcastTo: (x: NDArray, shape: readonly number[]) => NDArray = camada.broadcastTo as Loose;
export const concatenate: (arrays: readonly NDArray[], axis: number) => NDArray = camada.concatenate as Loose;
export const expandDims: (x: NDArray, axis: number) => NDArray = camada.expandDims as Loose;
export const flip: (x: NDArray, axis: number) => NDArray = camada.flip as Loose;
export const matmul: (x: NDArray, y: NDArray) => NDArray = camada.matmul as Loose;
export const reshape: (x: NDArray, shape: readonly number[]) => NDArray = camada.reshape as Loose;
export const split: (x: NDArray, at: readonly number[], axis: number) => NDArray[] = camada.split as Loose;
export const transpose: (x: NDArray, axes: readonly number[]) => NDArray = (x, axes) =>
  axes.length === 0 ? x : (camada.transpose as Loose)(x, ...axes);
export const argsort: (x: NDArray, axis: number) => NDArray = camada.argsort as Loose;
export const cumsum: (x: NDArray, axis: number) => NDArray = camada.cumsum as Loose;
export const pad: (x: NDArray, widths: Widths, value?: number) => NDArray = camada.pad as Loose;
export const slidingWindowView: (x: NDArray, sizes: readonly number[], axes: readonly number[]) => NDArray =
  camada.slidingWindowView as Loose;
export const take: (x: NDArray, indices: NDArray, axis: number) => NDArray = camada.take as Loose;
export const takeAlongAxis: (x: NDArray, indices: NDArray, axis: number) => NDArray = camada.takeAlongAxis as Loose; // biome-ignore format: one line

/** How many values to add before and after each axis. */
export type Widths = readonly (readonly [number, number])[];

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

/** Numbers as an array of float32. */
export function reals(values: readonly number[]): NDArray {
  return fromTypedArray(Float32Array.from(values), [values.length]) as NDArray;
}

/** 0, 1, 2, ... */
export function counting(size: number): NDArray {
  return integers(Array.from({ length: size }, (_, i) => i));
}

export function full(shape: readonly number[], value: number, dtype: DType): NDArray {
  return (camada.full as Loose)(shape, value, undefined, { dtype });
}

/** The same array where it has the dtype already. */
export function asType(x: NDArray, dtype: DType): NDArray {
  return x.dtype === dtype ? x : (x.astype(dtype) as NDArray);
}

/** An axis counted from the front. */
export function fromFront(axis: number, ndim: number): number {
  return axis < 0 ? axis + ndim : axis;
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
