import type { Then } from "./products.js";
import type { Arg, Ax, Sentence, Show } from "./sentences.js";
import type { Clash, Full, Init, Last, List, Names, Repeated, Shape, Str } from "./tuples.js";
import type { NDArray, NM, Out, SH } from "./types.js";

// Broadcasting: by position from the right, as NumPy; names must not contradict.

type BDim<A, B> = A extends 1 ? B : B extends 1 ? A : A & B;
export type Bcast<A extends List, B extends List, R extends List = []> = A extends readonly [
  ...infer P,
  infer X,
]
  ? B extends readonly [...infer Q, infer Y]
    ? Bcast<P, Q, [BDim<X, Y>, ...R]>
    : [...A, ...R]
  : [...B, ...R];
export type BcastN<A extends List, B extends List, R extends List = []> = A extends readonly [
  ...infer P,
  infer X,
]
  ? B extends readonly [...infer Q, infer Y]
    ? BcastN<P, Q, [X & Y, ...R]>
    : [...A, ...R]
  : [...B, ...R];
/** What is wrong when two shapes meet; never where nothing is. */
export type BroadcastMessage<Op extends string, SA, NA extends Names, SB, NB extends Names> = [
  Mismatch<Op, SA, NA, SB, NB>,
] extends [never]
  ? SA extends List
    ? SB extends List
      ? Twice<Op, NA, NB, BcastN<Full<SA, NA>, Full<SB, NB>>>
      : never
    : never
  : Mismatch<Op, SA, NA, SB, NB>;
/** What is wrong with the names of a result, of two arrays' names; never where nothing is. */
export type Twice<Op extends string, NA extends Names, NB extends Names, N> = number extends NA["length"] &
  NB["length"]
  ? never
  : [Repeated<N>] extends [never]
    ? never
    : Sentence<"names.repeated", { op: Op; name: Repeated<N> }>;
type Mismatch<
  Op extends string,
  SA,
  NA extends Names,
  SB,
  NB extends Names,
  A = SA,
  M = NA,
  B = SB,
  N = NB,
> = A extends readonly [...infer PA, infer X]
  ? B extends readonly [...infer PB, infer Y]
    ? [BDim<X, Y>] extends [never]
      ? Sentence<
          "broadcast.sizes",
          {
            op: Op;
            a: Ax<X, Last<M, string>>;
            b: Ax<Y, Last<N, string>>;
            left: Show<SA, NA>;
            right: Show<SB, NB>;
          }
        >
      : Clash<Last<M, string>, Last<N, string>> extends true
        ? Sentence<
            "broadcast.axes",
            {
              op: Op;
              a: Last<M, string>;
              b: Last<N, string>;
              left: Show<SA, NA>;
              right: Show<SB, NB>;
            }
          >
        : Mismatch<Op, SA, NA, SB, NB, PA, Init<M>, PB, Init<N>>
    : never
  : never;
/** The second operand of an elementwise operation, or what is wrong with it. */
export type ElArg<Op extends string, A, B> = A extends NDArray
  ? B extends NDArray
    ? Arg<BroadcastMessage<Op, SH<A>, NM<A>, SH<B>, NM<B>>, B>
    : B
  : B;
/** The condition of `where`, beside what it chooses from, or what is wrong with it. */
export type WhereArg<C extends NDArray, X> = X extends NDArray
  ? Arg<BroadcastMessage<"where", SH<C>, NM<C>, SH<X>, NM<X>>, C>
  : C;
/** What an elementwise operation gives: of numbers a number, else an array. */
export type El<A, B> = A extends NDArray
  ? B extends NDArray
    ? Then<BroadcastMessage<"add", SH<A>, NM<A>, SH<B>, NM<B>>, ElOut<SH<A>, NM<A>, SH<B>, NM<B>>>
    : Elements<A>
  : B extends NDArray
    ? Elements<B>
    : number;
/** As many elements: where there are no axes, a number. */
type Elements<A extends NDArray> = SH<A> extends readonly [] ? number : A;
type ElOut<SA extends Shape, NA extends Names, SB extends Shape, NB extends Names> = number extends
  | SA["length"]
  | SB["length"]
  ? NDArray
  : number extends NA["length"] & NB["length"]
    ? Out<Bcast<SA, SB>, Names>
    : Out<Bcast<SA, SB>, BcastN<Full<SA, NA>, Full<SB, NB>>>;

// broadcastTo

type Repeats<A, T> = A extends readonly [...infer P, infer X]
  ? T extends readonly [...infer Q, infer Y]
    ? X extends 1
      ? Repeats<P, Q>
      : Clash<X, Y> extends true
        ? false
        : Repeats<P, Q>
    : false
  : true;
export type BroadcastToArg<A extends NDArray, T extends Shape> = number extends SH<A>["length"] | T["length"]
  ? T
  : Repeats<SH<A>, T> extends true
    ? T
    : Sentence<"broadcastTo.sizes", { left: Show<SH<A>, NM<A>>; right: Show<T, Names> }>;
export type BroadcastTo<A extends NDArray, T extends List> = number extends T["length"]
  ? NDArray
  : number extends SH<A>["length"]
    ? Out<T, Names>
    : Out<T, BcastN<Str<T>, Full<SH<A>, NM<A>>>>;
