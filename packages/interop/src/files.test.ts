import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arange, type NDArray } from "camada";
import { afterAll, describe, expect, it } from "vitest";
import { itRefuses, refusedFile } from "../../../tests/refusedFile.js";
import { readNpy, writeNpy } from "./index.js";
import { fromFile, toFile } from "./node.js";

const folder = mkdtempSync(join(tmpdir(), "camada-files-"));
const path = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const a = arange(3) as NDArray;

describe("a file", () => {
  it("is written, and read again", () => {
    toFile(path("a.npy"), writeNpy(a));
    expect(fromFile(path("a.npy"), readNpy)).toEqual(a);
    toFile(path("a.npy"), Uint8Array.of(1));
    expect([...readFileSync(path("a.npy"))]).toEqual([1]);
    expect(readdirSync(folder)).toEqual(["a.npy"]);
  });

  it("is as it was, and nothing is left beside it, where writing fails", () => {
    writeFileSync(path("kept"), "old");
    const before = readdirSync(folder);
    // what cannot be written is found out while writing
    expect(refusedFile(() => toFile(path("kept"), 5 as never)).code).toBe("file.write");
    mkdirSync(path("taken"));
    writeFileSync(path("taken/inside"), "");
    expect(refusedFile(() => toFile(path("taken"), Uint8Array.of(1))).code).toBe("file.write");
    expect(readFileSync(path("kept"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual([...before, "taken"].sort());
  });

  it("is named where its reader refuses it", () => {
    writeFileSync(path("not.npy"), "<html>");
    const { code, message } = refusedFile(() => fromFile(path("not.npy"), readNpy));
    expect(code).toBe("npy.magic");
    expect(message).toMatch(/^\/.*not\.npy: readNpy: an \.npy file begins/);
    expect(() =>
      fromFile(path("not.npy"), () => {
        throw new RangeError("its own");
      }),
    ).toThrow(RangeError);
  });

  itRefuses([
    [
      "file.read",
      "nowhere cannot be read. ENOENT",
      "não pode ser lido",
      () => fromFile(path("nowhere"), readNpy),
    ],
    [
      "file.write",
      "and is as it was",
      "e ficou como estava",
      () => toFile(path("no/where"), Uint8Array.of()),
    ],
  ]);
});
