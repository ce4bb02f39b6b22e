/**
 * Threefry-2x32 with 20 rounds: random bits that follow from a key and a counter alone, so that any of them
 * can be had in any order (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
 * SC 2011).
 */

/** By how many bits words are turned, in the rounds of an even and of an odd group. */
export const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;
/** Skein's parity constant, 32 bits wide. */
export const PARITY = 0x1bd11bda;

/** Fills `out` from `at` on with the two words of bits for a key and a counter. */
export function threefry(
  out: Int32Array | Uint32Array,
  at: number,
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
): void {
  const key2 = key0 ^ key1 ^ PARITY;
  let x = (counter0 + key0) | 0;
  let y = (counter1 + key1) | 0;
  for (let group = 0; group < 5; group++) {
    const rotations = ROTATIONS[(group & 1) as 0 | 1];
    for (let i = 0; i < 4; i++) {
      const r = rotations[i as 0 | 1 | 2 | 3];
      x = (x + y) | 0;
      y = ((y << r) | (y >>> (32 - r))) ^ x;
    }
    // keys are taken in turns, and the number of the group is added to the second
    const turn = (group + 1) % 3;
    x = (x + (turn === 0 ? key0 : turn === 1 ? key1 : key2)) | 0;
    y = (y + (turn === 0 ? key1 : turn === 1 ? key2 : key0) + group + 1) | 0;
  }
  out[at] = x;
  out[at + 1] = y;
}
