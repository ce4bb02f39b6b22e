/// <reference types="node" />
import { setFlagsFromString } from "node:v8";
import { Assembler } from "../packages/camada/src/backends/wasm/assembler/index.js";
import { engine } from "../packages/camada/src/backends/wasm/engine.js";
import { type LaneType, type Tier, WasmLanes } from "../packages/camada/src/backends/wasm/lanes.js";

/** Running what operations are lowered to, on arrays of numbers. */

const ARRAYS = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const;

/** A function of two arrays of one length (of which it may use one), compiled for a tier. */
export function compiled(
  dtype: LaneType,
  tier: Tier,
  write: (b: WasmLanes, x: number, y: number) => number,
): (x: readonly number[], y?: readonly number[]) => number[] {
  const assembler = new Assembler({ min: 32 });
  assembler.function("run", ["i32", "i32", "i32", "i32"], [], (code) => {
    const [x, y] = [code.local("v128"), code.local("v128")];
    code.loop().get(0).memory("v128.load").set(x).get(1).memory("v128.load").set(y);
    const result = write(new WasmLanes(code, dtype, tier), x, y);
    code.get(2).get(result).memory("v128.store");
    for (const address of [0, 1, 2]) code.get(address).i32(16).op("i32.add").set(address);
    code.get(3).i32(16).op("i32.sub").tee(3).i32(0).op("i32.gt_s").brIf(0).end();
  });
  const { Instance, Module } = engine()!;
  const { run, memory } = new Instance(new Module(assembler.build())).exports as {
    run: (x: number, y: number, out: number, bytes: number) => void;
    memory: { buffer: ArrayBuffer };
  };
  const Values = ARRAYS[dtype];
  return (x, y = []) => {
    const bytes = Math.ceil((x.length * Values.BYTES_PER_ELEMENT) / 16) * 16;
    const parts = [0, bytes, 2 * bytes].map((at) => new Values(memory.buffer, at, x.length));
    parts[0]!.set(x);
    parts[1]!.set(y);
    run(0, bytes, 2 * bytes, bytes);
    return [...parts[2]!];
  };
}

/** The tiers that the engine has. Node 20 has relaxed SIMD behind a flag, which may be set at any time. */
export const TIERS: readonly Tier[] = [{ relaxed: false }, ...(hasRelaxed() ? [{ relaxed: true }] : [])];

function hasRelaxed(): boolean {
  const assembler = new Assembler();
  assembler.function(null, ["v128"], ["v128"], (code) => code.get(0).get(0).get(0).op("f32x4.relaxed_madd"));
  const works = () => engine()!.validate(assembler.build());
  if (!works()) setFlagsFromString("--experimental-wasm-relaxed-simd");
  return works();
}

/** How many numbers of a float dtype lie between two: 0 for equals, and for two nan. */
export function distance(dtype: "float32" | "float64", x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) && Number.isNaN(y) ? 0 : Infinity;
  const [a, b] = [ordinal(dtype, x), ordinal(dtype, y)];
  return Number(a > b ? a - b : b - a);
}

/** The place of a number among all that its dtype has. */
function ordinal(dtype: "float32" | "float64", x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  if (dtype === "float32") view.setFloat32(0, x);
  else view.setFloat64(0, x);
  const bits = dtype === "float32" ? BigInt(view.getInt32(0)) : view.getBigInt64(0);
  const least = dtype === "float32" ? -(2n ** 31n) : -(2n ** 63n);
  return bits < 0n ? least - bits : bits;
}
