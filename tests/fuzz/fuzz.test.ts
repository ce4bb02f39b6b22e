/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { InteropError } from "@camada/interop";
import { describe, expect, it } from "vitest";
import { fileOf, fuzz } from "./fuzz.js";
import { PARSERS, type Parser } from "./parsers.js";

/** A run of every reader that is short enough for each day; `npm run fuzz` makes long ones. */
const RUNS = 300;

it("no reader fails on changed files, but refuses them", () => {
  const root = join(import.meta.dirname, "../..");
  const args = ["--import", "tsx", "--conditions=camada-source", "tests/fuzz/run.ts", "--runs", String(RUNS)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  const said = [...stdout.matchAll(/^(\w+): (\d+) read, (\d+) refused/gm)];
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
    const { run, reason, bytes } = failures[0]!;
    expect(reason).toContain("its own fault");
    const file = fileOf({ seeds, read: () => {} }, 3, run);
    expect(Buffer.from(bytes, "base64")).toEqual(Buffer.from(file));
    expect(file[0]).not.toBe(0);
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
