import type { WasmLanes } from "../lanes.js";
import { FLOAT64 } from "./coefficients.js";
import { LN2 } from "./constants.js";
import { exp } from "./exponential.js";
import { split } from "./logarithm.js";

/**
 * x to the power of y: e^(y log |x|), with the sign that an odd power has. In float32 by float64's logarithm
 * and exponential, in float64 by a logarithm of twice as many bits, as errors grow with y log |x|. At most
 * 1 ulp from the true value in float32, 2 in float64. Special values are those of C, IEEE 754 and NumPy.
 */
export function power(b: WasmLanes, x: number, y: number): number {
  const [zero, one, infinity] = [b.constant(0), b.constant(1), b.constant(Infinity)];
  const size = b.abs(x);
  const value = b.dtype === "float32" ? single(b, size, y) : double(b, size, y);
  // whole: infinities too, which are even
  const half = b.multiply(y, b.constant(0.5));
  const whole = b.equal(b.floor(y), y);
  const odd = b.and(whole, b.notEqual(b.floor(half), half));
  const signed = b.xor(value, b.and(b.and(x, odd), b.constant(-0)));
  const finiteBelow = b.and(b.less(x, zero), b.less(size, infinity));
  const meaningless = b.and(finiteBelow, b.not(whole));
  const result = b.select(meaningless, b.constant(Number.NaN), signed);
  const always = b.or(b.equal(x, one), b.equal(y, zero));
  const atInfinity = b.and(b.equal(size, one), b.equal(b.abs(y), infinity));
  return b.select(b.or(always, atInfinity), one, result);
}

/** x^y of float32, x not negative. */
function single(b: WasmLanes, x: number, y: number): number {
  const wide = b.as("float64");
  const [powers, bases] = [b.widen(y), b.widen(x)];
  const of = (i: 0 | 1) => exp(wide, wide.multiply(powers[i], wide.log(bases[i])));
  return b.narrow(of(0), of(1));
}

/** A number in two parts, the second of what the first rounds off. */
interface Pair {
  readonly high: number;
  readonly low: number;
}

/** x + y, by Knuth's sum of two. */
function sum(b: WasmLanes, x: number, y: number): Pair {
  const high = b.add(x, y);
  const back = b.subtract(high, x);
  return { high, low: b.add(b.subtract(x, b.subtract(high, back)), b.subtract(y, back)) };
}

/** x y, by T. J. Dekker ("A floating-point technique for extending the available precision", 1971). */
function product(b: WasmLanes, x: number, y: number): Pair {
  const mask = b.bits(0xfffffffff8000000n);
  const [xHigh, yHigh] = [b.and(x, mask), b.and(y, mask)];
  const [xLow, yLow] = [b.subtract(x, xHigh), b.subtract(y, yHigh)];
  const high = b.multiply(x, y);
  let low = b.subtract(b.multiply(xHigh, yHigh), high);
  low = b.add(b.add(low, b.multiply(xHigh, yLow)), b.multiply(xLow, yHigh));
  return { high, low: b.add(low, b.multiply(xLow, yLow)) };
}

/** x^y of float64, x not negative. */
function double(b: WasmLanes, x: number, y: number): number {
  const { high, low } = logarithm(b, x);
  const infinity = b.constant(Infinity);
  const zero = b.equal(x, b.constant(0));
  const unbounded = b.or(zero, b.not(b.less(x, infinity)));
  const special = b.select(zero, b.constant(-Infinity), x);
  const exponent = product(b, y, b.select(unbounded, special, high));
  const rest = b.add(exponent.low, b.multiply(y, low));
  // what is far out of range, infinite or nan has no rest, nor needs it
  const near = b.less(b.abs(exponent.high), b.constant(1000));
  return exp(b, exponent.high, b.select(near, rest, b.constant(0)));
}

const TWO_THIRDS = [2 / 3, 3.700743415417188e-17] as const;

/**
 * log x in two parts, to some 66 bits: k ln 2 + 2s + ⅔s³ + s⁵ p(s²) with s = (m - 1) / (m + 1). What is
 * larger than the last terms is computed in two parts.
 */
function logarithm(b: WasmLanes, x: number): Pair {
  const one = b.constant(1);
  const { k, m } = split(b, x);
  const f = b.subtract(m, one);
  const divisor = b.add(m, one);
  const divisorLow = b.subtract(m, b.subtract(divisor, one));
  const s = b.divide(f, divisor);
  const back = product(b, s, divisor);
  const left = b.subtract(b.subtract(b.subtract(f, back.high), back.low), b.multiply(s, divisorLow));
  const sLow = b.divide(left, divisor);
  const z = product(b, s, s);
  const zLow = b.add(z.low, b.multiply(b.add(s, s), sLow));
  // w = ⅔ z + z² p(z), so that the logarithm is 2s + s w
  const third = product(b, z.high, b.constant(TWO_THIRDS[0]));
  const thirdLow = b.madd(z.high, b.constant(TWO_THIRDS[1]), b.multiply(zLow, b.constant(TWO_THIRDS[0])));
  const tail = b.multiply(b.multiply(z.high, z.high), b.polynomial(z.high, FLOAT64.LOG_REST));
  const w = sum(b, third.high, tail);
  const wLow = b.add(w.low, b.add(third.low, thirdLow));
  const sw = product(b, s, w.high);
  const swLow = b.add(sw.low, b.madd(s, wLow, b.multiply(sLow, w.high)));
  const head = sum(b, b.multiply(k, b.constant(LN2.float64.high)), b.add(s, s));
  const most = sum(b, head.high, sw.high);
  const low = b.add(
    b.add(head.low, most.low),
    b.madd(k, b.constant(LN2.float64.low), b.add(b.add(sLow, sLow), swLow)),
  );
  return sum(b, most.high, low);
}
