import { allocate, type DType, type TypedArray } from "../storage/dtype.js";
import type { Strided } from "../storage/strided.js";
import { lastSize, lastStride, walkRows } from "./walk.js";

/** The values in row-major order in a typed array of their own. A float made an integer is cut, as in C. */
export function copyValues(a: Strided, dtype: DType = a.dtype): TypedArray {
  const out = allocate(dtype, a.size);
  copyInto(out, 0, a, dtype);
  return out;
}

/** Writes the values of `a` in row-major order into `out` from `start` on. */
export function copyInto(out: TypedArray, start: number, a: Strided, dtype: DType): void {
  const { buffer } = a;
  if (a.isContiguous && (dtype !== "bool" || a.dtype === "bool")) {
    out.set(buffer.subarray(a.offset, a.offset + a.size), start);
    return;
  }
  const n = lastSize(a.shape);
  const step = lastStride(a.strides);
  let to = start;
  const toBool = dtype === "bool";
  walkRows(
    a.shape,
    (from) => {
      for (let i = 0; i < n; i++) {
        const value = buffer[from + i * step]!;
        out[to++] = toBool ? Number(value !== 0) : value;
      }
    },
    a.strides,
    a.offset,
  );
}

/** The same array if its values already lie in row-major order, else a copy that does. */
export function contiguous<A extends Strided>(a: A): A {
  return a.isContiguous ? a : a.make(copyValues(a), a.shape, a.dtype, a.names);
}
