import { InteropError } from "../error.js";

/*
 * What a zip archive says of its entries (PKWARE's APPNOTE.TXT). Readers differ in whom they believe where an
 * archive contradicts itself, and attacks live on that: here the directory at the end and the header before each
 * entry must say the same, no two entries share bytes, and no name comes twice.
 */

export interface ZipEntry {
  /** Only a name: nothing is ever written where it points to. */
  readonly name: string;
  /** Whether its bytes are compressed, by deflate. */
  readonly deflated: boolean;
  readonly crc: number;
  /** Its bytes as they lie in the archive. */
  readonly packed: Uint8Array;
  /** How many bytes it has, as the archive says. */
  readonly size: number;
}

interface Central extends Omit<ZipEntry, "packed"> {
  readonly flags: number;
  readonly method: number;
  readonly packedSize: number;
  readonly offset: number;
}

const END = { signature: 0x06054b50, size: 22 };
const CENTRAL = { signature: 0x02014b50, size: 46 };
const LOCAL = { signature: 0x04034b50, size: 30 };
const MAX_COMMENT = 0xffff;
/** What stands where a number needs 64 bits. */
const WIDE = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;
const FLAGS = { encrypted: 0x0001 | 0x0040 | 0x2000, sizesFollow: 0x0008 };

/**
 * The entries of a zip archive, in the order of its directory.
 * @throws InteropError `zip.end`, `zip.record`, `zip.wide`, `zip.encrypted`, `zip.method`, `zip.twice`,
 * `zip.overlap`
 */
export function readDirectory(op: string, bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, start, end } = findEnd(op, view);
  const records: Central[] = [];
  const names = new Set<string>();
  let at = start;
  for (let i = 0; i < count; i++) {
    const { record, next } = readRecord(op, view, at, end);
    if (names.has(record.name)) throw new InteropError("zip.twice", { op, entry: record.name });
    names.add(record.name);
    records.push(record);
    at = next;
  }
  if (at !== end) throw damaged(op, at);
  const entries = records.map((record) => locate(op, view, record, start));
  checkApart(op, records, entries, bytes);
  return entries;
}

const damaged = (op: string, at: number) => new InteropError("zip.record", { op, at });

/** Where the directory is, from the record that ends the archive, with a comment after it. */
function findEnd(op: string, view: DataView): { count: number; start: number; end: number } {
  const last = view.byteLength - END.size;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) !== END.signature || view.getUint16(at + 20, true) !== last - at) continue;
    const [disk, directoryDisk, here, count] = [4, 6, 8, 10].map((field) => view.getUint16(at + field, true));
    const size = view.getUint32(at + 12, true);
    const start = view.getUint32(at + 16, true);
    if (count === 0xffff || size === WIDE || start === WIDE) throw new InteropError("zip.wide", { op });
    if (disk !== 0 || directoryDisk !== 0 || here !== count || start + size !== at) throw damaged(op, at);
    return { count: count!, start, end: at };
  }
  throw new InteropError("zip.end", { op });
}

function readRecord(op: string, view: DataView, at: number, end: number): { record: Central; next: number } {
  if (at + CENTRAL.size > end || view.getUint32(at, true) !== CENTRAL.signature) throw damaged(op, at);
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const [crc, packedSize, size] = [16, 20, 24].map((field) => view.getUint32(at + field, true));
  const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
  const offset = view.getUint32(at + 42, true);
  const next = at + CENTRAL.size + nameLength! + extra! + comment!;
  if (next > end) throw damaged(op, at);
  const name = nameAt(op, view, at + CENTRAL.size, nameLength!);
  if (packedSize === WIDE || size === WIDE || offset === WIDE) throw new InteropError("zip.wide", { op });
  if (flags & FLAGS.encrypted) throw new InteropError("zip.encrypted", { op, entry: name });
  if (method !== STORED && method !== DEFLATED) {
    throw new InteropError("zip.method", { op, entry: name, method });
  }
  const deflated = method === DEFLATED;
  if (!deflated && packedSize !== size) throw damaged(op, at);
  return {
    record: { name, flags, method, deflated, crc: crc!, packedSize: packedSize!, size: size!, offset },
    next,
  };
}

function nameAt(op: string, view: DataView, at: number, length: number): string {
  try {
    const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return utf8.decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
  } catch {
    throw damaged(op, at);
  }
}

/** An entry with its bytes, after its own header, which must say what the directory says. */
function locate(op: string, view: DataView, record: Central, limit: number): ZipEntry {
  const { name, flags, method, deflated, crc, packedSize, size, offset } = record;
  if (offset + LOCAL.size > limit || view.getUint32(offset, true) !== LOCAL.signature) {
    throw damaged(op, offset);
  }
  const [nameLength, extra] = [26, 28].map((field) => view.getUint16(offset + field, true));
  const start = offset + LOCAL.size + nameLength! + extra!;
  if (start + packedSize > limit) throw damaged(op, offset);
  const says = [14, 18, 22].map((field) => view.getUint32(offset + field, true));
  // a stream's sizes follow its bytes; where room was kept for wide sizes (as NumPy does) they stand elsewhere
  const later = flags & FLAGS.sizesFollow ? says.every((value) => value === 0 || value === WIDE) : false;
  const wide = says[1] === WIDE && says[2] === WIDE;
  const agrees = wide ? says[0] === crc : says.join() === [crc, packedSize, size].join();
  if (
    view.getUint16(offset + 6, true) !== flags ||
    view.getUint16(offset + 8, true) !== method ||
    nameAt(op, view, offset + LOCAL.size, nameLength!) !== name ||
    !(agrees || later)
  ) {
    throw damaged(op, offset);
  }
  const packed = new Uint8Array(view.buffer, view.byteOffset + start, packedSize);
  return { name, deflated, crc, packed, size };
}

/** Refuses entries that share bytes: a few kilobytes could otherwise inflate to any size. @throws `zip.overlap` */
function checkApart(
  op: string,
  records: readonly Central[],
  entries: readonly ZipEntry[],
  bytes: Uint8Array,
): void {
  const spans = records
    .map(({ name, offset }, i) => {
      const { packed } = entries[i]!;
      return { name, begin: offset, end: packed.byteOffset - bytes.byteOffset + packed.length };
    })
    .toSorted((a, b) => a.begin - b.begin);
  for (let i = 1; i < spans.length; i++) {
    const [before, after] = [spans[i - 1]!, spans[i]!];
    if (after.begin < before.end) {
      throw new InteropError("zip.overlap", { op, entry: after.name, other: before.name });
    }
  }
}
