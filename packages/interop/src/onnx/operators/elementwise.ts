import type { NDArray } from "camada";
import * as a from "../arrays.js";
import { choice, flag, float, int, needed } from "../attributes.js";
import { ANY, type Call, type Operator, operator } from "../operator.js";
import { dtypeOfType, outside, typeOfCode } from "../tensor.js";

type Unary = (x: NDArray) => NDArray;
type Binary = (x: NDArray, y: NDArray) => NDArray;

const unary = (f: Unary): Operator => operator(1, {}, (call) => f(call.input(0)));
/** Of two arrays, which broadcast; up to opset 6 only as attributes say: the second from an axis of the first on. */
const binary = (f: Binary): Operator =>
  operator(2, { axis: int(), broadcast: int() }, (call, { axis, broadcast }) => {
    const [x, y] = [call.input(0), call.input(1)];
    if (call.opset >= 7 && (axis ?? broadcast) !== undefined) call.refuse(`opset ${call.opset}, broadcast`);
    if (axis === undefined) return f(x, y);
    const behind = x.ndim - a.fromFront(axis, x.ndim) - y.ndim;
    if (behind < 0) call.refuse(`axis = ${axis}`);
    return f(x, a.reshape(y, [...y.shape, ...new Array<number>(behind).fill(1)]));
  });
const variadic = (f: Binary, last: (x: NDArray, count: number) => NDArray = (x) => x): Operator =>
  operator([1, ANY], {}, ({ inputs }) =>
    last(
      inputs.reduce((x, y) => f(x, y)),
      inputs.length,
    ),
  );

/** Of one array, with numbers that shape the function. */
const shaped = <const N extends string>(
  defaults: { readonly [name in N]: number },
  f: (x: NDArray, numbers: { readonly [name in N]: number }) => NDArray,
): Operator => {
  const attributes = Object.fromEntries(
    Object.entries<number>(defaults).map(([name, value]) => [name, float(value)]),
  );
  return operator(1, attributes, (call, numbers) => f(call.input(0), numbers as never));
};

const { add, divide, exp, expm1, floor, greater, less, log, log1p, maximum, minimum, multiply } = a;
const { negative, sign, sqrt, square, subtract, where } = a;

const elu = (x: NDArray, alpha: number): NDArray =>
  // the minimum keeps exp from overflowing where its result is not taken
  where(less(x, 0), multiply(expm1(minimum(x, 0)), alpha), x);

/** To the nearest whole number, halves to the even one. */
export const round: Unary = (x) => {
  const below = floor(x);
  const rest = subtract(x, below);
  const odd = a.mod(below, 2);
  return add(below, where(a.equal(rest, 0.5), odd, a.asType(greater(rest, 0.5), x.dtype)));
};

/** Quotients of whole numbers lose their fraction, as in C. */
const quotient: Binary = (x, y) => {
  const exact = divide(x, y);
  if (a.isFloat(x)) return exact;
  return a.asType(where(less(exact, 0), a.ceil(exact), floor(exact)), x.dtype);
};

/** The remainder with the dividend's sign, as in C. */
const remainder: Binary = (x, y) => {
  const size = a.mod(a.abs(x), a.abs(y));
  return x.dtype === "uint8" ? size : where(less(x, 0), negative(size), size);
};

const xor: Binary = (x, y) => a.notEqual(a.asType(x, "bool"), a.asType(y, "bool"));

const powered: Binary = (x, y) => {
  const result = a.power(x, y);
  return a.asType(result, x.dtype);
};

/** Between bounds of which either may be missing: attributes up to opset 10, inputs since. */
function clipped(x: NDArray, low: NDArray | number | undefined, high: NDArray | number | undefined): NDArray {
  const above = low === undefined ? x : maximum(x, low);
  return high === undefined ? above : minimum(above, high);
}

function cast(call: Call, to: number): NDArray {
  const type = typeOfCode(to, call.where.operator);
  const result = a.asType(call.input(0), dtypeOfType(type));
  const index = a.isTraced(result) ? -1 : outside(type, result.data);
  if (index >= 0) call.refuse(`to = ${type}, X[${index}] = ${result.data[index]}`);
  return result;
}

