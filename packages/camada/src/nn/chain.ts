import type { Product } from "../shape/arithmetic.js";
import type { Arg, Sentence, Show } from "../shape/sentences.js";
import type { Clash, Init, Last, List, Names, Shape } from "../shape/tuples.js";
import type { NDArray, NM, SH } from "../shape/types.js";
import type { Change, Layer } from "./layer.js";

// Layers that follow one another, as types: the axes of an observation go from one to the next.

type ChangeOf<H> = H extends Layer<infer C, string> ? C : Change;

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
      : C extends { readonly does: "begin"; readonly shape: infer B extends Shape }
        ? B
        : Shape;

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
  ChangeOf<H> extends { readonly does: "last"; readonly from: infer F extends number }
    ? number extends F | Last<S, number>
      ? never
      : Clash<F, Last<S, number>> extends true
        ? Sentence<"layer.features", { layer: NameOf<H, Seen>; expected: F; found: Last<S, number> }>
        : never
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

type Conventional<I extends Shape> = I extends readonly [number]
  ? readonly ["batch", "feature"]
  : I extends readonly [number, number]
    ? readonly ["batch", "step", "feature"]
    : I extends readonly [number, number, number]
      ? readonly ["batch", "row", "column", "channel"]
      : Names;
type Batch<A extends NDArray, I extends Shape> = readonly [SH<A>[0] & number, ...I];

/** What is wrong with a batch for a network that takes observations of axes `I`. */
type BatchMessage<First extends string, I extends Shape, A extends NDArray> = number extends
  | I["length"]
  | SH<A>["length"]
  ? never
  : Clash<SH<A>, Batch<A, I>> extends true
    ? Sentence<
        "layer.axes",
        { layer: First; expected: Show<Batch<A, I>, Conventional<I>>; found: Show<SH<A>, NM<A>> }
      >
    : FirstClash<NM<A>, Conventional<I>> extends readonly [infer X, infer Y]
      ? Sentence<
          "layer.names",
          {
            layer: First;
            expected: Show<Batch<A, I>, Conventional<I>>;
            found: Show<SH<A>, NM<A>>;
            a: X & string;
            b: Y & string;
          }
        >
      : never;
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
