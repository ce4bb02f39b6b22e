import { fromTypedArray, type NDArray } from "camada";
import { checkBytes, checkLength, copyOf, countOf } from "../bytes.js";
import { decodeValues, ENCODED, ENCODINGS, encodeValues } from "../values.js";
import { checkAxes, type NpyHeader, readHeader, writeHeader } from "./header.js";

/**
 * The array in an .npy file: a copy. float64, float32, int32, uint8 and bool are what they are; float16 becomes
 * float32; int8, int16 and uint16 become int32, and so do uint32, int64 and uint64 where every value fits.
 * Either byte order, either order of axes, versions 1 to 3. Refused: anything that is not exactly one .npy file,
 * and Python objects, as reading them would run code.
 * @throws InteropError `file.bytes`, `file.overflow`, `file.short`, `file.long`, `file.range`, `file.truth`,
 * `npy.magic`, `npy.version`, `npy.header`, `npy.large`, `npy.literal`, `npy.keys`, `npy.axes`, `npy.dtype`, `npy.objects`,
 * `npy.complex`, `npy.text`, `npy.dates`, `npy.structured`
 * @example
 * readNpy(writeNpy(array([[1, 2], [3, 4]]))); // [[1. 2.]
 *                                             //  [3. 4.]]
 */
export function readNpy(bytes: Uint8Array): NDArray {
  return readNpyAs("readNpy", bytes);
}

/** As `readNpy`, for what errors call `op`. */
export function readNpyAs(op: string, bytes: Uint8Array): NDArray {
  checkBytes(op, bytes);
  const header = readHeader(op, bytes);
  checkLength(op, header.shape, header.start + byteCount(op, header), bytes.length);
  return arrayOf(op, header, copyOf(bytes.subarray(header.start)));
}

/** How many bytes the values take. @throws InteropError `file.overflow` */
export function byteCount(op: string, { shape, encoding }: NpyHeader): number {
  return countOf(op, shape) * ENCODINGS[encoding].size;
}

/** The array of a header and its values, in a buffer that nothing else uses. */
export function arrayOf(op: string, header: NpyHeader, raw: ArrayBuffer): NDArray {
  const { encoding, bigEndian, fortran, shape } = header;
  const values = decodeValues(op, encoding, raw, bigEndian);
  const dtype = ENCODINGS[encoding].dtype;
  const inOrder = fortran ? shape.toReversed() : shape;
  const array = fromTypedArray(values, inOrder, undefined, { dtype }) as NDArray;
  return fortran ? array.T : array;
}

/**
 * The bytes of an .npy file with the array's values, in row-major order: exactly those that NumPy's `np.save`
 * writes. Axis names are not kept, as the format has none.
 * @throws InteropError `npy.axes`
 * @example
 * const bytes = writeNpy(zeros([2, 3]));
 * String.fromCharCode(...bytes.slice(10, 69)); // {'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }
 */
export function writeNpy(a: NDArray): Uint8Array<ArrayBuffer> {
  checkAxes("writeNpy", a.shape);
  const code = ENCODED[a.dtype];
  const descr = `${ENCODINGS[code].size === 1 ? "|" : "<"}${code}`;
  const header = writeHeader(descr, a.shape);
  const values = encodeValues(a);
  const bytes = new Uint8Array(header.length + values.length);
  bytes.set(header);
  bytes.set(values, header.length);
  return bytes;
}
