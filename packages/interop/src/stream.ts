import { InteropError } from "./error.js";

/** A web stream, such as `response.body` or `file.stream()`. */
export interface ByteStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | string | undefined }>;
    cancel(): Promise<unknown>;
  };
}

/** What comes bit by bit: a web stream, or a stream of Node. */
export type TextStream = ByteStream | AsyncIterable<Uint8Array | string>;

export function isStream(source: unknown): source is TextStream {
  return (
    typeof source === "object" && source !== null && ("getReader" in source || Symbol.asyncIterator in source)
  );
}

/** What a stream brings, part by part; it is let go of where the loop ends early. */
export async function* streamed(source: TextStream): AsyncGenerator<Uint8Array | string> {
  if (!("getReader" in source)) return yield* source;
  const reader = source.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value !== undefined) yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/**
 * The bytes that a stream brings, part by part; it is let go of where the loop ends early.
 * @throws InteropError `file.stream`
 */
export async function* bytesOf(
  op: string,
  source: TextStream,
): AsyncGenerator<Uint8Array, undefined, undefined> {
  if (!isStream(source)) throw new InteropError("file.stream", { op });
  for await (const part of streamed(source)) {
    if (typeof part === "string") throw new InteropError("file.stream", { op });
    yield part;
  }
}
