import { hex } from "../bytes.js";
import { InteropError } from "../error.js";
import { ENCODINGS, type EncodingCode } from "../values.js";

/*
 * The header of an .npy file (NumPy's "NEP 1", and numpy/lib/format.py): six bytes of magic, the version, the
 * length of what follows, and a Python dictionary as text, padded with spaces to a multiple of 64.
 */

/** What an .npy file says of the array in it. */
export interface NpyHeader {
  readonly encoding: EncodingCode;
  readonly bigEndian: boolean;
  /** Whether the first axis' values lie next to one another, in place of the last's. */
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the values begin. */
  readonly start: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy's own limit. */
const MAX_HEADER = 10_000;
/** NumPy's own limit. */
const MAX_AXES = 64;
/** The most bytes up to where the values begin. */
export const MAX_START = 12 + MAX_HEADER;

/**
 * What the header at the beginning of `bytes` says.
 * @throws InteropError `npy.magic`, `npy.version`, `npy.header`, `npy.large`, and what `parseHeader` throws
 */
export function readHeader(op: string, bytes: Uint8Array): NpyHeader {
  const cut = (needed: number) => new InteropError("npy.header", { op, needed, found: bytes.length });
  if (MAGIC.some((byte, i) => i < bytes.length && byte !== bytes[i])) {
    throw new InteropError("npy.magic", { op, found: hex(bytes.subarray(0, MAGIC.length)) });
  }
  if (bytes.length < 10) throw cut(10);
  const [major, minor] = [bytes[6]!, bytes[7]!];
  if (major < 1 || major > 3 || minor !== 0) {
    throw new InteropError("npy.version", { op, found: `${major}.${minor}` });
  }
  const begin = major === 1 ? 10 : 12;
  if (bytes.length < begin) throw cut(begin);
  const view = new DataView(bytes.buffer, bytes.byteOffset, begin);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER) throw new InteropError("npy.large", { op, found: length, limit: MAX_HEADER });
  const start = begin + length;
  if (bytes.length < start) throw cut(start);
  const text = new TextDecoder(major === 3 ? "utf-8" : "latin1").decode(bytes.subarray(begin, start));
  return { ...parseHeader(op, text), start };
}

/** @throws InteropError `npy.axes` */
export function checkAxes(op: string, { length }: readonly number[]): void {
  if (length > MAX_AXES) throw new InteropError("npy.axes", { op, axes: length, limit: MAX_AXES });
}

type Value = string | boolean | readonly number[];

/**
 * The dictionary in a header's text: exactly `descr`, `fortran_order` and `shape`.
 * @throws InteropError `npy.literal`, `npy.keys`, `npy.axes`, and what the dtype is refused for
 */
function parseHeader(op: string, text: string): Omit<NpyHeader, "start"> {
  const entries = dictionary(op, text);
  const [descr, fortran, shape] = ["descr", "fortran_order", "shape"].map((key) => entries.get(key));
  if (typeof descr !== "string" || typeof fortran !== "boolean" || !Array.isArray(shape)) {
    throw new InteropError("npy.keys", { op, found: shortened(text) });
  }
  checkAxes(op, shape);
  return { ...encodingOf(op, descr), fortran, shape };
}

/** A piece of Python: a string without escapes, a name, a number, or a sign. */
const TOKEN = /\s*(?:'([^'\\]*)'|"([^"\\]*)"|([A-Za-z]+)|(0|[1-9]\d*)|([{}():,[]))/y;

/** Reads Python's literals, no more of them than headers have: strings, truths, and tuples of counts. */
function dictionary(op: string, text: string): Map<string, Value> {
  let at = 0;
  const wrong = () =>
    new InteropError("npy.literal", { op, at, found: shortened(text.slice(at).trimStart()) });
  const next = () => {
    TOKEN.lastIndex = at;
    const [all, single, double, name, digits, sign] = TOKEN.exec(text) ?? [];
    return { length: all?.length ?? 0, string: single ?? double, name, digits, sign };
  };
  const takes = (sign: string): boolean => {
    const token = next();
    if (token.sign !== sign) return false;
    at += token.length;
    return true;
  };
  const expect = (sign: string) => {
    if (!takes(sign)) throw wrong();
  };
  const string = (): string => {
    const token = next();
    if (token.string === undefined) throw wrong();
    at += token.length;
    return token.string;
  };
  const tuple = (): number[] => {
    const counts: number[] = [];
    while (!takes(")")) {
      const { digits, length } = next();
      if (digits === undefined) throw wrong();
      counts.push(Number(digits));
      at += length;
      // without a comma, (3) is a number and no tuple
      if (!takes(",") && (counts.length === 1 || next().sign !== ")")) throw wrong();
    }
    return counts;
  };
  const value = (): Value => {
    if (takes("(")) return tuple();
    const { string: descr, name, sign, length } = next();
    if (sign === "[") throw new InteropError("npy.structured", { op });
    if (descr === undefined && name !== "True" && name !== "False") throw wrong();
    at += length;
    return descr ?? name === "True";
  };

  const entries = new Map<string, Value>();
  expect("{");
  while (!takes("}")) {
    const key = string();
    if (!["descr", "fortran_order", "shape"].includes(key) || entries.has(key)) {
      throw new InteropError("npy.keys", { op, found: shortened(text) });
    }
    expect(":");
    entries.set(key, value());
    if (!takes(",") && next().sign !== "}") throw wrong();
  }
  if (text.slice(at).trim() !== "") throw wrong();
  return entries;
}

/** What the letters say that stand for kinds of values that camada has not. */
const FOREIGN = {
  O: "npy.objects",
  c: "npy.complex",
  S: "npy.text",
  U: "npy.text",
  a: "npy.text",
  M: "npy.dates",
  m: "npy.dates",
  V: "npy.structured",
} as const;

function encodingOf(op: string, descr: string): { encoding: EncodingCode; bigEndian: boolean } {
  const [, order, code = ""] = /^([<>|])(\w+)$/.exec(descr) ?? [];
  if (Object.hasOwn(ENCODINGS, code) && code !== "bf2") {
    const encoding = code as EncodingCode;
    const single = ENCODINGS[encoding].size === 1;
    if (order !== "|" || single) return { encoding, bigEndian: order === ">" };
  }
  const [kind] = /[A-Za-z]/.exec(descr) ?? [""];
  if (Object.hasOwn(FOREIGN, kind)) throw new InteropError(FOREIGN[kind as keyof typeof FOREIGN], { op });
  throw new InteropError("npy.dtype", { op, dtype: shortened(descr) });
}

/** What of a file's own text is shown. */
function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}

/** How many digits NumPy leaves room for, so that an array can grow along its first axis. */
const GROWTH = 21;

/** The header that NumPy writes for an array in row-major order, of version 1.0. */
export function writeHeader(descr: string, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const room = shape.length === 0 ? 0 : GROWTH - String(shape[0]).length;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }${" ".repeat(room)}`;
  const start = Math.ceil((10 + text.length + 1) / 64) * 64;
  const header = new Uint8Array(start).fill(0x20);
  header.set([...MAGIC, 1, 0, (start - 10) & 255, (start - 10) >> 8]);
  header.set(new TextEncoder().encode(text), 10);
  header[start - 1] = 0x0a;
  return header;
}
