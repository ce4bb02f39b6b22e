import type { Then } from "./products.js";
import type { Arg, Ax, Sentence, Show } from "./sentences.js";
import type { Clash, Full, Init, Last, List, Names, Shape } from "./tuples.js";
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
export type BroadcastMessage<
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
        : BroadcastMessage<Op, SA, NA, SB, NB, PA, Init<M>, PB, Init<N>>
    : never
  : never;
/** The second operand of an elementwise operation, or what is wrong with it. */
export type ElArg<Op extends string, A, B> = A extends NDArray
  ? B extends NDArray
    ? Arg<BroadcastMessage<Op, SH<A>, NM<A>, SH<B>, NM<B>>, B>
    : B
  : B;
/** What an elementwise operation gives: of numbers a number, else an array. */
export type El<A, B> = A extends NDArray
  ? B extends NDArray
    ? Then<BroadcastMessage<"add", SH<A>, NM<A>, SH<B>, NM<B>>, ElOut<SH<A>, NM<A>, SH<B>, NM<B>>>
    : A
  : B extends NDArray
    ? B
    : number;
type ElOut<SA extends Shape, NA extends Names, SB extends Shape, NB extends Names> = number extends
  | SA["length"]
  | SB["length"]
  ? NDArray
  : number extends NA["length"] & NB["length"]
    ? Out<Bcast<SA, SB>, Names>
    : Out<Bcast<SA, SB>, BcastN<Full<SA, NA>, Full<SB, NB>>>;
