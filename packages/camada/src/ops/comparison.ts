import type { Binary, Unary } from "../shape/signatures.js";
import { defineBinary, defineUnary } from "./elementwise.js";

const SAMPLES = { low: -3, high: 3 } as const;

/**
 * Whether each element of the first is greater than the second's; a comparison with nan is false.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * greater(array([1, 3]), 2); // [False  True]
 */
export const greater = /* @__PURE__ */ defineBinary<Binary<"greater">>({
  name: "greater",
  reference: (x, y) => Number(x > y),
  lower: (b, x, y) => b.greater(x, y),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether each element of the first is greater than, or equal to, the second's; a comparison with nan is false.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * greaterEqual(array([1, 2]), 2); // [False  True]
 */
export const greaterEqual = /* @__PURE__ */ defineBinary<Binary<"greaterEqual">>({
  name: "greaterEqual",
  numpy: "greater_equal",
  reference: (x, y) => Number(x >= y),
  lower: (b, x, y) => b.greaterEqual(x, y),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether each element of the first is less than the second's; a comparison with nan is false.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * less(array([1, 3]), 2); // [ True False]
 */
export const less = /* @__PURE__ */ defineBinary<Binary<"less">>({
  name: "less",
  reference: (x, y) => Number(x < y),
  lower: (b, x, y) => b.less(x, y),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether each element of the first is less than, or equal to, the second's; a comparison with nan is false.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * lessEqual(array([2, 3]), 2); // [ True False]
 */
export const lessEqual = /* @__PURE__ */ defineBinary<Binary<"lessEqual">>({
  name: "lessEqual",
  numpy: "less_equal",
  reference: (x, y) => Number(x <= y),
  lower: (b, x, y) => b.lessEqual(x, y),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether each element of the first is equal to the second's; a comparison with nan is false.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * equal(array([1, 2]), 2); // [False  True]
 */
export const equal = /* @__PURE__ */ defineBinary<Binary<"equal">>({
  name: "equal",
  reference: (x, y) => Number(x === y),
  lower: (b, x, y) => b.equal(x, y),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether each element of the first is not equal to the second's; a comparison with nan is false (here: true).
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * notEqual(array([1, 2]), 2); // [ True False]
 */
export const notEqual = /* @__PURE__ */ defineBinary<Binary<"notEqual">>({
  name: "notEqual",
  numpy: "not_equal",
  reference: (x, y) => Number(x !== y),
  lower: (b, x, y) => b.notEqual(x, y),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether both are true (not 0).
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * logicalAnd(array([1, 0]), array([2, 2])); // [ True False]
 */
export const logicalAnd = /* @__PURE__ */ defineBinary<Binary<"logicalAnd">>({
  name: "logicalAnd",
  numpy: "logical_and",
  reference: (x, y) => Number(x !== 0 && y !== 0),
  lower: (b, x, y) => b.and(b.notEqual(x, b.constant(0)), b.notEqual(y, b.constant(0))),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether at least one is true (not 0).
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * logicalOr(array([1, 0]), array([0, 0])); // [ True False]
 */
export const logicalOr = /* @__PURE__ */ defineBinary<Binary<"logicalOr">>({
  name: "logicalOr",
  numpy: "logical_or",
  reference: (x, y) => Number(x !== 0 || y !== 0),
  lower: (b, x, y) => b.or(b.notEqual(x, b.constant(0)), b.notEqual(y, b.constant(0))),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether each element is false (0).
 * @example
 * logicalNot(array([1, 0])); // [False  True]
 */
export const logicalNot = /* @__PURE__ */ defineUnary<Unary>({
  name: "logicalNot",
  numpy: "logical_not",
  reference: (x) => Number(x === 0),
  lower: (b, x) => b.equal(x, b.constant(0)),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether each element is not a number.
 * @example
 * isNaN(array([1, NaN])); // [False  True]
 */
export const isNaN = /* @__PURE__ */ defineUnary<Unary>({
  name: "isNaN",
  numpy: "isnan",
  reference: (x) => Number(Number.isNaN(x)),
  lower: (b, x) => b.notEqual(x, x),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether each element is neither infinite nor nan.
 * @example
 * isFinite(array([1, Infinity])); // [ True False]
 */
export const isFinite = /* @__PURE__ */ defineUnary<Unary>({
  name: "isFinite",
  numpy: "isfinite",
  reference: (x) => Number(Number.isFinite(x)),
  lower: (b, x) => b.less(b.abs(x), b.constant(Infinity)),
  gives: "bool",
  samples: SAMPLES,
});

/**
 * Whether each element is infinite.
 * @example
 * isInf(array([1, Infinity])); // [False  True]
 */
export const isInf = /* @__PURE__ */ defineUnary<Unary>({
  name: "isInf",
  numpy: "isinf",
  reference: (x) => Number(x === Infinity || x === -Infinity),
  lower: (b, x) => b.equal(b.abs(x), b.constant(Infinity)),
  gives: "bool",
  samples: SAMPLES,
});
