import type { Bits } from "./bits.js";

const LENGTH = 624;
const MIDDLE = 397;

/** The state of an MT19937 generator: plain data, so that it can be saved as JSON. */
export interface MT19937State {
  readonly key: readonly number[];
  readonly position: number;
}

/**
 * The Mersenne Twister of Matsumoto and Nishimura (1998, seeding of 2002), as NumPy's legacy streams use it:
 * `np.random.seed(n)`.
 */
export class MT19937 implements Bits {
  private readonly key = new Uint32Array(LENGTH);
  private position = LENGTH;
  high = 0;
  low = 0;

  /** `seed`: a whole number below 2³², or a list of such that is not empty (checked by the caller). */
  constructor(seed: number | readonly number[]) {
    if (typeof seed === "number") this.seedByNumber(seed);
    else this.seedByList(seed);
  }

  private seedByNumber(seed: number): void {
    const { key } = this;
    key[0] = seed;
    for (let i = 1; i < LENGTH; i++) {
      const last = key[i - 1]!;
      key[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i;
    }
  }

  private seedByList(seeds: readonly number[]): void {
    this.seedByNumber(19650218);
    const { key } = this;
    let i = 1;
    const next = () => {
      i++;
      if (i < LENGTH) return;
      key[0] = key[LENGTH - 1]!;
      i = 1;
    };
    for (let n = 0; n < Math.max(LENGTH, seeds.length); n++) {
      const j = n % seeds.length;
      const last = key[i - 1]!;
      key[i] = (key[i]! ^ Math.imul(last ^ (last >>> 30), 1664525)) + seeds[j]! + j;
      next();
    }
    for (let n = 1; n < LENGTH; n++) {
      const last = key[i - 1]!;
      key[i] = (key[i]! ^ Math.imul(last ^ (last >>> 30), 1566083941)) - i;
      next();
    }
    key[0] = 0x80000000;
  }

  /** Makes the next 624 words. */
  private twist(): void {
    const { key } = this;
    for (let i = 0; i < LENGTH; i++) {
      const mixed = (key[i]! & 0x80000000) | (key[i + 1 < LENGTH ? i + 1 : 0]! & 0x7fffffff);
      const far = i + MIDDLE < LENGTH ? i + MIDDLE : i + MIDDLE - LENGTH;
      key[i] = key[far]! ^ (mixed >>> 1) ^ (-(mixed & 1) & 0x9908b0df);
    }
    this.position = 0;
  }

  uint32(): number {
    if (this.position === LENGTH) this.twist();
    let y = this.key[this.position++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  uint64(): void {
    this.high = this.uint32();
    this.low = this.uint32();
  }

  double(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  getState(): MT19937State {
    return { key: Array.from(this.key), position: this.position };
  }

  setState(state: MT19937State): void {
    this.key.set(state.key);
    this.position = state.position;
  }
}

/** Whether a value, from a file perhaps, is a state that the generator can have. */
export function isMT19937State(state: Partial<MT19937State>): state is MT19937State {
  const { key, position } = state;
  return (
    Array.isArray(key) &&
    key.length === LENGTH &&
    key.every((word) => word === word >>> 0) &&
    Number.isInteger(position) &&
    position! >= 0 &&
    position! <= LENGTH
  );
}
