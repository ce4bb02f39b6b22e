import type { DType, NDArray, TypedArray } from "camada";
import { InteropError } from "./error.js";

/*
 * Values as files hold them. What camada has not is read as the dtype that holds all of its values (float16
 * as float32, int16 as int32), and wide integers as int32 where every one of them fits.
 */

const LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

interface Encoding {
  /** What NumPy calls it. */
  readonly name: string;
  /** How many bytes a value has. */
  readonly size: 1 | 2 | 4 | 8;
  readonly dtype: DType;
  /** The values in a buffer that nothing else uses, of this machine's byte order. */
  decode(op: string, raw: ArrayBuffer): TypedArray;
}

/** How values can be encoded, by NumPy's letter for their kind and their size; `bf2` is bfloat16. */
export const ENCODINGS = {
  f8: { name: "float64", size: 8, dtype: "float64", decode: (_, raw) => new Float64Array(raw) },
  f4: { name: "float32", size: 4, dtype: "float32", decode: (_, raw) => new Float32Array(raw) },
  f2: { name: "float16", size: 2, dtype: "float32", decode: (_, raw) => halves(new Uint16Array(raw)) },
  bf2: { name: "bfloat16", size: 2, dtype: "float32", decode: (_, raw) => upperHalves(new Uint16Array(raw)) },
  i8: { name: "int64", size: 8, dtype: "int32", decode: (op, raw) => lowerHalves(op, raw, "int64") },
  i4: { name: "int32", size: 4, dtype: "int32", decode: (_, raw) => new Int32Array(raw) },
  i2: { name: "int16", size: 2, dtype: "int32", decode: (_, raw) => Int32Array.from(new Int16Array(raw)) },
  i1: { name: "int8", size: 1, dtype: "int32", decode: (_, raw) => Int32Array.from(new Int8Array(raw)) },
  u8: { name: "uint64", size: 8, dtype: "int32", decode: (op, raw) => lowerHalves(op, raw, "uint64") },
  u4: { name: "uint32", size: 4, dtype: "int32", decode: (op, raw) => positive(op, raw) },
  u2: { name: "uint16", size: 2, dtype: "int32", decode: (_, raw) => Int32Array.from(new Uint16Array(raw)) },
  u1: { name: "uint8", size: 1, dtype: "uint8", decode: (_, raw) => new Uint8Array(raw) },
  b1: { name: "bool", size: 1, dtype: "bool", decode: (op, raw) => truths(op, new Uint8Array(raw)) },
} as const satisfies { readonly [code: string]: Encoding };

export type EncodingCode = keyof typeof ENCODINGS;

/** How camada's own values are encoded. */
export const ENCODED = {
  float64: "f8",
  float32: "f4",
  int32: "i4",
  uint8: "u1",
  bool: "b1",
} as const satisfies { readonly [dtype in DType]: EncodingCode };

/**
 * The values in `raw`, a buffer that nothing else uses.
 * @throws InteropError `file.range`, `file.truth`
 */
export function decodeValues(
  op: string,
  code: EncodingCode,
  raw: ArrayBuffer,
  bigEndian = false,
): TypedArray {
  const { size, decode } = ENCODINGS[code];
  if (bigEndian === LITTLE) swapBytes(new Uint8Array(raw), size);
  return decode(op, raw);
}

/** An array's values in row-major order: the array's own bytes where this machine has them so, or a copy. */
export function encodeValues({ data }: NDArray, bigEndian = false): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (bigEndian !== LITTLE) return bytes;
  const copy = Uint8Array.from(bytes);
  swapBytes(copy, data.BYTES_PER_ELEMENT);
  return copy;
}

/** Turns each value's bytes around. */
function swapBytes(bytes: Uint8Array, size: number): void {
  for (let begin = 0; begin < bytes.length; begin += size) {
    for (let i = begin, j = begin + size - 1; i < j; i++, j--) {
      const byte = bytes[i]!;
      bytes[i] = bytes[j]!;
      bytes[j] = byte;
    }
  }
}

/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
function halves(bits: Uint16Array): Float32Array {
  const values = new Float32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const sign = bits[i]! & 0x8000 ? -1 : 1;
    const exponent = (bits[i]! >> 10) & 31;
    const fraction = bits[i]! & 1023;
    if (exponent === 31) values[i] = fraction === 0 ? sign * Infinity : Number.NaN;
    else values[i] = sign * (exponent === 0 ? fraction : 1024 + fraction) * 2 ** (Math.max(exponent, 1) - 25);
  }
  return values;
}

/** bfloat16: the upper half of a float32. */
function upperHalves(bits: Uint16Array): Float32Array {
  const whole = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) whole[i] = bits[i]! << 16;
  return new Float32Array(whole.buffer);
}

/** 64-bit integers whose upper half says nothing that the lower does not. */
function lowerHalves(op: string, raw: ArrayBuffer, dtype: "int64" | "uint64"): Int32Array {
  const words = new Int32Array(raw);
  const values = new Int32Array(words.length / 2);
  const [low, high] = LITTLE ? [0, 1] : [1, 0];
  for (let i = 0; i < values.length; i++) {
    const value = words[2 * i + low]!;
    const sign = value >> 31;
    if (words[2 * i + high] !== sign || (sign !== 0 && dtype === "uint64")) {
      const wide = dtype === "int64" ? new BigInt64Array(raw)[i] : new BigUint64Array(raw)[i];
      throw new InteropError("file.range", { op, position: i, value: String(wide), dtype });
    }
    values[i] = value;
  }
  return values;
}

function positive(op: string, raw: ArrayBuffer): Int32Array {
  const values = new Int32Array(raw);
  const position = values.findIndex((value) => value < 0);
  if (position >= 0) {
    const value = new Uint32Array(raw)[position]!;
    throw new InteropError("file.range", { op, position, value, dtype: "uint32" });
  }
  return values;
}

function truths(op: string, values: Uint8Array): Uint8Array {
  const position = values.findIndex((value) => value > 1);
  if (position >= 0) throw new InteropError("file.truth", { op, position, value: values[position]! });
  return values;
}
