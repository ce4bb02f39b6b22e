import type { NDArray } from "../array/ndarray.js";
import { defaultRng, type Seed } from "../array/random/generator.js";
import { takeRows } from "../array/random/rows.js";
import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { described } from "../ops/broadcast.js";
import type { SliceOf } from "../shape/parts.js";
import type { Lazy } from "../shape/types.js";
import type { Strided } from "../storage/strided.js";
import { checkLabels } from "./labels.js";

/** Options of `trainTestSplit`. */
export interface SplitOptions {
  /** The share of the rows that test, rounded up, or their number (0.25). */
  readonly testSize?: number;
  /** Whether each label has its share in both parts: by default if the labels are whole numbers by dtype. */
  readonly stratify?: boolean;
  /** Whether the rows are drawn in random order (true), or the last ones test. */
  readonly shuffle?: boolean;
  /** The same seed gives the same parts; without one nobody can foretell them. */
  readonly seed?: Seed;
  /** "time": the first rows train, the last ones test, nothing is shuffled or stratified. */
  readonly order?: "time";
}

/** An array of which some rows are left. */
type Rows<A extends NDArray> = Lazy<SliceOf<A, readonly [readonly [number, number]]>>;

/** Rows to learn from and rows to judge by, as `trainTestSplit` gives them, with the names of the axes. */
export interface Split<X extends NDArray, Y extends NDArray> {
  /** To learn from. */
  readonly train: { readonly x: Rows<X>; readonly y: Rows<Y> };
  /** To judge by. */
  readonly test: { readonly x: Rows<X>; readonly y: Rows<Y> };
}

/** Positions of rows. */
export interface SplitRows {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Parts data into rows to train on and rows to test with, each row of `x` with its row of `y`; rows lie
 * along the first axis. The rows are shuffled by `random.defaultRng(seed)`. Of whole-number labels each has
 * its share in both parts, to within one row, and a row to train on wherever there is one. Copies.
 * @throws ShapeError `rows.count`, `split.stratify`; CamadaError `split.size`, `split.time`, `labels.whole`,
 * `random.seedLarge`
 * @example
 * const { x, y } = spiral({ points: 8, seed: 0 });
 * const { train, test } = trainTestSplit(x, y, { testSize: 0.25, seed: 1 });
 * train.x.shape; // [18, 2]
 * unique(test.y); // [0 1 2]
 */
export function trainTestSplit<X extends NDArray, Y extends NDArray>(
  x: X,
  y: Y,
  options: SplitOptions = {},
): Split<X, Y> {
  const rows = splitRows(x, y, options);
  const take = <A extends NDArray>(a: A, positions: Int32Array): Rows<A> =>
    takeRows(a as unknown as Strided, positions, [positions.length]) as unknown as Rows<A>;
  return {
    train: { x: take(x, rows.train), y: take(y, rows.train) },
    test: { x: take(x, rows.test), y: take(y, rows.test) },
  };
}

/** Which rows of `x` and `y` train and which test: see `trainTestSplit`. */
export function splitRows(x: NDArray, y: NDArray, options: SplitOptions): SplitRows {
  const { testSize = 0.25, order, seed } = options;
  const inTime = order === "time";
  for (const option of ["stratify", "shuffle"] as const) {
    if (inTime && options[option]) throw new NetworkError("split.time", { option });
  }
  const facts = { left: described(x as unknown as Strided), right: described(y as unknown as Strided) };
  if (x.ndim === 0 || y.ndim === 0 || x.shape[0] !== y.shape[0]) {
    throw new NetworkShapeError("rows.count", { op: "trainTestSplit", ...facts });
  }
  const count = x.shape[0]!;
  const test = testRows(testSize, count);
  const stratify = !inTime && (options.stratify ?? (y.ndim === 1 && isWhole(y)));
  if (stratify) {
    if (y.ndim !== 1) throw new NetworkShapeError("split.stratify", { array: facts.right });
    checkLabels("trainTestSplit", y, Infinity);
  }
  const shuffled = !inTime && (options.shuffle ?? true);
  const walk = shuffled ? (defaultRng(seed).permutation(count).data as Int32Array) : countUp(count);
  const labels = y.data;
  return part(walk, stratify ? (row) => labels[row]! : () => 0, test);
}

function isWhole({ dtype }: NDArray): boolean {
  return dtype !== "float64" && dtype !== "float32";
}

/** How many of the rows test. @throws CamadaError `split.size` */
function testRows(testSize: number, rows: number): number {
  // 0.07 of 100 rows are 7, though the product is a little more
  const test = testSize < 1 ? Math.ceil(testSize * rows - 1e-9) : testSize;
  if (testSize > 0 && Number.isInteger(test) && test < rows) return test;
  throw new NetworkError("split.size", { value: String(testSize), rows });
}

const countUp = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i);

/**
 * Walks through the rows in their order: of each class the first ones train, and the last `quotas` test. So
 * with one class for all, and rows in order of time, the past trains and the future tests.
 */
function part(walk: Int32Array, classOf: (row: number) => number, test: number): SplitRows {
  const left = new Map<number, number>();
  for (const row of walk) left.set(classOf(row), (left.get(classOf(row)) ?? 0) + 1);
  const quota = quotas(left, test, walk.length);
  const parts = { train: new Int32Array(walk.length - test), test: new Int32Array(test) };
  const filled = { train: 0, test: 0 };
  for (const row of walk) {
    const label = classOf(row);
    const name = left.get(label)! > quota.get(label)! ? "train" : "test";
    parts[name][filled[name]++] = row;
    left.set(label, left.get(label)! - 1);
  }
  return parts;
}

/**
 * How many of each class test, when `test` of all `rows` do: its share cut to whole rows, and what is left
 * to the classes with the largest remainders (Hamilton's method), but before all to those of which a row
 * still trains. Among equals the first in the walk wins, at random if that is shuffled.
 */
function quotas(counts: ReadonlyMap<number, number>, test: number, rows: number): Map<number, number> {
  const shares = [...counts].map(([label, count]) => {
    const share = (count * test) / rows;
    const whole = Math.floor(share);
    return { label, whole, rest: share - whole, spares: whole + 1 < count };
  });
  const missing = test - shares.reduce((sum, { whole }) => sum + whole, 0);
  const favored = shares
    .toSorted((a, b) => Number(b.spares) - Number(a.spares) || b.rest - a.rest)
    .slice(0, missing);
  return new Map(shares.map((share) => [share.label, share.whole + (favored.includes(share) ? 1 : 0)]));
}
