import type { AxisArg, AxisKey, Reduce } from "./axes.js";
import type { El, ElArg } from "./broadcasts.js";
import type { Rename, RenameArg, RestNames, WithNames } from "./literals.js";
import type { ReshapeArg, Reshaped, TransposeArg, Transposed } from "./movements.js";
import type { Indexed, Part, SliceOf } from "./parts.js";
import type { Dot, DotArg, MatArg, MatMul } from "./products.js";
import type { Names, Reverse, Shape, Str } from "./tuples.js";

/**
 * The kinds of value an array can hold. Integers are int32 where NumPy would take int64, as JavaScript
 * has no 64-bit number; a bool is a byte, 0 or 1.
 */
export type DType = "float64" | "float32" | "int32" | "uint8" | "bool";

/** What holds the values of an array, one kind for each dtype; bytes hold uint8 and bool. */
export type TypedArray = Float64Array | Float32Array | Int32Array | Uint8Array;

/**
 * An array of a shape: `NDArray<[4, 3]>`; `number` stands for a size that is not known. Sizes widen and
 * names may be forgotten, never the other way round.
 */
export interface NDArray<S extends Shape = Shape> extends Methods {
  /** Sizes along each axis. */
  readonly shape: S;
  /** The axes' names; null for an axis without one, or for all if none has one. */
  readonly names: readonly (string | null)[] | null;
  /** The axes in reverse order. A view. */
  readonly T: NDArray<Reverse<S>>;
  /** The kind of its values. */
  readonly dtype: DType;
  /** How many values there are. */
  readonly size: number;
  /** How many axes there are. */
  readonly ndim: number;
  /** The values in row-major order: shares memory where they lie so, else a copy. */
  readonly data: TypedArray;
  [Symbol.iterator](): IterableIterator<Row<S>>;
}

/** An array whose axes have names: `NamedArray<[4, 3], ["batch", "feature"]>`; `string`: one without. */
export interface NamedArray<S extends Shape = Shape, N extends Names = Names> extends NDArray<S> {
  readonly names: N;
  readonly T: NamedArray<Reverse<S>, Reverse<N>>;
  [Symbol.iterator](): IterableIterator<NamedRow<S, N>>;
}

/** The shape of an array. */
export type SH<A extends NDArray> = A["shape"];
/** The names of an array, or Names if it has none. */
export type NM<A> = A extends { readonly names: infer N extends Names } ? N : Names;
/** NDArray<S> when no axis has a name, number when no axis is left. */
export type Out<S, N> = S extends readonly []
  ? number
  : S extends Shape
    ? N extends Names
      ? Str<N> extends N
        ? NDArray<S>
        : NamedArray<S, N>
      : never
    : never;

/** R, opaque to inference: in f(g(x)) TypeScript would otherwise walk all of g's generic result type. */
export type Lazy<R> = [R] extends [infer X] ? X : never;

type Options<Keep> = { readonly keepdims?: Keep };

/** What iterating gives: rows, or the numbers (of a bool array: booleans) of a 1-D array. */
type Row<S> = S extends readonly [number]
  ? number
  : S extends readonly [number, ...infer R extends Shape]
    ? NDArray<R>
    : NDArray | number;
type NamedRow<S, N> = S extends readonly [number, ...infer R]
  ? N extends readonly [string, ...infer M]
    ? Out<R, M>
    : Row<S>
  : Row<S>;
/** A method of one reduction. */
interface ReduceMethod<Op extends string> {
  (this: NDArray): number;
  <A extends NDArray, const K extends AxisKey<A> | undefined, const Keep extends boolean = false>(
    this: A,
    axis: AxisArg<Op, A, K>,
    options?: Options<Keep>,
  ): Lazy<Reduce<A, K, Keep>>;
}

