import { abs, add, maximum, minimum, multiply, negative, square, subtract } from "../ops/arithmetic.js";
import { exp, log, log1p } from "../ops/math.js";
import { max, maxAsConstant, mean, sum } from "../ops/reductions.js";
import { clip } from "../ops/selection.js";
import type { NDArray } from "../shape/types.js";
import type { Config } from "./layer.js";
import type { Expects, Loss, Targets } from "./loss.js";
import { settings } from "./settings.js";
import { classRows, matched } from "./targets.js";

/** Keras's: probabilities are kept so far from 0 and 1, so that their logarithms are finite. */
const EPSILON = 1e-7;

/** The mean over all axes but the batch's, so that each observation has one loss. */
function perObservation(values: NDArray): NDArray {
  let out = values;
  while (out.ndim > 1) out = mean(out, -1) as NDArray;
  return out;
}

/** A loss of targets in the result's shape. */
function elementwise(
  name: string,
  loss: (target: NDArray, result: NDArray) => NDArray,
  kind: { readonly expects: Expects; readonly targets: Targets } = { expects: "values", targets: "numbers" },
  given: Config = {},
): Loss {
  const each: Loss["each"] = (yTrue, yPred) => perObservation(loss(matched(name, yTrue, yPred), yPred));
  return { name, config: { name, ...given }, ...kind, each };
}

/** A loss of rows of classes, along the last axis. */
function ofClasses(
  name: string,
  expects: Expects,
  loss: (target: NDArray, result: NDArray) => NDArray,
  given: { readonly labelSmoothing?: number } = {},
  targets: Targets = "classes",
): Loss {
  const { labelSmoothing = 0 } = given;
  return {
    name,
    config: { name, ...given },
    expects,
    targets,
    each: (yTrue, yPred) => {
      const rows = classRows(name, targets, yTrue, yPred);
      return perObservation(loss(smoothed(rows, labelSmoothing, 1 / yPred.shape.at(-1)!), yPred));
    },
  };
}

/** A part of each target spread evenly (Szegedy et al. 2016, section 7). */
function smoothed(target: NDArray, part: number, share: number): NDArray {
  return part === 0 ? target : add(multiply(target, 1 - part), part * share);
}

type Smoothing = { readonly labelSmoothing?: number };
const SMOOTHING = { labelSmoothing: "fraction" } as const;

/** -Σ target · logarithm, along the classes. */
function crossEntropy(target: NDArray, logarithms: NDArray): NDArray {
  return negative(sum(multiply(target, logarithms), -1) as NDArray);
}

/**
 * Cross-entropy of softmax, from logits: -Σ target · (logit - log Σ exp logit), with the largest logit taken
 * off all first, so that no exponential overflows. Targets are classes as whole numbers, of one axis less
 * than the result, or rows of probabilities, of its shape. `labelSmoothing` (0) spreads that part of each
 * target evenly over the classes.
 * @throws CamadaError `number.fraction`, `option.unknown`
 * @example
 * softmaxCrossEntropy().each(array([0, 1]), array([[0, 0], [1000, 0]])); // [6.93147181e-01 1.00000000e+03]
 */
export function softmaxCrossEntropy(given: Smoothing = {}): Loss {
  const name = "softmaxCrossEntropy";
  const loss = (target: NDArray, logits: NDArray): NDArray => {
    const shifted = subtract(logits, maxAsConstant(logits, -1, { keepdims: true }) as NDArray);
    return crossEntropy(target, subtract(shifted, log(sum(exp(shifted), -1, { keepdims: true }) as NDArray)));
  };
  return ofClasses(name, "logits", loss, settings(name, given, { labelSmoothing: 0 }, SMOOTHING));
}

/**
 * Cross-entropy of probabilities, as softmax gives them: -Σ target · log p, each p kept 1e-7 from 0 and 1 as
 * in Keras. Targets and `labelSmoothing` as of `softmaxCrossEntropy`, whose gradients do not vanish where p
 * is cut off.
 * @throws CamadaError `number.fraction`, `option.unknown`
 * @example
 * categoricalCrossEntropy().each(array([1]), array([[0.5, 0.5]])); // [0.69314718]
 */
export function categoricalCrossEntropy(given: Smoothing = {}): Loss {
  const name = "categoricalCrossEntropy";
  const all = settings(name, given, { labelSmoothing: 0 }, SMOOTHING);
  return ofClasses(name, "probabilities", clippedCrossEntropy, all);
}

/**
 * `categoricalCrossEntropy` of classes as whole numbers only: rows of probabilities are refused.
 * @example
 * sparseCategoricalCrossEntropy().each(array([1]), array([[0.5, 0.5]])); // [0.69314718]
 */
