import { BYTES } from "../../compile/memory.js";
import type { DType } from "../../storage/dtype.js";
import type { Code } from "./assembler/index.js";
import { formOf, type Value } from "./values.js";

/** Where a vector's values are: `step` values apart, the first `offset` bytes after the address in a local. */
export interface Access {
  readonly pointer: number;
  readonly offset: number;
  readonly step: number;
  /** Of how many lanes, if not of all. */
  readonly count?: number;
}

/**
 * Reads a vector of values. Values that lie together are read whole, even if not all are needed: buffers end
 * with room.
 */
export function loadVector(code: Code, dtype: DType, lanes: 2 | 4, access: Access): Value {
  const { pointer, offset, step, count = lanes } = forward(code, dtype, lanes, access);
  const local = code.local("v128");
  const value: Value = { local, form: formOf(dtype) };
  if (dtype === "uint8" || dtype === "bool") {
    if (step === 1 && lanes === 4) code.get(pointer).memory("v128.load32_zero", offset, 0);
    else if (step === 0) code.get(pointer).memory("v128.load8_splat", offset);
    else {
      for (let lane = 0; lane < count; lane++) {
        code
          .get(pointer)
          .get(local)
          .memoryLane("v128.load8_lane", lane, offset + lane * step)
          .set(local);
      }
      code.get(local);
    }
    code.op("i16x8.extend_low_i8x16_u").op("i32x4.extend_low_i16x8_u");
    // bytes that are not 0 are true
    if (dtype === "bool") code.i32(0).op("i32x4.splat").op("i32x4.ne");
    code.set(local);
    return value;
  }
  const bytes = dtype === "float64" ? 8 : 4;
  const [whole, splat, zero, lane] =
    dtype === "float64"
      ? (["v128.load", "v128.load64_splat", "v128.load64_zero", "v128.load64_lane"] as const)
      : ([
          lanes === 4 ? "v128.load" : "v128.load64_zero",
          "v128.load32_splat",
          "v128.load32_zero",
          "v128.load32_lane",
        ] as const);
  const align = dtype === "float64" ? 3 : 2;
  if (step === 0) code.get(pointer).memory(splat, offset, align).set(local);
  else if (step === 1) code.get(pointer).memory(whole, offset, align).set(local);
  else {
    code.get(pointer).memory(zero, offset, align).set(local);
    for (let i = 1; i < count; i++) {
      code
        .get(pointer)
        .get(local)
        .memoryLane(lane, i, offset + i * step * bytes, align)
        .set(local);
    }
  }
  return value;
}

/** Instructions cannot go back from an address: what lies before it is reached from an address of its own. */
function forward(code: Code, dtype: DType, lanes: number, access: Access): Access {
  const { pointer, offset, step, count = lanes } = access;
  const lowest = offset + Math.min(0, (count - 1) * step * BYTES[dtype]);
  if (lowest >= 0) return access;
  const local = code.local("i32");
  code.get(pointer).i32(lowest).op("i32.add").set(local);
  return { ...access, pointer: local, offset: offset - lowest };
}

/** Writes the first `count` values of a vector, which has the dtype's form, `step` values apart. */
export function storeVector(code: Code, dtype: DType, lanes: 2 | 4, { local }: Value, access: Access): void {
  const { pointer, offset, step, count = lanes } = forward(code, dtype, lanes, access);
  if (dtype === "uint8" || dtype === "bool") {
    const bytes = code.local("v128");
    code.get(local);
    if (dtype === "bool") code.op("i32x4.neg");
    // the lowest byte of each
    code.get(local).shuffle(0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12).set(bytes);
    if (step === 1 && count === 4) code.get(pointer).get(bytes).memoryLane("v128.store32_lane", 0, offset, 0);
    else {
      for (let lane = 0; lane < count; lane++) {
        code
          .get(pointer)
          .get(bytes)
          .memoryLane("v128.store8_lane", lane, offset + lane * step);
      }
    }
    return;
  }
  const size = dtype === "float64" ? 8 : 4;
  const align = dtype === "float64" ? 3 : 2;
  if (step === 1 && count * size === 16) {
    code.get(pointer).get(local).memory("v128.store", offset, align);
    return;
  }
  let lane = 0;
  if (step === 1 && size === 4 && count >= 2) {
    code.get(pointer).get(local).memoryLane("v128.store64_lane", 0, offset, 2);
    lane = 2;
  }
  for (; lane < count; lane++) {
    const name = size === 8 ? "v128.store64_lane" : "v128.store32_lane";
    code
      .get(pointer)
      .get(local)
      .memoryLane(name, lane, offset + lane * step * size, align);
  }
}
