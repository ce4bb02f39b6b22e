import { writeFileSync } from "node:fs";
import { camada } from "./peers/camada.js";
import { jaxJs } from "./peers/jaxJs.js";
import { numpy } from "./peers/numpy.js";
import { numpyTs } from "./peers/numpyTs.js";
import type { Task } from "./peers/peer.js";

/**
 * The peers beside one another in one run, in turns; each figure is the median of the rounds. Only ratios
 * mean something: machines differ.
 */
const PEERS = [camada, numpy, numpyTs, jaxJs];
const TASKS: { readonly [T in Task]: string } = {
  layer: "a layer of the lesson, (4, 3)·(3, 3)ᵀ + biases, float64",
  product: "a product of 512 x 512, float64 (jax-js: float32)",
  step: "a training step, 784-128-10, ReLU, softmax cross-entropy, SGD, batch 128, float32, rows gathered",
};
const ROUNDS = 5;

const median = (values: number[]): number => values.sort((x, y) => x - y)[values.length >> 1]!;

const rows: string[] = ["| task | peer | time | peer's time over camada's |", "|---|---|--:|--:|"];
for (const task of Object.keys(TASKS) as Task[]) {
  const times = new Map<string, number[]>(PEERS.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const peer of PEERS) {
      const time = await peer.time(task);
      if (time !== undefined) times.get(peer.name)!.push(time);
    }
  }
  const ours = median(times.get("camada")!);
  for (const [name, values] of times) {
    if (values.length === 0) {
      rows.push(`| ${TASKS[task]} | ${name} | not here | |`);
      continue;
    }
    const time = median(values);
    const shown = time < 1e5 ? `${time.toFixed(0)} ns` : `${(time / 1e6).toFixed(2)} ms`;
    rows.push(`| ${TASKS[task]} | ${name} | ${shown} | ${(time / ours).toFixed(2)} |`);
  }
}
const table = rows.join("\n");
console.log(table);
writeFileSync(
  new URL("./RESULTS.md", import.meta.url),
  `# Results\n\nNode ${process.version}, medians of ${ROUNDS} rounds in one run. Written by \`npm run bench\`.\n\n${table}\n`,
);
process.exit(0);
