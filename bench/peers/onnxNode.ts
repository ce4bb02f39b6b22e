import { onnxPeer } from "./onnxPeer.js";

/** onnxruntime-node: native code, one thread unless more are asked for. */
export const onnxNode = onnxPeer(async ({ threads }) => {
  const ort = await import("onnxruntime-node");
  return { ort, options: { executionProviders: ["cpu"], intraOpNumThreads: threads ?? 1 } };
});
