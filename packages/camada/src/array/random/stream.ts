import type { Bits } from "./bits.js";
import { masked } from "./bounded.js";

/** Positions: int32 wherever they fit. */
export type Indices = Int32Array | Float64Array;

/** What tells one stream of random numbers from another; all that is drawn is drawn from these. */
export interface Stream {
  readonly bits: Bits;
  /** Fills with deviates of mean 0 and standard deviation 1. */
  fillNormal(out: Float64Array): void;
  /** Fills with deviates of mean 1. */
  fillExponential(out: Float64Array): void;
  /** A whole number in [0, max]; draws nothing where `max` is 0. */
  integer(max: number): number;
  /** `count` different numbers in [0, population), in random order. */
  distinct(population: number, count: number): Indices;
}

/** Whole numbers up to `last` fit in int32. */
export function indices(length: number, last: number): Indices {
  return last < 2 ** 31 ? new Int32Array(length) : new Float64Array(length);
}

/** Fills with multiples of 2⁻⁵³ in [0, 1). */
export function fillUniform(bits: Bits, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = bits.double();
}

/** 0 to n - 1. */
export function countUp(n: number): Indices {
  const out = indices(n, n - 1);
  for (let i = 0; i < n; i++) out[i] = i;
  return out;
}

/** Puts a list in random order, in place (Fisher and Yates), as both of NumPy's streams shuffle. */
export function shuffleList<T>(bits: Bits, list: { readonly length: number; [i: number]: T }): void {
  for (let i = list.length - 1; i > 0; i--) swap(list, i, masked(bits, i));
}

export function swap<T>(list: { [i: number]: T }, i: number, j: number): void {
  const value = list[i]!;
  list[i] = list[j]!;
  list[j] = value;
}

/** Fills with positions in `weights`, each as likely as its weight says. */
export function fillWeighted(bits: Bits, weights: Float64Array, out: Indices): void {
  const steps = cumulative(weights);
  for (let i = 0; i < out.length; i++) out[i] = firstAbove(steps, bits.double());
}

/** The same without any position twice: those found lose their weight, and the rest is drawn again. */
export function fillWeightedDistinct(bits: Bits, weights: Float64Array, out: Indices): void {
  const left = weights.slice();
  const found = new Set<number>();
  while (found.size < out.length) {
    for (const position of found) left[position] = 0;
    const steps = cumulative(left);
    const tries = new Float64Array(out.length - found.size);
    fillUniform(bits, tries);
    for (const x of tries) found.add(firstAbove(steps, x));
  }
  let i = 0;
  for (const position of found) out[i++] = position;
}

/** Running sums, scaled so that the last is 1. */
function cumulative(weights: Float64Array): Float64Array {
  let sum = 0;
  const sums = weights.map((weight) => {
    sum += weight;
    return sum;
  });
  return sums.map((value) => value / sum);
}

/** The position of the first of the ascending `steps` that is above x. */
function firstAbove(steps: Float64Array, x: number): number {
  let from = 0;
  let to = steps.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (steps[middle]! <= x) from = middle + 1;
    else to = middle;
  }
  return from;
}
