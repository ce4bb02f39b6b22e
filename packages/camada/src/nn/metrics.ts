import { arange, fromTypedArray } from "../array/creation.js";
import type { NDArray } from "../array/ndarray.js";
import { NetworkError } from "../errors/network.js";
import { abs, multiply, square } from "../ops/arithmetic.js";
import { equal, greater, less, lessEqual, logicalNot } from "../ops/comparison.js";
import { concatenate, stack } from "../ops/joining.js";
import { broadcastTo, expandDims } from "../ops/movement.js";
import { dot } from "../ops/product.js";
import { max, mean, sum } from "../ops/reductions.js";
import { where } from "../ops/where.js";
import type { Config } from "./layer.js";
import { countPairs, decide, mismatch, readErrors, readPairs, readRows, totals } from "./metricRows.js";

/*
 * Metrics add up over batches: `sums` is made of operations only and reads no value, so that it can be
 * traced together with the network; `value` makes the number that people read of what has been added up.
 * So a metric of a whole set is the same however it was cut into batches.
 */

/** A measure of predictions. */
export interface Metric {
  /** What a history calls it. */
  readonly name: string;
  /** Its name and settings, as a model's file keeps them; none where it is somebody's own. */
  readonly config?: Config;
  /**
   * What adds up over batches, of any shape. Truth and predictions have a row each along their first axis;
   * `weights`, if given, says how much each row counts.
   */
  readonly sums: (yTrue: NDArray, yPred: NDArray, weights?: NDArray) => NDArray;
  /** The measure, from what `sums` has given for all batches, added up. */
  readonly value: (total: NDArray) => number | NDArray;
}

/** Options of metrics that decide between two classes. */
export interface ThresholdOptions {
  /** Above it a single output, or a 1-D prediction, means class 1 (0.5). */
  readonly threshold?: number;
}

/** Options of metrics that count classes. */
export interface ClassOptions extends ThresholdOptions {
  /** How many classes there are: needed only where predictions are labels, not an output a class. */
  readonly classes?: number;
}

/** Options of `precision`, `recall` and `f1`. */
export interface AverageOptions extends ClassOptions {
  /**
   * "binary": of class 1; "macro": the mean over the classes that occur; "micro": of all rows together. By
   * default binary for two classes, else macro.
   */
  readonly average?: "binary" | "macro" | "micro";
}

/**
 * A metric of a whole set at once.
 * @throws ShapeError and CamadaError as the metric does
 * @example
 * evaluateMetric(accuracy(), array([1, 0]), array([[0.2, 0.8], [0.4, 0.6]])); // 0.5
 */
export function evaluateMetric(
  metric: Metric,
  yTrue: NDArray,
  yPred: NDArray,
  weights?: NDArray,
): number | NDArray {
  return metric.value(metric.sums(yTrue, yPred, weights));
}

/**
 * The share of rows whose class is right. The truth is labels (batch), or one-hot rows as wide as the
 * predictions; predictions are an output a class (batch, class), of which the largest wins, or one output
 * with a threshold, or labels of an integer dtype.
 * @throws ShapeError `metric.shapes`, `metric.weights`
 * @example
 * evaluateMetric(accuracy(), array([1, 0, 1]), array([0.9, 0.2, 0.3])); // 0.6666666666666666
 */
export function accuracy({ threshold = 0.5 }: ThresholdOptions = {}): Metric {
  const name = "accuracy";
  return {
    name,
    config: { name, threshold },
    sums: (yTrue, yPred, weights) => {
      const { truth, scores, weight } = readRows(name, yTrue, yPred, weights);
      return totals([multiply(equal(truth, decide(scores, threshold)), weight), weight]);
    },
    value: ratio,
  };
}

/**
 * The share of rows whose class is among the `k` with the largest outputs: fewer than `k` stand strictly
 * above it. A row with nan is wrong.
 * @throws CamadaError `value.integer`, `value.positive`, `metric.topK`; ShapeError `metric.shapes`,
 * `metric.weights`
 * @example
 * evaluateMetric(topKAccuracy(2), array([0, 2]), array([[0.3, 0.5, 0.2], [0.3, 0.5, 0.2]])); // 0.5
 */
export function topKAccuracy(k: number): Metric {
  if (!Number.isInteger(k)) {
    throw new NetworkError("value.integer", { op: "topKAccuracy", name: "k", value: String(k) });
  }
  if (k < 1) throw new NetworkError("value.positive", { op: "topKAccuracy", name: "k", value: k });
  const name = `top${k}Accuracy`;
  return {
    name,
    config: { name: "topKAccuracy", k },
    sums: (yTrue, yPred, weights) => {
      const { truth, scores, weight, columns } = readRows(name, yTrue, yPred, weights);
      if (columns < Math.max(k, 2)) throw new NetworkError("metric.topK", { op: name, columns });
      const isTruth = equal(expandDims(truth, 1), arange(columns));
      const score = max(where(isTruth, scores, -Infinity), 1, { keepdims: true });
      // what is not at most the true class's score stands above it: nan with it
      const above = sum(logicalNot(lessEqual(scores, score)), 1);
      return totals([multiply(less(above, k), weight), weight]);
    },
    value: ratio,
  };
}

