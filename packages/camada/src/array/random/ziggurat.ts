import type { Bits } from "./bits.js";
import { EXPONENTIAL_WIDTHS, NORMAL_WIDTHS } from "./ziggurat-tables.js";

/*
 * Normal and exponential deviates as NumPy's Generator draws them: Marsaglia and Tsang's ziggurat ("The
 * ziggurat method for generating random variables", 2000) with 256 strips of equal area under the curve.
 */

/** Where the tail of the normal strips begins, and that of the exponential ones. */
const NORMAL_TAIL = 3.654152885361009;
const INVERSE_NORMAL_TAIL = 0.2736612373297583;
const EXPONENTIAL_TAIL = 7.69711747013105;

/** What a ziggurat needs of each strip. */
interface Strips {
  readonly widths: Float64Array;
  /** Below this, of the strip's `scale` steps, a point lies under the curve whatever its height. */
  readonly sure: Float64Array;
  /** The curve's height at the strip's right edge. */
  readonly heights: Float64Array;
}

function makeStrips(widths: readonly number[], scale: number, curve: (x: number) => number): Strips {
  const edge = (i: number) => widths[i]! * scale;
  return {
    widths: Float64Array.from(widths),
    sure: Float64Array.from(widths, (_, i) => {
      if (i === 1) return 0;
      return Math.floor((edge(i === 0 ? 255 : i - 1) / edge(i)) * scale);
    }),
    heights: Float64Array.from(widths, (_, i) => (i === 0 ? 1 : curve(edge(i)))),
  };
}

let normalStrips: Strips | undefined;
let exponentialStrips: Strips | undefined;

/** Fills `out` with deviates of mean 0 and standard deviation 1. */
export function fillZigguratNormal(bits: Bits, out: Float64Array): void {
  normalStrips ??= makeStrips(NORMAL_WIDTHS, 2 ** 52, (x) => Math.exp(-0.5 * x * x));
  for (let i = 0; i < out.length; i++) out[i] = normal(bits, normalStrips);
}

/** Fills `out` with deviates of mean 1. */
export function fillZigguratExponential(bits: Bits, out: Float64Array): void {
  exponentialStrips ??= makeStrips(EXPONENTIAL_WIDTHS, 2 ** 53, (x) => Math.exp(-x));
  for (let i = 0; i < out.length; i++) out[i] = exponential(bits, exponentialStrips);
}

/** Of 64 bits the lowest 8 choose the strip, the next one the sign, the next 52 the place in the strip. */
function normal(bits: Bits, { widths, sure, heights }: Strips): number {
  for (;;) {
    bits.uint64();
    const { high, low } = bits;
    const strip = low & 0xff;
    const place = (high & 0x1fffffff) * 2 ** 23 + (low >>> 9);
    const size = place * widths[strip]!;
    const x = low & 0x100 ? -size : size;
    if (place < sure[strip]!) return x;
    if (strip === 0) {
      const beyond = NORMAL_TAIL + normalTail(bits);
      return low & 0x20000 ? -beyond : beyond;
    }
    if (isUnder(bits, heights, strip, Math.exp(-0.5 * x * x))) return x;
  }
}

/** How far beyond `NORMAL_TAIL` (Marsaglia, 1964). */
function normalTail(bits: Bits): number {
  for (;;) {
    const x = -INVERSE_NORMAL_TAIL * Math.log1p(-bits.double());
    const y = -Math.log1p(-bits.double());
    if (y + y > x * x) return x;
  }
}

/** Of 64 bits the lowest 3 are unused, the next 8 choose the strip, the next 53 the place in the strip. */
function exponential(bits: Bits, { widths, sure, heights }: Strips): number {
  for (;;) {
    bits.uint64();
    const { high, low } = bits;
    const strip = (low >>> 3) & 0xff;
    const place = high * 2 ** 21 + (low >>> 11);
    const x = place * widths[strip]!;
    if (place < sure[strip]!) return x;
    if (strip === 0) return EXPONENTIAL_TAIL - Math.log1p(-bits.double());
    if (isUnder(bits, heights, strip, Math.exp(-x))) return x;
  }
}

/** Whether a random height within the strip lies under the curve, which is `height` high there. */
function isUnder(bits: Bits, heights: Float64Array, strip: number, height: number): boolean {
  return (heights[strip - 1]! - heights[strip]!) * bits.double() + heights[strip]! < height;
}
