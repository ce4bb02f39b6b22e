import type { KernelOf } from "../../compile/kernel.js";
import { BYTES } from "../../compile/memory.js";
import { PARITY, ROTATIONS } from "../../kernels/threefry.js";
import { sizeOf } from "../../shape/shape.js";
import { storeVector } from "./access.js";
import type { Code } from "./assembler/index.js";
import type { Form } from "./values.js";
import { type Emitted, pushAddress, type Writer } from "./writer.js";

/** Four counters at a time give eight numbers. */
const AT_ONCE = 8;

/** Uniform numbers: Threefry-2x32 as kernels/threefry.ts has it, for four counters at once. */
export function emitUniform(writer: Writer, { key, stream, into }: KernelOf<"uniform">): Emitted {
  const size = sizeOf(into.shape);
  const groups = Math.ceil(size / AT_ONCE);
  const { dtype } = into.buffer;
  const fn = writer.assembler.function(null, ["i32", "i32"], [], (code) => {
    const vector = (): number => code.local("v128");
    const keys = [vector(), vector(), vector()] as const;
    for (const i of [0, 1] as const) {
      pushAddress(code, writer, key);
      code.memory("v128.load32_splat", i * key.strides.at(-1)! * 4).set(keys[i]);
    }
    code.get(keys[0]).get(keys[1]).op("v128.xor").i32(PARITY).op("i32x4.splat").op("v128.xor").set(keys[2]);
    const [group, to] = [code.local("i32"), code.local("i32")];
    const counters = vector();
    const [x, y] = [vector(), vector()];
    code.get(0).set(group);
    code.get(0).i32(4).op("i32.mul").op("i32x4.splat");
    code
      .v128(Int32Array.of(0, 1, 2, 3))
      .op("i32x4.add")
      .set(counters);
    pushAddress(code, writer, into);
    code
      .get(0)
      .i32(AT_ONCE * BYTES[dtype])
      .op("i32.mul")
      .op("i32.add")
      .set(to);
    code.loop();
    threefry(code, keys, counters, stream, x, y);
    const write = (count: number): void => numbers(code, x, y, dtype, to, count);
    const rest = size - (groups - 1) * AT_ONCE;
    if (rest === AT_ONCE) write(AT_ONCE);
    else {
      code
        .get(group)
        .i32(groups - 1)
        .op("i32.lt_u")
        .if();
      write(AT_ONCE);
      code.else();
      write(rest);
      code.end();
    }
    code
      .get(to)
      .i32(AT_ONCE * BYTES[dtype])
      .op("i32.add")
      .set(to);
    code.get(counters).i32(4).op("i32x4.splat").op("i32x4.add").set(counters);
    code.get(group).i32(1).op("i32.add").tee(group).get(1).op("i32.lt_u").brIf(0).end();
  });
  return { fn, units: groups, work: groups * 130 };
}

/** Two words of bits for each counter, in x and y. */
function threefry(
  code: Code,
  keys: readonly [number, number, number],
  counters: number,
  stream: number,
  x: number,
  y: number,
): void {
  code.get(counters).get(keys[0]).op("i32x4.add").set(x);
  code.i32(stream).op("i32x4.splat").get(keys[1]).op("i32x4.add").set(y);
  for (let group = 0; group < 5; group++) {
    for (const by of ROTATIONS[(group & 1) as 0 | 1]) {
      code.get(x).get(y).op("i32x4.add").set(x);
      code
        .get(y)
        .i32(by)
        .op("i32x4.shl")
        .get(y)
        .i32(32 - by)
        .op("i32x4.shr_u")
        .op("v128.or");
      code.get(x).op("v128.xor").set(y);
    }
    const turn = group + 1;
    code
      .get(x)
      .get(keys[(turn % 3) as 0 | 1 | 2])
      .op("i32x4.add")
      .set(x);
    code
      .get(y)
      .get(keys[((turn + 1) % 3) as 0 | 1 | 2])
      .op("i32x4.add");
    code.i32(turn).op("i32x4.splat").op("i32x4.add").set(y);
  }
}

/** The upper 24 bits of each word as a number from 0 to 1: of x and y in turns. */
function numbers(
  code: Code,
  x: number,
  y: number,
  dtype: "float64" | "float32" | string,
  pointer: number,
  count: number,
): void {
  const lanes = dtype === "float64" ? 2 : 4;
  const form: Form = dtype === "float64" ? "float64" : "float32";
  const words = (...of: readonly number[]) =>
    of.flatMap((word) => [0, 1, 2, 3].map((byte) => word * 4 + byte));
  const local = code.local("v128");
  for (let first = 0; first < count; first += lanes) {
    const pair = first / 2;
    // the words of two counters, or of one in the lower half
    code
      .get(x)
      .get(y)
      .shuffle(...words(pair, 4 + pair, (pair + 1) % 4, 4 + ((pair + 1) % 4)));
    code.i32(8).op("i32x4.shr_u");
    if (form === "float64")
      code
        .op("f64x2.convert_low_i32x4_u")
        .f64(2 ** -24)
        .op("f64x2.splat")
        .op("f64x2.mul");
    else
      code
        .op("f32x4.convert_i32x4_u")
        .f32(2 ** -24)
        .op("f32x4.splat")
        .op("f32x4.mul");
    code.set(local);
    const access = { pointer, offset: first * BYTES[form], step: 1, count: Math.min(lanes, count - first) };
    storeVector(code, form, lanes, { local, form }, access);
  }
}
