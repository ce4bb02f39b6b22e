import type { NDArray } from "../array/ndarray.js";
import { NetworkError, NetworkShapeError, sentence } from "../errors/network.js";
import { divide, subtract } from "../ops/arithmetic.js";
import { described, sameShape } from "../ops/broadcast.js";
import { equal, isFinite, logicalOr } from "../ops/comparison.js";
import { max, mean, min, std } from "../ops/reductions.js";
import { where } from "../ops/where.js";
import type { Strided } from "../storage/strided.js";

/** Data with mean 0 and standard deviation 1 in each column, and what it takes to do the same to other data. */
export interface Standardized<A extends NDArray = NDArray> {
  /** The data, shifted and scaled. */
  readonly x: A;
  /** The mean of each column before. */
  readonly mean: NDArray;
  /** The standard deviation of each column before. */
  readonly std: NDArray;
  /** The columns that never change, by their position in `mean` (in row-major order). */
  readonly constant: readonly number[];
  /** What a person should know: a sentence that names the constant columns, if there are any. */
  readonly warnings: readonly string[];
  /** Other rows by the same means and deviations: those of a test set, say. */
  readonly apply: <B extends NDArray>(other: B) => B;
}

/** So many columns a warning names. */
const NAMED = 5;

/**
 * Shifts and scales each column to mean 0 and standard deviation 1: (x - mean) / std, over the rows, which
 * lie along the first axis. Floats keep their dtype, whole numbers become float64. A copy. A column that
 * never changes becomes 0, here and in what `apply` gives, and `warnings` names it: never nan. Also exported
 * as `standardise`.
 * @throws ShapeError `standardize.axes`, `standardize.columns` (from `apply`); CamadaError `reduce.empty`,
 * `standardize.infinite`
 * @example
 * const { x, constant, warnings } = standardize(array([[1, 7], [3, 7]], ["batch", "feature"]));
 * x; // [[-1.  0.]
 *    //  [ 1.  0.]]
 * constant; // [1]
 */
export function standardize<A extends NDArray>(x: A): Standardized<A> {
  const array = described(x as unknown as Strided);
  if (x.ndim < 2) throw new NetworkShapeError("standardize.axes", { array });
  if (x.shape[0] === 0) throw new NetworkError("reduce.empty", { op: "standardize", array });
  const center = mean(x as NDArray, 0) as NDArray;
  const spread = std(x as NDArray, 0) as NDArray;
  const strange = (isFinite(spread) as NDArray).data.indexOf(0);
  if (strange >= 0) throw new NetworkError("standardize.infinite", { column: columnName(center, strange) });
  // rounding may give equal values a deviation that is not quite 0, or unequal ones a deviation of 0
  const still = logicalOr(
    equal(max(x as NDArray, 0), min(x as NDArray, 0)) as NDArray,
    equal(spread, 0) as NDArray,
  ) as NDArray;
  const divisor = where(still, 1, spread);
  const apply = <B extends NDArray>(other: B): B => {
    if (other.ndim !== x.ndim || !sameShape(other.shape.slice(1), x.shape.slice(1))) {
      throw new NetworkShapeError("standardize.columns", {
        array: described(other as unknown as Strided),
        expected: array,
      });
    }
    return where(still, 0, divide(subtract(other as NDArray, center), divisor) as NDArray) as unknown as B;
  };
  const constant = [...still.data.keys()].filter((column) => still.data[column] !== 0);
  return { x: apply(x), mean: center, std: spread, constant, warnings: warn(center, constant), apply };
}

function warn(columns: NDArray, constant: readonly number[]): string[] {
  if (constant.length === 0) return [];
  const named = constant.slice(0, NAMED).map((column) => columnName(columns, column));
  const rest = constant.length > NAMED ? [`… (${constant.length})`] : [];
  return [sentence("standardize.constant", { columns: [...named, ...rest].join("; ") })];
}

/** A column as sentences name it: `feature 3`, or `row 0, column 3`. */
function columnName({ shape, names }: NDArray, position: number): string {
  return shape
    .map((size, axis) => {
      const inner = shape.slice(axis + 1).reduce((product, n) => product * n, 1);
      const index = Math.floor(position / inner) % size;
      const name = names?.[axis] ?? null;
      return name === null ? String(index) : `${name} ${index}`;
    })
    .join(", ");
}
