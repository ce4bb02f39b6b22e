import type { Generator } from "../array/random/index.js";
import type { NDArray } from "../shape/types.js";
import type { Config } from "./layer.js";

/** Makes first values for a layer's weights; float64, drawn from `rng`. */
export interface Initializer {
  readonly name: string;
  /** Its settings, as a model's file keeps them. */
  readonly config: Config;
  init(rng: Generator, shape: readonly number[], fan: { readonly in: number; readonly out: number }): NDArray;
}
