import type { Binary, Unary } from "../shape/signatures.js";
import type { NDArray } from "../shape/types.js";
import { equal, greater, less } from "./comparison.js";
import { defineBinary, defineUnary, type Elementwise } from "./elementwise.js";
import { where } from "./where.js";

/**
 * Sum, element by element, broadcasting as NumPy does. On bools it is "or".
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * add(array([1, 2]), array([10, 20])); // [11. 22.]
 */
export const add: Elementwise<Binary<"add">> = /* @__PURE__ */ defineBinary({
  name: "add",
  reference: (x, y) => x + y,
  loop: (out, to, x, xAt, xStep, y, yAt, yStep, n) => {
    for (let i = 0; i < n; i++) out[to + i] = x[xAt + i * xStep]! + y[yAt + i * yStep]!;
  },
  bools: (x, y) => x | y,
  lower: (b, x, y) => b.add(x, y),
  gives: "same",
  gradient: (g) => [g, g],
  samples: { low: -10, high: 10 },
});

/**
 * Difference, element by element.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`; CamadaError `dtype.bool`
 * @example
 * subtract(array([1, 2]), 1); // [0. 1.]
 */
export const subtract: Elementwise<Binary<"subtract">> = /* @__PURE__ */ defineBinary({
  name: "subtract",
  reference: (x, y) => x - y,
  loop: (out, to, x, xAt, xStep, y, yAt, yStep, n) => {
    for (let i = 0; i < n; i++) out[to + i] = x[xAt + i * xStep]! - y[yAt + i * yStep]!;
  },
  bools: "refused",
  lower: (b, x, y) => b.subtract(x, y),
  gives: "same",
  gradient: (g) => [g, negative(g)],
  samples: { low: -10, high: 10 },
});

/**
 * Product, element by element (`dot` is the product of matrices). On bools it is "and".
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * multiply(array([1, 2]), array([3, 4])); // [3. 8.]
 */
export const multiply: Elementwise<Binary<"multiply">> = /* @__PURE__ */ defineBinary({
  name: "multiply",
  reference: (x, y) => x * y,
  loop: (out, to, x, xAt, xStep, y, yAt, yStep, n) => {
    for (let i = 0; i < n; i++) out[to + i] = x[xAt + i * xStep]! * y[yAt + i * yStep]!;
  },
  integer: Math.imul,
  lower: (b, x, y) => b.multiply(x, y),
  gives: "same",
  gradient: (g, x, y) => [multiply(g, y), multiply(g, x)],
  samples: { low: -10, high: 10 },
});

/**
 * Quotient, element by element; of integers too it is a float.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * divide(array([1, 2]), 4); // [0.25 0.5 ]
 */
export const divide: Elementwise<Binary<"divide">> = /* @__PURE__ */ defineBinary({
  name: "divide",
  reference: (x, y) => x / y,
  loop: (out, to, x, xAt, xStep, y, yAt, yStep, n) => {
    for (let i = 0; i < n; i++) out[to + i] = x[xAt + i * xStep]! / y[yAt + i * yStep]!;
  },
  lower: (b, x, y) => b.divide(x, y),
  gives: "float",
  gradient: (g, _x, y, out) => [divide(g, y), negative(divide(multiply(g, out), y))],
  samples: { low: 0.5, high: 10 },
});

/**
 * Remainder with the divisor's sign, as NumPy's `mod` and Python's `%`. Of integers by 0 it is 0.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * mod(array([-7, 7]), 3); // [2. 1.]
 */
export const mod: Elementwise<Binary<"mod">> = /* @__PURE__ */ defineBinary({
  name: "mod",
  reference: (x, y) => {
    const rest = x % y;
    if (rest === 0) return y < 0 || Object.is(y, -0) ? -0 : y === 0 ? Number.NaN : 0;
    return rest < 0 !== y < 0 ? rest + y : rest;
  },
  integer: (x, y) => {
    if (y === 0) return 0;
    const rest = x % y;
    return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
  },
  bools: "int32",
  gives: "same",
  gradient: (g, x, y) => [g, negative(multiply(g, floor(divide(x, y))))],
  samples: { low: 0.5, high: 10 },
});

