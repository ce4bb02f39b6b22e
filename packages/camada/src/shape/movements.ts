import type { Product } from "./arithmetic.js";
import type { AxisArg, AxisIndex, DropAny, NewAxisIndex, ShowAxis } from "./axes.js";
import type { Arg, Num, Sentence, Show } from "./sentences.js";
import type { AnySizes, Clash, Drop, Full, IndexOf, InsertAt, List, Names, Shape } from "./tuples.js";
import type { NDArray, NM, Out, SH } from "./types.js";

// reshape: equal sizes cancel, and only what is left is multiplied.

type Remove<T, V, Seen extends List = []> = T extends readonly [infer H, ...infer R]
  ? [H, V] extends [V, H]
    ? [...Seen, ...R]
    : Remove<R, V, [...Seen, H]>
  : never;
export type Cancel<A, B, R extends List = []> = B extends readonly [infer H, ...infer T]
  ? [Remove<A, H>] extends [never]
    ? Cancel<A, T, [...R, H]>
    : Cancel<Remove<A, H>, T, R>
  : [Product<A>, Product<R>];
type NoMinus<T, R extends List = []> = T extends readonly [infer H, ...infer U]
  ? NoMinus<U, H extends -1 ? R : [...R, H]>
  : R;
type Rest<A, T> =
  Cancel<A, NoMinus<T>> extends [infer X, infer Y] ? (Y extends 1 ? X : X extends Y ? 1 : number) : number;
export type Resolve<S, T extends List> = { -readonly [I in keyof T]: T[I] extends -1 ? Rest<S, T> : T[I] };
export type Reshaped<A extends NDArray, T extends Shape> = Out<Resolve<SH<A>, T>, Names>;
export type ReshapeArg<A extends NDArray, T extends Shape> = -1 extends T[number]
  ? T
  : number extends SH<A>[number] | T[number]
    ? T
    : Cancel<SH<A>, T> extends [infer X, infer Y]
      ? [X, Y] extends [Y, X]
        ? T
        : Sentence<
            "shape.values",
            {
              op: "reshape";
              left: Show<SH<A>, NM<A>>;
              count: Num<Product<SH<A>>>;
              right: Show<T, Names>;
              needed: Num<Product<T>>;
            }
          >
      : T;

// transpose, at

type Perm<T, S extends List, N extends Names, K extends List> = {
  -readonly [I in keyof K]: T extends List ? T[AxisIndex<S, N, K[I]> & number] : never;
};
export type TransposeArg<A extends NDArray, K extends List> = {
  [I in keyof K]: number extends SH<A>["length"] | K["length"]
    ? K[I]
    : K["length"] extends SH<A>["length"]
      ? I extends Again<Indices<A, K>>
        ? Sentence<"axis.repeated", { op: "transpose"; axis: ShowAxis<K[I]> }>
        : AxisArg<"transpose", A, K[I]>
      : Sentence<"transpose.count", { array: Show<SH<A>, NM<A>>; ndim: SH<A>["length"]; count: K["length"] }>;
};
type Indices<A extends NDArray, K extends List> = { [I in keyof K]: AxisIndex<SH<A>, NM<A>, K[I]> };
/** The place of the first index that stands in the list for the second time; never if there is none. */
type Again<X, Seen extends List = []> = X extends readonly [infer H, ...infer R]
  ? number extends H
    ? Again<R, [...Seen, "?"]>
    : [IndexOf<Seen, H>] extends [never]
      ? Again<R, [...Seen, H]>
      : `${Seen["length"]}`
  : never;
export type Transposed<A extends NDArray, K extends List> = K extends readonly []
  ? A["T"]
  : Out<Perm<SH<A>, SH<A>, NM<A>, K>, Perm<Full<SH<A>, NM<A>>, SH<A>, NM<A>, K>>;
export type At<A extends NDArray> = number extends SH<A>["length"]
  ? NDArray
  : Out<Drop<SH<A>, 0>, Drop<Full<SH<A>, NM<A>>, 0>>;

// expandDims, squeeze

/** One axis more, of a size and without a name. */
export type Inserted<S extends List, N extends List, I, Size> = number extends I
  ? Out<[...AnySizes<S>, number], Names>
  : Out<InsertAt<S, I, Size>, InsertAt<N, I, string>>;
export type Expanded<A extends NDArray, K> = number extends SH<A>["length"]
  ? NDArray
  : Inserted<SH<A>, Full<SH<A>, NM<A>>, NewAxisIndex<SH<A>, K>, 1>;

export type SqueezeArg<A extends NDArray, K> = K extends undefined
  ? K
  : Arg<SqueezeMessage<A, K, AxisIndex<SH<A>, NM<A>, K>>, AxisArg<"squeeze", A, K>>;
type SqueezeMessage<A extends NDArray, K, I> = [I] extends [never]
  ? never
  : number extends I
    ? never
    : Clash<SH<A>[I & number], 1> extends true
      ? Sentence<"squeeze.size", { axis: ShowAxis<K>; array: Show<SH<A>, NM<A>> }>
      : never;
/** An axis whose size is not known may go or stay, and so may all that is left. */
export type Squeezed<A extends NDArray, K> = number extends SH<A>["length"]
  ? NDArray & number
  : K extends undefined
    ? Longer<SH<A>, Full<SH<A>, NM<A>>>
    : Without<SH<A>, Full<SH<A>, NM<A>>, AxisIndex<SH<A>, NM<A>, K>>;
type Without<S extends Shape, N extends List, I> = number extends I
  ? Out<DropAny<S>, Names>
  : Out<Drop<S, I>, Drop<N, I>>;
type Longer<S, N, R extends List = [], M extends List = []> = S extends readonly [infer H, ...infer T]
  ? N extends readonly [infer X, ...infer U]
    ? number extends H
      ? NDArray & number
      : H extends 1
        ? Longer<T, U, R, M>
        : Longer<T, U, [...R, H], [...M, X]>
    : never
  : Out<R, M>;
