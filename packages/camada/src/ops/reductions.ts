import type { Reduction } from "../shape/signatures.js";
import type { TypedArray } from "../storage/dtype.js";
import { defineReduction, type Reducer } from "./reduce.js";

const BLOCK = 128;

/**
 * Pairwise summation, in NumPy's very order (numpy/_core/src/umath/loops_utils.h.src): eight running sums
 * in blocks of up to 128 values, halves above, so that the last digits agree. Along an axis that is not the
 * last, NumPy adds row to row, which for each result is a plain sum.
 */
function pairwise(x: TypedArray, at: number, step: number, n: number, round: (x: number) => number): number {
  if (n < 8) {
    // NumPy starts from -0, the only start that leaves a sum of -0 alone
    let sum = -0;
    for (let i = 0; i < n; i++) sum = round(sum + x[at + i * step]!);
    return sum;
  }
  if (n > BLOCK) {
    const half = n >> 1;
    const left = half - (half % 8);
    return round(pairwise(x, at, step, left, round) + pairwise(x, at + left * step, step, n - left, round));
  }
  const r = new Float64Array(8);
  for (let j = 0; j < 8; j++) r[j] = x[at + j * step]!;
  let i = 8;
  for (; i < n - (n % 8); i += 8) {
    for (let j = 0; j < 8; j++) r[j] = round(r[j]! + x[at + (i + j) * step]!);
  }
  let sum = round(
    round(round(r[0]! + r[1]!) + round(r[2]! + r[3]!)) + round(round(r[4]! + r[5]!) + round(r[6]! + r[7]!)),
  );
  for (; i < n; i++) sum = round(sum + x[at + i * step]!);
  return sum;
}

const exact = (x: number): number => x;

const total: Reducer = (x, at, step, n, float32) => {
  const round = float32 ? Math.fround : exact;
  if (step === 1) return n === 0 ? 0 : pairwise(x, at, 1, n, round);
  let sum = n === 0 ? 0 : -0;
  for (let i = 0; i < n; i++) sum = round(sum + x[at + i * step]!);
  return sum;
};

const average: Reducer = (x, at, step, n, float32, options) => total(x, at, step, n, float32, options) / n;

/** Mean of the squared distances from the mean, over n - ddof, in two passes as NumPy does it. */
const squaredSpread: Reducer = (x, at, step, n, float32, options) => {
  const round = float32 ? Math.fround : exact;
  const center = round(average(x, at, step, n, float32, options));
  const squares = float32 ? new Float32Array(n) : new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const distance = round(x[at + i * step]! - center);
    squares[i] = distance * distance;
  }
  return total(squares, 0, 1, n, float32, options) / Math.max(n - (options.ddof ?? 0), 0);
};

/** The position of the first value that no other beats; nan beats everything, as in NumPy. */
function best(beats: (x: number, than: number) => boolean): Reducer {
  return (x, at, step, n) => {
    let winner = 0;
    for (let i = 0; i < n; i++) {
      const value = x[at + i * step]!;
      if (Number.isNaN(value)) return i;
      if (beats(value, x[at + winner * step]!)) winner = i;
    }
    return winner;
  };
}

const largest = /* @__PURE__ */ best((x, than) => x > than);
const smallest = /* @__PURE__ */ best((x, than) => x < than);
const valueAt =
  (position: Reducer): Reducer =>
  (x, at, step, ...rest) =>
    x[at + position(x, at, step, ...rest) * step]!;

/**
 * Sum of all elements (a number), or along one axis, given by index or by name. Sums of integers and of
 * bools are int32.
 * @throws ShapeError `axis.missing`; CamadaError `dtype.overflow`
 * @example
 * sum(array([[1, 2], [3, 4]])); // 10
 * sum(array([[1, 2], [3, 4]], ["batch", "feature"]), "batch"); // [4. 6.]
 */
export const sum = /* @__PURE__ */ defineReduction<Reduction<"sum">>({
  name: "sum",
  reference: total,
  gives: "sum",
  ofNothing: true,
});

/**
 * Product of all elements, or along one axis.
 * @throws ShapeError `axis.missing`; CamadaError `dtype.overflow`
 * @example
 * prod(array([2, 3, 4])); // 24
 */
export const prod = /* @__PURE__ */ defineReduction<Reduction<"prod">>({
  name: "prod",
  reference: (x, at, step, n, float32) => {
    const round = float32 ? Math.fround : exact;
    let product = 1;
    for (let i = 0; i < n; i++) product = round(product * x[at + i * step]!);
    return product;
  },
  gives: "sum",
  ofNothing: true,
});

