import { describe, expect, it } from "vitest";
import { ATTEMPTS } from "./attacks.js";
import { isRefusal, PARSERS } from "./parsers.js";

/** The longest that one file may take, in milliseconds, and the most that it may leave allocated, in MiB. */
const MAX_MS = 5000;
const MAX_MIB = 64;

/** What becomes of bytes, within bounds: read, or refused by a code; anything else is thrown. */
async function outcome(reader: string, bytes: Uint8Array): Promise<"read" | "refused"> {
  const [allocated, before] = [process.memoryUsage().arrayBuffers, performance.now()];
  try {
    await PARSERS[reader]!.read(bytes);
    return "read";
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return "refused";
  } finally {
    expect(performance.now() - before).toBeLessThan(MAX_MS);
    expect((process.memoryUsage().arrayBuffers - allocated) / 2 ** 20).toBeLessThan(MAX_MIB);
  }
}

describe("a file made to do harm is refused with words, soon and in little memory", () => {
  it.each(ATTEMPTS)("$reader: $what ($attack)", { timeout: 30_000 }, async ({ reader, bytes }) => {
    expect(await outcome(reader, bytes)).toBe("refused");
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("of every reader", () => {
    expect([...new Set(ATTEMPTS.map(({ reader }) => reader))].sort()).toEqual(Object.keys(PARSERS).sort());
  });
});

/** How many beginnings of each file are tried: all of a short one. */
const CUTS = 150;

describe("a file that is cut off", () => {
  // text has no end of its own
  const readers = Object.entries(PARSERS).filter(([name]) => name !== "csv");

  it.each(readers)("is refused wherever it ends: %s", { timeout: 120_000 }, async (name, { seeds }) => {
    for (const seed of seeds) {
      // without the end of its last line a text is whole
      const length = seed.length - Number(seed.at(-1) === 0x0a);
      for (let at = 0; at < length; at += Math.max(1, length / CUTS)) {
        expect(await outcome(name, seed.subarray(0, Math.floor(at)))).toBe("refused");
      }
    }
  });
});
