import { Inflate, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { joined } from "../bytes.js";
import { InteropError } from "../error.js";
import { type Reading, readHere } from "../parts.js";
import { crc32 } from "./crc32.js";
import { directoryOf, type ZipEntry } from "./directory.js";

/** How much is read of what is compressed. */
export interface ReadOptions {
  /** The most bytes that all of the file may take once it is inflated; 1 GiB unless the reader says otherwise. */
  readonly maxBytes?: number | undefined;
}

const GIB = 2 ** 30;
/** Deflate cannot make more of a byte: a size beyond it is a lie. */
const MOST_RATIO = 1032;
/** More than honest arrays come to, and from how many bytes on that matters: zeros compress well, too. */
const BOMB = { ratio: 100, from: GIB / 4 };
/** How many bytes are read and inflated at a time. */
const PIECE = 2 ** 16;

/**
 * The files in a zip archive with their names, in its order. Each is inflated a piece at a time and counted, as
 * what an archive says of sizes need not be true; its checksum must be right.
 * @throws InteropError `zip.large`, `zip.ratio`, `zip.content`, and what `directoryOf` throws
 */
export function* readZip(
  op: string,
  bytes: Uint8Array,
  options: ReadOptions = {},
): Generator<[name: string, content: Uint8Array<ArrayBuffer>]> {
  const entries = readHere(directoryOf(op, bytes.length), bytes);
  checkSizes(op, entries, options);
  for (const entry of entries) yield [entry.name, readHere(contentOf(op, entry), bytes)];
}

/** Refuses more bytes than allowed, and what only a bomb has. @throws InteropError `zip.large`, `zip.ratio` */
export function checkSizes(op: string, entries: readonly ZipEntry[], { maxBytes = GIB }: ReadOptions): void {
  const size = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (size > maxBytes) throw new InteropError("zip.large", { op, size, limit: maxBytes });
  const packed = entries.reduce((sum, { begin, end }) => sum + end - begin, 0);
  if (size > BOMB.from && size > BOMB.ratio * packed) throw new InteropError("zip.ratio", { op, size, packed }); // biome-ignore format: one line
}

/** The bytes of an entry. @throws InteropError `zip.content` */
export function* contentOf(
  op: string,
  { name, deflated, begin, end, size, crc }: ZipEntry,
): Reading<Uint8Array<ArrayBuffer>> {
  const wrong = () => new InteropError("zip.content", { op, entry: name, size });
  if (size > (end - begin) * MOST_RATIO) throw wrong();
  const content = new Uint8Array(size);
  let count = 0;
  const take = (piece: Uint8Array) => {
    if (count + piece.length <= size) content.set(piece, count);
    count = Math.min(count + piece.length, size + 1);
  };
  const inflate = new Inflate(take);
  for (let at = begin; at < end && count <= size; at += PIECE) {
    const piece = yield [at, Math.min(at + PIECE, end)];
    if (!deflated) take(piece);
    else if (!pushed(inflate, piece, at + PIECE >= end)) throw wrong();
  }
  if (count !== size || crc32(content) !== crc) throw wrong();
  return content;
}

function pushed(inflate: Inflate, piece: Uint8Array, last: boolean): boolean {
  try {
    inflate.push(piece, last);
    return true;
  } catch {
    return false;
  }
}

/** The longest name that zip can hold, in bytes. */
const MAX_NAME = 0xffff;
/** The most bytes and files that an archive can have without the extension for wide sizes. */
const MAX_BYTES = 2 ** 32 - 1;
const MAX_FILES = 0xfffe;

/**
 * A zip archive of files, in their order; the same files give the same bytes.
 * @throws InteropError `zip.name`, `zip.tooMuch`
 */
export function writeZip(
  op: string,
  files: ReadonlyMap<string, Uint8Array>,
  compress: boolean,
): Uint8Array<ArrayBuffer> {
  const long = [...files.keys()].find((name) => new TextEncoder().encode(name).length > MAX_NAME);
  if (long !== undefined)
    throw new InteropError("zip.name", { op, name: long.slice(0, 60), limit: MAX_NAME });
  const size = [...files].reduce((sum, [name, { length }]) => sum + length + 3 * name.length + 128, 0);
  if (size > MAX_BYTES || files.size > MAX_FILES) throw new InteropError("zip.tooMuch", { op });
  const pieces: Uint8Array[] = [];
  const archive = new Zip((error, piece) => {
    if (error !== null) throw error;
    pieces.push(piece);
  });
  for (const [name, content] of files) {
    const file = compress ? new ZipDeflate(name) : new ZipPassThrough(name);
    // zip's first day, in place of today
    file.mtime = new Date(1980, 0, 1);
    archive.add(file);
    file.push(content, true);
  }
  archive.end();
  return joined(pieces);
}
