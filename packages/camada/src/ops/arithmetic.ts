import { CamadaError } from "../errors/error.js";
import type { Binary, Unary } from "../shape/signatures.js";
import { defineBinary, defineUnary } from "./elementwise.js";

/**
 * Sum, element by element, broadcasting as NumPy does. On bools it is "or".
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * add(array([1, 2]), array([10, 20])); // [11. 22.]
 */
export const add = /* @__PURE__ */ defineBinary<Binary<"add">>({
  name: "add",
  reference: (x, y) => x + y,
  bools: (x, y) => x | y,
  gives: "same",
  samples: { low: -10, high: 10 },
});

/**
 * Difference, element by element.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`; CamadaError `dtype.bool`
 * @example
 * subtract(array([1, 2]), 1); // [0. 1.]
 */
export const subtract = /* @__PURE__ */ defineBinary<Binary<"subtract">>({
  name: "subtract",
  reference: (x, y) => x - y,
  bools: "refused",
  gives: "same",
  samples: { low: -10, high: 10 },
});

/**
 * Product, element by element (`dot` is the product of matrices). On bools it is "and".
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * multiply(array([1, 2]), array([3, 4])); // [3. 8.]
 */
export const multiply = /* @__PURE__ */ defineBinary<Binary<"multiply">>({
  name: "multiply",
  reference: (x, y) => x * y,
  integer: Math.imul,
  gives: "same",
  samples: { low: -10, high: 10 },
});

/**
 * Quotient, element by element; of integers too it is a float.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * divide(array([1, 2]), 4); // [0.25 0.5 ]
 */
export const divide = /* @__PURE__ */ defineBinary<Binary<"divide">>({
  name: "divide",
  reference: (x, y) => x / y,
  gives: "float",
  samples: { low: 0.5, high: 10 },
});

/**
 * Remainder with the divisor's sign, as NumPy's `mod` and Python's `%`. Of integers by 0 it is 0.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * mod(array([-7, 7]), 3); // [2. 1.]
 */
export const mod = /* @__PURE__ */ defineBinary<Binary<"mod">>({
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
  samples: { low: 0.5, high: 10 },
});

/**
 * Power, element by element: NumPy's, so `power(1, nan)` is 1.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`; CamadaError `power.negative` for whole numbers
 * to a negative whole power
 * @example
 * power(array([1, 2, 3]), 2); // [1. 4. 9.]
 */
export const power = /* @__PURE__ */ defineBinary<Binary<"power">>({
  name: "power",
  // JavaScript alone says that 1 ** nan and (-1) ** inf are nan: C and NumPy say 1
  reference: (x, y) => (x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y),
  integer: wholePower,
  bools: "int32",
  gives: "same",
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

/**
 * The larger of two, element by element; nan where either is nan.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * maximum(array([-1, 2]), 0); // [0. 2.]
 */
export const maximum = /* @__PURE__ */ defineBinary<Binary<"maximum">>({
  name: "maximum",
  reference: (x, y) => (x >= y || Number.isNaN(x) ? x : y),
  gives: "same",
  samples: { low: -10, high: 10 },
});

/**
 * The smaller of two, element by element; nan where either is nan.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * minimum(array([-1, 2]), 0); // [-1.  0.]
 */
export const minimum = /* @__PURE__ */ defineBinary<Binary<"minimum">>({
  name: "minimum",
  reference: (x, y) => (x <= y || Number.isNaN(x) ? x : y),
  gives: "same",
  samples: { low: -10, high: 10 },
});

/**
 * Minus each element.
 * @throws CamadaError `dtype.bool`
 * @example
 * negative(array([1, -2])); // [-1.  2.]
 */
export const negative = /* @__PURE__ */ defineUnary<Unary>({
  name: "negative",
  reference: (x) => -x,
  bools: "refused",
  gives: "same",
  samples: { low: -10, high: 10 },
});

/**
 * Each element without its sign.
 * @example
 * abs(array([1, -2])); // [1. 2.]
 */
export const abs = /* @__PURE__ */ defineUnary<Unary>({
  name: "abs",
  reference: Math.abs,
  gives: "same",
  samples: { low: -10, high: 10 },
});

/**
 * -1, 0 or 1: each element's sign; nan of nan.
 * @throws CamadaError `dtype.bool`
 * @example
 * sign(array([-3, 0, 5])); // [-1.  0.  1.]
 */
export const sign = /* @__PURE__ */ defineUnary<Unary>({
  name: "sign",
  reference: (x) => Math.sign(x) + 0,
  bools: "refused",
  gives: "same",
  samples: { low: -10, high: 10 },
});

/**
 * Each element times itself.
 * @example
 * square(array([1, -2])); // [1. 4.]
 */
export const square = /* @__PURE__ */ defineUnary<Unary>({
  name: "square",
  reference: (x) => x * x,
  bools: "int32",
  gives: "same",
  samples: { low: -10, high: 10 },
});
