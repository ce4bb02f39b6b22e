import { fromTypedArray, type NDArray } from "camada";
import { checkBytes, checkLength, copyOf, countOf, hex } from "./bytes.js";
import { InteropError } from "./error.js";
import { decodeValues, ENCODED, ENCODINGS, type EncodingCode, encodeValues } from "./values.js";

/*
 * IDX, the format of MNIST's files (Yann LeCun, "The MNIST database of handwritten digits"): two bytes of 0,
 * the type of the values, the count of axes, each axis' size in four bytes, then the values in row-major
 * order; everything big-endian.
 */

/** The types of values, by their code. */
const TYPES = new Map<number, EncodingCode>([
  [0x08, "u1"],
  [0x09, "i1"],
  [0x0b, "i2"],
  [0x0c, "i4"],
  [0x0d, "f4"],
  [0x0e, "f8"],
]);

const MAX_AXES = 255;

/**
 * The array in an IDX file. Bytes (uint8) are a view: they share memory with `bytes`; other values are a
 * copy, as the file holds them in the other byte order; int8 and int16 become int32. Refused: anything that is not exactly one IDX file.
 * @throws InteropError `file.bytes`, `idx.gzip`, `idx.magic`, `idx.type`, `idx.header`,
 * `file.overflow`, `file.short`, `file.long`
 * @example
 * readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4)); // [5 0 4]
 */
export function readIdx(bytes: Uint8Array): NDArray {
  checkBytes("readIdx", bytes);
  const type = readType(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = readSizes(view);
  const start = 4 + 4 * shape.length;
  const count = countOf("readIdx", shape);
  checkLength("readIdx", shape, start + count * ENCODINGS[type].size, bytes.length);
  const values = bytes.subarray(start);
  return fromTypedArray(
    type === "u1"
      ? new Uint8Array(bytes.buffer, values.byteOffset, count)
      : decodeValues("readIdx", type, copyOf(values), true),
    shape,
  ) as NDArray;
}

function readType(bytes: Uint8Array): EncodingCode {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) throw new InteropError("idx.gzip");
  if (bytes.length < 4) throw new InteropError("idx.header", { needed: 4, found: bytes.length });
  if (bytes[0] !== 0 || bytes[1] !== 0) {
    throw new InteropError("idx.magic", { found: hex(bytes.subarray(0, 2)) });
  }
  const code = bytes[2]!;
  const type = TYPES.get(code);
  if (type === undefined) throw new InteropError("idx.type", { found: hex([code]) });
  return type;
}

function readSizes(view: DataView): number[] {
  const axes = view.getUint8(3);
  const needed = 4 + 4 * axes;
  if (view.byteLength < needed) throw new InteropError("idx.header", { needed, found: view.byteLength });
  return Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
}

/**
 * The bytes of an IDX file with the array's values; axis names are not kept, as the format has none.
 * @throws InteropError `idx.bool`, `idx.axes`
 * @example
 * readIdx(writeIdx(array([1, 2], ["batch"]))).shape; // [2]
 */
export function writeIdx(a: NDArray): Uint8Array<ArrayBuffer> {
  const code = [...TYPES].find(([, type]) => type === ENCODED[a.dtype])?.[0];
  if (code === undefined) throw new InteropError("idx.bool");
  if (a.ndim > MAX_AXES) throw new InteropError("idx.axes", { axes: a.ndim });
  const values = encodeValues(a, true);
  const start = 4 + 4 * a.ndim;
  const bytes = new Uint8Array(start + values.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, code, a.ndim]);
  for (const [axis, size] of a.shape.entries()) view.setUint32(4 + 4 * axis, size);
  bytes.set(values, start);
  return bytes;
}
