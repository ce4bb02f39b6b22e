/** A source of random bits: what a bit generator has, and all that the distributions need. */
export interface Bits {
  /** 32 bits, as a whole number. */
  uint32(): number;
  /** 64 bits: sets `high` and `low`. */
  uint64(): void;
  /** The upper 32 of the last 64 bits. */
  readonly high: number;
  /** The lower 32 of the last 64 bits. */
  readonly low: number;
  /** A multiple of 2⁻⁵³ in [0, 1). */
  double(): number;
}

const PER_HALF = 2 ** -16;

/** The upper 32 bits of the 64-bit product of two 32-bit numbers; `Math.imul` gives the lower ones. */
export function multiplyHigh(a: number, b: number): number {
  const low = Math.floor(a * (b & 0xffff) * PER_HALF);
  return Math.floor((a * (b >>> 16) + low) * PER_HALF);
}

/** `count` words of 32 bits that nobody can foretell. */
export function entropy(count: number): number[] {
  type Crypto = { getRandomValues(words: Uint32Array): Uint32Array };
  const { crypto } = globalThis as unknown as { crypto: Crypto };
  return Array.from(crypto.getRandomValues(new Uint32Array(count)));
}
