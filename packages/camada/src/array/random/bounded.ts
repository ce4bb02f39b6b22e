import { type Bits, multiplyHigh } from "./bits.js";

/*
 * Whole numbers in [0, max], each as likely as the other, in the two ways that NumPy draws them: by masking
 * and rejecting (the legacy streams, and every shuffle) and by Lemire's multiplication (Generator). Both
 * take 32 bits a try where `max` fits in 32 bits and 64 where it does not, and none where `max` is 0.
 */

const WORD = 2 ** 32;
const MAX_WORD = WORD - 1;

/** All ones up to the highest bit of a 32-bit number. */
function maskOf(max: number): number {
  return max === 0 ? 0 : MAX_WORD >>> Math.clz32(max);
}

/** As NumPy's legacy `randint` and `random_interval`: random bits, masked, until they are at most `max`. */
export function masked(bits: Bits, max: number): number {
  if (max === 0) return 0;
  if (max <= MAX_WORD) {
    const mask = maskOf(max);
    for (;;) {
      const value = (bits.uint32() & mask) >>> 0;
      if (value <= max) return value;
    }
  }
  const mask = maskOf(Math.floor(max / WORD));
  for (;;) {
    bits.uint64();
    const value = ((bits.high & mask) >>> 0) * WORD + bits.low;
    if (value <= max) return value;
  }
}

/**
 * As NumPy's `Generator.integers`: the upper half of random bits times max + 1, where the lower half
 * rejects the few that would make some values likelier (Lemire, "Fast random integer generation in an
 * interval", 2019).
 */
export function multiplied(bits: Bits, max: number): number {
  if (max === 0) return 0;
  if (max === MAX_WORD) return bits.uint32();
  return max < MAX_WORD ? multiplied32(bits, max + 1) : multiplied64(bits, max + 1);
}

function multiplied32(bits: Bits, count: number): number {
  let word = bits.uint32();
  let rest = Math.imul(word, count) >>> 0;
  if (rest < count) {
    const threshold = (WORD - count) % count;
    while (rest < threshold) {
      word = bits.uint32();
      rest = Math.imul(word, count) >>> 0;
    }
  }
  return multiplyHigh(word, count);
}

/** `count` up to 2⁵³, a word and up to 21 bits: the product of two numbers of two words each. */
function multiplied64(bits: Bits, count: number): number {
  const countHigh = Math.floor(count / WORD);
  const countLow = count >>> 0;
  let threshold: number | undefined;
  for (;;) {
    bits.uint64();
    const { high, low } = bits;
    const middle =
      multiplyHigh(low, countLow) + (Math.imul(low, countHigh) >>> 0) + (Math.imul(high, countLow) >>> 0);
    const value =
      multiplyHigh(high, countHigh) * WORD +
      (Math.imul(high, countHigh) >>> 0) +
      multiplyHigh(low, countHigh) +
      multiplyHigh(high, countLow) +
      Math.floor(middle / WORD);
    // The lower 64 bits, rounded to a double, decide nothing unless they are near or below `count`.
    const restHigh = middle >>> 0;
    const restLow = Math.imul(low, countLow) >>> 0;
    if (restHigh > countHigh) return value;
    const rest = restHigh * WORD + restLow;
    if (rest >= count) return value;
    threshold ??= Number((2n ** 64n - BigInt(count)) % BigInt(count));
    if (rest >= threshold) return value;
  }
}