/**
 * Counts of rows by true and predicted class (true, predicted): what is right stands on the diagonal.
 * @throws ShapeError `metric.shapes`, `metric.weights`; CamadaError `metric.classes`, `metric.outside`
 * @example
 * const guesses = array([0, 1, 1], undefined, { dtype: "int32" });
 * evaluateMetric(confusionMatrix({ classes: 2 }), array([0, 0, 1]), guesses); // [[1. 1.]
 *                                                                             //  [0. 1.]]
 */
export function confusionMatrix(options: ClassOptions = {}): Metric {
  const name = "confusionMatrix";
  return {
    name,
    config: { name, ...options },
    sums: pairs(name, options),
    value: (total) => {
      const counts = readPairs(name, total);
      const classes = counts.length;
      return fromTypedArray(Float64Array.from(counts.flat()), [classes, classes], ["true", "predicted"]);
    },
  };
}

/**
 * Of the rows that were predicted to be of a class, the share that are; 0 where there are none.
 * @throws ShapeError `metric.shapes`, `metric.weights`; CamadaError `metric.classes`, `metric.outside`,
 * `metric.binary`
 * @example
 * evaluateMetric(precision(), array([1, 0, 1]), array([0.9, 0.7, 0.2])); // 0.5
 */
export function precision(options: AverageOptions = {}): Metric {
  return averaged("precision", options, (right, _, predicted) => share(right, predicted));
}

/**
 * Of the rows that are of a class, the share that were predicted to be; 0 where there are none.
 * @throws ShapeError `metric.shapes`, `metric.weights`; CamadaError `metric.classes`, `metric.outside`,
 * `metric.binary`
 * @example
 * evaluateMetric(recall(), array([1, 0, 1]), array([0.9, 0.7, 0.2])); // 0.5
 */
export function recall(options: AverageOptions = {}): Metric {
  return averaged("recall", options, (right, actual) => share(right, actual));
}

/**
 * The harmonic mean of precision and recall; 0 where both are.
 * @throws ShapeError `metric.shapes`, `metric.weights`; CamadaError `metric.classes`, `metric.outside`,
 * `metric.binary`
 * @example
 * evaluateMetric(f1(), array([1, 0, 1]), array([0.9, 0.7, 0.2])); // 0.5
 */
export function f1(options: AverageOptions = {}): Metric {
  return averaged("f1", options, (right, actual, predicted) => share(2 * right, actual + predicted));
}

/**
 * The area under the ROC curve: how likely a row of class 1 has a larger output than a row of class 0.
 * Labels are 0 and 1, predictions one probability a row, or two, of which the second counts. An approximation, as Keras': the curve is followed
 * at 200 thresholds, evenly from 0 to 1, with straight lines between (so two outputs between the same two
 * thresholds count as equal). It adds up over batches, which the exact area does not. nan if a class has no
 * rows.
 * @throws ShapeError `metric.shapes`, `metric.weights`; CamadaError `metric.probabilities`
 * @example
 * evaluateMetric(auc(), array([0, 1, 0, 1]), array([0.1, 0.4, 0.6, 0.8])); // 0.75
 */
export function auc(): Metric {
  const name = "auc";
  return {
    name,
    config: { name },
    sums: (yTrue, yPred, weights) => {
      const { truth, scores: outputs, weight } = readRows(name, yTrue, yPred, weights);
      // of two outputs, as softmax gives them, the second is how likely class 1 is
      const scores =
        outputs.ndim === 2 && outputs.shape[1] === 2 ? (outputs.slice(null, 1) as NDArray) : outputs;
      if (scores.ndim === 2) throw mismatch("metric.shapes", name, yTrue, yPred);
      const kinds = stack([multiply(equal(truth, 1), weight), multiply(equal(truth, 0), weight), weight]);
      const above = greater(expandDims(scores, 1), thresholds().astype(weight.dtype)).astype(weight.dtype);
      return concatenate([sum(kinds, 1, { keepdims: true }), dot(kinds, above)], 1);
    },
    value: areaUnderCurve,
  };
}

/**
 * How much of the targets' variation the predictions explain: 1 - Σ(y - p)² / Σ(y - mean)². 1 is best; 0 is
 * no better than the mean, and may be negative. Of several outputs the mean. Where the targets never change,
 * 1 if all predictions are right, else 0, as scikit-learn has it; targets that vary by less than a millionth
 * of their size count as such: subtract their mean first.
 * @throws ShapeError `metric.pairs`, `metric.weights`
 * @example
 * evaluateMetric(r2(), array([1, 2, 3]), array([1, 2, 4])); // 0.5
 */
