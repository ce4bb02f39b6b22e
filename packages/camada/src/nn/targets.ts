import { arange } from "../array/creation.js";
import type { Described } from "../errors/error.js";
import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { described, sameShape } from "../ops/broadcast.js";
import { equal } from "../ops/comparison.js";
import { expandDims } from "../ops/movement.js";
import type { NDArray } from "../shape/types.js";
import { isFloat } from "../storage/dtype.js";
import { asDType } from "./dtypes.js";
import type { Loss, Targets } from "./loss.js";

/**
 * The targets in the result's dtype. Their names are forgotten: a target's axis is called after what it holds
 * ("digit"), the result's after what made it ("neuron").
 * @throws ShapeError `loss.shapes`
 */
export function matched(loss: string, yTrue: NDArray, yPred: NDArray): NDArray {
  checkShapes(loss, "numbers", yTrue, yPred);
  return asDType(yTrue.unnamed() as NDArray, yPred.dtype);
}

/**
 * Targets that are classes as rows of probabilities, in the result's shape and dtype: of a whole number 1 in
 * its place and 0 elsewhere.
 * @throws ShapeError `loss.shapes`; CamadaError `loss.oneOutput`
 */
export function classRows(loss: string, kind: Targets, yTrue: NDArray, yPred: NDArray): NDArray {
  checkShapes(loss, kind, yTrue, yPred);
  if (yTrue.ndim === yPred.ndim) return asDType(yTrue.unnamed() as NDArray, yPred.dtype);
  const classes = arange(yPred.shape.at(-1)!, { dtype: isFloat(yTrue.dtype) ? yTrue.dtype : "int32" });
  return equal(expandDims(yTrue.unnamed(), -1), classes).astype(yPred.dtype);
}

/** Whether targets and result belong together. @throws ShapeError `loss.shapes`; CamadaError `loss.oneOutput` */
function checkShapes(loss: string, kind: Targets, yTrue: Described, yPred: Described): void {
  const isClasses = kind === "classes" || kind === "labels";
  const target = yTrue.shape;
  const result = yPred.shape;
  if (isClasses && (result.length < 2 || result.at(-1) === 1))
    throw new NetworkError("loss.oneOutput", { loss });
  const isRows = kind !== "labels" && sameShape(target, result);
  if (isRows || (isClasses && sameShape(target, result.slice(0, -1)))) return;
  throw new NetworkShapeError("loss.shapes", {
    loss,
    targets: described(yTrue),
    result: described(yPred),
    remedy: { code: remedy(target, isClasses ? result.slice(0, -1) : result) },
  });
}

/** What would make targets of this shape fit one of that shape. */
function remedy(target: readonly number[], wanted: readonly number[]) {
  if (sameShape([...target, 1], wanted)) return "remedy.expandTargets";
  if (sameShape(target, [...wanted, 1])) return "remedy.squeezeTargets";
  return target[0] === wanted[0] ? "remedy.outputs" : "remedy.observations";
}

/** What each kind of target must be, one by one; `code` says what one is not. */
const KINDS = {
  numbers: { code: "loss.finite", fits: Number.isFinite },
  fractions: { code: "loss.fraction", fits: (x: number) => x >= 0 && x <= 1 },
  signs: { code: "loss.sign", fits: (x: number) => x === 1 || x === -1 },
  labels: {
    code: "loss.label",
    fits: (x: number, last: number) => Number.isInteger(x) && x >= 0 && x <= last,
  },
} as const;

/** How far from 1 a row of probabilities may add up to: float32 rounds each. */
const TOLERANCE = 1e-4;

/**
 * Refuses targets that a loss cannot mean: checked once, before training, as a traced function cannot look at
 * values. `outputs` is the shape of the model's result for one observation.
 * @throws ShapeError `loss.shapes`; CamadaError `loss.oneOutput`, `loss.finite`, `loss.label`,
 * `loss.fraction`, `loss.sign`, `loss.row`
 * @example
 * checkTargets(softmaxCrossEntropy(), array([0, 2, 1]), [3]);
 */
export function checkTargets(loss: Loss, yTrue: NDArray, outputs: readonly number[]): void {
  const { name, targets = "numbers" } = loss;
  const [observations = 0] = yTrue.shape;
  checkShapes(name, targets, yTrue, { shape: [observations, ...outputs], names: null });
  const isRows = targets === "classes" && yTrue.ndim > outputs.length;
  const { code, fits } = KINDS[isRows ? "fractions" : targets === "classes" ? "labels" : targets];
  const last = (outputs.at(-1) ?? 1) - 1;
  const { data } = yTrue;
  const rowOf = (i: number): number => Math.floor(i / (data.length / observations));
  data.forEach((value, i) => {
    if (!fits(value, last))
      throw new NetworkError(code, { loss: name, value: String(value), row: rowOf(i), last });
  });
  for (let i = 0; isRows && i < data.length; i += last + 1) {
    const sum = Array.from(data.subarray(i, i + last + 1)).reduce((a, b) => a + b);
    if (Math.abs(sum - 1) > TOLERANCE) {
      throw new NetworkError("loss.row", { loss: name, row: rowOf(i), sum: String(sum) });
    }
  }
}
