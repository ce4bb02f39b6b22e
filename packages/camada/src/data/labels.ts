import { arange } from "../array/creation.js";
import type { NDArray } from "../array/ndarray.js";
import { NetworkError } from "../errors/network.js";
import { equal } from "../ops/comparison.js";
import { expandDims } from "../ops/movement.js";
import { checkCount } from "./checks.js";

/**
 * Labels as rows of zeros with a one at the label's place: float64, with one more axis, the last, named
 * class. The labels are whole numbers from 0 up, of any dtype; there are as many classes as the largest
 * label needs, unless `classes` says how many.
 * @throws CamadaError `labels.whole`, `labels.range`, `value.integer`, `value.positive`; ShapeError
 * `names.repeated` if the labels already have an axis named class
 * @example
 * oneHot(array([1, 0, 2])); // [[0. 1. 0.]
 *                           //  [1. 0. 0.]
 *                           //  [0. 0. 1.]]
 */
export function oneHot(labels: NDArray, classes?: number): NDArray {
  if (classes !== undefined) checkCount("oneHot", "classes", classes);
  const count = classes ?? countClasses("oneHot", labels);
  checkLabels("oneHot", labels, count);
  return (equal(expandDims(labels, -1), arange(count, { dtype: "int32" }).named("class")) as NDArray).astype(
    "float64",
  );
}

/** How many classes the labels need: one more than the largest of them. */
function countClasses(op: string, labels: NDArray): number {
  checkLabels(op, labels, Infinity);
  return labels.size === 0 ? 0 : labels.max() + 1;
}

/** Refuses labels that are not whole numbers from 0 to below `classes`. @throws CamadaError `labels.whole`, `labels.range` */
export function checkLabels(op: string, labels: NDArray, classes: number): void {
  labels.data.forEach((label: number, position: number) => {
    if (!Number.isInteger(label) || label < 0) {
      throw new NetworkError("labels.whole", { op, value: String(label), position });
    }
    if (label >= classes) throw new NetworkError("labels.range", { op, label, position, classes });
  });
}
