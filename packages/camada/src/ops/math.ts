import { CamadaError } from "../errors/error.js";
import type { Binary, Unary } from "../shape/signatures.js";
import { add, divide, multiply, negative, square, subtract } from "./arithmetic.js";
import { equal, greater, logicalAnd } from "./comparison.js";
import { defineBinary, defineUnary, type Elementwise } from "./elementwise.js";
import { where } from "./where.js";

/**
 * e to the power of each element.
 * @example
 * exp(array([0, 1])); // [1.         2.71828183]
 */
export const exp: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "exp",
  reference: Math.exp,
  lower: (b, x) => b.exp(x),
  gives: "float",
  gradient: (g, _x, out) => multiply(g, out),
  samples: { low: -20, high: 20 },
});

/**
 * e to the power of each element, minus 1: exact for small elements.
 * @example
 * expm1(array([0, 1e-10])); // [0.e+00 1.e-10]
 */
export const expm1: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "expm1",
  reference: Math.expm1,
  lower: (b, x) => b.expm1(x),
  gives: "float",
  gradient: (g, _x, out) => multiply(g, add(out, 1)),
  samples: { low: -2, high: 2 },
});

/**
 * Natural logarithm; -inf of 0, nan of a negative.
 * @example
 * log(array([1, Math.E])); // [0. 1.]
 */
export const log: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "log",
  reference: Math.log,
  lower: (b, x) => b.log(x),
  gives: "float",
  gradient: (g, x) => divide(g, x),
  samples: { low: 0.01, high: 100 },
});

/**
 * Natural logarithm of 1 plus each element: exact for small elements.
 * @example
 * log1p(array([0, 1e-10])); // [0.e+00 1.e-10]
 */
export const log1p: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "log1p",
  reference: Math.log1p,
  lower: (b, x) => b.log1p(x),
  gives: "float",
  gradient: (g, x) => divide(g, add(x, 1)),
  samples: { low: -0.9, high: 10 },
});

/**
 * Square root; nan of a negative.
 * @example
 * sqrt(array([4, 9])); // [2. 3.]
 */
export const sqrt: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "sqrt",
  reference: Math.sqrt,
  lower: (b, x) => b.sqrt(x),
  gives: "float",
  gradient: (g, _x, out) => divide(g, multiply(out, 2)),
  samples: { low: 0.01, high: 100 },
});

/**
 * Hyperbolic tangent.
 * @example
 * tanh(array([0, 100])); // [0. 1.]
 */
export const tanh: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "tanh",
  reference: Math.tanh,
  lower: (b, x) => b.tanh(x),
  gives: "float",
  gradient: (g, _x, out) => multiply(g, subtract(1, square(out))),
  samples: { low: -5, high: 5 },
});

/**
 * Sine, of radians.
 * @example
 * sin(array([0, Math.PI / 2])); // [0. 1.]
 */
export const sin: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "sin",
  reference: Math.sin,
  lower: (b, x) => b.sin(x),
  gives: "float",
  gradient: (g, x) => multiply(g, cos(x)),
  samples: { low: -10, high: 10 },
});

/**
 * Cosine, of radians.
 * @example
 * cos(array([0, Math.PI])); // [ 1. -1.]
 */
export const cos: Elementwise<Unary> = /* @__PURE__ */ defineUnary({
  name: "cos",
  reference: Math.cos,
  lower: (b, x) => b.cos(x),
  gives: "float",
  gradient: (g, x) => negative(multiply(g, sin(x))),
  samples: { low: -10, high: 10 },
});

/**
 * Power, element by element: NumPy's, so `power(1, nan)` is 1.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`; CamadaError `power.negative` for whole numbers
 * to a negative whole power
 * @example
 * power(array([1, 2, 3]), 2); // [1. 4. 9.]
 */
export const power: Elementwise<Binary<"power">> = /* @__PURE__ */ defineBinary({
  name: "power",
  // JavaScript alone says that 1 ** nan and (-1) ** inf are nan: C and NumPy say 1
  reference: (x, y) => (x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y),
  integer: wholePower,
  bools: "int32",
  lower: (b, x, y) => b.power(x, y),
  gives: "same",
  gradient: (g, x, y, out) => [
    // 0 times an infinity would be nan where both are 0
    multiply(g, multiply(y, power(x, where(logicalAnd(equal(x, 0), equal(y, 0)), 1, subtract(y, 1))))),
    multiply(g, where(greater(x, 0), multiply(out, log(where(greater(x, 0), x, 1))), 0)),
  ],
  samples: { low: 0.5, high: 3 },
});

function wholePower(x: number, y: number): number {
  if (y < 0) throw new CamadaError("power.negative");
  let result = 1;
  for (let base = x; y > 0; y >>>= 1, base = Math.imul(base, base)) {
    if (y & 1) result = Math.imul(result, base);
  }
  return result;
}
