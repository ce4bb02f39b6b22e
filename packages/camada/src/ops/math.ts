import type { Unary } from "../shape/signatures.js";
import { defineUnary } from "./elementwise.js";

/**
 * e to the power of each element.
 * @example
 * exp(array([0, 1])); // [1.         2.71828183]
 */
export const exp = /* @__PURE__ */ defineUnary<Unary>({
  name: "exp",
  reference: Math.exp,
  gives: "float",
  samples: { low: -20, high: 20 },
});

/**
 * e to the power of each element, minus 1: exact for small elements.
 * @example
 * expm1(array([0, 1e-10])); // [0.e+00 1.e-10]
 */
export const expm1 = /* @__PURE__ */ defineUnary<Unary>({
  name: "expm1",
  reference: Math.expm1,
  gives: "float",
  samples: { low: -2, high: 2 },
});

/**
 * Natural logarithm; -inf of 0, nan of a negative.
 * @example
 * log(array([1, Math.E])); // [0. 1.]
 */
export const log = /* @__PURE__ */ defineUnary<Unary>({
  name: "log",
  reference: Math.log,
  gives: "float",
  samples: { low: 0.01, high: 100 },
});

/**
 * Natural logarithm of 1 plus each element: exact for small elements.
 * @example
 * log1p(array([0, 1e-10])); // [0.e+00 1.e-10]
 */
export const log1p = /* @__PURE__ */ defineUnary<Unary>({
  name: "log1p",
  reference: Math.log1p,
  gives: "float",
  samples: { low: -0.9, high: 10 },
});

/**
 * Square root; nan of a negative.
 * @example
 * sqrt(array([4, 9])); // [2. 3.]
 */
export const sqrt = /* @__PURE__ */ defineUnary<Unary>({
  name: "sqrt",
  reference: Math.sqrt,
  gives: "float",
  samples: { low: 0.01, high: 100 },
});

/**
 * Hyperbolic tangent.
 * @example
 * tanh(array([0, 100])); // [0. 1.]
 */
export const tanh = /* @__PURE__ */ defineUnary<Unary>({
  name: "tanh",
  reference: Math.tanh,
  gives: "float",
  samples: { low: -5, high: 5 },
});

/**
 * Sine, of radians.
 * @example
 * sin(array([0, Math.PI / 2])); // [0. 1.]
 */
export const sin = /* @__PURE__ */ defineUnary<Unary>({
  name: "sin",
  reference: Math.sin,
  gives: "float",
  samples: { low: -10, high: 10 },
});

/**
 * Cosine, of radians.
 * @example
 * cos(array([0, Math.PI])); // [ 1. -1.]
 */
export const cos = /* @__PURE__ */ defineUnary<Unary>({
  name: "cos",
  reference: Math.cos,
  gives: "float",
  samples: { low: -10, high: 10 },
});

/**
 * The largest whole number not above each element.
 * @example
 * floor(array([1.5, -1.5])); // [ 1. -2.]
 */
export const floor = /* @__PURE__ */ defineUnary<Unary>({
  name: "floor",
  reference: Math.floor,
  gives: "same",
  samples: { low: -10, high: 10 },
});

/**
 * The smallest whole number not below each element.
 * @example
 * ceil(array([1.5, -1.5])); // [ 2. -1.]
 */
export const ceil = /* @__PURE__ */ defineUnary<Unary>({
  name: "ceil",
  reference: Math.ceil,
  gives: "same",
  samples: { low: -10, high: 10 },
});
