import { type Bits, multiplyHigh } from "./bits.js";
import { seedState, seedWords } from "./seed-sequence.js";

/** The state of a PCG64 generator: plain data, so that it can be saved as JSON. */
export interface PCG64State {
  /** 128 bits as four words, lowest first. */
  readonly state: readonly number[];
  /** The same for the constant that each step adds. */
  readonly increment: readonly number[];
  /** The half of a 64-bit word that is still to be given out as a 32-bit word. */
  readonly half: number | null;
}

// The multiplier 0x2360ed051fc65da44385df649fccf645 in words.
const M0 = 0x9fccf645;
const M1 = 0x4385df64;
const M2 = 0x1fc65da4;
const M3 = 0x2360ed05;

const WORD = 2 ** 32;
const PER_WORD = 2 ** -32;

/**
 * O'Neill's PCG64 (XSL-RR 128/64, 2014), the bit generator of `np.random.default_rng(seed)`: a linear
 * congruential generator of 128 bits whose halves are combined and rotated.
 */
export class PCG64 implements Bits {
  private readonly state = new Uint32Array(4);
  private readonly increment = new Uint32Array(4);
  /** The half of a word that is still to be given out; -1 if there is none, as engines keep numbers in place. */
  private half = -1;
  high = 0;
  low = 0;

  /** `seed`: a whole number that is not negative, of any size, or a list of such (checked by the caller). */
  constructor(seed: number | bigint | readonly (number | bigint)[]) {
    const words = seedState(seedWords(seed), 8);
    // The sequence's number, doubled and made odd: which of the 2¹²⁷ streams.
    const [w0, w1, w2, w3] = [words[6]!, words[7]!, words[4]!, words[5]!];
    this.increment.set([
      (w0 << 1) | 1,
      (w1 << 1) | (w0 >>> 31),
      (w2 << 1) | (w1 >>> 31),
      (w3 << 1) | (w2 >>> 31),
    ]);
    this.step();
    this.add(words[2]!, words[3]!, words[0]!, words[1]!);
    this.step();
  }

  private add(a0: number, a1: number, a2: number, a3: number): void {
    const { state } = this;
    const t0 = state[0]! + a0;
    const t1 = state[1]! + a1 + (t0 >= WORD ? 1 : 0);
    const t2 = state[2]! + a2 + (t1 >= WORD ? 1 : 0);
    state[0] = t0;
    state[1] = t1;
    state[2] = t2;
    state[3] = state[3]! + a3 + (t2 >= WORD ? 1 : 0);
  }

  /** state · multiplier + increment, modulo 2¹²⁸: the product word by word, carries as whole numbers. */
  private step(): void {
    const { state, increment } = this;
    const s0 = state[0]!;
    const s1 = state[1]!;
    const s2 = state[2]!;
    const t0 = (Math.imul(s0, M0) >>> 0) + increment[0]!;
    const t1 =
      multiplyHigh(s0, M0) +
      (Math.imul(s0, M1) >>> 0) +
      (Math.imul(s1, M0) >>> 0) +
      increment[1]! +
      Math.floor(t0 * PER_WORD);
    const t2 =
      multiplyHigh(s0, M1) +
      multiplyHigh(s1, M0) +
      (Math.imul(s0, M2) >>> 0) +
      (Math.imul(s1, M1) >>> 0) +
      (Math.imul(s2, M0) >>> 0) +
      increment[2]! +
      Math.floor(t1 * PER_WORD);
    const low3 =
      Math.imul(s0, M3) + Math.imul(s1, M2) + Math.imul(s2, M1) + Math.imul(state[3]!, M0) + increment[3]!;
    state[0] = t0;
    state[1] = t1;
    state[2] = t2;
    state[3] =
      multiplyHigh(s0, M2) + multiplyHigh(s1, M1) + multiplyHigh(s2, M0) + low3 + Math.floor(t2 * PER_WORD);
  }

  uint64(): void {
    this.step();
    const { state } = this;
    const by = state[3]! >>> 26;
    const high = state[3]! ^ state[1]!;
    const low = state[2]! ^ state[0]!;
    // Rotated right by `by`: halves change places at 32, and a shift by 32 - 0 must give nothing.
    const upper = by < 32 ? high : low;
    const lower = by < 32 ? low : high;
    const back = 31 - (by & 31);
    this.high = ((upper >>> by) | ((lower << 1) << back)) >>> 0;
    this.low = ((lower >>> by) | ((upper << 1) << back)) >>> 0;
  }

  uint32(): number {
    const { half } = this;
    if (half >= 0) {
      this.half = -1;
      return half;
    }
    this.uint64();
    this.half = this.high;
    return this.low;
  }

  double(): number {
    this.uint64();
    return (this.high * 2097152 + (this.low >>> 11)) / 9007199254740992;
  }

  getState(): PCG64State {
    return { state: [...this.state], increment: [...this.increment], half: this.half < 0 ? null : this.half };
  }

  setState({ state, increment, half }: PCG64State): void {
    this.state.set(state);
    this.increment.set(increment);
    this.half = half ?? -1;
  }
}

/** Whether a value, from a file perhaps, is a state that the generator can have. */
export function isPCG64State({ state, increment, half }: Partial<PCG64State>): boolean {
  const isWord = (word: unknown) => typeof word === "number" && word === word >>> 0;
  const isWords = (words: unknown) => Array.isArray(words) && words.length === 4 && words.every(isWord);
  return (
    isWords(state) && isWords(increment) && (increment?.[0] ?? 0) % 2 === 1 && (half === null || isWord(half))
  );
}
