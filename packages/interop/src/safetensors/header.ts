import { checkLength, countOf } from "../bytes.js";
import { InteropError } from "../error.js";
import type { Reading } from "../parts.js";
import { ENCODINGS, type EncodingCode } from "../values.js";

/*
 * The header of a safetensors file (the format's README, and its reference in Rust, safetensors/src/tensor.rs):
 * its length in eight bytes, then JSON that says for each tensor its dtype, its shape and where its values are
 * among those that follow; padded with spaces. As in the reference, the values lie one after the other, without a
 * gap, and fill the file.
 */

/** The dtypes of safetensors that camada can hold. */
export const DTYPES = {
  F64: "f8",
  F32: "f4",
  F16: "f2",
  BF16: "bf2",
  I64: "i8",
  I32: "i4",
  I16: "i2",
  I8: "i1",
  U64: "u8",
  U32: "u4",
  U16: "u2",
  U8: "u1",
  BOOL: "b1",
} as const satisfies { readonly [dtype: string]: EncodingCode };

export interface TensorInfo {
  readonly name: string;
  readonly encoding: EncodingCode;
  readonly shape: readonly number[];
  /** Where its values begin and end in the file. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order in which their values lie in the file. */
  readonly tensors: readonly TensorInfo[];
  readonly metadata: ReadonlyMap<string, string>;
}

export const METADATA = "__metadata__";
/** The reference's own limit. */
const MAX_HEADER = 100_000_000;

/**
 * What the header of a file of `size` bytes says, once all of it is found to be true.
 * @throws InteropError `safetensors.header`, `safetensors.large`, `safetensors.json`, `safetensors.number`,
 * `safetensors.twice`, `safetensors.metadata`, `safetensors.tensor`, `safetensors.dtype`, `safetensors.place`,
 * `safetensors.rest`, `file.overflow`, `file.short`, `file.long`
 */
export function* headerOf(op: string, size: number): Reading<Header> {
  const cut = (needed: number) => new InteropError("safetensors.header", { op, needed, found: size });
  if (size < 8) throw cut(8);
  const first = yield [0, 8];
  const length = Number(new DataView(first.buffer, first.byteOffset, 8).getBigUint64(0, true));
  if (length > MAX_HEADER)
    throw new InteropError("safetensors.large", { op, found: length, limit: MAX_HEADER });
  const start = 8 + length;
  if (size < start) throw cut(start);
  const entries = Object.entries(parse(op, yield [8, start]));
  const tensors = entries
    .filter(([name]) => name !== METADATA)
    .map(([name, value]) => infoOf(op, name, value, start))
    .toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  let at = start;
  for (const { name, begin, end } of tensors) {
    if (begin !== at)
      throw new InteropError("safetensors.place", { op, name, begin: begin - start, at: at - start });
    at = end;
  }
  if (at !== size) throw new InteropError("safetensors.rest", { op, needed: at, found: size });
  const [, metadata] = entries.find(([name]) => name === METADATA) ?? [];
  return { tensors, metadata: metadataOf(op, metadata) };
}

function parse(op: string, bytes: Uint8Array): Record<string, unknown> {
  const wrong = () => new InteropError("safetensors.json", { op });
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    if (text[0] !== "{") throw wrong();
    checkTokens(op, text);
    return JSON.parse(text);
  } catch (error) {
    throw error instanceof InteropError ? error : wrong();
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]|-?\d[\d.eE+-]*/g;
/** An object of tensors, which are objects with lists. */
const MAX_DEPTH = 3;

/**
 * Refuses what JSON.parse would not tell apart: a name that comes twice, and numbers that are no counts as they are
 * written. What is no JSON at all it leaves to JSON.parse.
 */
function checkTokens(op: string, text: string): void {
  const open: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") {
      if (open.push(new Set()) > MAX_DEPTH) throw new InteropError("safetensors.json", { op });
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (token[0] !== '"') {
      if (!/^\d+$/.test(token))
        throw new InteropError("safetensors.number", { op, found: token.slice(0, 60) });
    } else if (colon !== undefined) {
      const name: string = JSON.parse(token.slice(0, -colon.length));
      const names = open.at(-1);
      if (names?.has(name)) throw new InteropError("safetensors.twice", { op, name });
      names?.add(name);
    }
  }
}

function infoOf(op: string, name: string, value: unknown, start: number): TensorInfo {
  const wrong = () => new InteropError("safetensors.tensor", { op, name });
  if (!isObject(value) || Object.keys(value).sort().join() !== "data_offsets,dtype,shape") throw wrong();
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string" || !areNumbers(shape) || !areNumbers(offsets)) throw wrong();
  const [begin, end, ...more] = offsets;
  if (begin === undefined || end === undefined || end < begin || more.length > 0) throw wrong();
  if (!Object.hasOwn(DTYPES, dtype)) {
    throw new InteropError("safetensors.dtype", { op, name, dtype: dtype.slice(0, 60) });
  }
  const encoding = DTYPES[dtype as keyof typeof DTYPES];
  const where = `${op}, ${name}`;
  checkLength(where, shape, countOf(where, shape) * ENCODINGS[encoding].size, end - begin);
  return { name, encoding, shape, begin: start + begin, end: start + end };
}

function metadataOf(op: string, value: unknown): Map<string, string> {
  const entries =
    value === undefined ? [] : isObject(value) ? Object.entries(value) : [[METADATA, null] as const];
  return new Map(
    entries.map(([key, text]) => {
      if (typeof text !== "string") throw new InteropError("safetensors.metadata", { op, key });
      return [key, text];
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function areNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === "number");
}
