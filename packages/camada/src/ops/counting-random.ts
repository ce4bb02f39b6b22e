import { threefry } from "../kernels/threefry.js";
import { type Sizes, sizeOf } from "../shape/shape.js";
import { allocate, type DType } from "../storage/dtype.js";
import type { Strided } from "../storage/strided.js";
import { copyValues } from "./copy.js";
import { emit } from "./primitive.js";

/**
 * Numbers in [0, 1) of a shape, multiples of 2^-24, that follow from `key` (two int32) and `stream` (a whole
 * number that tells one use of a key from another) alone: what chance a traced function needs, as it keeps no
 * generator's state.
 */
export function uniformFrom(key: Strided, stream: number, shape: Sizes, dtype: DType = "float32"): Strided {
  if (key.recorder !== null)
    return emit(key.recorder, { kind: "uniform", stream }, [key], shape, dtype, null);
  const [key0, key1] = copyValues(key) as Int32Array as unknown as [number, number];
  const size = sizeOf(shape);
  const out = allocate(dtype, size);
  const bits = new Uint32Array(2);
  for (let i = 0; i < size; i += 2) {
    threefry(bits, 0, key0, key1, i >>> 1, stream);
    out[i] = (bits[0]! >>> 8) / 2 ** 24;
    if (i + 1 < size) out[i + 1] = (bits[1]! >>> 8) / 2 ** 24;
  }
  return key.make(out, shape, dtype, null);
}
