import type { DType, TypedArray } from "../storage/dtype.js";
import type { AxisArg, AxisKey, Reduce } from "./axes.js";
import type { El, ElArg } from "./broadcasts.js";
import type { LiteralArg, LiteralShape, Made, NamesArg, Nested, Plain } from "./literals.js";
import type {
  Concat,
  ConcatArg,
  ReshapeArg,
  Reshaped,
  Stack as Stacked,
  TransposeArg,
  Transposed,
} from "./movements.js";
import type { DotArg, Dot as DotOf, MatArg, MatMul as MatMulOf } from "./products.js";
import type { Names, Shape } from "./tuples.js";
import type { Lazy, NDArray } from "./types.js";

/** The signatures that the public functions are declared with: shapes and names in, shapes and names out. */

/** Of one array (or number), element by element. */
export interface Unary {
  (x: number): number;
  <A extends NDArray>(x: A): A;
}

/** Of two arrays, or an array and a number, element by element. One signature: one mistake, one line. */
export type Binary<Op extends string> = <A extends NDArray | number, B extends NDArray | number>(
  x: A,
  y: ElArg<Op, A, B>,
) => Lazy<El<A, B>>;

interface ReduceOptions<Keep> {
  readonly keepdims?: Keep;
  readonly ddof?: number;
}

/** Of all elements, or along one axis, by index or by name. */
export interface Reduction<Op extends string> {
  (x: NDArray): number;
  <A extends NDArray, const K extends AxisKey<A> | undefined, const Keep extends boolean = false>(
    x: A,
    axis: AxisArg<Op, A, K>,
    options?: ReduceOptions<Keep>,
  ): Lazy<Reduce<A, K, Keep>>;
}

export type Dot = <A extends NDArray, B extends NDArray>(a: A, b: DotArg<A, B>) => Lazy<DotOf<A, B>>;
export type MatMul = <A extends NDArray, B extends NDArray>(a: A, b: MatArg<A, B>) => Lazy<MatMulOf<A, B>>;
export type Einsum = (subscripts: string, ...arrays: NDArray[]) => NDArray & number;

export type Transpose = <A extends NDArray, const K extends readonly AxisKey<A>[]>(
  x: A,
  ...axes: TransposeArg<A, K>
) => Lazy<Transposed<A, K>>;
export type Reshape = <A extends NDArray, const T extends Shape>(
  x: A,
  shape: ReshapeArg<A, T>,
) => Lazy<Reshaped<A, T>>;
export type ExpandDims = (x: NDArray, axis: number) => NDArray;
export type Squeeze = (x: NDArray, axis?: number | string) => NDArray;
export type BroadcastTo = <const T extends Shape>(x: NDArray, shape: T) => NDArray<Plain<T>>;
/** The same shape and names as given; along an axis by index or name. */
export type Flip = <A extends NDArray>(x: A, axis: number | string) => A;
export type Sort = <A extends NDArray>(x: A, axis?: number | string) => A;

export type Concatenate = <
  const L extends readonly [NDArray, ...NDArray[]],
  const K extends number | string = 0,
>(
  arrays: ConcatArg<L, K>,
  axis?: K,
) => Lazy<Concat<L, K>>;
export type Stack = {
  <const L extends readonly [NDArray, ...NDArray[]]>(arrays: L): Lazy<Stacked<L>>;
  (arrays: readonly NDArray[], axis: number): NDArray;
};
/** Along an axis the indices' axes stand in for it; of the flattened array, the indices' shape. */
export interface Take {
  <I extends NDArray>(x: NDArray, indices: I): I;
  (x: NDArray, indices: NDArray, axis: number | string): NDArray;
}
/** The shape of the indices, the names of the values. */
export type TakeAlongAxis = <A extends NDArray>(x: A, indices: NDArray, axis: number | string) => NDArray;
export type SlidingWindowView = (x: NDArray, windows: Shape, axes: readonly (number | string)[]) => NDArray;
export type Pad = (x: NDArray, widths: readonly (readonly [number, number])[], value?: number) => NDArray;

export type Split = (x: NDArray, parts: number | readonly number[], axis?: number | string) => NDArray[];

export type Unique = (x: NDArray) => NDArray<[number]>;
export type Cumulative = {
  (x: NDArray): NDArray<[number]>;
  <A extends NDArray>(x: A, axis: number | string): A;
};
export type Where = (condition: NDArray, x: NDArray | number, y: NDArray | number) => NDArray;
export type Clip = <A extends NDArray>(x: A, low: NDArray | number, high: NDArray | number) => A;
export type AllClose = (
  x: NDArray,
  y: NDArray | number,
  tolerance?: { readonly rtol?: number; readonly atol?: number },
) => boolean;

interface Options {
  readonly dtype?: DType;
}

/** Nested lists in, their shape out; then names for the axes. */
export type ArrayFunction = <L extends Nested, const N extends Names>(
  data: LiteralArg<L>,
  axes?: NamesArg<"array", LiteralShape<L>, N>,
  options?: Options,
) => Lazy<Made<LiteralShape<L>, N>>;

/** A shape, and perhaps names for its axes. */
export type Zeros<Op extends string> = <const S extends Shape, const N extends Names>(
  shape: S,
  axes?: NamesArg<Op, Plain<S>, N>,
  options?: Options,
) => Lazy<Made<Plain<S>, N>>;
export type Full = <const S extends Shape, const N extends Names>(
  shape: S,
  value: number,
  axes?: NamesArg<"full", Plain<S>, N>,
  options?: Options,
) => Lazy<Made<Plain<S>, N>>;
export type FromTypedArray = <const S extends Shape, const N extends Names>(
  data: TypedArray,
  shape: S,
  axes?: NamesArg<"fromTypedArray", Plain<S>, N>,
  options?: Options,
) => Lazy<Made<Plain<S>, N>>;
export type Eye = <const N extends number>(rows: N, options?: Options) => NDArray<[N, N]>;
export interface Arange {
  (stop: number, options?: Options): NDArray<[number]>;
  (start: number, stop: number, step?: number, options?: Options): NDArray<[number]>;
}
export type Linspace = <const N extends number = 50>(
  start: number,
  stop: number,
  count?: N,
  options?: Options,
) => NDArray<[N]>;