/**
 * The larger of two, element by element; nan where either is nan.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * maximum(array([-1, 2]), 0); // [0. 2.]
 */
export const maximum: Elementwise<Binary<"maximum">> = /* @__PURE__ */ defineBinary({
  name: "maximum",
  reference: (x, y) => (x >= y || Number.isNaN(x) ? x : y),
  lower: (b, x, y) => b.max(x, y),
  gives: "same",
  gradient: (g, x, y) => shareBetween(g, greater(x, y), equal(x, y)),
  samples: { low: -10, high: 10 },
});

/**
 * The smaller of two, element by element; nan where either is nan.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * minimum(array([-1, 2]), 0); // [-1.  0.]
 */
export const minimum: Elementwise<Binary<"minimum">> = /* @__PURE__ */ defineBinary({
  name: "minimum",
  reference: (x, y) => (x <= y || Number.isNaN(x) ? x : y),
  lower: (b, x, y) => b.min(x, y),
  gives: "same",
  gradient: (g, x, y) => shareBetween(g, less(x, y), equal(x, y)),
  samples: { low: -10, high: 10 },
});

/** The gradient goes to the one that was taken; where both are equal, half to each. */
function shareBetween(g: NDArray, first: NDArray, both: NDArray): readonly [NDArray, NDArray] {
  const half = multiply(g, 0.5);
  return [where(both, half, where(first, g, 0)), where(both, half, where(first, 0, g))];
}

/**
 * Minus each element.
 * @throws CamadaError `dtype.bool`
 * @example
 * negative(array([1, -2])); // [-1.  2.]
 */
export const negative: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "negative",
  reference: (x) => -x,
  bools: "refused",
  lower: (b, x) => b.negative(x),
  gives: "same",
  gradient: (g) => negative(g),
  samples: { low: -10, high: 10 },
});

/**
 * Each element without its sign.
 * @example
 * abs(array([1, -2])); // [1. 2.]
 */
export const abs: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "abs",
  reference: Math.abs,
  lower: (b, x) => b.abs(x),
  gives: "same",
  gradient: (g, x) => multiply(g, sign(x)),
  samples: { low: -10, high: 10 },
});

/**
 * -1, 0 or 1: each element's sign; nan of nan.
 * @throws CamadaError `dtype.bool`
 * @example
 * sign(array([-3, 0, 5])); // [-1.  0.  1.]
 */
export const sign: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "sign",
  reference: (x) => Math.sign(x) + 0,
  bools: "refused",
  lower: (b, x) => {
    const zero = b.constant(0);
    const rest = b.select(b.less(x, zero), b.constant(-1), b.add(x, zero));
    return b.select(b.greater(x, zero), b.constant(1), rest);
  },
  gives: "same",
  gradient: null,
  samples: { low: -10, high: 10 },
});

/**
 * Each element times itself.
 * @example
 * square(array([1, -2])); // [1. 4.]
 */
export const square: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "square",
  reference: (x) => x * x,
  integer: (x) => Math.imul(x, x),
  bools: "int32",
  lower: (b, x) => b.multiply(x, x),
  gives: "same",
  gradient: (g, x) => multiply(g, multiply(x, 2)),
  samples: { low: -10, high: 10 },
});

/**
 * The largest whole number not above each element.
 * @example
 * floor(array([1.5, -1.5])); // [ 1. -2.]
 */
export const floor: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "floor",
  reference: Math.floor,
  lower: (b, x) => b.floor(x),
  gives: "same",
  gradient: null,
  samples: { low: -10, high: 10 },
});

/**
 * The smallest whole number not below each element.
 * @example
 * ceil(array([1.5, -1.5])); // [ 2. -1.]
 */
export const ceil: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "ceil",
  reference: Math.ceil,
  lower: (b, x) => b.ceil(x),
  gives: "same",
  gradient: null,
  samples: { low: -10, high: 10 },
});
