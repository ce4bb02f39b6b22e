import { type BackendChoice, chooseBackend } from "../backends/registry.js";
import { checkCount } from "../data/checks.js";
import type { Metric } from "../nn/metrics.js";
import type { Network } from "../nn/network.js";
import type { Named } from "../nn/optimizer.js";
import type { NDArray } from "../shape/types.js";
import { JUDGED, Judge } from "./judge.js";
import { checkPair, type LossChoice, recipeOf } from "./recipe.js";
import { allRows } from "./rows.js";
import { Turns } from "./turn.js";

/** Options of `evaluate`, a method of models. */
export interface EvaluateOptions {
  /** As in `fit`. */
  readonly loss: LossChoice;
  /** What else is measured. */
  readonly metrics?: readonly Metric[];
  /** How many rows are taken at once: 256 unless given. */
  readonly batchSize?: number;
  /** What runs it; the configured backend unless given. */
  readonly backend?: BackendChoice;
  /** How many threads share the work, where the backend can use them: as many as the machine has unless given. */
  readonly threads?: number;
}

/** The mean loss of a network over all rows, and the metrics, by name. */
export async function evaluateNetwork(
  network: Network,
  weights: Named,
  x: NDArray,
  y: NDArray,
  options: EvaluateOptions,
): Promise<Record<string, number | NDArray>> {
  const recipe = recipeOf("evaluate", network, options);
  const { batchSize = JUDGED } = options;
  checkCount("evaluate", "batchSize", batchSize);
  checkPair("evaluate", recipe, x, y);
  const judge = new Judge(
    recipe,
    { x, y },
    allRows(x),
    batchSize,
    weights,
    chooseBackend("evaluate", options),
  );
  return judge.judge(weights, new Turns());
}
