import fc from "fast-check";
import { describe, expect, it } from "vitest";
import makeWabt from "wabt";
import { engine } from "../engine.js";
import { Bytes } from "./bytes.js";
import { Assembler } from "./index.js";
import { LANE, MEMORY, MEMORY_LANE, PLAIN } from "./opcodes.js";

type Exports = Record<string, (...args: unknown[]) => unknown>;

function run(assembler: Assembler, imports = {}): Exports {
  const { Instance, Module } = engine()!;
  return new Instance(new Module(assembler.build()), imports).exports as Exports;
}

const wabt = await makeWabt();

/** The same module from its text, by the WebAssembly Binary Toolkit. */
function fromText(text: string): Uint8Array {
  const module = wabt.parseWat("test.wat", text, { threads: true, relaxed_simd: true, simd: true });
  return module.toBinary({ canonicalize_lebs: true }).buffer;
}

describe("LEB128", () => {
  const read = (bytes: Uint8Array, signed: boolean): bigint => {
    let value = 0n;
    bytes.forEach((byte, i) => {
      value |= BigInt(byte & 127) << BigInt(7 * i);
      expect(byte > 127).toBe(i < bytes.length - 1);
    });
    return signed ? BigInt.asIntN(7 * bytes.length, value) : value;
  };

  it("gives numbers back", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), fc.integer(), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), (n, i, big) => {
        expect(read(new Bytes().unsigned(n).done(), false)).toBe(BigInt(n));
        expect(read(new Bytes().signed(i).done(), true)).toBe(BigInt(i));
        expect(read(new Bytes().signed64(big).done(), true)).toBe(big);
      }),
    );
  });
});

describe("the assembler", () => {
  it("writes every instruction as the binary toolkit does", () => {
    const lines: string[] = [];
    const assembler = new Assembler();
    assembler.function(null, [], [], (code) => {
      const write = (line: string, add: () => unknown): void => {
        lines.push(line);
        add();
      };
      for (const name of keys(PLAIN)) write(name, () => code.op(name));
      for (const name of keys(MEMORY)) {
        write(name, () => code.memory(name));
        write(`${name} offset=4294967295`, () => code.memory(name, 2 ** 32 - 1));
      }
      for (const name of keys(LANE)) write(`${name} 1`, () => code.lane(name, 1));
      for (const name of keys(MEMORY_LANE)) {
        write(`${name} offset=200 align=1 1`, () => code.memoryLane(name, 1, 200, 0));
        write(`${name} 0`, () => code.memoryLane(name, 0));
      }
      const lanes = Array.from({ length: 16 }, (_, i) => 31 - i);
      write(`i8x16.shuffle ${lanes.join(" ")}`, () => code.shuffle(...lanes));
      write("v128.const f32x4 1 -0 nan 1e9", () => code.v128(Float32Array.of(1, -0, Number.NaN, 1e9)));
      write("v128.load offset=16 align=4", () => code.memory("v128.load", 16, 2));
      write("memory.copy", () => code.memoryCopy());
      write("memory.fill", () => code.memoryFill());
      for (const value of [0, -1, 63, 64, -64, -65, 2 ** 31 - 1, -(2 ** 31), 4294967295]) {
        write(`i32.const ${value}`, () => code.i32(value));
      }
      write("i64.const -9223372036854775808", () => code.i64(-(2n ** 63n)));
      write("i64.const 0xffffffffffffffff", () => code.i64(2n ** 64n - 1n));
      write("f32.const 0.1", () => code.f32(0.1));
      write("f64.const -inf", () => code.f64(-Infinity));
    });
    // the body is nonsense: neither checks types here
    expect(assembler.build()).toEqual(fromText(`(module (func ${lines.join("\n")}))`));
    expect(lines.length).toBeGreaterThan(300);
  });

  it("writes a module as the binary toolkit does", () => {
    const assembler = new Assembler({ min: 1, max: 300, shared: true, from: ["env", "memory"] });
    assembler.importFunction("env", "f", ["f64"], ["f64"]);
    assembler.constant("v128", (code) => code.v128(Float64Array.of(1, 2)));
    assembler.function("sum", ["i32", "i32"], ["v128"], (code) => {
      const [a, b, n] = [code.local("v128"), code.local("v128"), code.local("i32")];
      code.block().loop().get(0).op("i32.eqz").brIf(1).get(n).brTable([0, 1], 1).end().end();
      code.get(1).if("v128").get(a).else().globalGet(0).end().tee(b);
      code.f64(1).call(0).op("drop").return();
    });
    const text = `(module
      (type (func (param f64) (result f64))) (type (func (param i32 i32) (result v128)))
      (import "env" "f" (func (type 0))) (import "env" "memory" (memory 1 300 shared))
      (global v128 (v128.const f64x2 1 2))
      (func (type 1) (local v128 v128 i32)
        block loop local.get 0 i32.eqz br_if 1 local.get 4 br_table 0 1 1 end end
        local.get 1 if (result v128) local.get 2 else global.get 0 end local.tee 3
        f64.const 1 call 0 drop return)
      (export "sum" (func 1)))`;
    expect(assembler.build()).toEqual(fromText(text));
  });

  it("makes modules that run", () => {
    const assembler = new Assembler({ min: 1 });
    const twice = assembler.importFunction("host", "twice", ["f64"], ["f64"]);
    assembler.function("factorial", ["f64"], ["f64"], (code) => {
      const half = assembler.function(null, ["f64"], ["f64"], (inner) => inner.get(0).f64(0.5).op("f64.mul"));
      code.get(0).f64(2).op("f64.lt").if("f64").f64(1).else();
      code.get(0).get(0).f64(1).op("f64.sub").call(1).op("f64.mul").call(twice).call(half).end();
    });
    assembler.function("store", ["i32", "f32"], [], (code) =>
      code.get(0).get(1).op("f32x4.splat").memory("v128.store", 65504),
    );
    const { factorial, store, memory } = run(assembler, { host: { twice: (x: number) => x * 2 } });
    expect(factorial!(10)).toBe(3628800);
    store!(16, 2.5);
    const { buffer } = memory as unknown as { buffer: ArrayBuffer };
    expect([...new Float32Array(buffer).subarray(-5)]).toEqual([0, 2.5, 2.5, 2.5, 2.5]);
    expect(() => store!(17, 1)).toThrow(/out of bounds/);
  });

  it("writes large bodies, and a thing once", () => {
    const assembler = new Assembler();
    const one = () => assembler.once("one", () => assembler.constant("i32", (code) => code.i32(1)));
    assembler.function("count", [], ["i32"], (code) => {
      code.i32(0);
      for (let i = 0; i < 100_000; i++) code.globalGet(one()).op("i32.add");
    });
    expect(assembler.build().length).toBeGreaterThan(300_000);
    expect(run(assembler)["count"]!()).toBe(100_000);
  });

  it("refuses imports after functions", () => {
    const assembler = new Assembler();
    assembler.function(null, [], [], () => undefined);
    expect(() => assembler.importFunction("a", "b", [], [])).toThrow("imports come before functions");
  });
});

function keys<T extends object>(table: T): (keyof T)[] {
  return Object.keys(table) as (keyof T)[];
}
