import { InteropError } from "../error.js";
import type { Reading } from "../parts.js";

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
  /** Where its bytes, as they lie in the archive, begin and end. */
  readonly begin: number;
  readonly end: number;
  /** How many bytes it has, as the archive says. */
  readonly size: number;
}

interface Central extends Pick<ZipEntry, "name" | "deflated" | "crc" | "size"> {
  readonly flags: number;
  readonly method: number;
  readonly packedSize: number;
  readonly offset: number;
}

const END = { signature: 0x06054b50, size: 22 };
/** What says where the record is that ends an archive of wide numbers, and that record. */
const LOCATOR = { signature: 0x07064b50, size: 20 };
const WIDE_END = { signature: 0x06064b50, size: 56 };
const CENTRAL = { signature: 0x02014b50, size: 46 };
const LOCAL = { signature: 0x04034b50, size: 30 };
const MAX_COMMENT = 0xffff;
/** A directory of more bytes is none of arrays. */
const MAX_DIRECTORY = 2 ** 26;
/** What stands where a number needs 64 bits, which then stand elsewhere; and where a count does. */
const WIDE = 0xffffffff;
const WIDE_COUNT = 0xffff;
/** The number of the extra field that has them. */
const WIDE_FIELD = 1;
const STORED = 0;
const DEFLATED = 8;
const FLAGS = { encrypted: 0x0001 | 0x0040 | 0x2000, sizesFollow: 0x0008 };

/**
 * The entries of a zip archive of `size` bytes, in the order of its directory.
 * @throws InteropError `zip.end`, `zip.record`, `zip.encrypted`, `zip.method`, `zip.twice`, `zip.overlap`
 */
export function* directoryOf(op: string, size: number): Reading<ZipEntry[]> {
  const { count, start, end } = yield* findEnd(op, size);
  if (end - start > MAX_DIRECTORY || count * CENTRAL.size > end - start) throw damaged(op, start);
  const view = viewOf(yield [start, end]);
  const records: Central[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    const { record, next } = readRecord(op, view, at, start);
    if (names.has(record.name)) throw new InteropError("zip.twice", { op, entry: record.name });
    names.add(record.name);
    records.push(record);
    at = next;
  }
  if (start + at !== end) throw damaged(op, start + at);
  const entries: ZipEntry[] = [];
  for (const record of records) entries.push(yield* locate(op, record, start));
  checkApart(op, records, entries);
  return entries;
}

const damaged = (op: string, at: number) => new InteropError("zip.record", { op, at });

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A whole number of 64 bits; beyond those that are exact it is no place in any file. */
const wideAt = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

interface Place {
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

/** Where the directory is, from the record that ends the archive, with a comment after it. */
function* findEnd(op: string, size: number): Reading<Place> {
  const begin = Math.max(0, size - END.size - MAX_COMMENT - LOCATOR.size);
  const view = viewOf(yield [begin, size]);
  const last = view.byteLength - END.size;
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) !== END.signature || view.getUint16(at + 20, true) !== last - at) continue;
    const [disk, directoryDisk, here, count] = [4, 6, 8, 10].map((field) => view.getUint16(at + field, true));
    const [length, start] = [12, 16].map((field) => view.getUint32(at + field, true));
    const said = { count: count!, start: start!, end: start! + length! };
    if (disk !== 0 || directoryDisk !== 0 || here !== count) throw damaged(op, begin + at);
    const before = at - LOCATOR.size;
    const located = before >= 0 && view.getUint32(before, true) === LOCATOR.signature;
    if (located || count === WIDE_COUNT || length === WIDE || start === WIDE) {
      if (!located) throw damaged(op, begin + at);
      return yield* findWideEnd(op, view, before, begin, [count!, length!, start!]);
    }
    if (said.end !== begin + at) throw damaged(op, begin + at);
    return said;
  }
  throw new InteropError("zip.end", { op });
}

/** The same of an archive of wide numbers: what is not wide in the last record must be the same in both. */
function* findWideEnd(
  op: string,
  view: DataView,
  at: number,
  begin: number,
  narrow: readonly [count: number, length: number, start: number],
): Reading<Place> {
  const place = wideAt(view, at + 8);
  const disks = [view.getUint32(at + 4, true), view.getUint32(at + 16, true)];
  if (disks.join() !== "0,1" || place + WIDE_END.size !== begin + at) throw damaged(op, begin + at);
  const record = viewOf(yield [place, place + WIDE_END.size]);
  const numbers = [32, 40, 48].map((field) => wideAt(record, field)) as [number, number, number];
  const [count, length, start] = numbers;
  const agrees = numbers.every((value, i) => narrow[i] === (i === 0 ? WIDE_COUNT : WIDE) || narrow[i] === value); // biome-ignore format: one line
  if (
    record.getUint32(0, true) !== WIDE_END.signature ||
    wideAt(record, 4) !== WIDE_END.size - 12 ||
    record.getUint32(16, true) !== 0 ||
    record.getUint32(20, true) !== 0 ||
    wideAt(record, 24) !== count ||
    start + length !== place ||
    !agrees
  ) {
    throw damaged(op, place);
  }
  return { count, start, end: place };
}

