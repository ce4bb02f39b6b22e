import type { Reduction } from "../shape/signatures.js";
import type { NDArray } from "../shape/types.js";
import { isFloat, type TypedArray } from "../storage/dtype.js";
import { divide, multiply, square, subtract } from "./arithmetic.js";
import { equal } from "./comparison.js";
import { concatenate, split } from "./joining.js";
import { power, sqrt } from "./math.js";
import { defineReduction, type Reduce, type Reducer } from "./reduce.js";
import { where } from "./where.js";

const BLOCK = 128;

/**
 * Pairwise summation, in NumPy's very order (numpy/_core/src/umath/loops_utils.h.src): eight running sums
 * in blocks of up to 128 values, halves above, so that the last digits agree. Along an axis that is not the
 * last, NumPy adds row to row, which for each result is a plain sum.
 */
function pairwise(x: TypedArray, at: number, step: number, n: number, round: (x: number) => number): number {
  if (n < 8) return inOrder(x, at, step, n, round);
  if (n > BLOCK) {
    const half = n >> 1;
    const left = half - (half % 8);
    return round(pairwise(x, at, step, left, round) + pairwise(x, at + left * step, step, n - left, round));
  }
  // eight sums side by side; variables, as an array for them would cost more than the additions
  let [a, b, c, d, e, f, g, h] = [-0, -0, -0, -0, -0, -0, -0, -0];
  let p = at;
  for (const end = at + (n - (n % 8)) * step; p < end; p += 8 * step) {
    a = round(a + x[p]!);
    b = round(b + x[p + step]!);
    c = round(c + x[p + 2 * step]!);
    d = round(d + x[p + 3 * step]!);
    e = round(e + x[p + 4 * step]!);
    f = round(f + x[p + 5 * step]!);
    g = round(g + x[p + 6 * step]!);
    h = round(h + x[p + 7 * step]!);
  }
  let sum = round(round(round(a + b) + round(c + d)) + round(round(e + f) + round(g + h)));
  for (const end = at + n * step; p < end; p += step) sum = round(sum + x[p]!);
  return sum;
}

/** The plain sum. NumPy starts from -0, the only start that leaves a sum of -0 alone. */
function inOrder(x: TypedArray, at: number, step: number, n: number, round: (x: number) => number): number {
  let sum = -0;
  for (let i = 0; i < n; i++) sum = round(sum + x[at + i * step]!);
  return sum;
}

const exact = (x: number): number => x;

const total: Reducer = (x, at, step, n, float32) => {
  if (n === 0) return 0;
  return (step === 1 ? pairwise : inOrder)(x, at, step, n, float32 ? Math.fround : exact);
};

/** Each column's plain sum: see `inOrder`. */
function addRows(totals: TypedArray, x: TypedArray, at: number, n: number): void {
  totals.fill(n === 0 ? 0 : -0);
  const { length } = totals;
  for (let row = 0; row < n; row++, at += length) {
    for (let i = 0; i < length; i++) totals[i]! += x[at + i]!;
  }
}

const average: Reducer = (x, at, step, n, float32, options) => total(x, at, step, n, float32, options) / n;

/** Mean of the squared distances from the mean, over n - ddof, in two passes and in NumPy's order. */
const squaredSpread: Reducer = (x, at, step, n, float32, options) => {
  const round = float32 ? Math.fround : exact;
  const center = round(average(x, at, step, n, float32, options));
  const squares = float32 ? new Float32Array(n) : new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const distance = round(x[at + i * step]! - center);
    squares[i] = distance * distance;
  }
  const sum = (step === 1 ? pairwise : inOrder)(squares, 0, 1, n, round);
  return sum / Math.max(n - (options.ddof ?? 0), 0);
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
 * For each factor the product of all others along an axis: of the product of each two, times the other of the
 * two. No division, so that it holds, and has gradients in turn, where factors are 0.
 */
function productOfOthers(x: NDArray, axis: number): NDArray {
  const size = x.shape[axis]!;
  const half = size >> 1;
  const [left, right, last] = split(x, [half, 2 * half], axis) as [NDArray, NDArray, NDArray];
  if (half === 0) return power(x, 0);
  const pairs = concatenate([multiply(left, right), last], axis);
  const [others, single] = split(productOfOthers(pairs, axis), [half], axis) as [NDArray, NDArray];
  return concatenate([multiply(others, right), multiply(others, left), single], axis);
}

/** Whole numbers as floats, as a mean of them is one. */
function asFloat(x: NDArray): NDArray {
  return isFloat(x.dtype) ? x : x.astype("float64");
}

/** The gradient goes to the element that was taken; of equal ones, to each its share. */
function shareAmongEquals(g: NDArray, x: NDArray, out: NDArray, axis: number): NDArray {
  const share = where(equal(x, out), g, 0);
  const count = sum(equal(x, out).astype(g.dtype), axis, { keepdims: true });
  return divide(share, count);
}

/**
 * Sum of all elements (a number), or along one axis, given by index or by name. Sums of integers and of
 * bools are int32.
 * @throws ShapeError `axis.missing`; CamadaError `dtype.overflow`
 * @example
 * sum(array([[1, 2], [3, 4]])); // 10
 * sum(array([[1, 2], [3, 4]], ["batch", "feature"]), "batch"); // [4. 6.]
 */
