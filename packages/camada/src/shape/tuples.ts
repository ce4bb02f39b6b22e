/** Lists as types: sizes and names of axes. `number` is a size not known, `string` an axis without a name. */
export type Shape = readonly number[];
/** The names of axes, in their order; `string` stands for an axis without one. */
export type Names = readonly string[];
export type List = readonly unknown[];

export type Str<S extends List> = { [I in keyof S]: string };
/** As many sizes, none of them known. */
export type AnySizes<S extends List> = { [I in keyof S]: number };
/** Names as a tuple as long as the shape. */
export type Full<S extends List, N extends Names> = number extends N["length"] ? Str<S> : N;

export type Reverse<T extends List> = T extends readonly [infer A, infer B]
  ? [B, A]
  : T extends readonly [infer A]
    ? [A]
    : number extends T["length"]
      ? T
      : RevN<T>;
type RevN<T extends List, R extends List = []> = T extends readonly [infer A, ...infer B]
  ? RevN<B, [A, ...R]>
  : R;
export type Last<T, U> = T extends readonly [...any, infer L] ? L : U;
export type Inner<T, U> = T extends readonly [infer X]
  ? X
  : T extends readonly [...any, infer X, any]
    ? X
    : U;
/** drop the last of A and the inner of B, keep the rest: the result of dot, for sizes and names alike */
export type Contract<A, B> = A extends readonly [...infer P, any]
  ? B extends readonly [any]
    ? P
    : B extends readonly [...infer Q, any, infer N]
      ? [...P, ...Q, N]
      : B
  : A;
/** Where K stands in the list; never if it does not. */
export type IndexOf<N, K, I extends 0[] = []> = N extends readonly [infer H, ...infer R]
  ? [K, H] extends [H, K]
    ? I["length"]
    : IndexOf<R, K, [...I, 0]>
  : never;
/** A name that stands in the list for the second time; never if there is none. */
export type Repeated<N, Seen extends List = []> = N extends readonly [infer H, ...infer R]
  ? string extends H
    ? Repeated<R, Seen>
    : [IndexOf<Seen, H>] extends [never]
      ? Repeated<R, [...Seen, H]>
      : H
  : never;
export type Clash<A, B> = [A & B] extends [never] ? true : false;

/** All but the last. */
export type Init<T> = T extends readonly [...infer M, any] ? M : T;
/** The list without its I-th place. */
export type Drop<T extends List, I, J extends 0[] = []> = T extends readonly [infer H, ...infer R]
  ? J["length"] extends I
    ? R
    : [H, ...Drop<R, I, [...J, 0]>]
  : [];
/** The list with V before its I-th place. */
export type InsertAt<T extends List, I, V, J extends 0[] = []> = J["length"] extends I
  ? [V, ...T]
  : T extends readonly [infer H, ...infer R]
    ? [H, ...InsertAt<R, I, V, [...J, 0]>]
    : [V];
/** The list with V in its I-th place. */
export type SetAt<T extends List, I, V> = {
  [K in keyof T]: number extends I ? T[K] | V : K extends `${I & number}` ? V : T[K];
};