/**
 * Arithmetic mean of all elements, or along one axis; nan of no elements.
 * @throws ShapeError `axis.missing`
 * @example
 * mean(array([[1, 2], [3, 4]]), 0); // [2. 3.]
 */
export const mean = /* @__PURE__ */ defineReduction<Reduction<"mean">>({
  name: "mean",
  reference: average,
  gives: "float",
  ofNothing: true,
});

/**
 * Variance: the mean squared distance from the mean, over n - ddof (0 unless given). Also exported under
 * NumPy's name, `var`, which JavaScript reserves: `import { var as ... }`.
 * @throws ShapeError `axis.missing`
 * @example
 * variance(array([1, 2, 3, 4])); // 1.25
 */
export const variance = /* @__PURE__ */ defineReduction<Reduction<"var">>({
  name: "var",
  reference: squaredSpread,
  gives: "float",
  ofNothing: true,
});

/**
 * Standard deviation: the square root of the variance.
 * @throws ShapeError `axis.missing`
 * @example
 * std(array([1, 3])); // 1
 */
export const std = /* @__PURE__ */ defineReduction<Reduction<"std">>({
  name: "std",
  reference: (x, at, step, n, float32, options) => {
    const value = squaredSpread(x, at, step, n, float32, options);
    return Math.sqrt(float32 ? Math.fround(value) : value);
  },
  gives: "float",
  ofNothing: true,
});

/**
 * The largest element, of all or along one axis; nan if there is one.
 * @throws ShapeError `axis.missing`; CamadaError `reduce.empty`
 * @example
 * max(array([[1, 5], [3, 2]]), 1); // [5. 3.]
 */
export const max = /* @__PURE__ */ defineReduction<Reduction<"max">>({
  name: "max",
  reference: /* @__PURE__ */ valueAt(largest),
  gives: "same",
  ofNothing: false,
});

/**
 * The smallest element, of all or along one axis; nan if there is one.
 * @throws ShapeError `axis.missing`; CamadaError `reduce.empty`
 * @example
 * min(array([[1, 5], [3, 2]]), 1); // [1. 2.]
 */
export const min = /* @__PURE__ */ defineReduction<Reduction<"min">>({
  name: "min",
  reference: /* @__PURE__ */ valueAt(smallest),
  gives: "same",
  ofNothing: false,
});

/**
 * The position of the largest element, the first of equals: in the flattened array, or along one axis.
 * @throws ShapeError `axis.missing`; CamadaError `reduce.empty`
 * @example
 * argmax(array([[1, 5], [3, 2]]), 1); // [1 0]
 */
export const argmax = /* @__PURE__ */ defineReduction<Reduction<"argmax">>({
  name: "argmax",
  reference: largest,
  gives: "index",
  ofNothing: false,
});

/**
 * The position of the smallest element, the first of equals: in the flattened array, or along one axis.
 * @throws ShapeError `axis.missing`; CamadaError `reduce.empty`
 * @example
 * argmin(array([[1, 5], [3, 2]]), 1); // [0 1]
 */
export const argmin = /* @__PURE__ */ defineReduction<Reduction<"argmin">>({
  name: "argmin",
  reference: smallest,
  gives: "index",
  ofNothing: false,
});

/**
 * Whether any element is true (not 0): a number 0 or 1 of all, bools along one axis.
 * @throws ShapeError `axis.missing`
 * @example
 * any(array([[0, 0], [0, 1]]), 1); // [False  True]
 */
export const any = /* @__PURE__ */ defineReduction<Reduction<"any">>({
  name: "any",
  reference: (x, at, step, n) => {
    for (let i = 0; i < n; i++) if (x[at + i * step] !== 0) return 1;
    return 0;
  },
  gives: "bool",
  ofNothing: true,
});

/**
 * Whether all elements are true (not 0): a number 0 or 1 of all, bools along one axis.
 * @throws ShapeError `axis.missing`
 * @example
 * all(array([[1, 0], [1, 1]]), 1); // [False  True]
 */
export const all = /* @__PURE__ */ defineReduction<Reduction<"all">>({
  name: "all",
  reference: (x, at, step, n) => {
    for (let i = 0; i < n; i++) if (x[at + i * step] === 0) return 0;
    return 1;
  },
  gives: "bool",
  ofNothing: true,
});
