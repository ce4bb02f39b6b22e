import { INVERSE, LN2_HIGH, LN2_LOW, LOG_OF_CENTER, POLYNOMIAL, POLYNOMIAL_NEAR_ONE } from "./log-tables.js";

/*
 * The logarithm that NumPy's random streams were made with, bit for bit. `Math.log` may differ from the C
 * library's by one in the last digit (V8's does for 7 of 100 values), and so would 3 of 100 normal deviates.
 * This one follows the algorithm of Arm's optimized routines (log.c, MIT), as the C
 * library of Linux runs it on a processor with fused multiply-add (FMA), here in plain doubles.
 */

/** 2²⁷ + 1: splits a double into two halves of 26 bits (Veltkamp). */
const SPLITTER = 134217729;

/** a·b + c, rounded once: product and sum exactly, as two doubles each (Dekker, Knuth). */
function fma(a: number, b: number, c: number): number {
  const product = a * b;
  const ta = SPLITTER * a;
  const aHigh = ta - (ta - a);
  const aLow = a - aHigh;
  const tb = SPLITTER * b;
  const bHigh = tb - (tb - b);
  const bLow = b - bHigh;
  const productError = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  const sum = product + c;
  const part = sum - product;
  const sumError = product - (sum - part) + (c - part);
  return sum + (sumError + productError);
}

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** The bits of 0.6875: intervals count from there. */
const OFFSET = 0x3fe60000;

/**
 * The natural logarithm of a positive, finite, normal double; at most 0.52 units in the last place off.
 *
 * log x = k ln 2 + log c + log(1 + r), where x = 2ᵏ z, c is a tabulated point near z and r = z/c - 1.
 */
export function log(x: number): number {
  if (x >= 0.9375 && x < 1.064697265625) return logNearOne(x);
  double[0] = x;
  const high = words[1]!;
  const shifted = (high - OFFSET) | 0;
  const i = (shifted >>> 13) & 127;
  const k = shifted >> 20;
  words[1] = high - (shifted & 0xfff00000);
  const r = fma(double[0]!, INVERSE[i]!, -1);
  const rough = k * LN2_HIGH + LOG_OF_CENTER[i]!;
  const sum = rough + r;
  const rest = rough - sum + r;

  // What is added to `sum` last decides how it rounds. Plain arithmetic settles all but one in a thousand.
  const r2 = r * r;
  const [a0, a1, a2, a3, a4] = POLYNOMIAL as readonly [number, number, number, number, number];
  const small = rest + k * LN2_LOW + r2 * a0 + r * r2 * (a1 + r * a2 + r2 * (a3 + r * a4));
  const doubt = (Math.abs(rest) + r2) * 2 ** -50;
  const y = sum + (small - doubt);
  if (y === sum + (small + doubt)) return y;
  const polynomial = fma(r2, fma(r, a4, a3), fma(r, a2, a1));
  return sum + fma(r * r2, polynomial, fma(r2, a0, fma(k, LN2_LOW, rest)));
}

/** Near one the terms cancel: no table, but a longer polynomial and the first terms in two parts. */
function logNearOne(x: number): number {
  if (x === 1) return 0;
  const b = POLYNOMIAL_NEAR_ONE;
  const r = x - 1;
  const r2 = r * r;
  const r3 = r * r2;
  let polynomial = fma(r3, b[10]!, fma(r2, b[9]!, fma(r, b[8]!, b[7]!)));
  polynomial = fma(r3, polynomial, fma(r2, b[6]!, fma(r, b[5]!, b[4]!)));
  polynomial = fma(r3, polynomial, fma(r2, b[3]!, fma(r, b[2]!, b[1]!)));
  const shift = r * 2 ** 27;
  const rHigh = r + shift - shift;
  const rLow = r - rHigh;
  const square = rHigh * rHigh * b[0]!;
  const sum = r + square;
  const rest = fma(b[0]! * rLow, rHigh + r, r - sum + square);
  return fma(r3, polynomial, rest) + sum;
}