export const sum: Reduce<Reduction<"sum">> = /* @__PURE__ */ defineReduction({
  name: "sum",
  reference: total,
  rows: addRows,
  gives: "sum",
  ofNothing: true,
  gradient: (g) => g,
});

/**
 * Product of all elements, or along one axis.
 * @throws ShapeError `axis.missing`; CamadaError `dtype.overflow`
 * @example
 * prod(array([2, 3, 4])); // 24
 */
export const prod: Reduce<Reduction<"prod">> = /* @__PURE__ */ defineReduction({
  name: "prod",
  reference: (x, at, step, n, float32) => {
    const round = float32 ? Math.fround : exact;
    let product = 1;
    for (let i = 0; i < n; i++) product = round(product * x[at + i * step]!);
    return product;
  },
  gives: "sum",
  ofNothing: true,
  gradient: (g, x, _out, axis) => multiply(g, productOfOthers(x, axis)),
});

/**
 * Arithmetic mean of all elements, or along one axis; nan of no elements.
 * @throws ShapeError `axis.missing`
 * @example
 * mean(array([[1, 2], [3, 4]]), 0); // [2. 3.]
 */
export const mean: Reduce<Reduction<"mean">> = /* @__PURE__ */ defineReduction({
  name: "mean",
  reference: average,
  gives: "float",
  ofNothing: true,
  composed: (x, axis) => divide(sum(asFloat(x), axis), x.shape[axis]!),
});

/**
 * Variance: the mean squared distance from the mean, over n - ddof (0 unless given). Also exported under
 * NumPy's name, `var`, which JavaScript reserves: `import { var as ... }`.
 * @throws ShapeError `axis.missing`
 * @example
 * variance(array([1, 2, 3, 4])); // 1.25
 */
export const variance: Reduce<Reduction<"var">> = /* @__PURE__ */ defineReduction({
  name: "var",
  reference: squaredSpread,
  gives: "float",
  ofNothing: true,
  composed: (x, axis, options) => {
    const floats = asFloat(x);
    const center = mean(floats, axis, { keepdims: true });
    const squares = sum(square(subtract(floats, center)), axis);
    return divide(squares, Math.max(x.shape[axis]! - (options.ddof ?? 0), 0));
  },
});

/**
 * Standard deviation: the square root of the variance, over n - ddof (0 unless given).
 * @throws ShapeError `axis.missing`
 * @example
 * std(array([1, 3])); // 1
 */
export const std: Reduce<Reduction<"std">> = /* @__PURE__ */ defineReduction({
  name: "std",
  reference: (x, at, step, n, float32, options) => {
    const value = squaredSpread(x, at, step, n, float32, options);
    return Math.sqrt(float32 ? Math.fround(value) : value);
  },
  gives: "float",
  ofNothing: true,
  composed: (x, axis, options) => sqrt(variance(x, axis, options)),
});

/**
 * The largest element, of all or along one axis; nan if there is one.
 * @throws ShapeError `axis.missing`; CamadaError `reduce.empty`
 * @example
 * max(array([[1, 5], [3, 2]]), 1); // [5. 3.]
 */
export const max: Reduce<Reduction<"max">> = /* @__PURE__ */ defineReduction({
  name: "max",
  reference: /* @__PURE__ */ valueAt(largest),
  gives: "same",
  ofNothing: false,
  gradient: shareAmongEquals,
});

/** `max` as a constant, to gradients: for what comes to the same whatever number takes its place, as softmax does. */
export const maxAsConstant: typeof max = /* @__PURE__ */ defineReduction({
  ...max.operation,
  gradient: null,
});

/**
 * The smallest element, of all or along one axis; nan if there is one.
 * @throws ShapeError `axis.missing`; CamadaError `reduce.empty`
 * @example
 * min(array([[1, 5], [3, 2]]), 1); // [1. 2.]
 */
export const min: Reduce<Reduction<"min">> = /* @__PURE__ */ defineReduction({
  name: "min",
  reference: /* @__PURE__ */ valueAt(smallest),
  gives: "same",
  ofNothing: false,
  gradient: shareAmongEquals,
});

/**
 * The position of the largest element, the first of equals: in the flattened array, or along one axis.
 * @throws ShapeError `axis.missing`; CamadaError `reduce.empty`
 * @example
 * argmax(array([[1, 5], [3, 2]]), 1); // [1 0]
 */
export const argmax: Reduce<Reduction<"argmax">> = /* @__PURE__ */ defineReduction({
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
export const argmin: Reduce<Reduction<"argmin">> = /* @__PURE__ */ defineReduction({
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
export const any: Reduce<Reduction<"any">> = /* @__PURE__ */ defineReduction({
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
export const all: Reduce<Reduction<"all">> = /* @__PURE__ */ defineReduction({
  name: "all",
  reference: (x, at, step, n) => {
    for (let i = 0; i < n; i++) if (x[at + i * step] === 0) return 0;
    return 1;
  },
  gives: "bool",
  ofNothing: true,
});
