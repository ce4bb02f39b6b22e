import type { Product, Sum } from "./arithmetic.js";
import type { AxisArg, AxisIndex } from "./axes.js";
import type { Num, Sentence, Show } from "./sentences.js";
import type { Clash, Drop, Full, List, Names, SetAt, Shape } from "./tuples.js";
import type { NDArray, NM, Out, SH } from "./types.js";

// reshape: equal sizes cancel, and only what is left is multiplied.

type Remove<T, V, Seen extends List = []> = T extends readonly [infer H, ...infer R]
  ? [H, V] extends [V, H]
    ? [...Seen, ...R]
    : Remove<R, V, [...Seen, H]>
  : never;
type Cancel<A, B, R extends List = []> = B extends readonly [infer H, ...infer T]
  ? [Remove<A, H>] extends [never]
    ? Cancel<A, T, [...R, H]>
    : Cancel<Remove<A, H>, T, R>
  : [Product<A>, Product<R>];
type NoMinus<T, R extends List = []> = T extends readonly [infer H, ...infer U]
  ? NoMinus<U, H extends -1 ? R : [...R, H]>
  : R;
type Rest<A, T> =
  Cancel<A, NoMinus<T>> extends [infer X, infer Y] ? (Y extends 1 ? X : X extends Y ? 1 : number) : number;
type Resolve<S, T extends List> = { -readonly [I in keyof T]: T[I] extends -1 ? Rest<S, T> : T[I] };
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

// transpose, at, concatenate, stack

type Perm<T, S extends List, N extends Names, K extends List> = {
  -readonly [I in keyof K]: T extends List ? T[AxisIndex<S, N, K[I]> & number] : never;
};
export type TransposeArg<A extends NDArray, K extends List> = {
  [I in keyof K]: AxisArg<"transpose", A, K[I]>;
};
export type Transposed<A extends NDArray, K extends List> = K extends readonly []
  ? A["T"]
  : Out<Perm<SH<A>, SH<A>, NM<A>, K>, Perm<Full<SH<A>, NM<A>>, SH<A>, NM<A>, K>>;
export type At<A extends NDArray> = number extends SH<A>["length"]
  ? NDArray
  : Out<Drop<SH<A>, 0>, Drop<Full<SH<A>, NM<A>>, 0>>;
type Along<L extends List, I> = { [K in keyof L]: L[K] extends NDArray ? SH<L[K]>[I & number] : never };
type Fits<A, B, I, J extends 0[] = []> = A extends readonly [infer X, ...infer P]
  ? B extends readonly [infer Y, ...infer R]
    ? J["length"] extends I
      ? Fits<P, R, I, [...J, 0]>
      : Clash<X, Y> extends true
        ? false
        : Fits<P, R, I, [...J, 0]>
    : false
  : B extends readonly [any, ...any]
    ? false
    : true;
export type ConcatArg<L extends List, K, F = L[0]> = F extends NDArray
  ? {
      [J in keyof L]: L[J] extends NDArray
        ? number extends SH<F>["length"] | SH<L[J]>["length"]
          ? L[J]
          : Fits<SH<F>, SH<L[J]>, AxisIndex<SH<F>, NM<F>, K>> extends true
            ? L[J]
            : Sentence<
                "concatenate.sizes",
                { op: "concatenate"; left: Show<SH<L[J]>, NM<L[J]>>; right: Show<SH<F>, NM<F>> }
              >
        : never;
    }
  : L;
export type Concat<L extends List, K, F = L[0]> = F extends NDArray
  ? number extends SH<F>["length"]
    ? NDArray
    : ConcatAt<L, SH<F>, NM<F>, AxisIndex<SH<F>, NM<F>, K>>
  : NDArray;
type ConcatAt<L extends List, S extends Shape, N extends Names, I> = Out<
  SetAt<S, I, Sum<Along<L, I>>>,
  Full<S, N>
>;
export type Stack<L extends List, F = L[0]> = F extends NDArray
  ? number extends SH<F>["length"]
    ? NDArray
    : StackOut<L["length"], SH<F>, Full<SH<F>, NM<F>>>
  : NDArray;
type StackOut<C, S, N> = S extends List ? (N extends List ? Out<[C, ...S], [string, ...N]> : never) : never;
