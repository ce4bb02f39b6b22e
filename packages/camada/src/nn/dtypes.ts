import type { NDArray } from "../shape/types.js";
import type { DType } from "../storage/dtype.js";

/** The same values as a dtype: a number takes that of the array beside it anyway. */
export function asDType<A extends NDArray | number>(a: A, dtype: DType): A {
  return typeof a === "number" || a.dtype === dtype ? a : (a.astype(dtype) as A);
}
