import type { Peer } from "./peer.js";

/** The peers that run in JavaScript; each is loaded in a process or page of its own. */
export const PEERS: { readonly [name: string]: () => Promise<Peer> } = {
  camada: async () => (await import("./camada.js")).camada,
  "plain-js": async () => (await import("./plainJs.js")).plainJs,
  ceiling: async () => (await import("./ceiling.js")).ceiling,
  "jax-js": async () => (await import("./jaxJs.js")).jaxJs,
  "tfjs-wasm": async () => (await import("./tfjsWasm.js")).tfjsWasm,
  "ort-web": async () => (await import("./onnxWeb.js")).onnxWeb,
  "ort-node": async () => (await import("./onnxNode.js")).onnxNode,
  "numpy-ts": async () => (await import("./numpyTs.js")).numpyTs,
  "brain.js": async () => (await import("./brainJs.js")).brainJs,
};
