import type { WasmLanes } from "../lanes.js";
import { FLOAT32, FLOAT64 } from "./coefficients.js";
import { LN2 } from "./constants.js";

/** The bits of √½ and of 1, and where the exponent begins. */
const FORMATS = {
  float32: { bits: 23, bias: 127, root: 0x3f3504f3n, one: 0x3f800000n, fraction: 0x007fffffn },
  float64: {
    bits: 52,
    bias: 1023,
    root: 0x3fe6a09e667f3bcdn,
    one: 0x3ff0000000000000n,
    fraction: 0x000fffffffffffffn,
  },
} as const;

/** x = 2^k m with m from √½ to √2, for x above 0 and not infinite; k is a float. */
export function split(b: WasmLanes, x: number): { k: number; m: number } {
  const { bits, bias, root, one, fraction } = b.dtype === "float32" ? FORMATS.float32 : FORMATS.float64;
  // numbers below the least normal one have no exponent of their own
  const subnormal = b.less(x, b.constant(2 ** (1 - bias)));
  const normal = b.select(subnormal, b.multiply(x, b.constant(2 ** bits)), x);
  const shifted = b.addBits(normal, b.bits(one - root));
  const m = b.addBits(b.and(shifted, b.bits(fraction)), b.bits(root));
  // a whole number in the last bits of 2^bits is that much more
  const exponent = b.or(b.shiftRight(shifted, bits), b.constant(2 ** bits));
  const excess = b.select(subnormal, b.constant(2 ** bits + bias + bits), b.constant(2 ** bits + bias));
  return { k: b.subtract(exponent, excess), m };
}

/** k ln 2 + log m, by log(1 + f) = f - f²/2 + f³ p(f), as in Cephes's logf. */
function single(b: WasmLanes, k: number, m: number): number {
  const f = b.subtract(m, b.constant(1));
  const square = b.multiply(f, f);
  let rest = b.multiply(b.polynomial(f, FLOAT32.LOG), b.multiply(square, f));
  rest = b.madd(k, b.constant(LN2.float32.low), rest);
  rest = b.nmadd(b.constant(0.5), square, rest);
  return b.madd(k, b.constant(LN2.float32.high), b.add(f, rest));
}

/**
 * k ln 2 + log m, by log(1 + f) = log((1 + s) / (1 - s)) with s = f / (2 + f), in the order that fdlibm's e_log.c
 * has found, which keeps the first bits of f out of all roundings.
 */
function double(b: WasmLanes, k: number, m: number): number {
  const f = b.subtract(m, b.constant(1));
  const s = b.divide(f, b.add(f, b.constant(2)));
  const z = b.multiply(s, s);
  const halfSquare = b.multiply(b.constant(0.5), b.multiply(f, f));
  const rest = b.madd(z, b.polynomial(z, FLOAT64.LOG), halfSquare);
  const low = b.madd(s, rest, b.multiply(k, b.constant(LN2.float64.low)));
  const correction = b.subtract(b.subtract(halfSquare, low), f);
  return b.subtract(b.multiply(k, b.constant(LN2.float64.high)), correction);
}

/** The natural logarithm: nan below 0, -infinity of 0. At most 1 ulp from the true value. */
export function log(b: WasmLanes, x: number): number {
  const { k, m } = split(b, x);
  const value = b.dtype === "float32" ? single(b, k, m) : double(b, k, m);
  const zero = b.constant(0);
  const infinity = b.constant(Infinity);
  const ordinary = b.and(b.greater(x, zero), b.less(x, infinity));
  // infinity and nan are their own
  const below = b.select(b.less(x, zero), b.constant(Number.NaN), x);
  return b.select(ordinary, value, b.select(b.equal(x, zero), b.constant(-Infinity), below));
}

/**
 * log(1 + x): what rounding took from u = 1 + x comes back as a correction, (x - (u - 1)) / u, as in fdlibm's
 * s_log1p.c. At most 2 ulp from the true value.
 */
export function log1p(b: WasmLanes, x: number): number {
  const one = b.constant(1);
  const u = b.add(one, x);
  const lost = b.select(b.less(x, one), b.subtract(x, b.subtract(u, one)), b.subtract(one, b.subtract(u, x)));
  const correction = b.divide(lost, u);
  // nan where u is 0 or infinite, and has lost nothing
  const known = b.select(b.equal(correction, correction), correction, b.constant(0));
  const near = b.less(b.abs(x), b.constant(2 ** -60)); // there it is x itself, -0 too
  return b.select(near, x, b.add(b.log(u), known));
}
