import { InteropError } from "./error.js";

/**
 * A reading that asks for parts of a file, from one byte to below another, as it finds out where they are: so that
 * the same reader serves bytes in memory and files of which little is ever read.
 */
export type Reading<T> = Generator<Part, T, Uint8Array>;
type Part = readonly [begin: number, end: number];

/** A file that `open` of node:fs/promises gives. */
export interface OpenedFile {
  stat(): Promise<{ readonly size: number }>;
  read(
    into: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
}

/** As much of a `Blob` or `File` as is used here, so that neither Node's types nor the DOM's are needed to read it. */
export interface OpenedBlob {
  readonly size: number;
  slice(begin: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** What parts can be read of: a `Blob` or `File`, in Node too, or an opened file of Node. */
export type Source = OpenedBlob | OpenedFile;

const isBlob = (source: Source): source is OpenedBlob => source instanceof Blob;

/** A source whose size is known. */
export interface Sized {
  readonly size: number;
  part(begin: number, end: number): Promise<Uint8Array>;
}

/** The result of a reading, all of whose parts are in memory: views of them. */
export function readHere<T>(reading: Reading<T>, bytes: Uint8Array): T {
  let step = reading.next();
  while (step.done !== true) step = reading.next(bytes.subarray(...step.value));
  return step.value;
}

/** The result of a reading of a source. @throws InteropError `file.part`, and what the reading throws */
export async function readFrom<T>(op: string, reading: Reading<T>, source: Sized): Promise<T> {
  let step = reading.next();
  while (step.done !== true) {
    const [begin, end] = step.value;
    const part = await source.part(begin, end);
    if (part.length !== end - begin) {
      throw new InteropError("file.part", { op, begin, needed: end - begin, found: part.length });
    }
    step = reading.next(part);
  }
  return step.value;
}

/** @throws InteropError `file.source` */
export async function sized(op: string, source: Source): Promise<Sized> {
  if (isBlob(source)) {
    const part = async (begin: number, end: number) =>
      new Uint8Array(await source.slice(begin, end).arrayBuffer());
    return { size: source.size, part };
  }
  if (typeof source?.read !== "function" || typeof source.stat !== "function") {
    throw new InteropError("file.source", { op });
  }
  const { size } = await source.stat();
  return { size, part: (begin, end) => filled(source, new Uint8Array(end - begin), begin) };
}

/** As many bytes as there are from a place on: a file may give fewer at a time than it was asked for. */
async function filled(file: OpenedFile, into: Uint8Array, position: number): Promise<Uint8Array> {
  let count = 0;
  while (count < into.length) {
    const { bytesRead } = await file.read(into, count, into.length - count, position + count);
    if (bytesRead === 0) break;
    count += bytesRead;
  }
  return into.subarray(0, count);
}

/** What stands under a name among those of a file. @throws InteropError `file.name` */
export function named<T>(op: string, entries: ReadonlyMap<string, T>, name: string): T {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  const known = [...entries.keys()].join(", ").slice(0, 200);
  throw new InteropError("file.name", { op, name, known });
}
