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
 * Holds what the engine makes of a program for every kind of loop, while it takes two vectors together, to the bits
 * of what it makes of it while it does not: once.
 * @throws CamadaError `backend.tier`
 */
export function checkWide(): void {
  isRight ??= givesTheSame();
  if (!isRight) throw new NetworkError("backend.tier", { tier: "wide" });
}

function givesTheSame(): boolean {
  return (["float32", "float64"] as const).every((dtype) => {
    const numbers = (rows: number, columns: number) => {
      const values = Float64Array.from({ length: rows * columns }, (_, i) => Math.sin(i * 7.3));
      return fromTypedArray(values, [rows, columns]).astype(dtype) as unknown as NDArray;
    };
    const arrays = [numbers(61, 67), numbers(53, 67), numbers(1, 53), numbers(1, 67)];
    const [plain, wide] = [false, true].map((isWide) => {
      const { graph } = trace("wide", everyLoop(isWide) as never, arrays);
      const prepare = () => new WasmProgram(graph, { carried: [] }, { relaxed: true, wide: true }, 1);
      const program = isWide ? whileWide(prepare) : prepare();
      arrays.forEach((value, i) => {
        program.upload(i, value as unknown as Strided);
      });
      // once more, as the engine may have a better version by now
      for (let run = 0; run < 2; run++) program.run();
      return graph.outputs.flatMap((_, i) => [...program.read(i).buffer]);
    });
    return wide!.every((value, i) => Object.is(value, plain![i]));
  });
}

/** A function of loops of every kind. An engine keeps what it makes of a module, so that the plain one gives more. */
function everyLoop(isWide: boolean) {
  return (x: NDArray, w: NDArray, b: NDArray, row: NDArray) => {
    const product = (a: NDArray, b: NDArray) => matmul(a, b as never) as unknown as NDArray;
    const hidden = maximum(add(product(x, w.T), b as never) as never, 0 as never) as unknown as NDArray;
    const e = exp(hidden);
    const one = product(row, w.T);
    const moved = add(w, product(one.T, row) as never);
    const results = [hidden, e, sum(e, 1), sum(e, 0), product(hidden.T, x), one, moved, sum(moved, 1)];
    return isWide ? results : [...results, b];
  };
}
