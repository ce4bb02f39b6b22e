import { Bytes } from "./bytes.js";
import type { Assembler } from "./index.js";
import { LANE, MEMORY, MEMORY_LANE, PLAIN } from "./opcodes.js";

export const TYPES = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof TYPES;

const EMPTY = 0x40;
const END = 0x0b;

/**
 * The body of a function as it is written: each method adds an instruction, and those without immediates are
 * added by their names in the text format, so that `code.get(0).get(1).op("f32x4.add")` reads like it.
 * Nothing is checked here: the engine does when it compiles. Constants, not arrays, are what immediates take.
 */
export class Code {
  /** The module that the function is in. */
  readonly assembler: Assembler;
  private readonly bytes = new Bytes();
  private readonly types: ValueType[];
  private readonly params: number;
  /** Locals of numbers, and what sets them before anything else. */
  private readonly numbers = new Map<string, number>();
  private readonly opening = new Bytes();

  constructor(assembler: Assembler, params: readonly ValueType[]) {
    this.assembler = assembler;
    this.types = [...params];
    this.params = params.length;
  }

  /** A new local variable, 0 at first: its index, which comes after the parameters'. */
  local(type: ValueType): number {
    return this.types.push(type) - 1;
  }

  /** A local that holds a number from the start: the same one each time. */
  number(type: "f32" | "f64", value: number): number {
    const key = `${type} ${Object.is(value, -0) ? "-0" : value}`;
    let local = this.numbers.get(key);
    if (local === undefined) {
      local = this.local(type);
      this.numbers.set(key, local);
      const setting = new Code(this.assembler, []);
      this.opening.append(setting[type](value).set(local).bytes.done());
    }
    return local;
  }

  get(local: number): this {
    return this.instruction(0x20, local);
  }

  set(local: number): this {
    return this.instruction(0x21, local);
  }

  tee(local: number): this {
    return this.instruction(0x22, local);
  }

  globalGet(global: number): this {
    return this.instruction(0x23, global);
  }

  /** An instruction without immediates. */
  op(name: keyof typeof PLAIN): this {
    return this.opcode(PLAIN[name]);
  }

  /** An access to memory, `offset` bytes (less than 4 GiB) from the address on the stack. `align` is a power of two. */
  memory(name: keyof typeof MEMORY, offset = 0, align: number = MEMORY[name][1]): this {
    return this.opcode(MEMORY[name][0]).memarg(offset, align);
  }

  lane(name: keyof typeof LANE, lane: number): this {
    this.opcode(LANE[name]).bytes.byte(lane);
    return this;
  }

  memoryLane(
    name: keyof typeof MEMORY_LANE,
    lane: number,
    offset = 0,
    align: number = MEMORY_LANE[name][1],
  ): this {
    this.opcode(MEMORY_LANE[name][0]).memarg(offset, align).bytes.byte(lane);
    return this;
  }

  /** `i8x16.shuffle`: which of the 32 bytes of two vectors each byte of the result is. */
  shuffle(...lanes: readonly number[]): this {
    this.opcode(0xfd_000d).bytes.append(lanes);
    return this;
  }

  /** `memory.copy`, within the one memory: to, from, bytes. */
  memoryCopy(): this {
    return this.opcode(0xfc_000a).raw(0, 0);
  }

  /** `memory.fill`: at, byte, bytes. */
  memoryFill(): this {
    return this.opcode(0xfc_000b).raw(0);
  }

  /** A constant of 32 bits, with or without a sign. */
  i32(value: number): this {
    this.raw(0x41).bytes.signed(value | 0);
    return this;
  }

  i64(value: bigint): this {
    this.raw(0x42).bytes.signed64(BigInt.asIntN(64, value));
    return this;
  }

  f32(value: number): this {
    this.raw(0x43).bytes.float32(value);
    return this;
  }

  f64(value: number): this {
    this.raw(0x44).bytes.float64(value);
    return this;
  }

  /** A constant of 16 bytes: any typed arrays' of that size. Inside loops slow in some engines. */
  v128(lanes: ArrayBufferView): this {
    const { buffer, byteOffset, byteLength } = lanes;
    this.opcode(0xfd_000c).bytes.append(new Uint8Array(buffer, byteOffset, byteLength));
    return this;
  }

  block(result?: ValueType): this {
    return this.raw(0x02, result === undefined ? EMPTY : TYPES[result]);
  }

  loop(result?: ValueType): this {
    return this.raw(0x03, result === undefined ? EMPTY : TYPES[result]);
  }

  if(result?: ValueType): this {
    return this.raw(0x04, result === undefined ? EMPTY : TYPES[result]);
  }

  else(): this {
    return this.raw(0x05);
  }

  end(): this {
    return this.raw(END);
  }

  /** To the end of the block, or the start of the loop, that is `depth` levels out. */
  br(depth: number): this {
    return this.instruction(0x0c, depth);
  }

  brIf(depth: number): this {
    return this.instruction(0x0d, depth);
  }

  /** By the number on the stack to one of the depths; past them to `otherwise`. */
  brTable(depths: readonly number[], otherwise: number): this {
    this.instruction(0x0e, depths.length);
    for (const depth of [...depths, otherwise]) this.bytes.unsigned(depth);
    return this;
  }

  call(fn: number): this {
    return this.instruction(0x10, fn);
  }

  return(): this {
    return this.raw(0x0f);
  }

  /** The whole function as the code section holds it, but for its size. */
  done(): Uint8Array {
    const out = new Bytes();
    const runs: { type: ValueType; count: number }[] = [];
    for (const type of this.types.slice(this.params)) {
      const last = runs.at(-1);
      if (last?.type === type) last.count++;
      else runs.push({ type, count: 1 });
    }
    out.unsigned(runs.length);
    for (const { type, count } of runs) out.unsigned(count).byte(TYPES[type]);
    return out.append(this.opening.done()).append(this.bytes.done()).byte(END).done();
  }

  private raw(...bytes: readonly number[]): this {
    for (const byte of bytes) this.bytes.byte(byte);
    return this;
  }

  private instruction(opcode: number, index: number): this {
    this.bytes.byte(opcode).unsigned(index);
    return this;
  }

  private opcode(code: number): this {
    if (code < 0x100) return this.raw(code);
    return this.instruction(code >> 16, code & 0xffff);
  }

  private memarg(offset: number, align: number): this {
    this.bytes.unsigned(align).unsigned(offset);
    return this;
  }
}
