import { checkCount } from "../../data/checks.js";
import type { Backend } from "../backend.js";
import { threadsHere } from "./pool.js";
import { WasmProgram } from "./program.js";
import { type Tier, targetOf } from "./target.js";
import { checkWide, whileWide } from "./wide.js";
import type { Target } from "./writer.js";

/** How compiled programs run: on how many threads, and with which instructions. */
export interface WasmOptions {
  /**
   * How many threads share the work, where a program is the faster for it, which is tried while it runs: as many as
   * the machine runs at once, up to 8, unless given.
   */
  readonly threads?: number;
  /** Which instructions programs are made of: the best that the engine has for everyone, unless given. */
  readonly tier?: Tier;
}

/**
 * A backend that compiles a graph, with all that it does, to one WebAssembly function. `backend: "wasm"` is the one
 * with all options left out; results do not depend on the number of threads. In pages threads need isolation from
 * other origins: without, one does all the work, and the console is told of it once.
 * @throws CamadaError `value.integer`, `value.positive`, `value.choice`, `backend.missing`, `backend.tier`, and when it prepares a program `backend.missing`, `backend.memory`, `backend.refused`
 * @example
 * const alone = wasmBackend({ threads: 1 });
 * compile((x) => multiply(x, 2), { backend: alone })(array([1, 2])); // [2. 4.]
 */
export function wasmBackend({ threads, tier }: WasmOptions = {}): Backend {
  if (threads !== undefined) checkCount("wasmBackend", "threads", threads);
  const target = tier === undefined ? undefined : targetOf(tier);
  if (target?.wide === true) checkWide();
  return backendFor(target, threads, new Map());
}

/**
 * A backend. `kin` has those that differ from it in their threads alone: one for each number of them, so that programs
 * are found again.
 */
function backendFor(
  target: Target | undefined,
  threads: number | undefined,
  kin: Map<number, Backend>,
): Backend {
  return {
    name: "wasm",
    prepare: (graph, carry = { carried: [] }) => {
      const best = target ?? targetOf();
      const prepare = () => new WasmProgram(graph, carry, best, threads ?? threadsHere());
      return best.wide ? whileWide(prepare) : prepare();
    },
    withThreads: (count) => {
      const known = kin.get(count);
      if (known !== undefined) return known;
      const made = backendFor(target, count, kin);
      kin.set(count, made);
      return made;
    },
  };
}

export const wasm: Backend = /* @__PURE__ */ wasmBackend();