/** The series of the arc tangent, 1 - s/3 + s²/5 - …, of the square s: what is left out is below 1e-17 of it. */
const SERIES = [1, -1 / 3, 1 / 5, -1 / 7, 1 / 9, -1 / 11, 1 / 13, -1 / 15];

/** Beyond 1 that of the reciprocal is taken from π/2; the angle is halved three times, as the series needs it small. */
const atan: Unary = (x) => {
  const far = greater(a.abs(x), 1);
  let t = where(far, divide(1, x), x);
  for (let i = 0; i < 3; i++) t = divide(t, add(sqrt(add(square(t), 1)), 1));
  const s = square(t);
  const series = SERIES.reduceRight((sum, term) => add(multiply(sum, s), term), multiply(s, 0));
  const angle = multiply(multiply(t, series), 8);
  return where(far, subtract(multiply(sign(x), Math.PI / 2), angle), angle);
};

/** Of bits by multiplying: what is shifted out of a byte is gone, and what does not fit otherwise is refused. */
function bitShift(call: Call, direction: string): NDArray {
  const [x, y] = [call.input(0), call.input(1)];
  const factor = a.power(a.full([], 2, "float64"), y);
  if (direction === "LEFT") return multiply(x, a.asType(factor, x.dtype));
  return a.asType(floor(divide(x, factor)), x.dtype);
}

const softsign: Unary = (x) => divide(x, add(a.abs(x), 1));
const half = (x: NDArray): NDArray => multiply(x, 0.5);
const normalShare: Unary = (x) => half(add(a.erf(multiply(x, Math.SQRT1_2)), 1));
const tanhShare: Unary = (x) =>
  half(add(a.tanh(multiply(add(x, multiply(a.power(x, 3), 0.044715)), Math.sqrt(2 / Math.PI))), 1));

/** As LeakyRelu, with slopes that come in; before opset 7 several were one for each channel, the second axis. */
function parametric(call: Call): NDArray {
  const [x, given] = [call.input(0), call.input(1)];
  const perChannel = call.opset < 7 && given.size > 1;
  const slope = perChannel ? a.reshape(given, [given.size, ...x.shape.slice(2).map(() => 1)]) : given;
  return where(less(x, 0), multiply(x, slope), x);
}

/** Its numbers were rounded to fewer digits before opset 6. */
function selu(call: Call, { alpha, gamma }: { readonly alpha: number; readonly gamma: number }): NDArray {
  if (call.opset < 6) call.refuse(`opset ${call.opset}`);
  return multiply(elu(call.input(0), alpha), gamma);
}

