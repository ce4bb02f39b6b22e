/** Chance that follows from a seed (Tommy Ettinger's "mulberry32"): whole numbers from 0 up to, but without, n. */
export type Chance = (n: number) => number;

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

type Mutation = (bytes: number[], pick: Chance, other: Uint8Array) => void;

/** Bytes and words that readers have failed on: none, all, the edges of signs, and what text is made of. */
const BYTES = [0, 1, 0x7f, 0x80, 0xff, ...Buffer.from("0919-.,:;'\"\\/()[]{} \n\rNaeu_<")];
const WORDS = [0, 1, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
const TEXTS = [
  "__proto__",
  "constructor",
  "999999999999",
  "-1",
  "1e308",
  "[[[[[[[[",
  "{{{{{{{{",
  "\u0000",
  "null",
];

/** A place in a file: most often near an end, where headers and directories stand. */
function place(bytes: readonly number[], pick: Chance): number {
  const near = Math.min(bytes.length, 160);
  return [pick(bytes.length), pick(near), bytes.length - 1 - pick(near)][pick(3)]!;
}

const MUTATIONS: readonly Mutation[] = [
  (bytes, pick) => {
    const at = place(bytes, pick);
    bytes[at] = bytes[at]! ^ (1 << pick(8));
  },
  (bytes, pick) => {
    bytes[place(bytes, pick)] = pick(256);
  },
  (bytes, pick) => {
    bytes[place(bytes, pick)] = BYTES[pick(BYTES.length)]!;
  },
  (bytes, pick) => {
    const [at, word, bigEndian] = [place(bytes, pick), WORDS[pick(WORDS.length)]!, pick(4) === 0];
    for (let i = 0; i < 4 && at + i < bytes.length; i++) {
      bytes[at + i] = (word >>> (8 * (bigEndian ? 3 - i : i))) & 255;
    }
  },
  (bytes, pick) => {
    bytes.splice(place(bytes, pick), 0, ...Buffer.from(TEXTS[pick(TEXTS.length)]!));
  },
  (bytes, pick) => {
    bytes.splice(place(bytes, pick), 1 + pick(16));
  },
  (bytes, pick) => {
    bytes.length = place(bytes, pick);
  },
  (bytes, pick) => {
    const from = place(bytes, pick);
    bytes.splice(place(bytes, pick), 0, ...bytes.slice(from, from + 1 + pick(64)));
  },
  (bytes, pick, other) => {
    bytes.splice(place(bytes, pick), bytes.length, ...other.subarray(pick(other.length)));
  },
];

/** One of some valid files, changed in one to four places. */
export function mutated(seeds: readonly Uint8Array[], pick: Chance): Uint8Array {
  const bytes = [...seeds[pick(seeds.length)]!];
  for (let changes = 1 + pick(4); changes > 0; changes--) {
    if (bytes.length > 0) MUTATIONS[pick(MUTATIONS.length)]!(bytes, pick, seeds[pick(seeds.length)]!);
  }
  return Uint8Array.from(bytes);
}
