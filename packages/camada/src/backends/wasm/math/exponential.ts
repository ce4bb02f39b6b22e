import type { WasmLanes } from "../lanes.js";
import { FLOAT32, FLOAT64 } from "./coefficients.js";
import { LN2 } from "./constants.js";

/** Numbers of each format: bits of the fraction, the bias of exponents, and polynomials. */
const FORMATS = {
  float32: { bits: 23, bias: 127, ln2: LN2.float32, ...FLOAT32 },
  float64: { bits: 52, bias: 1023, ln2: LN2.float64, ...FLOAT64 },
} as const;

function formatOf({ dtype }: WasmLanes) {
  return dtype === "float32" ? FORMATS.float32 : FORMATS.float64;
}

/**
 * x = n ln 2 + r, as Cody and Waite do it ("Software manual for the elementary functions", 1980). Adding a
 * number so large that its last bit is 1 rounds to a whole number, which then stands in the last bits: `n`
 * has n + `offset` there. `low` is what x lacks of the number that is meant.
 */
function reduce(b: WasmLanes, x: number, offset: number, low?: number): { n: number; r: number } {
  const format = formatOf(b);
  const magic = b.constant(1.5 * 2 ** format.bits + offset);
  const n = b.madd(x, b.constant(Math.LOG2E), magic);
  const whole = b.subtract(n, magic);
  const r = b.nmadd(whole, b.constant(format.ln2.low), b.nmadd(whole, b.constant(format.ln2.high), x));
  return { n, r: low === undefined ? r : b.add(r, low) };
}

/** e^r - 1 for |r| up to ln 2 / 2: r + r² q(r). */
function small(b: WasmLanes, r: number): number {
  return b.madd(b.polynomial(r, formatOf(b).EXP), b.multiply(r, r), r);
}

/**
 * e to the power of x, or of x + low: 2^n e^r. The power of 2 is multiplied in two halves, as it may be
 * larger or smaller than any number while the result is not. At most 1 ulp from the true value.
 */
export function exp(b: WasmLanes, x: number, low?: number): number {
  const { above, half, rest } = expParts(b, b.min(x, b.constant(b.dtype === "float32" ? 89 : 710)), low);
  return b.multiply(b.madd(above, half, half), rest);
}

/** e^x = (1 + above) half rest, of x that is not so large that the result is infinity. */
function expParts(b: WasmLanes, x: number, low?: number) {
  const { bits, bias } = formatOf(b);
  // further down it is 0; nan goes through
  const bounded = b.max(x, b.constant(b.dtype === "float32" ? -104 : -746));
  const { n, r } = reduce(b, bounded, 2 * bias, low);
  // half of n + 2 bias, rounded down, is one exponent, and the rest the other
  const half = b.and(b.shiftLeft(n, bits - 1), b.constant(Infinity));
  const rest = b.subtractBits(b.shiftLeft(n, bits), half);
  return { above: small(b, r), half, rest };
}

/** e^x - 1 for x that is neither large nor far below 0: 2 (s p + (s - ½)), where s is 2^(n-1) and p is e^r - 1. */
function minusOne(b: WasmLanes, x: number): number {
  const { bits, bias } = formatOf(b);
  const { n, r } = reduce(b, x, bias - 1);
  const s = b.shiftLeft(n, bits);
  const half = b.madd(s, small(b, r), b.subtract(s, b.constant(0.5)));
  return b.add(half, half);
}

/** e^x - 1. At most 2 ulp from the true value. */
export function expm1(b: WasmLanes, x: number): number {
  const most = b.dtype === "float32" ? 89 : 710;
  const bounded = b.max(b.min(x, b.constant(most)), b.constant(-40));
  // so near to 0 it is x itself, which halves could not hold
  const near = b.less(b.abs(x), b.constant(2 ** -60));
  return b.select(near, x, minusOne(b, bounded));
}

/**
 * tanh: x + x³ p(x²) for small x, beyond 1 - 2 / (t + 2), where t is e^(2|x|) - 1. At most 1.5 ulp from the
 * true value.
 */
export function tanh(b: WasmLanes, x: number): number {
  const size = b.min(b.abs(x), b.constant(20)); // where it is 1 to the last bit
  const z = b.multiply(size, size);
  const near = b.madd(b.multiply(size, z), b.polynomial(z, formatOf(b).TANH), size);
  const two = b.constant(2);
  const quotient = b.divide(two, b.add(minusOne(b, b.add(size, size)), two));
  const far = b.subtract(b.constant(1), quotient);
  return b.copySign(b.select(b.less(size, b.constant(0.55)), near, far), x);
}

/** 1 / (1 + e^-x) for x from 0 on, e^x / (1 + e^x) below. At most 2.5 ulp from the true value. */
export function logistic(b: WasmLanes, x: number): number {
  const { above, half, rest } = expParts(b, b.negative(b.abs(x)));
  // no power of 2 is too large for one number here
  const power = b.multiply(half, rest);
  const e = b.madd(above, power, power);
  const one = b.constant(1);
  return b.divide(b.select(b.less(x, b.constant(0)), e, one), b.add(e, one));
}
