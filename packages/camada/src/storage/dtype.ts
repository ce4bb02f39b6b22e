import { CamadaError } from "../errors/error.js";
import type { DType, TypedArray } from "../shape/types.js";

export type { DType, TypedArray };

const CONSTRUCTORS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const satisfies Record<DType, unknown>;

const DTYPES = Object.keys(CONSTRUCTORS) as readonly DType[];

/** A new typed array of `size` zeros. */
export function allocate(dtype: DType, size: number): TypedArray {
  if (dtype === "float64")
    return size > ENGINE_SMALL && size <= POOLED ? fromPool(size) : new Float64Array(size);
  return new CONSTRUCTORS[dtype](size);
}

// Engines make a typed array of up to 64 bytes in about 30 ns and any larger one in about 300. So small
// float64 arrays are cut from a common block, as Node's Buffer does: a tenth of the time. The price is that
// their `data.buffer` holds other arrays' values too: copy before transferring it to another thread.
const ENGINE_SMALL = 8;
const POOLED = 64;
const POOL = 4096;

let pool: Float64Array | undefined;
let used = 0;

function fromPool(size: number): Float64Array {
  if (pool === undefined || used + size > POOL) {
    pool = new Float64Array(POOL);
    used = 0;
  }
  used += size;
  return new Float64Array(pool.buffer, (used - size) * pool.BYTES_PER_ELEMENT, size);
}

export function isFloat(dtype: DType): boolean {
  return dtype === "float64" || dtype === "float32";
}

export function checkDType(op: string, dtype: string): asserts dtype is DType {
  if (!Object.hasOwn(CONSTRUCTORS, dtype)) {
    throw new CamadaError("dtype.unknown", { op, dtype, known: DTYPES });
  }
}

/** The dtype of a typed array's values; a byte array is uint8 unless it is said to be bool. */
export function dtypeOf(data: TypedArray): DType {
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Float32Array) return "float32";
  return data instanceof Int32Array ? "int32" : "uint8";
}

const RANGES = { int32: [-(2 ** 31), 2 ** 31 - 1], uint8: [0, 255] } as const;

/** Whether a number, its fraction cut off, can be held: nan and what is too large or too small cannot by integers. */
export function fitsIn(value: number, dtype: DType): boolean {
  if (dtype !== "int32" && dtype !== "uint8") return true;
  const [low, high] = RANGES[dtype];
  const whole = Math.trunc(value);
  return whole >= low && whole <= high;
}

/** A value as a dtype holds it. @throws CamadaError `value.range` where an integer dtype cannot */
export function heldValue(op: string, value: number | boolean, dtype: DType): number {
  if (dtype === "bool") return Number(Boolean(value));
  const number = Number(value);
  if (!fitsIn(number, dtype)) throw new CamadaError("value.range", { op, value: String(value), dtype });
  return number;
}

/** From least to most general. Only int32 with float32 meets above both: in float64. */
const RANK = { bool: 0, uint8: 1, int32: 2, float32: 3, float64: 4 } as const satisfies Record<DType, number>;

/** The dtype that holds the values of both, as NumPy's `promote_types`. */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  if ((a === "int32" && b === "float32") || (a === "float32" && b === "int32")) return "float64";
  return RANK[a] > RANK[b] ? a : b;
}