/** Operators that work element by element; those of two and more broadcast. */
export const ELEMENTWISE: { readonly [name: string]: Operator } = {
  Abs: unary(a.abs),
  Acos: unary((x) => multiply(atan(sqrt(divide(subtract(1, x), add(x, 1)))), 2)),
  Acosh: unary((x) => {
    const above = subtract(x, 1);
    return log1p(add(above, multiply(sqrt(above), sqrt(add(x, 1)))));
  }),
  Add: binary(add),
  And: binary(a.logicalAnd),
  Asin: unary((x) => atan(divide(x, sqrt(multiply(subtract(1, x), add(x, 1)))))),
  Asinh: unary((x) => {
    const size = a.abs(x);
    // far out the square would overflow, and the 1 is nothing beside it
    const root = where(less(size, 1e9), sqrt(add(square(size), 1)), size);
    const grown = add(size, multiply(size, divide(size, add(root, 1))));
    return multiply(sign(x), log1p(grown));
  }),
  Atan: unary(atan),
  Atanh: unary((x) => half(subtract(log1p(x), log1p(negative(x))))),
  BitShift: operator(2, { direction: needed(choice("LEFT", "RIGHT")) }, (call, { direction }) =>
    bitShift(call, direction),
  ),
  Cast: operator(1, { to: needed(int()), saturate: flag(true) }, (call, { to }) => cast(call, to)),
  CastLike: operator(2, { saturate: flag(true) }, (call) => a.asType(call.input(0), call.input(1).dtype)),
  Ceil: unary(a.ceil),
  Celu: shaped({ alpha: 1 }, (x, { alpha }) =>
    where(less(x, 0), multiply(expm1(divide(minimum(x, 0), alpha)), alpha), x),
  ),
  Clip: operator([1, 3], { min: float(), max: float() }, (call, { min, max }) =>
    clipped(call.input(0), min ?? call.optional(1), max ?? call.optional(2)),
  ),
  Cos: unary(a.cos),
  Cosh: unary((x) => half(add(exp(x), exp(negative(x))))),
  Div: binary(quotient),
  Elu: shaped({ alpha: 1 }, (x, { alpha }) => elu(x, alpha)),
  Equal: binary(a.equal),
  Erf: unary(a.erf),
  Exp: unary(exp),
  Floor: unary(floor),
  Gelu: operator(1, { approximate: choice("none", "tanh") }, (call, { approximate }) => {
    const x = call.input(0);
    return multiply(x, approximate === "tanh" ? tanhShare(x) : normalShare(x));
  }),
  Greater: binary(greater),
  GreaterOrEqual: binary(a.greaterEqual),
  HardSigmoid: shaped({ alpha: 0.2, beta: 0.5 }, (x, { alpha, beta }) =>
    clipped(add(multiply(x, alpha), beta), 0, 1),
  ),
  HardSwish: unary((x) => multiply(x, clipped(add(multiply(x, 1 / 6), 0.5), 0, 1))),
  Identity: unary((x) => x),
  IsInf: operator(1, { detect_negative: flag(true), detect_positive: flag(true) }, (call, wanted) => {
    const x = call.input(0);
    if (wanted.detect_negative && wanted.detect_positive) return a.isInf(x);
    if (wanted.detect_positive) return a.equal(x, Number.POSITIVE_INFINITY);
    return wanted.detect_negative ? a.equal(x, Number.NEGATIVE_INFINITY) : a.full(x.shape, 0, "bool");
  }),
  IsNaN: unary(a.isNaN),
  LeakyRelu: shaped({ alpha: 0.01 }, (x, { alpha }) => where(less(x, 0), multiply(x, alpha), x)),
  Less: binary(less),
  LessOrEqual: binary(a.lessEqual),
  Log: unary(log),
  Max: variadic(maximum),
  Mean: variadic(add, (x, count) => divide(x, count)),
  Min: variadic(minimum),
  Mish: unary((x) => multiply(x, a.tanh(a.softplus(x)))),
  Mod: operator(2, { fmod: flag(false) }, (call, { fmod }) =>
    (fmod ? remainder : a.mod)(call.input(0), call.input(1)),
  ),
  Mul: binary(multiply),
  Neg: unary(negative),
  Not: unary(a.logicalNot),
  Or: binary(a.logicalOr),
  Pow: binary(powered),
  PRelu: operator(2, {}, parametric),
  Reciprocal: unary((x) => divide(1, x)),
  Relu: unary((x) => maximum(x, 0)),
  Round: unary(round),
  Selu: operator(1, { alpha: float(1.6732631921768188), gamma: float(1.0507010221481323) }, selu),
  Shrink: shaped({ lambd: 0.5, bias: 0 }, (x, { lambd, bias }) =>
    where(less(x, -lambd), add(x, bias), where(greater(x, lambd), subtract(x, bias), 0)),
  ),
  Sigmoid: unary(a.sigmoid),
  Sign: unary(sign),
  Sin: unary(a.sin),
  Sinh: unary((x) => {
    const grown = expm1(x);
    const near = add(grown, divide(grown, add(grown, 1)));
    return half(where(less(a.abs(x), 1), near, subtract(exp(x), exp(negative(x)))));
  }),
  Softplus: unary(a.softplus),
  Softsign: unary(softsign),
  Sqrt: unary(sqrt),
  Sub: binary(subtract),
  Sum: variadic(add),
  Tan: unary((x) => divide(a.sin(x), a.cos(x))),
  Tanh: unary(a.tanh),
  ThresholdedRelu: shaped({ alpha: 1 }, (x, { alpha }) => where(greater(x, alpha), x, 0)),
  Where: operator(3, {}, (call) => where(call.input(0), call.input(1), call.input(2))),
  Xor: binary(xor),
};