export function sparseCategoricalCrossEntropy(): Loss {
  return ofClasses("sparseCategoricalCrossEntropy", "probabilities", clippedCrossEntropy, {}, "labels");
}

function clippedCrossEntropy(target: NDArray, probabilities: NDArray): NDArray {
  return crossEntropy(target, log(clipped(probabilities)));
}

function clipped(probabilities: NDArray): NDArray {
  return clip(probabilities, EPSILON, 1 - EPSILON);
}

/**
 * Cross-entropy of yes and no: -(target · log p + (1 - target) · log(1 - p)), each p kept 1e-7 from 0 and 1
 * as in Keras. With `fromLogits`, of the numbers before sigmoid, x:
 * max(x, 0) - x · target + log(1 + exp(-|x|)), which never overflows. Targets are 0, 1 or between.
 * @throws CamadaError `option.unknown`
 * @example
 * binaryCrossEntropy().each(array([[1]]), array([[0.5]])); // [0.69314718]
 * binaryCrossEntropy({ fromLogits: true }).each(array([[0]]), array([[1000]])); // [1000.]
 */
export function binaryCrossEntropy(given: { readonly fromLogits?: boolean } = {}): Loss {
  const name = "binaryCrossEntropy";
  const all = settings(name, given, { fromLogits: false }, {});
  if (all.fromLogits) return elementwise(name, ofLogit, { expects: "logit", targets: "fractions" }, all);
  return elementwise(name, ofProbability, { expects: "probability", targets: "fractions" }, all);
}

function ofLogit(target: NDArray, x: NDArray): NDArray {
  const likelihood = subtract(maximum(x, 0), multiply(x, target));
  return add(likelihood, log1p(exp(negative(abs(x)))));
}

function ofProbability(target: NDArray, probability: NDArray): NDArray {
  const p = clipped(probability);
  return negative(add(multiply(target, log(p)), multiply(subtract(1, target), log(subtract(1, p)))));
}

/**
 * Mean of the squared differences of targets and results, which have one shape: one loss for each observation.
 * @example
 * meanSquaredError().each(array([[1, 2]]), array([[1, 4]])); // [2.]
 */
export function meanSquaredError(): Loss {
  return elementwise("meanSquaredError", (target, result) => square(subtract(result, target)));
}

/**
 * Mean of the differences of targets and results, which have one shape, without their signs: one loss for each
 * observation.
 * @example
 * meanAbsoluteError().each(array([[1, 2]]), array([[1, 4]])); // [1.]
 */
export function meanAbsoluteError(): Loss {
  return elementwise("meanAbsoluteError", (target, result) => abs(subtract(result, target)));
}

/**
 * Half the squared difference up to `delta` (1), and beyond it a straight line, which outliers pull less
 * (Huber 1964).
 * @throws CamadaError `number.positive`, `option.unknown`
 * @example
 * huber().each(array([[0, 0]]), array([[1, 3]])); // [1.5]
 */
export function huber(given: { readonly delta?: number } = {}): Loss {
  const all = settings("huber", given, { delta: 1 }, { delta: "positive" });
  const loss = (target: NDArray, result: NDArray): NDArray => {
    const distance = abs(subtract(result, target));
    // the part of it that counts as a square, and the rest
    const near = minimum(distance, all.delta);
    return add(multiply(square(near), 0.5), multiply(subtract(distance, near), all.delta));
  };
  return elementwise("huber", loss, undefined, all);
}

/**
 * max(1 - target · result, 0), of targets -1 and 1: nothing for what is on the right side by 1 or more.
 * (Keras takes 0 for -1 too; here it is refused.)
 * @example
 * hinge().each(array([[1, -1]]), array([[0.5, -2]])); // [0.25]
 */
export function hinge(): Loss {
  const loss = (target: NDArray, result: NDArray): NDArray =>
    maximum(subtract(1, multiply(target, result)), 0);
  return elementwise("hinge", loss, { expects: "values", targets: "signs" });
}

/**
 * max(1 + the largest result of a wrong class - the right class's, 0), as Keras computes it: the largest of
 * (1 - target) · result and Σ target · result. Targets are classes as whole numbers or rows.
 * @example
 * categoricalHinge().each(array([1]), array([[0.5, 1, 0]])); // [0.5]
 */
export function categoricalHinge(): Loss {
  return ofClasses("categoricalHinge", "values", (target, result) => {
    const right = sum(multiply(target, result), -1) as NDArray;
    const wrong = max(multiply(subtract(1, target), result), -1) as NDArray;
    return maximum(add(subtract(wrong, right), 1), 0);
  });
}
