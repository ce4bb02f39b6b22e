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

/** NumPy times itself, in a Python of its own. The training step is by hand: gather, forward, backward, update. */
const STEP = `
import numpy as np, time
rng = np.random.default_rng(0)
X = rng.random((6400, 784), dtype=np.float32); Y = rng.integers(0, 10, 6400)
W1 = rng.standard_normal((784, 128)).astype(np.float32) * 0.05; b1 = np.zeros(128, np.float32)
W2 = rng.standard_normal((128, 10)).astype(np.float32) * 0.05; b2 = np.zeros(10, np.float32)
times = []
for epoch in range(6):
    order = rng.permutation(6400)
    for i in range(0, 6400, 128):
        start = time.perf_counter()
        rows = order[i:i + 128]; x = X[rows]; y = Y[rows]
        z1 = x @ W1 + b1; a1 = np.maximum(z1, 0); z2 = a1 @ W2 + b2
        e = np.exp(z2 - z2.max(1, keepdims=True)); d2 = e / e.sum(1, keepdims=True)
        d2[np.arange(128), y] -= 1; d2 /= 128
        d1 = d2 @ W2.T; d1[z1 <= 0] = 0
        W2 -= 0.1 * (a1.T @ d2); b2 -= 0.1 * d2.sum(0); W1 -= 0.1 * (x.T @ d1); b1 -= 0.1 * d1.sum(0)
        times.append(time.perf_counter() - start)
print(sorted(times)[len(times) // 2] * 1e9)
`;

export const numpy: Peer = {
  name: "NumPy",
  time: async (task) => {
    if (task === "step") return python(STEP);
    const [setup, run, count] = SCRIPTS[task];
    const code = `import numpy as np, timeit; ${setup}; print(min(timeit.repeat(lambda: ${run}, number=${count}, repeat=7)) / ${count} * 1e9)`;
    return python(code);
  },
};

function python(code: string): number | undefined {
  const { status, stdout } = spawnSync("python3", ["-c", code], { encoding: "utf8" });
  return status === 0 ? Number(stdout) : undefined;
}
