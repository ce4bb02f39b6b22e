import { Inflate, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { joined } from "../bytes.js";
import { InteropError } from "../error.js";
import { crc32 } from "./crc32.js";
import { readDirectory, type ZipEntry } from "./directory.js";

export interface ReadOptions {
  /** The most bytes that all of the file may take once it is inflated; 1 GiB unless the reader says otherwise. */
  readonly maxBytes?: number | undefined;
}

const GIB = 2 ** 30;
/** Deflate cannot make more of a byte: a size beyond it is a lie. */
const MOST_RATIO = 1032;
/** More than honest arrays come to, and from how many bytes on that matters: zeros compress well, too. */
const BOMB = { ratio: 100, from: GIB / 4 };
/** How many bytes are inflated at a time. */
const PIECE = 2 ** 14;

/**
 * The files in a zip archive with their names, in its order. Each is inflated a piece at a time and counted, as
 * what an archive says of sizes need not be true; its checksum must be right.
 * @throws InteropError `zip.large`, `zip.ratio`, `zip.content`, and what `readDirectory` throws
 */
export function* readZip(
  op: string,
  bytes: Uint8Array,
  { maxBytes = GIB }: ReadOptions = {},
): Generator<[name: string, content: Uint8Array<ArrayBuffer>]> {
  const entries = readDirectory(op, bytes);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > maxBytes) throw new InteropError("zip.large", { op, size: total, limit: maxBytes });
  if (total > BOMB.from && total > BOMB.ratio * bytes.length) {
    throw new InteropError("zip.ratio", { op, size: total, packed: bytes.length });
  }
  for (const entry of entries) yield [entry.name, contentOf(op, entry)];
}

function contentOf(op: string, { name, deflated, packed, size, crc }: ZipEntry): Uint8Array<ArrayBuffer> {
  const wrong = () => new InteropError("zip.content", { op, entry: name, size });
  if (size > packed.length * MOST_RATIO) throw wrong();
  const content = new Uint8Array(size);
  if (!deflated) content.set(packed);
  else if (inflateInto(content, packed) !== size) throw wrong();
  if (crc32(content) !== crc) throw wrong();
  return content;
}

/** Inflates into a buffer; gives how many bytes there were, no more than one beyond its length, or -1. */
function inflateInto(content: Uint8Array, packed: Uint8Array): number {
  let count = 0;
  const stream = new Inflate((piece) => {
    if (count + piece.length <= content.length) content.set(piece, count);
    count = Math.min(count + piece.length, content.length + 1);
  });
  try {
    for (let at = 0; at < packed.length && count <= content.length; at += PIECE) {
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
    }
  } catch {
    return -1;
  }
  return count;
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
