import { NetworkError } from "../../errors/network.js";
import type { Backend } from "../backend.js";
import { WasmProgram } from "./program.js";
import { bestTarget, offeredByEngine } from "./target.js";

/** Programs compiled to WebAssembly: a graph, with all that it does, becomes one function. */
export const wasm: Backend = {
  name: "wasm",
  prepare: (graph, carry = { carried: [] }) => {
    if (!offeredByEngine().simd) throw new NetworkError("backend.missing");
    return new WasmProgram(graph, carry, bestTarget());
  },
};
