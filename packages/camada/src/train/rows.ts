import { NDArray as Values } from "../array/ndarray.js";
import { splitRows } from "../data/split.js";
import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { checkArray, checkBatch, type Network } from "../nn/network.js";
import { described } from "../ops/broadcast.js";
import type { NDArray } from "../shape/types.js";
import { isFloat } from "../storage/dtype.js";

/** Rows to learn from and rows to judge by: positions in the data. */
export interface Rows {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/** The positions of all rows. */
export function allRows({ shape }: NDArray): Int32Array {
  return Int32Array.from({ length: shape[0]! }, (_, i) => i);
}

/** Positions of rows as an array, from one on: as many as there are, or at most so many. A view. */
export function indicesOf(rows: Int32Array, start = 0, most = rows.length): NDArray {
  const count = Math.min(most, rows.length - start);
  return new Values(rows, [count], [1], start, "int32", null) as unknown as NDArray;
}

/**
 * Refuses data that no training can use: rows of x without their row of y, another shape than the network
 * takes, none at all, and values that are not finite in what the network computes in.
 * @throws ShapeError `fit.rows`, `layer.axes`, `layer.names`; CamadaError `fit.empty`, `fit.data`
 */
export function checkData(op: string, network: Network, x: NDArray, y: NDArray): void {
  checkBatch(network, x);
  checkArray(op, "y", y);
  if (y.ndim === 0 || x.shape[0] !== y.shape[0]) {
    throw new NetworkShapeError("fit.rows", { op, x: described(x as never), y: described(y as never) });
  }
  if (x.shape[0] === 0) throw new NetworkError("fit.empty", { op });
  checkFinite(op, "x", x, network.dtype);
  checkFinite(op, "y", y, network.dtype);
}

/** What is finite in float64 may be infinite in float32. */
const LARGEST = { float32: (2 - 2 ** -23) * 2 ** 127, float64: Number.MAX_VALUE } as const;

/** @throws CamadaError `fit.data` */
function checkFinite(op: string, name: string, a: NDArray, dtype: Network["dtype"]): void {
  if (!isFloat(a.dtype)) return;
  const { data } = a;
  let at = 0;
  while (at < data.length && Math.abs(data[at]!) <= LARGEST[dtype]) at++;
  if (at === data.length) return;
  const row = Math.floor(at / (data.length / a.shape[0]!));
  throw new NetworkError("fit.data", { op, name, row, value: String(data[at]), dtype });
}

export interface SplitRequest {
  readonly validationSplit: number;
  readonly seed: number;
  readonly order: "time" | undefined;
  /** Whether y has a class in each row. */
  readonly labeled: boolean;
}

/**
 * Parts the rows: a share of them, drawn at random and of each class alike, is kept from training; in order of
 * time the last ones. Both parts stay in the order of the data.
 * @throws CamadaError `fit.split`
 */
export function partRows(y: NDArray, { validationSplit, seed, order, labeled }: SplitRequest): Rows {
  if (validationSplit === 0) return { train: allRows(y), validation: new Int32Array(0) };
  const rows = y.shape[0]!;
  if (Math.ceil(validationSplit * rows - 1e-9) >= rows) {
    throw new NetworkError("fit.split", { value: validationSplit, rows });
  }
  const classes = (labeled ? classesOf(y) : undefined) ?? new Float64Array(rows);
  const labels = indicesOf(numbered(classes));
  const options = order === undefined ? { stratify: true } : { order };
  const { train, test } = splitRows(labels, labels, { testSize: validationSplit, seed, ...options });
  return { train: train.sort(), validation: test.sort() };
}

/**
 * The class of each row: the label itself, or the place of the largest of a row. Undefined where y is not of
 * that form.
 */
export function classesOf(y: NDArray): ArrayLike<number> | undefined {
  if (y.ndim === 1 || (y.ndim === 2 && y.shape[1] === 1)) return y.data;
  return y.ndim === 2 ? (y.argmax(1) as NDArray).data : undefined;
}

/** Classes numbered as they come up, whatever they are. */
function numbered(classes: ArrayLike<number>): Int32Array {
  const numbers = new Map<number, number>();
  return Int32Array.from(classes, (label) => {
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    return numbers.get(label)!;
  });
}
