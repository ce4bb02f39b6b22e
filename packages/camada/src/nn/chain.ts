import type { Divide, Less, Product, Sub, Sum } from "../shape/arithmetic.js";
import type { Cancel, Resolve } from "../shape/movements.js";
import type { Arg, Num, Sentence, Show } from "../shape/sentences.js";
import type { Clash, Init, Last, List, Names, Shape } from "../shape/tuples.js";
import type { NDArray, NM, SH } from "../shape/types.js";
import type { Change, Layer } from "./layer.js";

// Layers that follow one another, as types: the axes of an observation go from one to the next.

/** What a layer does to the axes; of a layer of which nothing is known, anything. */
type ChangeOf<H> =
  H extends Layer<infer C, string> ? (Change extends C ? { readonly does: "other" } : C) : never;

/** The axes of an observation after a layer; `S` before it. */
type After<S extends Shape, C> = C extends { readonly does: "keep" }
  ? S
  : C extends { readonly does: "last"; readonly to: infer N extends number }
    ? Init<S> extends infer P extends Shape
      ? readonly [...P, N]
      : Shape
    : C extends { readonly does: "flatten" }
      ? number extends S["length"]
        ? readonly [number]
        : Product<S> extends infer N extends number
          ? readonly [N]
          : readonly [number]
      : C extends { readonly does: "reshape"; readonly shape: infer T extends Shape }
        ? Resolve<S, T> extends infer R extends Shape
          ? R
          : Shape
        : C extends { readonly does: "slide" }
          ? Slid<S, C>
          : C extends { readonly does: "pool" }
            ? readonly [Last<S, number> & number]
            : C extends { readonly does: "embed"; readonly to: infer N extends number }
              ? readonly [...S, N]
              : C extends { readonly does: "begin"; readonly shape: infer B extends Shape }
                ? B
                : Shape;

/** Rows, columns and channels of the places that a window has. */
type Slid<S extends Shape, C> = C extends {
  readonly span: readonly [infer H, infer W];
  readonly strides: readonly [infer V, infer U];
  readonly to: infer To extends number | null;
}
  ? readonly [
      Places<S[0], H, V>,
      Places<S[1], W, U>,
      To extends number ? To : number extends S["length"] ? number : S[2] & number,
    ]
  : Shape;
/** How many places there are, `Stride` apart, for what needs `Span` of `Size` cells. */
type Places<Size, Span, Stride> = number extends Size | Span | Stride
  ? number
  : Stride extends 0
    ? number
    : Divide<Sub<Sum<[Size, Stride]>, Span>, Stride>[0] & number;

/** What comes into the first layer: what it says, or the features of the weights it was given. */
type Begin<H> =
  ChangeOf<H> extends { readonly does: "begin"; readonly shape: infer B extends Shape }
    ? B
    : ChangeOf<H> extends { readonly does: "last"; readonly from: infer F extends number }
      ? readonly [F]
      : Shape;

type Count<Seen extends List, K, N extends 0[] = [0]> = Seen extends readonly [infer H, ...infer R]
  ? Count<R, K, [H] extends [K] ? [...N, 0] : N>
  : N["length"];
/** A layer's name: its kind and a number. */
type NameOf<H, Seen extends List> = H extends { readonly kind: infer K extends string }
  ? `${K}${Count<Seen, K> & number}`
  : string;

/** What is wrong with a layer where it stands; never where nothing is. */
type Misfit<S extends Shape, H, Seen extends List> =
  ChangeOf<H> extends infer C
    ? C extends { readonly does: "last"; readonly from: infer F extends number }
      ? Inputs<"layer.features", F, S, H, Seen>
      : C extends { readonly does: "reshape"; readonly shape: infer T extends Shape }
        ? Recounted<S, T, H, Seen>
        : C extends { readonly does: "pool" }
          ? Unlike<S, H, Seen>
          : C extends { readonly does: "slide"; readonly from: infer F extends number }
            ? Mistake<[Unlike<S, H, Seen>, Narrow<S, C, H, Seen>, Inputs<"layer.channels", F, S, H, Seen>]>
            : C extends { readonly does: "embed" }
              ? Seen extends [] | ["input"]
                ? never
                : Sentence<"network.indices", { layer: NameOf<H, Seen> }>
              : never
    : never;
/** The first of several mistakes. */
type Mistake<M extends List> = M extends readonly [infer A, ...infer R]
  ? [A] extends [never]
    ? Mistake<R>
    : A
  : never;
/** Weights that take another last size than comes in. */
type Inputs<
  Code extends "layer.features" | "layer.channels",
  F extends number,
  S extends Shape,
  H,
  Seen extends List,
> = number extends F | Last<S, number>
  ? never
  : Clash<F, Last<S, number>> extends true
    ? Sentence<Code, { layer: NameOf<H, Seen>; expected: F; found: Last<S, number> }>
    : never;
/** Axes that are not (row, column, channel). */
type Unlike<S extends Shape, H, Seen extends List> = number extends S["length"]
  ? never
  : S["length"] extends 3
    ? never
    : Sentence<"layer.rank", { layer: NameOf<H, Seen>; found: Show<S, Observed<S>> }>;