export function r2(): Metric {
  const name = "r2";
  return {
    name,
    config: { name },
    sums: (yTrue, yPred, weights) => {
      const { truth, errors, weight } = readErrors(name, yTrue, yPred, weights);
      const weighs = broadcastTo(expandDims(weight, 1), errors.shape);
      const parts = [weighs, multiply(truth, weighs), multiply(square(truth), weighs)];
      return totals([...parts, multiply(square(errors), weighs)]);
    },
    value: explained,
  };
}

/**
 * The mean distance of predictions from targets, which have the same shape.
 * @throws ShapeError `metric.pairs`, `metric.weights`
 * @example
 * evaluateMetric(mae(), array([1, 2]), array([2, 5])); // 2
 */
export function meanAbsoluteError(): Metric {
  return meanOf("meanAbsoluteError", abs as (errors: NDArray) => NDArray);
}

/**
 * The mean squared distance of predictions from targets, which have the same shape.
 * @throws ShapeError `metric.pairs`, `metric.weights`
 * @example
 * evaluateMetric(mse(), array([1, 2]), array([2, 5])); // 5
 */
export function meanSquaredError(): Metric {
  return meanOf("meanSquaredError", square as (errors: NDArray) => NDArray);
}

/** A metric that is the mean, over all weighted rows, of something made of each row's errors. */
function meanOf(name: string, each: (errors: NDArray) => NDArray): Metric {
  return {
    name,
    config: { name },
    sums: (yTrue, yPred, weights) => {
      const { errors, weight } = readErrors(name, yTrue, yPred, weights);
      return totals([multiply(mean(each(errors), 1), weight), weight]);
    },
    value: ratio,
  };
}

function pairs(name: string, { classes, threshold = 0.5 }: ClassOptions): Metric["sums"] {
  return (...data) => countPairs(name, readRows(name, ...data), threshold, classes);
}

/** A metric of each class, from how many of its rows were right, are of it and were predicted to be. */
function averaged(
  name: string,
  given: AverageOptions,
  score: (right: number, actual: number, predicted: number) => number,
): Metric {
  const { average, ...options } = given;
  return {
    name,
    config: { name, ...given },
    sums: pairs(name, options),
    value: (total) => {
      const counts = readPairs(name, total);
      const classes = counts.map((row, k) => ({
        right: row[k]!,
        actual: add(row),
        predicted: add(counts.map((other) => other[k]!)),
      }));
      const by = average ?? (classes.length === 2 ? "binary" : "macro");
      if (by === "micro") {
        const all = add(counts.flat());
        return score(add(classes.map(({ right }) => right)), all, all);
      }
      if (by === "binary" && classes.length !== 2) {
        throw new NetworkError("metric.binary", { op: name, classes: classes.length });
      }
      const occurring = classes.filter(({ actual, predicted }) => actual + predicted > 0);
      const scores = (by === "binary" ? [classes[1]!] : occurring).map(({ right, actual, predicted }) =>
        score(right, actual, predicted),
      );
      return add(scores) / scores.length;
    },
  };
}

const add = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Of two sums, the first over the second. */
function ratio(total: NDArray): number {
  const [part, whole] = total.toArray() as [number, number];
  return part / whole;
}

/** Keras' thresholds: evenly from 0 to 1, the first just below and the last just above. */
function thresholds(): NDArray {
  const steps = 199;
  const values = Float64Array.from({ length: steps + 1 }, (_, i) => i / steps);
  values[0] = -1e-7;
  values[steps] = 1 + 1e-7;
  return fromTypedArray(values, [values.length]);
}

function areaUnderCurve(total: NDArray): number {
  const [positive, negative, all] = total.toArray() as [number[], number[], number[]];
  const [count, lowest] = all as [number, number];
  const near = (x: number): boolean => Math.abs(x - count) <= 1e-6 * count;
  if (!near(positive[0]! + negative[0]!) || !near(lowest) || all.at(-1) !== 0) {
    throw new NetworkError("metric.probabilities", { op: "auc" });
  }
  let area = 0;
  for (let i = 1; i + 1 < all.length; i++) {
    area += (negative[i]! - negative[i + 1]!) * (positive[i]! + positive[i + 1]!);
  }
  return area / (2 * positive[0]! * negative[0]!);
}

function explained(total: NDArray): number {
  const [weights, sums, squares, errors] = total.toArray() as number[][];
  const scores = weights!.map((weight, i) => {
    const variation = squares![i]! - (sums![i]! * sums![i]!) / weight;
    // what rounding leaves of a variation of 0
    const isConstant = variation <= squares![i]! * 2 ** -40;
    return isConstant ? Number(errors![i] === 0) : 1 - errors![i]! / variation;
  });
  return add(scores) / scores.length;
}
