import type { NDArray } from "../shape/types.js";

/** Arrays by name: weights, their gradients, or what is to be added to them. */
export type Named = { readonly [name: string]: NDArray };

/** What an optimizer remembers between steps: arrays by name, in groups of its own. */
export type OptimizerState = { readonly [group: string]: Named };

/**
 * A step of gradient descent, as a function from gradients to what is added to the weights. Made of operations
 * on arrays, so that it is traced and compiled with the model; several are chained into one (`chain`), each
 * working on what the one before gives, as in Optax (DeepMind 2020).
 */
export interface Optimizer {
  readonly name: string;
  /** What it remembers before the first step. */
  init(weights: Named): OptimizerState;
  /** From gradients to what is added to the weights; `step` counts from 0, a float without axes. */
  update(
    gradients: Named,
    state: OptimizerState,
    weights: Named,
    step: NDArray,
  ): { readonly updates: Named; readonly state: OptimizerState };
}
