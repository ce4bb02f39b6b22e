import { describe, expect, it } from "vitest";
import { threefry } from "./threefry.js";

/** Known answers of the authors' library Random123 (kat_vectors: threefry2x32, 20 rounds). */
const KNOWN = [
  { key: [0, 0], counter: [0, 0], bits: [0x6b200159, 0x99ba4efe] },
  { key: [-1, -1], counter: [-1, -1], bits: [0x1cb996fc, 0xbb002be7] },
  { key: [0x13198a2e, 0x03707344], counter: [0x243f6a88, 0x85a308d3], bits: [0xc4923a9c, 0x483df7a0] },
] as const;

describe("threefry", () => {
  it.each(KNOWN)("gives the authors' bits for $key and $counter", ({ key, counter, bits }) => {
    const out = new Uint32Array(2);
    threefry(out, 0, key[0], key[1], counter[0], counter[1]);
    expect([...out]).toEqual(bits);
  });
});
