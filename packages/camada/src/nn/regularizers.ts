import type { NDArray } from "../shape/types.js";
import type { Config } from "./layer.js";

/** What weights cost, beside the loss: a number, by operations on arrays. */
export interface Regularizer {
  readonly name: string;
  readonly config: Config;
  penalty(weights: NDArray): NDArray;
}
