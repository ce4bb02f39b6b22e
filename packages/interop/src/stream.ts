import { InteropError } from "./error.js";

/** Bytes that come a chunk at a time: a `ReadableStream`, or a stream of Node's. */
export type Stream = AsyncIterable<Uint8Array> | { getReader(): Reader };

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/**
 * The chunks of a stream. Where no more of them are wanted, it is told so.
 * @throws InteropError `file.stream`
 */
export async function* chunksOf(
  op: string,
  stream: Stream,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  for await (const chunk of iterated(op, stream)) {
    if (!(chunk instanceof Uint8Array)) throw new InteropError("file.stream", { op });
    yield chunk;
  }
}

function iterated(op: string, stream: Stream): AsyncIterable<Uint8Array> {
  if (typeof stream === "object" && stream !== null) {
    if (Symbol.asyncIterator in stream) return stream;
    if (typeof stream.getReader === "function") return readBy(stream.getReader());
  }
  throw new InteropError("file.stream", { op });
}

/** Not every browser iterates over its streams. */
async function* readBy(reader: Reader): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}
