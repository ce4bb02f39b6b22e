import { arange, ones } from "../array/creation.js";
import type { NDArray } from "../array/ndarray.js";
import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { multiply, subtract } from "../ops/arithmetic.js";
import { sameShape } from "../ops/broadcast.js";
import { equal, greater, logicalNot } from "../ops/comparison.js";
import { concatenate, stack } from "../ops/joining.js";
import { expandDims, reshape, squeeze, transpose } from "../ops/movement.js";
import { dot } from "../ops/product.js";
import { any, argmax, sum } from "../ops/reductions.js";
import { type DType, isFloat } from "../storage/dtype.js";

/* What metrics are made of: rows of truth, predictions and weights, read and checked by their shapes alone. */

export interface Rows {
  /** Labels, (batch). */
  readonly truth: NDArray;
  /** Outputs, (batch, class), or (batch) if there is one a row. */
  readonly scores: NDArray;
  /** What each row counts, (batch). */
  readonly weight: NDArray;
  /** How many outputs a row has. */
  readonly columns: number;
}

/** @throws ShapeError `metric.shapes`, `metric.weights` */
export function readRows(op: string, yTrue: NDArray, yPred: NDArray, weights?: NDArray): Rows {
  const columns = yPred.ndim === 2 ? yPred.shape[1]! : 1;
  const isTable = yTrue.ndim === 2 && yTrue.shape[1] === columns;
  const fits = (yTrue.ndim === 1 || isTable) && (yPred.ndim === 1 || yPred.ndim === 2);
  if (!fits || yTrue.shape[0] !== yPred.shape[0]) throw mismatch("metric.shapes", op, yTrue, yPred);
  const single = (a: NDArray): NDArray => (a.ndim === 1 ? a : squeeze(a, 1));
  return {
    truth: columns > 1 && isTable ? argmax(yTrue, 1) : single(yTrue),
    scores: columns > 1 ? yPred : single(yPred),
    weight: readWeights(op, yPred, weights, isFloat(yPred.dtype) ? yPred.dtype : "float64"),
    columns,
  };
}

/** The class that each row is predicted to be: see `accuracy`. */
export function decide(scores: NDArray, threshold: number): NDArray {
  if (scores.ndim === 2) return argmax(scores, 1);
  return isFloat(scores.dtype) ? greater(scores, threshold) : scores;
}

/** Targets and what the predictions miss of them, (batch, rest), in float64; and each row's weight. */
export function readErrors(op: string, yTrue: NDArray, yPred: NDArray, weights: NDArray | undefined) {
  if (!sameShape(yTrue.shape, yPred.shape) || yTrue.ndim === 0) {
    throw mismatch("metric.pairs", op, yTrue, yPred);
  }
  const truth = yTrue.astype("float64");
  const errors = subtract(truth, yPred);
  const rows = [yTrue.shape[0]!, -1];
  return {
    truth: reshape(truth, rows),
    errors: reshape(errors, rows),
    weight: readWeights(op, yPred, weights, "float64"),
  };
}

function readWeights(op: string, like: NDArray, weights: NDArray | undefined, dtype: DType): NDArray {
  const rows = like.shape[0]!;
  if (weights === undefined) return ones([rows], undefined, { dtype });
  if (weights.ndim !== 1 || weights.shape[0] !== rows) {
    throw new NetworkShapeError("metric.weights", { op, array: facts(weights), rows });
  }
  return weights.astype(dtype);
}

export function mismatch(code: "metric.shapes" | "metric.pairs", op: string, yTrue: NDArray, yPred: NDArray) {
  return new NetworkShapeError(code, { op, left: facts(yTrue), right: facts(yPred) });
}

const facts = ({ shape, names }: NDArray) => ({ shape, names });

/** Adds up each of several arrays with a row each. */
export const totals = (rows: readonly NDArray[]): NDArray => sum(stack(rows as readonly [NDArray]), 1);

/** Weighted counts by true and predicted class; a last row and column for what is in none of the classes. */
export function countPairs(
  op: string,
  { truth, scores, weight, columns }: Rows,
  threshold: number,
  classes?: number,
): NDArray {
  const known = columns > 1 ? columns : isFloat(scores.dtype) ? 2 : undefined;
  const count = classes ?? known;
  if (count === undefined) throw new NetworkError("metric.classes", { op });
  if (known !== undefined && known !== count) {
    throw new NetworkError("metric.columns", { op, classes: count, columns });
  }
  const guess = inClasses(decide(scores, threshold), count).astype(weight.dtype);
  return dot(transpose(multiply(inClasses(truth, count), expandDims(weight, 1))), guess);
}

/** One-hot rows, with a last column for labels that are none of the classes. */
function inClasses(labels: NDArray, classes: number): NDArray {
  const isClass = equal(expandDims(labels, 1), arange(classes));
  return concatenate([isClass, logicalNot(any(isClass, 1, { keepdims: true }))], 1);
}

/** The counts that `countPairs` has added up, without the last row and column, which must be 0. */
export function readPairs(op: string, total: NDArray): number[][] {
  const table = total.toArray() as number[][];
  const classes = table.length - 1;
  const outside = table.some((row, k) => row[classes] !== 0 || (k === classes && row.some((n) => n !== 0)));
  if (outside) throw new NetworkError("metric.outside", { op, classes });
  return table.slice(0, classes).map((row) => row.slice(0, classes));
}