/** Fewer rows or columns than a window needs. */
type Narrow<S extends Shape, C, H, Seen extends List> = C extends {
  readonly span: infer P extends readonly [number, number];
}
  ? true extends Less<S[0], P[0]> | Less<S[1], P[1]>
    ? Sentence<
        "layer.window",
        { layer: NameOf<H, Seen>; window: Show<P, ["row", "column"]>; found: Show<S, Observed<S>> }
      >
    : never
  : never;
/** More or fewer values than the new axes need. */
type Recounted<S extends Shape, T extends Shape, H, Seen extends List> = -1 extends T[number]
  ? never
  : number extends S["length"] | T["length"] | S[number] | T[number]
    ? never
    : Cancel<S, T> extends [infer X, infer Y]
      ? [X, Y] extends [Y, X]
        ? never
        : Sentence<
            "shape.values",
            {
              op: NameOf<H, Seen>;
              left: Show<S, Observed<S>>;
              count: Num<Product<S>>;
              right: Show<T, Names>;
              needed: Num<Product<T>>;
            }
          >
      : never;

/** Walks the layers: what is wrong with each, and what comes out. */
type Walk<L, S extends Shape, Seen extends List = [], Wrong extends List = []> = L extends readonly [
  infer H,
  ...infer R,
]
  ? Walk<
      R,
      After<S, ChangeOf<H>>,
      [...Seen, H extends Layer ? H["kind"] : string],
      [...Wrong, Misfit<S, H, Seen>]
    >
  : { readonly wrong: Wrong; readonly out: S };

type Walked<L extends List> = L extends readonly [infer H, ...List]
  ? Walk<L, Begin<H>>
  : { wrong: []; out: Shape };

/** Every layer, or the sentence that says why it does not fit the one before. */
export type Chain<L extends readonly Layer[]> = {
  [I in keyof L]: Arg<I extends keyof Walked<L>["wrong"] ? Walked<L>["wrong"][I] : never, L[I]>;
};
export type InputOf<L extends readonly Layer[]> = number extends L["length"] ? Shape : Begin<L[0]>;
export type OutputOf<L extends readonly Layer[]> = number extends L["length"]
  ? Shape
  : Walked<L>["out"] extends infer S extends Shape
    ? S
    : Shape;
/** The name of the layer that a batch meets first. */
export type FirstOf<L extends readonly Layer[]> = L extends readonly [infer H extends Layer, ...infer R]
  ? H["kind"] extends "input"
    ? R extends readonly [infer G, ...List]
      ? NameOf<G, []>
      : "input"
    : NameOf<H, []>
  : string;

/** What the axes of an observation are called by convention. */
type Observed<S extends Shape> = S extends readonly [number]
  ? readonly ["feature"]
  : S extends readonly [number, number]
    ? readonly ["step", "feature"]
    : S extends readonly [number, number, number]
      ? readonly ["row", "column", "channel"]
      : Names;
/** The same for a batch; of indices, which an embedding takes first, the axes before the last. */
type Conventional<First extends string, I extends Shape> = First extends `embedding${number}`
  ? readonly ["batch", ...Init<Observed<readonly [...I, number]>>]
  : number extends Observed<I>["length"]
    ? Names
    : readonly ["batch", ...Observed<I>];
type Batch<A extends NDArray, I extends Shape> = readonly [
  Single<I, SH<A>> extends true ? 1 : SH<A>[0] & number,
  ...I,
];
/** Whether it is one observation, not a batch. */
type Single<I extends Shape, S extends Shape> = S["length"] extends I["length"]
  ? Cancel<I, S> extends [infer X, infer Y]
    ? [X, Y] extends [Y, X]
      ? true
      : false
    : false
  : false;

/** What is wrong with a batch for a network that takes observations of axes `I`. */
type BatchMessage<First extends string, I extends Shape, A extends NDArray> = number extends
  | I["length"]
  | SH<A>["length"]
  ? never
  : Clash<SH<A>, Batch<A, I>> extends true
    ? Sentence<
        "layer.axes",
        BatchFacts<First, I, A> & {
          remedy: Sentence<Single<I, SH<A>> extends true ? "remedy.oneObservation" : "remedy.none">;
        }
      >
    : FirstClash<NM<A>, Conventional<First, I>> extends readonly [infer X, infer Y]
      ? Sentence<"layer.names", BatchFacts<First, I, A> & { a: X & string; b: Y & string }>
      : never;
interface BatchFacts<First extends string, I extends Shape, A extends NDArray> {
  layer: First;
  expected: Show<Batch<A, I>, Conventional<First, I>>;
  found: Show<SH<A>, NM<A>>;
}
/** The first pair of names that differ; null where none does. */
type FirstClash<N, M> = N extends readonly [infer X, ...infer P]
  ? M extends readonly [infer Y, ...infer Q]
    ? Clash<X, Y> extends true
      ? readonly [X, Y]
      : FirstClash<P, Q>
    : null
  : null;
export type BatchArg<First extends string, I extends Shape, A extends NDArray> = Arg<
  BatchMessage<First, I, A>,
  A
>;
