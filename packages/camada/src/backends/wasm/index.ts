import { NetworkError } from "../../errors/network.js";
import type { Backend } from "../backend.js";
import { threadsHere } from "./pool.js";
import { WasmProgram } from "./program.js";
import { bestTarget, offeredByEngine } from "./target.js";

/** Programs compiled to WebAssembly: a graph, with all that it does, becomes one function. */
function wasmOf(threads: number | undefined): Backend {
  return {
    name: "wasm",
    prepare: (graph, carry = { carried: [] }) => {
      if (!offeredByEngine().simd) throw new NetworkError("backend.missing");
      return new WasmProgram(graph, carry, bestTarget(), threads ?? threadsHere());
    },
    withThreads: (count) => {
      const known = byThreads.get(count) ?? wasmOf(count);
      byThreads.set(count, known);
      return known;
    },
  };
}

const byThreads = new Map<number, Backend>();

export const wasm: Backend = /* @__PURE__ */ wasmOf(undefined);
