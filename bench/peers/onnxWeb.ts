import { onnxPeer } from "./onnxPeer.js";

/** onnxruntime-web: WebAssembly, one thread unless more are asked for. */
export const onnxWeb = onnxPeer(async ({ packages, threads }) => {
  const ort = await import("onnxruntime-web");
  ort.env.wasm.numThreads = threads ?? 1;
  // in Node it finds its files by itself
  if (packages.startsWith("http")) ort.env.wasm.wasmPaths = `${packages}/onnxruntime-web/dist/`;
  return { ort, options: { executionProviders: ["wasm"] } };
});
