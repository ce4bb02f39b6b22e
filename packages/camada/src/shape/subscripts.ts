import type { Arg, Sentence, Show } from "./sentences.js";
import type { Clash, Full, List, Names, Repeated, Shape } from "./tuples.js";
import type { NDArray, NM, Out, SH } from "./types.js";

// einsum: its subscripts are read letter by letter, as ops/einsum.ts reads them. (No `extends string`: to
// check it the compiler would go through the whole alphabet for a text that it does not know.)

type Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
type Has<S, C extends string> = S extends `${string}${C}${string}` ? true : false;
type Unspaced<S extends string> = S extends `${infer A} ${infer B}` ? Unspaced<`${A}${B}`> : S;
type Chars<S, R extends List = []> = S extends `${infer C}${infer T}` ? Chars<T, [...R, C]> : R;
type Words<S, R extends List = []> = S extends `${infer A},${infer B}`
  ? Words<B, [...R, Chars<A>]>
  : [...R, Chars<S>];

/** What the subscripts say: the letters of each array and of the result; never if they say nothing. */
type Parsed<T extends string> =
  Unspaced<T> extends infer S
    ? S extends `${infer L}->${infer R}`
      ? Checked<L, R>
      : Checked<S, Once<S>>
    : never;
type Checked<L, R> =
  Only<L, `${Letters},`> extends true
    ? Distinct<R, L> extends true
      ? { inputs: Words<L>; output: Chars<R> }
      : never
    : never;
type Only<S, Of> = S extends `${infer C}${infer T}` ? (Has<Of, C> extends true ? Only<T, Of> : false) : true;
type Distinct<S, Of> = S extends `${infer C}${infer T}`
  ? [Has<Letters, C>, Has<Of, C>, Has<T, C>] extends [true, true, false]
    ? Distinct<T, Of>
    : false
  : true;
/** The letters that occur once, in alphabetical order. */
type Once<S, Of = Letters, R extends string = ""> = Of extends `${infer C}${infer T}`
  ? S extends `${string}${C}${infer After}`
    ? Once<S, T, Has<After, C> extends true ? R : `${R}${C}`>
    : Once<S, T, R>
  : R;

/** What each letter is bound to: a size and a name; or, in a list, where that goes wrong and the sentence. */
type Bound<T extends string, W, L, B = Record<never, never>, J extends 0[] = []> = W extends readonly [
  infer C extends List,
  ...infer Others,
]
  ? L extends readonly [infer A extends NDArray, ...infer Arrays]
    ? Bind<T, C, A, B> extends infer M
      ? M extends string
        ? [J["length"], M]
        : Bound<T, Others, Arrays, M, [...J, 0]>
      : never
    : B
  : B;
type Bind<T extends string, C extends List, A extends NDArray, B> = number extends SH<A>["length"]
  ? BindAxes<C, { [I in keyof C]: number }, { [I in keyof C]: string }, B>
  : SH<A>["length"] extends C["length"]
    ? BindAxes<C, SH<A>, Full<SH<A>, NM<A>>, B>
    : Sentence<
        "einsum.axes",
        { subscripts: T; expected: C["length"]; array: Show<SH<A>, NM<A>>; ndim: SH<A>["length"] }
      >;
type BindAxes<C, S, N, B> = C extends readonly [infer X extends string, ...infer P]
  ? S extends readonly [infer Size, ...infer Q]
    ? N extends readonly [infer Name, ...infer R]
      ? BindAxis<X, Size, Name, B> extends infer M
        ? M extends string
          ? M
          : BindAxes<P, Q, R, M>
        : never
      : never
    : never
  : B;
type BindAxis<X extends string, Size, Name, B> = X extends keyof B
  ? B[X] extends [infer S, infer N]
    ? Clash<S, Size> extends true
      ? Sentence<"einsum.sizes", { letter: X; a: S; b: Size }>
      : Clash<N, Name> extends true
        ? Sentence<"einsum.names", { letter: X; a: N; b: Name }>
        : { [K in keyof B]: K extends X ? [S & Size, N & Name] : B[K] }
    : never
  : { [K in keyof B | X]: K extends keyof B ? B[K] : [Size, Name] };

type Sizes<C extends List, B> = {
  -readonly [I in keyof C]: C[I] extends keyof B ? (B[C[I]] extends [infer S, any] ? S : never) : number;
};
type NamesOf<C extends List, B> = {
  -readonly [I in keyof C]: C[I] extends keyof B ? (B[C[I]] extends [any, infer N] ? N : never) : string;
};

/** The subscripts, or what is wrong with them. */
export type EinsumArg<T extends string, L extends List> = string extends T
  ? T
  : Arg<Message<T, L, Parsed<T>>, T>;
type Message<T extends string, L extends List, P> = [P] extends [never]
  ? Sentence<"einsum.subscripts", { subscripts: T }>
  : P extends { inputs: infer W extends List; output: infer C extends List }
    ? number extends L["length"]
      ? never
      : W["length"] extends L["length"]
        ? Repeated<NamesOf<C, Bound<T, W, L>>> extends infer N
          ? [N] extends [never]
            ? never
            : Sentence<"names.repeated", { op: "einsum"; name: N }>
          : never
        : Sentence<"einsum.operands", { subscripts: T; expected: W["length"]; count: L["length"] }>
    : never;
/** The arrays, with the sentence in the place of the one that contradicts those before it. */
export type EinsumArrays<T extends string, L extends List> = string extends T
  ? L
  : Parsed<T> extends { inputs: infer W }
    ? Bound<T, W, L> extends [infer J, infer M]
      ? { [I in keyof L]: I extends `${J & number}` ? M : L[I] }
      : L
    : L;
export type Einsum<T extends string, L extends List> = string extends T
  ? NDArray & number
  : Parsed<T> extends { inputs: infer W; output: infer C extends List }
    ? Bound<T, W, L> extends infer B
      ? B extends [any, any]
        ? NDArray & number
        : EinsumOut<Sizes<C, B>, NamesOf<C, B>>
      : never
    : NDArray & number;
type EinsumOut<S, N> = S extends Shape ? (N extends Names ? Out<S, N> : never) : never;
