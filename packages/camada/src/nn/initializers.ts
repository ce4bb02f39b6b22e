import { full } from "../array/creation.js";
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

/**
 * Uniform from -b to b, b = √(6 / (in + out)) (Glorot and Bengio, AISTATS 2010).
 * @example
 * glorotUniform().name; // glorotUniform
 */
export function glorotUniform(): Initializer {
  return {
    name: "glorotUniform",
    config: {},
    init: (rng, shape, fan) => {
      const bound = Math.sqrt(6 / (fan.in + fan.out));
      return rng.uniform(-bound, bound, shape) as NDArray;
    },
  };
}

/**
 * One value throughout.
 * @example
 * constant(0).name; // constant
 */
export function constant(value: number): Initializer {
  return { name: "constant", config: { value }, init: (_, shape) => full(shape, value) as NDArray };
}
