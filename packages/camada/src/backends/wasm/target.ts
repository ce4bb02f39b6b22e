import { Assembler } from "./assembler/index.js";
import { engine } from "./engine.js";
import type { Target } from "./writer.js";

let offered: { readonly simd: boolean; readonly relaxed: boolean } | undefined;

/** What the engine offers, asked once, by small modules that it would refuse. */
export function offeredByEngine(): { readonly simd: boolean; readonly relaxed: boolean } {
  const here = engine();
  offered ??= {
    simd: here?.validate(usingVectors("f32x4.add")) ?? false,
    relaxed: here?.validate(usingVectors("f32x4.relaxed_madd")) ?? false,
  };
  return offered;
}

function usingVectors(name: "f32x4.add" | "f32x4.relaxed_madd"): Uint8Array {
  const assembler = new Assembler();
  const params = new Array<"v128">(name === "f32x4.add" ? 2 : 3).fill("v128");
  assembler.function(null, params, ["v128"], (code) => {
    for (const i of params.keys()) code.get(i);
    code.op(name);
  });
  return assembler.build();
}

/** The best instructions that programs may be written with here. */
export function bestTarget(): Target {
  return { relaxed: offeredByEngine().relaxed, wide: false };
}
