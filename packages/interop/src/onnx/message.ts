import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/*
 * Protobuf messages from and to bytes, by tables of their fields. The table of a message names those within
 * it, and none is within itself: so how deep a file may go is bounded by the tables, whatever it says.
 */

/** How a value of a kind lies in a file. */
export interface Kind<T> {
  readonly wire: WireType;
  read(reader: Reader): T;
  write(writer: BinaryWriter, value: T): void;
}

interface Field {
  readonly number: number;
  readonly kind: Kind<unknown>;
  readonly many: boolean;
}

/** A field that may be there once. */
export interface One<T> extends Field {
  readonly many: false;
  readonly kind: Kind<T>;
}

/** A field that may be there any number of times. */
export interface Many<T> extends Field {
  readonly many: true;
  readonly kind: Kind<T>;
}

interface Fields {
  readonly [name: string]: Field;
}

/** A message as its table of fields says it: what is not there is undefined, or an empty list. */
export type Message<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends One<infer T>
    ? T | undefined
    : F[K] extends Many<infer T>
      ? readonly T[]
      : never;
};

/** Of a message only what there is to write. */
type Draft<M> = { readonly [K in keyof M]?: M[K] extends readonly (infer T)[] ? readonly Draft<T>[] : DraftOf<M[K]> }; // biome-ignore format: one line
type DraftOf<T> = T extends Uint8Array | string | number | undefined ? T : Draft<T>;

/** The message that a kind reads, and what it takes to write one. */
export type MessageOf<K> = K extends Kind<infer T> ? T : never;
export type DraftFor<K> = Draft<MessageOf<K>>;

export function one<T>(number: number, kind: Kind<T>): One<T> {
  return { number, kind, many: false };
}

export function many<T>(number: number, kind: Kind<T>): Many<T> {
  return { number, kind, many: true };
}

/** Counts what is read, so that a small file cannot become a large heap of small parts. */
class Reader extends BinaryReader {
  private left: number;

  constructor(bytes: Uint8Array, parts: number) {
    super(bytes);
    this.left = parts;
  }

  count(): void {
    if (this.left-- === 0) throw new TooMany();
  }
}

/** The file is made of more parts than it may be. */
export class TooMany extends Error {}

/** The bytes are no such message; `at` is where that shows. */
export class Damaged extends Error {
  readonly at: number;

  constructor(at: number) {
    super();
    this.at = at;
  }
}

const scalar = <T>(
  wire: WireType,
  read: (reader: Reader) => T,
  write: (writer: BinaryWriter, value: T) => void,
): Kind<T> => ({ wire, read, write });

/** Whole numbers of 64 bits, as JavaScript's numbers: exact up to 2^53, and beyond as near as they come. */
export const int = scalar(WireType.Varint, (r) => Number(r.int64()), (w, value) => w.int64(BigInt(value))); // biome-ignore format: one line
export const float = scalar(
  WireType.Bit32,
  (r) => r.float(),
  (w, value: number) => w.float(value),
);
export const text = scalar(WireType.LengthDelimited, (r) => r.string(true), (w, value: string) => w.string(value)); // biome-ignore format: one line
/** A view of the file's bytes: strings that need not be text, numbers in a row, and what is not looked into. */
export const bytes = scalar(WireType.LengthDelimited, (r) => r.bytes(), (w, value: Uint8Array) => w.bytes(value)); // biome-ignore format: one line

/** A message: within another, with its size before it; alone, as a whole file. */
export interface MessageKind<T> extends Kind<T> {
  readFields(reader: Reader, end: number): T;
  writeFields(writer: BinaryWriter, value: Draft<T>): void;
}

export function message<F extends Fields>(fields: F): MessageKind<Message<F>> {
  const byNumber = new Map(Object.entries(fields).map(([name, field]) => [field.number, { name, field }]));
  const kind: MessageKind<Message<F>> = {
    wire: WireType.LengthDelimited,
    readFields: (reader, end) => readFields(reader, end, byNumber) as Message<F>,
    writeFields: (writer, value) => writeFields(writer, fields, value as Values),
    read: (reader) => {
      const size = reader.uint32();
      return kind.readFields(reader, reader.pos + size);
    },
    write: (writer, value) => {
      writer.fork();
      kind.writeFields(writer, value as Draft<Message<F>>);
      writer.join();
    },
  };
  return kind;
}

type Values = { readonly [name: string]: unknown };
type ByNumber = ReadonlyMap<number, { readonly name: string; readonly field: Field }>;

function readFields(reader: Reader, end: number, byNumber: ByNumber): { [name: string]: unknown } {
  reader.count();
  if (end > reader.len) throw new Damaged(reader.pos);
  const found: { [name: string]: unknown } = {};
  for (const { name, field } of byNumber.values()) found[name] = field.many ? [] : undefined;
  while (reader.pos < end) {
    const at = reader.pos;
    const [number, wire] = reader.tag();
    const known = byNumber.get(number);
    if (known === undefined) reader.skip(wire, number);
    else if (known.field.many) readMore(reader, wire, known.field, found[known.name] as unknown[]);
    // parsers differ in which of two values they take
    else if (found[known.name] !== undefined || wire !== known.field.kind.wire) throw new Damaged(at);
    else found[known.name] = known.field.kind.read(reader);
    if (reader.pos > end) throw new Damaged(at);
  }
  return found;
}

/** One more value of a field; or, of numbers, several in a row. */
function readMore(reader: Reader, wire: WireType, { kind }: Field, into: unknown[]): void {
  if (wire === kind.wire) {
    reader.count();
    into.push(kind.read(reader));
    return;
  }
  if (wire !== WireType.LengthDelimited) throw new Damaged(reader.pos);
  const end = reader.uint32() + reader.pos;
  if (end > reader.len) throw new Damaged(reader.pos);
  while (reader.pos < end) {
    reader.count();
    into.push(kind.read(reader));
  }
  if (reader.pos !== end) throw new Damaged(end);
}

function writeFields(writer: BinaryWriter, fields: Fields, value: Values): void {
  for (const [name, { number, kind, many }] of Object.entries(fields)) {
    const given = value[name];
    if (given === undefined) continue;
    for (const each of many ? (given as readonly unknown[]) : [given]) {
      writer.tag(number, kind.wire);
      kind.write(writer, each);
    }
  }
}

/**
 * The message that bytes are.
 * @throws Damaged where they are none; TooMany where it has more than so many messages and numbers
 */
export function decode<T>(kind: MessageKind<T>, from: Uint8Array, parts: number): T {
  const reader = new Reader(from, parts);
  try {
    return kind.readFields(reader, from.length);
  } catch (error) {
    if (error instanceof Damaged || error instanceof TooMany) throw error;
    // the library's own words for it are English, and name no place
    throw new Damaged(Math.min(reader.pos, from.length));
  }
}

/** The bytes of a message. */
export function encode<T>(kind: MessageKind<T>, value: Draft<T>): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  kind.writeFields(writer, value);
  return writer.finish() as Uint8Array<ArrayBuffer>;
}
