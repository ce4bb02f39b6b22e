import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { inputLike, nodeOf } from "../graph/traced.js";
import type { Loss } from "../nn/loss.js";
import type { Metric } from "../nn/metrics.js";
import { applyNetwork, type Network, weightsOf } from "../nn/network.js";
import { checkLastActivation } from "../nn/pairing.js";
import { checkTargets } from "../nn/targets.js";
import { described, sameShape } from "../ops/broadcast.js";
import type { NDArray } from "../shape/types.js";
import type { DType } from "../storage/dtype.js";
import type { Strided } from "../storage/strided.js";
import { checkData } from "./rows.js";
import type { Recipe } from "./step.js";

/** A loss, or a function of the truth and the result that gives each observation's. */
export type LossChoice = Loss | Loss["each"];

/**
 * What is measured, of which network; a loss that does not fit what the network ends with is refused.
 * @throws CamadaError `fit.loss`, `fit.metrics`, `fit.made`, and what `checkLastActivation` throws
 */
export function recipeOf(
  op: string,
  network: Network,
  options: { readonly loss: LossChoice; readonly metrics?: readonly Metric[] },
): Recipe {
  const { loss, metrics = [] } = options ?? {};
  const whole: Loss = typeof loss === "function" ? { name: "loss", expects: "values", each: loss } : loss;
  if (typeof whole?.each !== "function") throw new NetworkError("fit.loss", { op });
  for (const metric of metrics) checkMade(op, "metrics", metric?.sums, metric, "accuracy()");
  const names = metrics.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i || name === "loss");
  if (twice !== undefined) throw new NetworkError("fit.metrics", { op, name: twice });
  checkLastActivation(whole, nodeOf(resultOf(network)));
  return { network, loss: whole, metrics };
}

/**
 * Refuses what should have been made by a function, but is its name, or the function itself; `part` is what it
 * would then have.
 * @throws CamadaError `fit.made`
 */
export function checkMade(op: string, name: string, part: unknown, value: unknown, example: string): void {
  if (typeof part === "function") return;
  const found = typeof value === "string" ? `'${value}'` : typeof value;
  throw new NetworkError("fit.made", { op, name, example, found });
}

/** What the network makes of one observation, without values. */
function resultOf(network: Network): Strided {
  const { input, dtype, first } = network;
  const stand = (shape: readonly number[], names: readonly string[] | null, of: DType) =>
    inputLike({ shape, dtype: of, names }) as unknown as NDArray;
  const weights = [...weightsOf(network)].map(([name, { shape, names }]) => [
    name,
    stand(shape, names, dtype),
  ]);
  const takesIndices = first.layer.indicesBelow !== undefined;
  const batch = stand([1, ...input.shape], null, takesIndices ? "int32" : dtype);
  return applyNetwork(network, Object.fromEntries(weights), batch, { training: false }) as never;
}

/**
 * Refuses data that does not fit the network, and truth that does not fit the loss: nothing is broadcast.
 * @throws what `checkData` and `checkTargets` throw; ShapeError `loss.shapes`
 */
export function checkPair(op: string, { network, loss }: Recipe, x: NDArray, y: NDArray): void {
  checkData(op, network, x, y);
  if (loss.targets !== undefined) checkTargets(loss, y, network.output.shape);
  else if (y.ndim === 1 && sameShape(network.output.shape, [1])) {
    // what a loss of somebody's own takes is not known, but (n) against (n, 1) would make (n, n) of it
    throw new NetworkShapeError("loss.shapes", {
      loss: loss.name,
      targets: described(y as never),
      result: { shape: [y.shape[0]!, 1], names: null },
      remedy: { code: "remedy.expandTargets" },
    });
  }
}