function readRecord(
  op: string,
  view: DataView,
  at: number,
  start: number,
): { record: Central; next: number } {
  const wrong = damaged(op, start + at);
  if (at + CENTRAL.size > view.byteLength || view.getUint32(at, true) !== CENTRAL.signature) throw wrong;
  const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
  const crc = view.getUint32(at + 16, true);
  const [nameLength, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
  const behind = at + CENTRAL.size + nameLength!;
  const next = behind + extra! + comment!;
  if (next > view.byteLength) throw wrong;
  const name = nameAt(view, at + CENTRAL.size, nameLength!) ?? refuse(wrong);
  const narrow = [24, 20, 42].map((field) => view.getUint32(at + field, true));
  const [size, packedSize, offset] = widened(view, behind, extra!, narrow) ?? refuse(wrong);
  if (flags & FLAGS.encrypted) throw new InteropError("zip.encrypted", { op, entry: name });
  if (method !== STORED && method !== DEFLATED) {
    throw new InteropError("zip.method", { op, entry: name, method });
  }
  const deflated = method === DEFLATED;
  if (!deflated && packedSize !== size) throw wrong;
  return {
    record: { name, flags, method, deflated, crc, packedSize: packedSize!, size: size!, offset: offset! },
    next,
  };
}

function refuse(error: InteropError): never {
  throw error;
}

function nameAt(view: DataView, at: number, length: number): string | undefined {
  try {
    const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return utf8.decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
  } catch {
    return undefined;
  }
}

/** Numbers, with those that are wide from the extra field that has just these; undefined where it has not. */
function widened(
  view: DataView,
  at: number,
  length: number,
  narrow: readonly number[],
): readonly number[] | undefined {
  const wide = narrow.filter((value) => value === WIDE).length;
  if (wide === 0) return narrow;
  for (let field = at; field + 4 <= at + length; ) {
    const size = view.getUint16(field + 2, true);
    if (field + 4 + size > at + length) return undefined;
    if (view.getUint16(field, true) === WIDE_FIELD) {
      if (size !== 8 * wide) return undefined;
      let next = field + 4 - 8;
      return narrow.map((value) => {
        if (value !== WIDE) return value;
        next += 8;
        return wideAt(view, next);
      });
    }
    field += 4 + size;
  }
  return undefined;
}

/** An entry with the place of its bytes, after its own header, which must say what the directory says. */
function* locate(op: string, record: Central, limit: number): Reading<ZipEntry> {
  const { name, flags, method, deflated, crc, packedSize, size, offset } = record;
  const wrong = damaged(op, offset);
  if (!(offset + LOCAL.size <= limit)) throw wrong;
  const head = viewOf(yield [offset, offset + LOCAL.size]);
  if (head.getUint32(0, true) !== LOCAL.signature) throw wrong;
  const [nameLength, extra] = [26, 28].map((field) => head.getUint16(field, true));
  const begin = offset + LOCAL.size + nameLength! + extra!;
  const end = begin + packedSize;
  if (!(end <= limit)) throw wrong;
  const rest = viewOf(yield [offset + LOCAL.size, begin]);
  const narrow = [22, 18].map((field) => head.getUint32(field, true));
  const said = [head.getUint32(14, true), ...(widened(rest, nameLength!, extra!, narrow) ?? refuse(wrong))];
  // a stream's sizes follow its bytes
  const later = (flags & FLAGS.sizesFollow) !== 0 && said.every((value) => value === 0);
  if (
    head.getUint16(6, true) !== flags ||
    head.getUint16(8, true) !== method ||
    nameAt(rest, 0, nameLength!) !== name ||
    !(said.join() === [crc, size, packedSize].join() || later)
  ) {
    throw wrong;
  }
  return { name, deflated, crc, begin, end, size };
}

/** Refuses entries that share bytes: a few kilobytes could otherwise inflate to any size. @throws `zip.overlap` */
function checkApart(op: string, records: readonly Central[], entries: readonly ZipEntry[]): void {
  const spans = records
    .map(({ name, offset }, i) => ({ name, begin: offset, end: entries[i]!.end }))
    .toSorted((a, b) => a.begin - b.begin);
  for (let i = 1; i < spans.length; i++) {
    const [before, after] = [spans[i - 1]!, spans[i]!];
    if (after.begin < before.end) {
      throw new InteropError("zip.overlap", { op, entry: after.name, other: before.name });
    }
  }
}
