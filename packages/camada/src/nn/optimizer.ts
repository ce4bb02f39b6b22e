import type { NDArray } from "../shape/types.js";
import type { Config } from "./layer.js";

/** Arrays by name: weights, their gradients, or what is to be added to them. */
export type Named = { readonly [name: string]: NDArray };

/** What an optimizer remembers between steps: arrays by name, in groups of its own. */
export type OptimizerState = { readonly [group: string]: Named };

/**
 * A step of gradient descent, as a function from gradients to what is added to the weights. Made of operations
 * on arrays, so that it is traced and compiled with the model.
 */
export interface Optimizer {
  /** What it is called. */
  readonly name: string;
  /** Its name and settings, as a model's file keeps them; none where it, or its schedule, is somebody's own. */
  readonly config?: Config | undefined;
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

/**
 * What is done to gradients before an optimizer gets them: clipping, say. A plain function of operations on
 * arrays; `chain` puts it before an optimizer.
 */
export interface GradientTransform {
  (gradients: Named, weights: Named): Named;
  /** Its name and settings; none where it is somebody's own. */
  readonly config?: Config;
}

/** What `f` makes of each entry, under the same name. */
export function mapNamed<A, B>(
  named: { readonly [name: string]: A },
  f: (value: A, name: string) => B,
): { readonly [name: string]: B } {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, f(value, name)]));
}