/** Methods are generic in `this`, so that NDArray stays cheap to compare. */
interface Methods {
  /** The product of matrices, or of two vectors the sum of their products, as the function `dot`. A copy. */
  dot<A extends NDArray, B extends NDArray>(this: A, other: DotArg<A, B>): Lazy<Dot<A, B>>;
  /** The products of the last two axes, as the function `matmul`. A copy. */
  matmul<A extends NDArray, B extends NDArray>(this: A, other: MatArg<A, B>): Lazy<MatMul<A, B>>;
  /** The sum, element by element, as the function `add`. A copy. */
  add<A extends NDArray, B extends NDArray | number>(this: A, other: ElArg<"add", A, B>): Lazy<El<A, B>>;
  /** The difference, element by element, as the function `subtract`. A copy. */
  subtract<A extends NDArray, B extends NDArray | number>(
    this: A,
    other: ElArg<"subtract", A, B>,
  ): Lazy<El<A, B>>;
  /** The product, element by element, as the function `multiply`. A copy. */
  multiply<A extends NDArray, B extends NDArray | number>(
    this: A,
    other: ElArg<"multiply", A, B>,
  ): Lazy<El<A, B>>;
  /** The quotient, element by element, as the function `divide`. A copy. */
  divide<A extends NDArray, B extends NDArray | number>(
    this: A,
    other: ElArg<"divide", A, B>,
  ): Lazy<El<A, B>>;
  /** The sum of all elements or along an axis, as the function `sum`. */
  sum: ReduceMethod<"sum">;
  /** The mean of all elements or along an axis, as the function `mean`. */
  mean: ReduceMethod<"mean">;
  /** The largest of all elements or along an axis, as the function `max`. */
  max: ReduceMethod<"max">;
  /** The smallest of all elements or along an axis, as the function `min`. */
  min: ReduceMethod<"min">;
  /** Where the largest of all elements stands, or the largest along an axis, as the function `argmax`. */
  argmax: ReduceMethod<"argmax">;
  /** The same values in another shape, as the function `reshape`. A view where it can be, else a copy. */
  reshape<A extends NDArray, const T extends Shape>(this: A, shape: ReshapeArg<A, T>): Lazy<Reshaped<A, T>>;
  /** The axes in another order, or in reverse, as the function `transpose`. A view. */
  transpose<A extends NDArray, const K extends readonly AxisKey<A>[]>(
    this: A,
    ...axes: TransposeArg<A, K>
  ): Lazy<Transposed<A, K>>;
  /**
   * The same values with these axis names, one an axis. A view.
   * @throws ShapeError `names.count`, `names.repeated`, `names.empty`
   */
  named<A extends NDArray, const N extends Names>(
    this: A,
    ...names: RestNames<A, N>
  ): Lazy<WithNames<A["shape"], N>>;
  /**
   * The same values with some axes called otherwise, by the names they had. A view.
   * @throws ShapeError `axis.missing`, `names.repeated`
   */
  rename<A extends NDArray, const M extends Record<string, string>>(
    this: A,
    map: RenameArg<A, M>,
  ): Lazy<Rename<A, M>>;
  /** The same values without axis names. A view. */
  unnamed<A extends NDArray>(this: A): NDArray<SH<A>>;
  /**
   * What stands at the given indices (negative from the end): a number for all of them, else a view.
   * @throws ShapeError `index.count`; CamadaError `index.range`, `index.integer`
   */
  at<A extends NDArray, const I extends readonly number[]>(this: A, ...indices: I): Lazy<Indexed<A, I>>;
  /**
   * A part: for each axis an index, `[start, stop, step?]` or null for all of it. A view.
   * @throws ShapeError `index.count`; CamadaError `index.range`, `index.integer`
   */
  slice<A extends NDArray, const P extends readonly Part[]>(this: A, ...parts: P): Lazy<SliceOf<A, P>>;
  /**
   * Changes one value in place, and with it every view of the same memory. Gives the array itself.
   * @throws CamadaError `index.count`, `index.range`, `index.integer`, `value.range`
   */
  set<A extends NDArray>(this: A, value: number | boolean, ...indices: number[]): A;
  /**
   * The values as another dtype; a fraction is cut to an integer as in C. A copy.
   * @throws CamadaError `dtype.unknown`
   */
  astype<A extends NDArray>(this: A, dtype: DType): A;
  /** A copy with memory of its own. */
  copy<A extends NDArray>(this: A): A;
  /** Nested plain arrays. */
  toArray(): unknown;
  /** What `JSON.stringify` writes: nested plain arrays. */
  toJSON(): unknown;
  /** What NumPy's `print` shows. */
  toString(): string;
  /** What NumPy's `print` shows and, on a line of its own, the axes with their names and the dtype. */
  inspect(): string;
}
