import { allocate, type DType, type TypedArray } from "../storage/dtype.js";
import type { Strided } from "../storage/strided.js";
import { emit } from "./primitive.js";
import { lastSize, lastStride, walkRows } from "./walk.js";

/** The values in row-major order in a typed array of their own. A float made an integer is cut, as in C. */
export function copyValues(a: Strided, dtype: DType = a.dtype): TypedArray {
  const out = allocate(dtype, a.size);
  const { buffer } = a;
  if (a.isContiguous && (dtype !== "bool" || a.dtype === "bool")) {
    out.set(buffer.subarray(a.offset, a.offset + a.size));
    return out;
  }
  const n = lastSize(a.shape);
  const step = lastStride(a.strides);
  let to = 0;
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
  return out;
}

/** The values as another dtype: a copy. */
export function cast<A extends Strided>(a: A, dtype: DType): A {
  if (a.recorder !== null) return emit(a.recorder, { kind: "cast" }, [a], a.shape, dtype, a.names) as A;
  return a.make(copyValues(a, dtype), a.shape, dtype, a.names);
}

/** The same array if it has the dtype already, else a copy that has it. */
export function toDType<A extends Strided>(a: A, dtype: DType): A {
  return a.dtype === dtype ? a : cast(a, dtype);
}

/** The same array if its values already lie in row-major order, else a copy that does. */
export function contiguous<A extends Strided>(a: A): A {
  return a.isContiguous ? a : a.make(copyValues(a), a.shape, a.dtype, a.names);
}
