import type { AxisArg, AxisKey, Cumulated, NewAxisArg, Reduce } from "./axes.js";
import type { BroadcastTo as BroadcastedTo, BroadcastToArg, El, ElArg, WhereArg } from "./broadcasts.js";
import type { Concat, JoinArg, JoinAxis, SplitArg, Split as SplitOf, Stack as Stacked } from "./joins.js";
import type { LiteralArg, LiteralShape, Made, NamesArg, Nested, Plain } from "./literals.js";
import type {
  Expanded,
  ReshapeArg,
  Reshaped,
  SqueezeArg,
  Squeezed,
  TransposeArg,
  Transposed,
} from "./movements.js";
import type { DotArg, Dot as DotOf, MatArg, MatMul as MatMulOf } from "./products.js";
import type { EinsumArg, EinsumArrays, Einsum as EinsumOf } from "./subscripts.js";
import type { Names, Shape } from "./tuples.js";
import type { DType, Lazy, NDArray, TypedArray } from "./types.js";

/** The signatures that the public functions are declared with: shapes and names in, shapes and names out. */

/** Of one array (or number), element by element. */
export interface Unary {
  (x: number | NDArray<[]>): number;
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
export type Einsum = <const T extends string, L extends readonly NDArray[]>(
  subscripts: EinsumArg<T, L>,
  ...arrays: EinsumArrays<T, L>
) => Lazy<EinsumOf<T, L>>;

export type Transpose = <A extends NDArray, const K extends readonly AxisKey<A>[]>(
  x: A,
  ...axes: TransposeArg<A, K>
) => Lazy<Transposed<A, K>>;
export type Reshape = <A extends NDArray, const T extends Shape>(
  x: A,
  shape: ReshapeArg<A, T>,
) => Lazy<Reshaped<A, T>>;
export type ExpandDims = <A extends NDArray, const K extends number>(
  x: A,
  axis: NewAxisArg<"expandDims", A, K>,
) => Lazy<Expanded<A, K>>;
export type Squeeze = <A extends NDArray, const K extends AxisKey<A> | undefined = undefined>(
  x: A,
  axis?: SqueezeArg<A, K>,
) => Lazy<Squeezed<A, K>>;
export type BroadcastTo = <A extends NDArray, const T extends Shape>(
  x: A,
  shape: BroadcastToArg<A, T>,
) => Lazy<BroadcastedTo<A, Plain<T>>>;
/** The same shape and names as given; along an axis by index or name. */
export type Flip = <A extends NDArray, const K extends AxisKey<A>>(x: A, axis: AxisArg<"flip", A, K>) => A;
export type Sort<Op extends string> = <A extends NDArray, const K extends AxisKey<A>>(
  x: A,
  axis?: AxisArg<Op, A, K>,
) => A;
export type Cumulative<Op extends string> = <
  A extends NDArray,
  const K extends AxisKey<A> | undefined = undefined,
>(
  x: A,
  axis?: AxisArg<Op, A, K>,
) => Lazy<Cumulated<A, K>>;
/** Along an axis the indices' axes stand in for it; of the flattened array, the indices' shape. */
export interface Take {
  <I extends NDArray>(x: NDArray, indices: I): I;
  (x: NDArray, indices: NDArray, axis: number | string): NDArray;
}
/** The shape of the indices, the names of the values. */
export type TakeAlongAxis = <A extends NDArray>(x: A, indices: NDArray, axis: number | string) => NDArray;
export type SlidingWindowView = (x: NDArray, windows: Shape, axes: readonly (number | string)[]) => NDArray;
export type Pad = (x: NDArray, widths: readonly (readonly [number, number])[], value?: number) => NDArray;

export type Unique = (x: NDArray) => NDArray<[number]>;

export type Concatenate = <const L extends readonly NDArray[], const K extends AxisKey<L[0]> = 0>(
  arrays: JoinArg<"concatenate", L, K>,
  axis?: JoinAxis<L, K>,
) => Lazy<Concat<L, K>>;
export type Stack = <const L extends readonly NDArray[], const K extends number = 0>(
  arrays: JoinArg<"stack", L, K>,
  axis?: NewAxisArg<"stack", L[0], K>,
) => Lazy<Stacked<L, K>>;
export type Split = <
  A extends NDArray,
  const P extends number | readonly number[],
  const K extends AxisKey<A> = 0,
>(
  x: A,
  parts: SplitArg<A, P, K>,
  axis?: AxisArg<"split", A, K>,
) => Lazy<SplitOf<A, P, K>>;

export type Where = <C extends NDArray, A extends NDArray | number, B extends NDArray | number>(
  condition: WhereArg<C, El<A, B>>,
  x: A,
  y: ElArg<"where", A, B>,
) => Lazy<El<C, El<A, B>>>;
export type Clip = <A extends NDArray, L extends NDArray | number, H extends NDArray | number>(
  x: A,
  low: ElArg<"clip", A, L>,
  high: ElArg<"clip", El<A, L>, H>,
) => Lazy<El<El<A, L>, H>>;
export type AllClose = <A extends NDArray, B extends NDArray | number>(
  x: A,
  y: ElArg<"allClose", A, B>,
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
