import { fromTypedArray } from "../../array/creation.js";
import { NetworkError } from "../../errors/network.js";
import { trace } from "../../graph/trace.js";
import { add, maximum } from "../../ops/arithmetic.js";
import { exp } from "../../ops/math.js";
import { matmul } from "../../ops/product.js";
import { sum } from "../../ops/reductions.js";
import type { NDArray } from "../../shape/types.js";
import type { Strided } from "../../storage/strided.js";
import { WasmProgram } from "./program.js";

/** Of Node what is needed here, asked for by name. */
const node = (
  globalThis as unknown as {
    process?: {
      versions?: { node?: string };
      getBuiltinModule?(name: "node:v8"): { setFlagsFromString(flag: string): void };
    };
  }
).process;

/** The first Node whose engine takes two vectors together without a fault that we know of. */
const FIRST_NODE = 24;

/** Whether the engine can be told to take two vectors together. */
export function canBeWide(): boolean {
  return (
    node?.getBuiltinModule !== undefined && Number.parseInt(node.versions?.node ?? "0", 10) >= FIRST_NODE
  );
}

/**
 * A program that the engine compiles for good while it takes two vectors together. The flag is the whole process's,
 * and so is set for this time alone.
 */
export function whileWide(prepare: () => WasmProgram): WasmProgram {
  const v8 = node!.getBuiltinModule!("node:v8");
  for (const flag of FLAGS) v8.setFlagsFromString(`--${flag}`);
  try {
    const program = prepare();
    program.warmUp();
    return program;
  } finally {
    for (const flag of FLAGS) v8.setFlagsFromString(`--no-${flag}`);
  }
}

/** What takes two vectors together, and what makes the engine compile for good at once and not some time later. */
const FLAGS = ["experimental-wasm-revectorize", "wasm-sync-tier-up"] as const;

let isRight: boolean | undefined;

/**
 * Holds what the engine makes of a program for every kind of loop to the bits of the plain one: once.
 * @throws CamadaError `backend.tier`
 */
export function checkWide(): void {
  isRight ??= givesTheSame();
  if (!isRight) throw new NetworkError("backend.tier", { tier: "wide" });
}

function givesTheSame(): boolean {
  const network = (x: NDArray, w: NDArray, b: NDArray) => {
    const hidden = maximum(
      add(matmul(x, w.T as never) as never, b as never) as never,
      0 as never,
    ) as unknown as NDArray;
    const e = exp(hidden);
    return [hidden, e, sum(e, 1), sum(e, 0), matmul(hidden.T as never, x as never)];
  };
  return (["float32", "float64"] as const).every((dtype) => {
    const numbers = (...shape: [number, number?]) => {
      const size = shape.reduce<number>((all, n) => all * n!, 1);
      const values = Float64Array.from({ length: size }, (_, i) => Math.sin(i * 7.3));
      return fromTypedArray(values, shape as never).astype(dtype) as unknown as NDArray;
    };
    const arrays = [numbers(61, 67), numbers(53, 67), numbers(53)];
    const { graph } = trace("wide", network as never, arrays);
    const results = [false, true].map((wide) => {
      const prepare = () => new WasmProgram(graph, { carried: [] }, { relaxed: true, wide }, 1);
      const program = wide ? whileWide(prepare) : prepare();
      arrays.forEach((value, i) => {
        program.upload(i, value as unknown as Strided);
      });
      // once more, as the engine may have a better version by now
      for (let run = 0; run < 2; run++) program.run();
      return graph.outputs.flatMap((_, i) => [...program.read(i).buffer]);
    });
    return results[0]!.every((value, i) => Object.is(value, results[1]![i]));
  });
}
