import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arange, array, configure, type NDArray, ones } from "camada";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { hasNumPy, numpy } from "../../../tests/oracle/numpy.js";
import {
  InteropError,
  type OpenedFile,
  openNpz,
  openSafetensors,
  readNpz,
  type Source,
  writeNpz,
  writeSafetensors,
} from "./index.js";

const folder = mkdtempSync(join(tmpdir(), "camada-"));
const opened: FileHandle[] = [];
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(async () => {
  configure({ lang: "en" });
  for (const file of opened.splice(0)) await file.close();
});

const ARRAYS = new Map<string, NDArray>([
  ["x", array([[1, 2], [3, 4]]) as NDArray], // biome-ignore format: a matrix
  ["__proto__", arange(40_000) as NDArray],
  ["empty", ones([0, 3]) as NDArray],
]);

async function inFile(name: string, bytes: Uint8Array): Promise<FileHandle> {
  writeFileSync(join(folder, name), bytes);
  const file = await open(join(folder, name));
  opened.push(file);
  return file;
}

/** Counts the bytes that are read, and gives at most 1000 at a time, as a file may. */
function counted(file: FileHandle): OpenedFile & { bytes: number } {
  return {
    bytes: 0,
    stat: () => file.stat(),
    async read(into, offset, length, position) {
      const result = await file.read(into, offset, Math.min(length, 1000), position);
      this.bytes += result.bytesRead;
      return result;
    },
  };
}

const FORMATS = [
  ["npz", openNpz, writeNpz(ARRAYS)],
  ["npz, compressed", openNpz, writeNpz(ARRAYS, { compress: true })],
  ["safetensors", openSafetensors, writeSafetensors(ARRAYS, { made: "here" })],
] as const;

describe.each(FORMATS)("a file that is opened: %s", (_, opens, bytes) => {
  it("gives each array when it is asked for, from a Blob and from a file", async () => {
    for (const source of [new Blob([bytes]), await inFile("file", bytes)] as Source[]) {
      const file = await opens(source);
      expect([...file.names].sort()).toEqual([...ARRAYS.keys()].sort());
      for (const [name, a] of ARRAYS) {
        const read = await file.read(name);
        expect([read.dtype, read.shape, read.data]).toEqual([a.dtype, a.shape, a.data]);
      }
    }
  });

  it("is read no further than it must be", async () => {
    const source = counted(await inFile("file", bytes));
    const file = await opens(source);
    const before = source.bytes;
    expect((await file.read("x")).toArray()).toEqual([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    expect(source.bytes - before).toBeLessThan(300);
  });

  it("is refused in both languages for what it has not, and for what is no file", async () => {
    const file = await inFile("file", bytes);
    const short: OpenedFile = { stat: async () => ({ size: bytes.length }), read: (into, offset, length, position) => file.read(into, offset, Math.min(length, 20 - position), position) }; // biome-ignore format: one line
    const large = { maxBytes: 1000 };
    const cases = [
      ["file.source", "a Blob or File", "um Blob ou File", () => opens(bytes as never)],
      ["file.name", "no array 'y'. It has: ", "não tem o array 'y'", async () => (await opens(file)).read("y")],
      ["file.part", "has only 0 of the", "só tem 0 dos", () => opens({ ...short, read: async () => ({ bytesRead: 0 }) })],
      [/file.large|zip.large/, "let maxBytes be more than 1000", "maior que 1000", async () => (await opens(file, large)).read("__proto__")],
    ] as const; // biome-ignore format: a table
    for (const [code, english, portuguese, call] of cases) {
      for (const [lang, words] of [
        ["en", english],
        ["pt-BR", portuguese],
      ] as const) {
        // biome-ignore format: one line
        configure({ lang });
        const error = await call().then(() => undefined, (thrown: unknown) => thrown); // biome-ignore format: one line
        expect(error).toBeInstanceOf(InteropError);
        expect((error as InteropError).code).toMatch(code);
        expect((error as InteropError).message).toContain(words);
      }
    }
    // the others are still there
    expect((await (await opens(file, large)).read("x")).shape).toEqual([2, 2]);
  });
});

describe("a file of more than 4 GiB", () => {
  it("of safetensors is read where its last tensor stands", { timeout: 60_000 }, async () => {
    const values = 5 * 2 ** 30;
    const header = JSON.stringify({
      big: { dtype: "F64", shape: [values / 8], data_offsets: [0, values] },
      last: { dtype: "U8", shape: [3], data_offsets: [values, values + 3] },
    });
    const start = Buffer.alloc(8);
    start.writeBigUInt64LE(BigInt(header.length));
    const path = join(folder, "large.safetensors");
    writeFileSync(path, Buffer.concat([start, Buffer.from(header)]));
    const end = 8 + header.length + values;
    await truncate(path, end + 3);
    const file = await open(path, "r+");
    opened.push(file);
    await file.write(Uint8Array.of(7, 8, 9), 0, 3, end);
    const large = await openSafetensors(file);
    expect((await large.read("last")).toArray()).toEqual([7, 8, 9]);
    await expect(large.read("big")).rejects.toMatchObject({ code: "file.large" });
  });

  // by NumPy itself, which is told to begin behind 5 GiB of nothing
  it.skipIf(!hasNumPy)("as NumPy writes one (skipped without NumPy)", { timeout: 60_000 }, async () => {
    const path = join(folder, "large.npz");
    numpy(
      `
with open(data, "wb") as file:
    file.seek(5 * 2**30)
    np.savez(file, x=np.arange(6.0).reshape(2, 3), y=np.arange(3))
`,
      path,
    );
    const file = await open(path);
    opened.push(file);
    const large = await openNpz(file);
    expect(large.names).toEqual(["x", "y"]);
    expect((await large.read("x")).toArray()).toEqual([[0, 1, 2], [3, 4, 5]]); // biome-ignore format: a matrix
    expect((await large.read("y")).dtype).toBe("int32");
    const tail = Buffer.alloc(2000);
    const { bytesRead } = await file.read(tail, 0, 2000, 5 * 2 ** 30);
    // the end alone says places that are not in it
    expect(() => readNpz(tail.subarray(0, bytesRead))).toThrowError(expect.objectContaining({ code: "zip.record" })); // biome-ignore format: one line
  });
});
