import type { Sizes } from "../shape/shape.js";
import type { NDArray } from "../shape/types.js";
import type { Initializer } from "./initializers.js";
import type { Regularizer } from "./regularizers.js";

/** The axes of one observation, without the batch's: (feature 784), or (row 28, column 28, channel 1). */
export interface Features {
  /** The sizes of one observation along each axis. */
  readonly shape: Sizes;
  /** The names of these axes. */
  readonly names: readonly (string | null)[];
}

/** One array that a layer keeps. */
export interface Weight {
  /** Its sizes along each axis. */
  readonly shape: Sizes;
  /** The names of these axes. */
  readonly names: readonly string[];
  /** How it begins. */
  readonly initializer: Initializer;
  /** How many values each neuron takes in, and how many neurons take each value: what initializers scale by. */
  readonly fan: { readonly in: number; readonly out: number };
  /** Whether training changes it by gradients. State, such as running means, is changed by `apply` instead. */
  readonly trainable: boolean;
  /** What large weights cost. */
  readonly regularizer?: Regularizer;
  /** Values that were given, in place of an initializer's. */
  readonly given?: NDArray;
}

/** What a layer is, once it is known what comes in. */
export interface Plan {
  /** What goes out. */
  readonly output: Features;
  /** The weights it needs, by name. */
  readonly weights: { readonly [name: string]: Weight };
}

/** A layer's weights by name: arrays of the shapes that its plan asks for. */
export type Weights = { readonly [name: string]: NDArray };

/** What a layer may know and do while it is applied, beside its weights and what comes in. */
export interface Context {
  /** Whether the network learns now, and is not only asked. */
  readonly training: boolean;
  /** Numbers in [0, 1) that follow from the training's seed, the step and the layer. Only while training. */
  uniform(shape: Sizes): NDArray;
  /** Replaces a weight that is not trainable, after this step. */
  update(name: string, value: NDArray): void;
}

/** A layer's description as a model's file keeps it. */
export type Config = {
  readonly [key: string]: string | number | boolean | null | readonly number[] | Config | readonly Config[];
};

/** What a layer does to the axes of an observation, as the compiler knows it. */
export type Change =
  /** Says what comes in: the first layer. */
  | { readonly does: "begin"; readonly shape: Sizes }
  | { readonly does: "keep" }
  /** Takes the last axis, of `from` features, to one of `to`. */
  | { readonly does: "last"; readonly from: number; readonly to: number }
  | { readonly does: "flatten" }
  | { readonly does: "reshape"; readonly shape: Sizes }
  /** A window slides over rows and columns, `strides` apart; channels become `to`, or stay where it is null. */
  | {
      readonly does: "slide";
      /** How many rows and columns the window needs: 1 where the edges are padded. */
      readonly span: readonly [number, number];
      readonly strides: readonly [number, number];
      readonly from: number;
      readonly to: number | null;
    }
  /** Takes all rows and columns to one value for each channel. */
  | { readonly does: "pool" }
  /** Takes each index to a row of `to` features. */
  | { readonly does: "embed"; readonly to: number }
  | { readonly does: "other" };

/** What every layer that takes options may be told. */
export interface LayerOptions {
  /** What the layer is called in summaries and errors: its kind and a number unless given. */
  readonly name?: string | undefined;
}

/**
 * A kind of layer as plain data and two functions. It holds no weights: a model does, and passes them in.
 */
export interface Layer<C extends Change = Change, K extends string = string> {
  /** Only for the compiler: no layer has it. */
  readonly change?: C;
  /** What it is called in models as plain data, and in messages. */
  readonly kind: K;
  /** What it is called in summaries and errors; its kind and a number unless given. */
  readonly name?: string | undefined;
  /** Its settings, as plain data. */
  readonly config: Config;
  /** What comes in, where the layer says so itself: an input layer, or one whose weights are given. */
  readonly input?: Features;
  /**
   * Where it takes indices, the number that all of them are below: whole numbers, which reach it as they are,
   * while all else comes in the network's dtype.
   */
  readonly indicesBelow?: number;
  /** The dtype to compute in, where the layer says so: that of an input layer or of given weights. */
  readonly dtype?: "float32" | "float64";
  /** What it makes of an input of these axes. @throws ShapeError where the input does not fit */
  plan(input: Features, name: string): Plan;
  /** Its result for a batch `x`, of axes (batch, ...features), by operations on arrays. */
  apply(x: NDArray, weights: Weights, context: Context): NDArray;
}
