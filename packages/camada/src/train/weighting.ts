import { fromTypedArray } from "../array/creation.js";
import { NetworkError, NetworkShapeError } from "../errors/network.js";
import type { Network } from "../nn/network.js";
import { described } from "../ops/broadcast.js";
import type { NDArray } from "../shape/types.js";
import { classesOf } from "./rows.js";

/** How much the rows of each class count, by label. */
export interface ClassWeight {
  readonly [label: number]: number;
}

/**
 * How much each row counts: its own weight times its class's; undefined where all count alike.
 * @throws ShapeError `fit.weights`; CamadaError `fit.weight`, `fit.classes`, `fit.classWeight`
 */
export function rowWeightsOf(
  { dtype }: Network,
  y: NDArray,
  sampleWeight: NDArray | undefined,
  classWeight: ClassWeight | undefined,
): NDArray | undefined {
  if (sampleWeight === undefined && classWeight === undefined) return undefined;
  const rows = y.shape[0]!;
  const weights = new Float64Array(rows).fill(1);
  if (sampleWeight !== undefined) weights.set(checkedWeights(sampleWeight, rows));
  if (classWeight !== undefined) {
    const classes = classesOf(y);
    if (classes === undefined) throw new NetworkError("fit.classes", { y: described(y as never) });
    for (let row = 0; row < rows; row++) weights[row]! *= weightOf(classes[row]!, classWeight);
  }
  return fromTypedArray(weights, [rows]).astype(dtype) as NDArray;
}

function checkedWeights(sampleWeight: NDArray, rows: number): ArrayLike<number> {
  const { data, shape, ndim } = sampleWeight;
  if (ndim !== 1 || shape[0] !== rows) {
    throw new NetworkShapeError("fit.weights", { rows, found: described(sampleWeight as never) });
  }
  const row = data.findIndex((weight: number) => !isWeight(weight));
  if (row >= 0)
    throw new NetworkError("fit.weight", { name: `sampleWeight[${row}]`, value: String(data[row]) });
  return data;
}

function weightOf(label: number, classWeight: ClassWeight): number {
  const weight = classWeight[label];
  if (!Number.isInteger(label)) throw new NetworkError("fit.class", { value: String(label) });
  if (weight === undefined) throw new NetworkError("fit.classWeight", { label });
  if (!isWeight(weight)) {
    throw new NetworkError("fit.weight", { name: `classWeight[${label}]`, value: String(weight) });
  }
  return weight;
}

/** Float32 must hold it too. */
function isWeight(value: number): boolean {
  return value >= 0 && Math.fround(value) < Infinity;
}
