/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { InteropError } from "@camada/interop";
import { describe, expect, it } from "vitest";
import { coverage } from "./coverage.js";
import { fuzz } from "./fuzz.js";
import { PARSERS, type Parser } from "./parsers.js";

/** A run of every reader that is short enough for each day; `npm run fuzz` makes long ones. */
const RUNS = 300;

it("no reader fails on changed files, but refuses them", () => {
  const root = join(import.meta.dirname, "../..");
  const args = ["--import", "tsx", "--conditions=camada-source", "tests/fuzz/run.ts", "--runs", String(RUNS)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  const said = [...stdout.matchAll(/^(\w+): (\d+) read, (\d+) refused, \d+ to \d+ ways/gm)];
  expect(said.map(([, name]) => name)).toEqual(Object.keys(PARSERS));
  for (const [, name, read, refused] of said) {
    expect(Number(read) + Number(refused), name).toBe(RUNS);
    expect(Number(refused), name).toBeGreaterThan(RUNS / 4);
  }
}, 300_000);

describe("it would notice", () => {
  const seeds = [Uint8Array.from({ length: 40 }, (_, i) => i)];
  const against = (read: Parser["read"]) => fuzz({ seeds, read }, 200, 3);

  it("an error without a code, with the file that it is thrown for", async () => {
    const { failures } = await against((bytes) => {
      if (bytes[0] !== 0) throw new TypeError("its own fault");
    });
    expect(failures).toHaveLength(5);
    for (const { reason, bytes } of failures) {
      expect(reason).toContain("its own fault");
      expect(Buffer.from(bytes, "base64")[0]).not.toBe(0);
    }
  });

  it("memory that a file takes", async () => {
    const held: ArrayBuffer[] = [];
    const { failures } = await against((bytes) => {
      if (bytes[0] !== 0) held.push(new ArrayBuffer(80 * 2 ** 20));
    });
    expect(failures[0]!.reason).toBe("80 MiB were left allocated");
  });

  it("a way through a function that was not gone before, and none that was", () => {
    const stairs = (bytes: Uint8Array) => {
      if (bytes[3]! > 127) return bytes[12]! > 127 ? "up" : "between";
      return "down";
    };
    const covered = coverage();
    const known = new Set<string>();
    /** Whether there is a way that there was not, of the same calls: only `stairs` differs. */
    const goes = (...values: readonly number[]) => {
      const bytes = new Uint8Array(16);
      [bytes[3], bytes[12]] = values as [number, number];
      stairs(bytes);
      const ways = [...covered.taken()];
      const isNew = ways.some((way) => !known.has(way));
      for (const way of ways) known.add(way);
      return isNew;
    };
    goes(0, 0);
    goes(0, 0);
    expect([goes(0, 1), goes(200, 0), goes(200, 1), goes(200, 200), goes(0, 2), goes(255, 255)]).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
    ]);
    covered.end();
  });

  it("how many are read and refused", async () => {
    const { read, refused, failures } = await against((bytes) => {
      if (bytes[0] !== 0) throw new InteropError("idx.bool");
    });
    expect(failures).toEqual([]);
    expect([read + refused, Math.min(read, refused) > 5]).toEqual([200, true]);
  });

  it("a valid file that is refused", async () => {
    const refusing = against(() => {
      throw new InteropError("idx.bool");
    });
    await expect(refusing).rejects.toThrow(InteropError);
  });
});
