import { formatShape, fromTypedArray, type NDArray } from "camada";
import { InteropError } from "./error.js";

/*
 * IDX, the format of MNIST's files (Yann LeCun, "The MNIST database of handwritten digits"): two bytes of 0,
 * the type of the values, the count of axes, each axis' size in four bytes, then the values in row-major
 * order; everything big-endian.
 */

const TYPES = [
  { code: 0x08, dtype: "uint8", values: Uint8Array, method: "Uint8" },
  { code: 0x0c, dtype: "int32", values: Int32Array, method: "Int32" },
  { code: 0x0d, dtype: "float32", values: Float32Array, method: "Float32" },
  { code: 0x0e, dtype: "float64", values: Float64Array, method: "Float64" },
] as const;

type Type = (typeof TYPES)[number];

/** Types of IDX that camada has not. */
const FOREIGN = new Map([
  [0x09, "int8"],
  [0x0b, "int16"],
]);

const MAX_VALUES = 2 ** 32 - 1;
const MAX_AXES = 255;

/**
 * The array in an IDX file. Bytes (uint8) are a view: they share memory with `bytes`; other values are a
 * copy, as the file holds them in the other byte order. Refused: anything that is not exactly one IDX file.
 * @throws InteropError `idx.bytes`, `idx.gzip`, `idx.magic`, `idx.type`, `idx.dtype`, `idx.header`,
 * `idx.overflow`, `idx.short`, `idx.long`
 * @example
 * readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4)); // [5 0 4]
 */
export function readIdx(bytes: Uint8Array): NDArray {
  if (!(bytes instanceof Uint8Array)) throw new InteropError("idx.bytes");
  const type = readType(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = readSizes(view);
  const start = 4 + 4 * shape.length;
  const count = shape.reduce((product, size) => product * size, 1);
  const step = type.values.BYTES_PER_ELEMENT;
  checkLength(shape, start + count * step, bytes.length);
  if (type.dtype === "uint8") {
    return fromTypedArray(new Uint8Array(bytes.buffer, bytes.byteOffset + start, count), shape) as NDArray;
  }
  const values = new type.values(count);
  for (let i = 0; i < count; i++) values[i] = view[`get${type.method}`](start + i * step);
  return fromTypedArray(values, shape) as NDArray;
}

function readType(bytes: Uint8Array): Type {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw new InteropError("idx.gzip");
  if (bytes.length < 4) throw new InteropError("idx.header", { needed: 4, found: bytes.length });
  if (bytes[0] !== 0 || bytes[1] !== 0) {
    throw new InteropError("idx.magic", { found: `${hex(bytes[0]!)} ${hex(bytes[1]!)}` });
  }
  const code = bytes[2]!;
  const foreign = FOREIGN.get(code);
  if (foreign !== undefined) throw new InteropError("idx.dtype", { dtype: foreign });
  const type = TYPES.find((known) => known.code === code);
  if (type === undefined) throw new InteropError("idx.type", { found: hex(code) });
  return type;
}

function readSizes(view: DataView): number[] {
  const axes = view.getUint8(3);
  const needed = 4 + 4 * axes;
  if (view.byteLength < needed) throw new InteropError("idx.header", { needed, found: view.byteLength });
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  // an axis of 0 does not excuse the others, as in NumPy: their product must stay a count
  const values = shape.reduce((product, size) => product * Math.max(size, 1), 1);
  if (values > MAX_VALUES) throw new InteropError("idx.overflow", { sizes: formatShape(shape) });
  return shape;
}

function checkLength(shape: readonly number[], needed: number, found: number): void {
  if (found === needed) return;
  throw new InteropError(found < needed ? "idx.short" : "idx.long", {
    sizes: formatShape(shape),
    needed,
    found,
  });
}

const hex = (byte: number): string => byte.toString(16).padStart(2, "0");

/**
 * The bytes of an IDX file with the array's values; axis names are not kept, as the format has none.
 * @throws InteropError `idx.bool`, `idx.axes`
 * @example
 * readIdx(writeIdx(array([1, 2], ["batch"]))).shape; // [2]
 */
export function writeIdx(a: NDArray): Uint8Array<ArrayBuffer> {
  const type = TYPES.find((known) => known.dtype === a.dtype);
  if (type === undefined) throw new InteropError("idx.bool");
  if (a.ndim > MAX_AXES) throw new InteropError("idx.axes", { axes: a.ndim });
  const start = 4 + 4 * a.ndim;
  const step = type.values.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(start + a.size * step);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, type.code, a.ndim]);
  for (const [axis, size] of a.shape.entries()) view.setUint32(4 + 4 * axis, size);
  const values = a.data;
  for (let i = 0; i < values.length; i++) view[`set${type.method}`](start + i * step, values[i]!);
  return bytes;
}
