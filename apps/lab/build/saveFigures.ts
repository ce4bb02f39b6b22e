import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadMnist } from "@camada/interop/node";
import { accuracy, type NDArray, softmaxCrossEntropy } from "camada";
import {
  type Digits,
  type StudySettings,
  seeingNetwork,
  seenIn,
  studyDigits,
  trainSeeing,
} from "../src/figures/digits/training.js";

/*
 * Makes what the lesson's figures of MNIST show without a script: trains on the real digits, which takes some
 * minutes, and saves what it came to beside the lesson. `npx tsx --conditions=camada-source
 * apps/lab/build/saveFigures.ts`
 */

const SEED = 0;
const EPOCHS = 4;
/** The first 4 of the test digits. */
const DIGIT = 4;

const save = (name: string, saved: object): void => {
  const file = fileURLToPath(new URL(`../../../lessons/03-first-layers/${name}`, import.meta.url));
  writeFileSync(file, `${JSON.stringify(saved)}\n`);
};

const { train, test } = loadMnist();
const rows = ({ images, labels }: typeof train): Digits => ({
  x: images.reshape([images.shape[0]!, 784]).named("batch", "feature") as NDArray,
  y: labels,
});
const [learnt, judged] = [rows(train), rows(test)];

const model = seeingNetwork(SEED);
await trainSeeing(model, learnt, { epochs: EPOCHS, seed: SEED });
const result = await model.evaluate(judged.x, judged.y, {
  loss: softmaxCrossEntropy(),
  metrics: [accuracy()],
});
const pixels = judged.x.at(DIGIT).toArray() as unknown as number[];
const seen = seenIn(model, pixels, judged.y.at(DIGIT) as unknown as number);
const short = (value: number): number => Number(value.toPrecision(3));
save("strokes.json", {
  network: "784-48-24-10",
  rows: 60_000,
  epochs: EPOCHS,
  seed: SEED,
  testAccuracy: result.accuracy,
  strokes: {
    ...seen,
    image: seen.image.map(short),
    layers: seen.layers.map(({ neurons, strongest }) => ({
      neurons,
      strongest: strongest.map((response) => ({
        ...response,
        activation: short(response.activation),
        biases: short(response.biases),
        pixels: response.pixels.map(short),
      })),
    })),
  },
});

const settings: StudySettings = {
  batchSizes: [16, 128, 1024],
  seeds: [0, 1, 2],
  rows: 20_000,
  testRows: 10_000,
  learningRate: 0.1,
  budget: { epochs: 5 },
  scale: false,
};
for (const [file, scale] of [
  ["batch-size.json", false],
  ["batch-size-scaled.json", "sqrt"],
] as const) {
  const { results } = await studyDigits(learnt, judged, { ...settings, scale });
  save(file, {
    ...settings,
    scale,
    results: results.map(({ batchSize, learningRate, runs }) => ({
      batchSize,
      learningRate,
      runs: runs.map(({ seed, secondsPerEpoch, trainAccuracy, testAccuracy, gap }) => ({
        seed,
        secondsPerEpoch: short(secondsPerEpoch),
        trainAccuracy,
        testAccuracy,
        gap,
      })),
    })),
  });
}
