import { spawnSync } from "node:child_process";
import type { Peer } from "./peer.js";

const SCRIPTS = {
  layer: [
    "x=np.random.randn(4,3); w=np.random.randn(3,3); b=np.random.randn(3)",
    "np.dot(x, w.T) + b",
    50000,
  ],
  product: ["a=np.random.randn(512,512); b=np.random.randn(512,512)", "np.dot(a, b)", 2],
} as const;

/** NumPy times itself, in a Python of its own. */
export const numpy: Peer = {
  name: "NumPy",
  time: async (task) => {
    const [setup, run, count] = SCRIPTS[task];
    const code = `import numpy as np, timeit; ${setup}; print(min(timeit.repeat(lambda: ${run}, number=${count}, repeat=7)) / ${count} * 1e9)`;
    const { status, stdout } = spawnSync("python3", ["-c", code], { encoding: "utf8" });
    return status === 0 ? Number(stdout) : undefined;
  },
};
