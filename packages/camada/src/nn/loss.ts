import type { NDArray } from "../shape/types.js";
import type { Config } from "./layer.js";

/** What a loss takes the model's result for: any number, logits (before softmax or sigmoid), or probabilities. */
export type Expects = "values" | "logits" | "logit" | "probabilities" | "probability";

/**
 * What a loss takes for targets: any numbers; classes, as whole numbers or as rows of probabilities; labels,
 * which are classes as whole numbers only; fractions, from 0 to 1; signs, -1 or 1.
 */
export type Targets = "numbers" | "classes" | "labels" | "fractions" | "signs";

/** How far a result is from the truth. Made of operations on arrays, so that it is traced with the model. */
export interface Loss {
  /** What it is called in histories and messages. */
  readonly name: string;
  /** Its name and settings, as a model's file keeps them; none where it is somebody's own. */
  readonly config?: Config;
  /** What a network must end with for it. */
  readonly expects: Expects;
  /** What `checkTargets` holds the targets to: finite numbers unless said. */
  readonly targets?: Targets;
  /**
   * The loss of each observation, of axis (batch), of the truth and the model's result, whose first axis is
   * the batch.
   * @throws ShapeError where their shapes do not belong together: nothing is broadcast
   */
  each(yTrue: NDArray, yPred: NDArray): NDArray;
}
