import { fromTypedArray } from "../array/creation.js";
import { splitRows } from "../data/split.js";
import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { checkBatch, type Network } from "../nn/network.js";
import type { NDArray } from "../shape/types.js";
import { isFloat } from "../storage/dtype.js";

/** Rows to learn from and rows to judge by: positions in the data. */
export interface Rows {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Refuses data that no training can use: rows of x without their row of y, another shape than the network
 * takes, none at all, and values that are not finite.
 * @throws ShapeError `fit.rows`, `layer.axes`, `layer.names`; CamadaError `fit.empty`, `fit.data`
 */
export function checkData(op: string, network: Network, x: NDArray, y: NDArray): void {
  checkBatch(network, x);
  if (y.ndim === 0 || x.shape[0] !== y.shape[0]) {
    const shown = ({ shape, names }: NDArray) => ({ shape, names });
    throw new NetworkShapeError("fit.rows", { op, x: shown(x), y: shown(y) });
  }
  if (x.shape[0] === 0) throw new NetworkError("fit.empty", { op });
  checkFinite(op, "x", x);
  checkFinite(op, "y", y);
}

function checkFinite(op: string, name: string, a: NDArray): void {
  if (!isFloat(a.dtype)) return;
  const { data } = a;
  const at = data.findIndex((value: number) => !Number.isFinite(value));
  if (at < 0) return;
  const row = Math.floor(at / (data.length / a.shape[0]!));
  throw new NetworkError("fit.data", { op, name, row, value: String(data[at]) });
}

export interface SplitRequest {
  readonly validationSplit: number;
  readonly seed: number;
  readonly order: "time" | undefined;
  /** Whether y has a label in each row. */
  readonly labeled: boolean;
}

/** Parts the rows: a share of them, shuffled and stratified by label, is kept from training. */
export function partRows(
  x: NDArray,
  y: NDArray,
  { validationSplit, seed, order, labeled }: SplitRequest,
): Rows {
  if (validationSplit === 0) {
    return { train: Int32Array.from({ length: x.shape[0]! }, (_, i) => i), validation: new Int32Array(0) };
  }
  const options = order === undefined ? { stratify: labeled && y.ndim === 1 } : { order };
  const { train, test } = splitRows(x as never, y as never, { testSize: validationSplit, seed, ...options });
  return { train, validation: test };
}

/**
 * How much each row counts: its own weight times its class's; undefined where all count alike.
 * @throws CamadaError `fit.weights`, `fit.classWeight`
 */
export function rowWeightsOf(
  { dtype }: Network,
  y: NDArray,
  sampleWeight: NDArray | undefined,
  classWeight: { readonly [label: number]: number } | undefined,
): NDArray | undefined {
  if (sampleWeight === undefined && classWeight === undefined) return undefined;
  const rows = y.shape[0]!;
  const weights = new Float64Array(rows).fill(1);
  if (sampleWeight !== undefined) {
    const { data, shape, ndim } = sampleWeight;
    if (
      ndim !== 1 ||
      shape[0] !== rows ||
      data.some((weight: number) => !(weight >= 0 && weight < Infinity))
    ) {
      throw new NetworkError("fit.weights", { name: "sampleWeight", rows, found: { shape, names: null } });
    }
    weights.set(data);
  }
  if (classWeight !== undefined) {
    const labels = labelsOf(y);
    for (let row = 0; row < rows; row++) {
      const label = labels(row);
      const weight = classWeight[label];
      if (weight === undefined) throw new NetworkError("fit.classWeight", { label });
      weights[row]! *= weight;
    }
  }
  return fromTypedArray(weights, [rows]).astype(dtype) as NDArray;
}

/** The class of each row: the label itself, or the place of the largest of a row. */
function labelsOf(y: NDArray): (row: number) => number {
  const values = (y.ndim === 1 || y.shape[1] === 1 ? y : (y.argmax(1) as NDArray)).data;
  return (row) => values[row]!;
}
