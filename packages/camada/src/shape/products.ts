import type { Bcast, BcastN, BroadcastMessage, Twice } from "./broadcasts.js";
import type { Arg, Ax, Sentence, Show } from "./sentences.js";
import type { Clash, Contract, Full, Inner, Last, List, Names, Shape } from "./tuples.js";
import type { NDArray, NM, Out, SH } from "./types.js";

/** What is wrong with a product; never where nothing is. */
type DotMsg<Op extends string, SA, NA extends Names, SB, NB extends Names> =
  Clash<Last<SA, number>, Inner<SB, number>> extends true
    ? Sentence<
        "dot.sizes",
        {
          op: Op;
          a: Ax<Last<SA, number>, Last<NA, string>>;
          b: Ax<Inner<SB, number>, Inner<NB, string>>;
          left: Show<SA, NA>;
          right: Show<SB, NB>;
          remedy: Hint<SA, NA, SB, NB>;
        }
      >
    : Clash<Last<NA, string>, Inner<NB, string>> extends true
      ? Sentence<
          "dot.axes",
          {
            op: Op;
            a: Last<NA, string>;
            b: Inner<NB, string>;
            left: Show<SA, NA>;
            right: Show<SB, NB>;
            remedy: Hint<SA, NA, SB, NB>;
          }
        >
      : SA extends List
        ? SB extends List
          ? Twice<Op, NA, NB, Contract<Full<SA, NA>, Full<SB, NB>>>
          : never
        : never;
type Hint<SA, NA, SB, NB> = SB extends readonly [any, infer L]
  ? Clash<Last<SA, number>, L> extends true
    ? ""
    : Clash<Last<NA, string>, Last<NB, string>> extends true
      ? ""
      : Sentence<"remedy.transposeSecond">
  : "";
/** after a message the result is an array of unknown shape: one mistake, one message */
export type Then<Msg, R> = [Msg] extends [never] ? R : NDArray;
export type DotArg<A extends NDArray, B extends NDArray> = Arg<DotMsg<"dot", SH<A>, NM<A>, SH<B>, NM<B>>, B>;
export type Dot<A extends NDArray, B extends NDArray> = Then<
  DotMsg<"dot", SH<A>, NM<A>, SH<B>, NM<B>>,
  DotOut<SH<A>, NM<A>, SH<B>, NM<B>>
>;
type DotOut<
  SA extends Shape,
  NA extends Names,
  SB extends Shape,
  NB extends Names,
> = number extends NA["length"] & NB["length"]
  ? Out<Contract<SA, SB>, Names>
  : Out<Contract<SA, SB>, Contract<Full<SA, NA>, Full<SB, NB>>>;

/** `matmul` is like `dot` up to two axes; above, the leading axes broadcast. */
type Lead<T> = T extends readonly [...infer P, any, any] ? P : [];
type Ends<A, B> = A extends readonly [...any, infer M, any]
  ? B extends readonly [...any, any, infer N]
    ? [M, N]
    : [M]
  : B extends readonly [...any, any, infer N]
    ? [N]
    : [];
export type MatArg<A extends NDArray, B extends NDArray> = Arg<
  | DotMsg<"matmul", SH<A>, NM<A>, SH<B>, NM<B>>
  | BroadcastMessage<"matmul", Lead<SH<A>>, Lead<NM<A>>, Lead<SH<B>>, Lead<NM<B>>>,
  B
>;
export type MatMul<A extends NDArray, B extends NDArray> = MatOut<SH<A>, NM<A>, SH<B>, NM<B>>;
type MatOut<SA extends Shape, NA extends Names, SB extends Shape, NB extends Names> = number extends
  | SA["length"]
  | SB["length"]
  ? NDArray
  : Out<
      [...Bcast<Lead<SA>, Lead<SB>>, ...Ends<SA, SB>],
      [...BcastN<Lead<Full<SA, NA>>, Lead<Full<SB, NB>>>, ...Ends<Full<SA, NA>, Full<SB, NB>>]
    >;
