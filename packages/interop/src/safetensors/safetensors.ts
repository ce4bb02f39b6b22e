import { fromTypedArray, type NDArray } from "camada";
import { checkBytes, copyOf } from "../bytes.js";
import { InteropError } from "../error.js";
import { type Arrays, entriesOf } from "../npy/npz.js";
import { decodeValues, ENCODED, ENCODINGS, encodeValues } from "../values.js";
import { DTYPES, METADATA, readHeader } from "./header.js";

/** What is in a safetensors file. Names are only names, `__proto__` too: both are Maps. */
export interface Safetensors {
  /** In the order in which their values lie in the file. */
  readonly tensors: Map<string, NDArray>;
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
  const { tensors, metadata } = readHeader(op, bytes);
  const arrays = tensors.map(({ name, encoding, shape, begin, end }) => {
    const values = decodeValues(`${op}, ${name}`, encoding, copyOf(bytes.subarray(begin, end)));
    const { dtype } = ENCODINGS[encoding];
    return [name, fromTypedArray(values, shape, undefined, { dtype }) as NDArray] as const;
  });
  return { tensors: new Map(arrays), metadata: new Map(metadata) };
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
