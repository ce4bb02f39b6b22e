import { fromTypedArray, type NDArray } from "camada";
import { checkBytes, copyOf } from "../bytes.js";
import { InteropError } from "../error.js";
import { type Arrays, entriesOf } from "../npy/npz.js";
import { named, type Reading, readFrom, readHere, type Source, sized } from "../parts.js";
import { decodeValues, ENCODED, ENCODINGS, encodeValues } from "../values.js";
import { DTYPES, headerOf, METADATA, type TensorInfo } from "./header.js";

/** What is in a safetensors file. Names are only names, `__proto__` too: both are Maps. */
export interface Safetensors {
  /** In the order in which their values lie in the file. */
  readonly tensors: Map<string, NDArray>;
  /** Texts by name, as the file has them. */
  readonly metadata: Map<string, string>;
}

/**
 * The arrays and the metadata in a safetensors file: copies. F64, F32, I32, U8 and BOOL are what they are; F16 and
 * BF16 become float32; I8, I16 and U16 become int32, and so do U32, I64 and U64 where every value fits. As strict
 * as the reference in Rust: a header of at most 100 MB, no gap, overlap or rest among the values, no name twice,
 * no number that is not a count, exactly as many bytes as shape and dtype make.
 * @throws InteropError `file.bytes`, `file.overflow`, `file.short`, `file.long`, `file.range`, `file.truth`,
 * `safetensors.header`, `safetensors.large`, `safetensors.json`, `safetensors.number`, `safetensors.twice`,
 * `safetensors.metadata`, `safetensors.tensor`, `safetensors.dtype`, `safetensors.place`, `safetensors.rest`
 * @example
 * const { tensors, metadata } = readSafetensors(writeSafetensors({ x: eye(2) }, { made: "today" }));
 * tensors.get("x").shape; // [2, 2]
 * metadata.get("made"); // today
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const op = "readSafetensors";
  checkBytes(op, bytes);
  const { tensors, metadata } = readHere(headerOf(op, bytes.length), bytes);
  const arrays = tensors.map((info) => [info.name, arrayOf(op, info, bytes.subarray(info.begin, info.end))] as const); // biome-ignore format: one line
  return { tensors: new Map(arrays), metadata: new Map(metadata) };
}

function arrayOf(op: string, { name, encoding, shape }: TensorInfo, bytes: Uint8Array): NDArray {
  const values = decodeValues(`${op}, ${name}`, encoding, copyOf(bytes));
  return fromTypedArray(values, shape, undefined, { dtype: ENCODINGS[encoding].dtype }) as NDArray;
}

/** A safetensors file of which only the header has been read. */
export interface OpenSafetensors {
  /** The names of the tensors, in the order in which their values lie in the file. */
  readonly names: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
  /**
   * The tensor of a name, read from the file now.
   * @throws InteropError `file.name`, `file.part`, `file.large`, `file.range`, `file.truth`
   */
  read(name: string): Promise<NDArray>;
}

/**
 * Opens a safetensors file too large to have in memory: a `Blob` or `File`, or what `open` of node:fs/promises gives,
 * which stays open until its owner closes it. The header is read and checked as by `readSafetensors`; a tensor is
 * read when it is asked for, and refused beyond `maxBytes` (1 GiB unless given).
 * @throws InteropError `file.source`, `file.part`, and what `readSafetensors` throws of the header
 * @example
 * const file = await openSafetensors(new Blob([writeSafetensors({ x: eye(2), y: zeros([3]) })]));
 * await file.read("y"); // [0. 0. 0.]
 */
export async function openSafetensors(
  source: Source,
  { maxBytes = 2 ** 30 }: { readonly maxBytes?: number | undefined } = {},
): Promise<OpenSafetensors> {
  const op = "openSafetensors";
  const file = await sized(op, source);
  const { tensors, metadata } = await readFrom(op, headerOf(op, file.size), file);
  const byName = new Map(tensors.map((info) => [info.name, info]));
  return {
    names: [...byName.keys()],
    metadata,
    read: async (name) => {
      const info = named(op, byName, name);
      const size = info.end - info.begin;
      if (size > maxBytes) throw new InteropError("file.large", { op: `${op}, ${name}`, size, limit: maxBytes }); // biome-ignore format: one line
      return arrayOf(op, info, await readFrom(op, bytesOf(info), file));
    },
  };
}

function* bytesOf({ begin, end }: TensorInfo): Reading<Uint8Array> {
  return yield [begin, end];
}

/**
 * The bytes of a safetensors file with the arrays under their names, and text about them. As in the reference,
 * wide values come first, so that all are aligned. Axis names are not kept, as the format has none.
 * @throws InteropError `safetensors.reserved`
 * @example
 * readSafetensors(writeSafetensors({ x: array([1, 2]) })).tensors.get("x"); // [1. 2.]
 */
export function writeSafetensors(
  arrays: Arrays,
  metadata: ReadonlyMap<string, string> | { readonly [key: string]: string } = {},
): Uint8Array<ArrayBuffer> {
  const tensors = entriesOf(arrays).map(([name, a]) => ({
    name,
    shape: a.shape,
    code: ENCODED[a.dtype],
    values: encodeValues(a),
  }));
  if (tensors.some(({ name }) => name === METADATA)) {
    throw new InteropError("safetensors.reserved", { op: "writeSafetensors", name: METADATA });
  }
  tensors.sort((a, b) => ENCODINGS[b.code].size - ENCODINGS[a.code].size || (a.name < b.name ? -1 : 1));
  let at = 0;
  const fields = tensors.map(({ name, shape, code, values }) => {
    const dtype = Object.entries(DTYPES).find(([, known]) => known === code)![0];
    const begin = at;
    at += values.length;
    const info = { dtype, shape, data_offsets: [begin, at] };
    return `${JSON.stringify(name)}:${JSON.stringify(info)}`;
  });
  const about = Object.fromEntries(metadata instanceof Map ? metadata : Object.entries(metadata));
  if (Object.keys(about).length > 0) fields.unshift(`${JSON.stringify(METADATA)}:${JSON.stringify(about)}`);
  const text = new TextEncoder().encode(`{${fields.join(",")}}`);
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + at).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  let next = 8 + length;
  for (const { values } of tensors) {
    bytes.set(values, next);
    next += values.length;
  }
  return bytes;
}
