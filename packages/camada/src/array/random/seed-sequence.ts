/*
 * How NumPy spreads a seed over a generator's state: O'Neill's seed_seq_fe ("C++ Seeding Surprises", 2015)
 * as numpy.random.SeedSequence has it, with a pool of four words.
 */

const POOL = 4;

/** The words of 32 bits that make up a seed, lowest first; each number of a list gives its own. */
export function seedWords(seed: number | bigint | readonly (number | bigint)[]): number[] {
  if (typeof seed === "object") return seed.flatMap((part) => seedWords(part));
  const words: number[] = [];
  let rest = BigInt(seed);
  do {
    words.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return words;
}

/** `count` well mixed words of 32 bits from a seed's words. */
export function seedState(words: readonly number[], count: number): Uint32Array {
  let multiplier = 0x43b0d7e5;
  const hash = (word: number): number => {
    const mixed = word ^ multiplier;
    multiplier = Math.imul(multiplier, 0x931e8875);
    const product = Math.imul(mixed, multiplier);
    return product ^ (product >>> 16);
  };
  const mix = (a: number, b: number): number => {
    const mixed = (Math.imul(0xca01f9dd, a) - Math.imul(0x4973f715, b)) | 0;
    return mixed ^ (mixed >>> 16);
  };

  const pool = Array.from({ length: POOL }, (_, i) => hash(words[i] ?? 0));
  for (let from = 0; from < POOL; from++) {
    for (let to = 0; to < POOL; to++) if (from !== to) pool[to] = mix(pool[to]!, hash(pool[from]!));
  }
  for (const word of words.slice(POOL)) {
    for (let to = 0; to < POOL; to++) pool[to] = mix(pool[to]!, hash(word));
  }

  const state = new Uint32Array(count);
  let factor = 0x8b51f9dd;
  for (let i = 0; i < count; i++) {
    const mixed = pool[i % POOL]! ^ factor;
    factor = Math.imul(factor, 0x58f38ded);
    const product = Math.imul(mixed, factor);
    state[i] = product ^ (product >>> 16);
  }
  return state;
}
