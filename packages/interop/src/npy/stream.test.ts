import { arange, type NDArray, zeros } from "camada";
import { describe, expect, it } from "vitest";
import { InteropError, readNpyStream, type TextStream, writeNpy } from "../index.js";

const a = arange(60_000).reshape([200, 300]) as NDArray;
const bytes = writeNpy(a);

/** A stream of bytes in chunks of a size; tells `ended` when no more is wanted. */
async function* chunks(of: Uint8Array, size: number, ended?: () => void): AsyncGenerator<Uint8Array> {
  try {
    for (let at = 0; at < of.length; at += size) yield of.subarray(at, at + size);
  } finally {
    ended?.();
  }
}

/** The code that a stream is refused by. */
const refusal = async (stream: TextStream, maxBytes?: number) => {
  const error = await readNpyStream(stream, { maxBytes }).catch((error: unknown) => error);
  return error instanceof InteropError ? [error.code, error.data["found"]] : error;
};

describe(".npy from a stream", () => {
  it.each([1, 7, 1000, 10_013, 50_000, 2 ** 30])("is read in chunks of %i bytes", async (size) => {
    const some = size < 7 ? writeNpy(arange(3000) as NDArray) : bytes;
    const values = size < 7 ? arange(3000) : a;
    const read = await readNpyStream(chunks(some, size));
    expect([read.shape, read.data]).toEqual([values.shape, values.data]);
  });

  it("is read of what only has a reader, as some browsers' streams", async () => {
    const stream = new Blob([bytes]).stream();
    const reader = { getReader: () => stream.getReader() };
    expect((await readNpyStream(reader)).data).toEqual(a.data);
  });

  it("is refused where it ends too early, too late, or is too large", async () => {
    expect(await refusal(chunks(bytes.subarray(0, 20), 7))).toEqual(["npy.header", 20]);
    expect(await refusal(chunks(bytes.subarray(0, -1), 9999))).toEqual(["file.short", bytes.length - 1]);
    const long = new Uint8Array(bytes.length + 5);
    long.set(bytes);
    expect(await refusal(chunks(long, 9999))).toEqual(["file.long", bytes.length + 5]);
    expect(await refusal(chunks(writeNpy(zeros([2]) as NDArray).slice(0, 130), 999))).toEqual([
      "file.short",
      130,
    ]);
    expect(await refusal(chunks(bytes, 999), 1000)).toEqual(["file.large", undefined]);
    expect(await refusal({} as never)).toEqual(["file.stream", undefined]);
    expect(await refusal(null as never)).toEqual(["file.stream", undefined]);
    expect(await refusal(new Blob(["a"]).stream().pipeThrough(new TextDecoderStream()) as never)).toEqual([
      "file.stream",
      undefined,
    ]);
  });

  it("ends the stream where it is refused", async () => {
    let ended = 0;
    await refusal(chunks(Buffer.alloc(20_000), 5000, () => ended++));
    expect(ended).toBe(1);
    let cancelled = 0;
    const reader = {
      read: async () => ({ done: false, value: bytes }),
      cancel: async () => void cancelled++,
    };
    expect((await refusal({ getReader: () => reader })) as unknown[]).toContain("file.long");
    expect(cancelled).toBe(1);
  });

  it("keeps no more than has come, whatever the header says", async () => {
    const header = writeNpy(zeros([0]) as NDArray);
    const text = new TextDecoder("latin1").decode(header).replace("(0,), }      ", "(125000000,),}");
    const lie = Buffer.from(text.slice(0, header.length - 1).concat("\n"), "latin1");
    const before = process.memoryUsage().arrayBuffers;
    let during = 0;
    const watched = async function* () {
      yield Buffer.concat([lie, Buffer.alloc(20_000)]);
      yield Buffer.alloc(10);
      during = process.memoryUsage().arrayBuffers;
    };
    expect(await refusal(watched())).toEqual(["file.short", lie.length + 20_010]);
    expect(during - before).toBeLessThan(2 ** 22);
  });
});
