import type { NDArray } from "camada";
import { checkLength } from "../bytes.js";
import { InteropError } from "../error.js";
import { bytesOf, type TextStream } from "../stream.js";
import { MAX_START, readHeader } from "./header.js";
import { arrayOf, byteCount } from "./npy.js";

/** How many bytes are set aside before as many have come: what a header says need not be true. */
const FIRST = 2 ** 16;

/**
 * As `readNpy`, from a stream: a response's `body` in the browser, `createReadStream` in Node. The values go
 * where the array keeps them as they come, so that a large file is never in memory twice.
 * @throws InteropError `file.large`, where there would be more than `maxBytes` (1 GiB unless given), `file.stream`,
 * and what `readNpy` throws
 * @example
 * const a = await readNpyStream(new Blob([writeNpy(eye(2))]).stream());
 * a.shape; // [2, 2]
 */
export async function readNpyStream(
  stream: TextStream,
  { maxBytes = 2 ** 30 }: { readonly maxBytes?: number | undefined } = {},
): Promise<NDArray> {
  const op = "readNpyStream";
  const chunks = bytesOf(op, stream);
  try {
    let begin = new Uint8Array(0);
    while (begin.length < MAX_START) {
      const { value, done } = await chunks.next();
      if (done === true) break;
      begin = joined(begin, value);
    }
    const header = readHeader(op, begin);
    const size = byteCount(op, header);
    const needed = header.start + size;
    if (needed > maxBytes) throw new InteropError("file.large", { op, size: needed, limit: maxBytes });
    const checkCount = (count: number) => checkLength(op, header.shape, needed, header.start + count);
    const come = begin.subarray(header.start);
    if (come.length > size) checkCount(come.length);
    let raw = new Uint8Array(Math.min(size, Math.max(FIRST, come.length)));
    raw.set(come);
    let count = come.length;
    for await (const chunk of chunks) {
      const end = count + chunk.length;
      if (end > size) checkCount(end);
      if (end > raw.length) raw = grown(raw, Math.min(size, 2 * end));
      raw.set(chunk, count);
      count = end;
    }
    checkCount(count);
    return arrayOf(op, header, raw.buffer);
  } finally {
    await chunks.return(undefined);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = grown(a, a.length + b.length);
  both.set(b, a.length);
  return both;
}

function grown(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(bytes);
  return larger;
}
