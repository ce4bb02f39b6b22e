import { loadMnist } from "@camada/interop/node";
import * as camada from "camada";
import { describe, expect, it } from "vitest";
import { bits, drawn, int } from "../models.js";
import { BACKENDS } from "./expectations.js";

/** Whole trainings: what each backend comes to, epoch by epoch, is what the reference comes to. */

const {
  adam,
  averagePooling2d,
  batchNorm,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  input,
  layerNorm,
  maxPooling2d,
  relu,
  sequential,
  softmaxCrossEntropy,
} = camada;

type Model = ReturnType<typeof sequential>;

/** Losses and measures of each epoch, and the weights at last. */
async function trained(
  model: Model,
  x: unknown,
  y: unknown,
  options: object,
): Promise<{ readonly epochs: number[]; readonly weights: number[] }> {
  const history = await model.initialize(1).fit(
    x as never,
    y as never,
    {
      loss: softmaxCrossEntropy(),
      optimizer: adam(0.005),
      seed: 2,
      ...options,
    } as never,
  );
  const epochs = history.epochs.flatMap(({ loss, valLoss }) => [loss, valLoss as number]);
  return { epochs, weights: bits(model as never) };
}

const farthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));

const FLOAT64 = { dtype: "float64" } as const;
const images = drawn([40, 9, 8, 2]);
const words = int(Array.from({ length: 40 * 6 }, (_, i) => (i * i) % 11)).reshape([40, 6]);
const labels = int(Array.from({ length: 40 }, (_, i) => (i * i) % 3));

const NETWORKS: Readonly<Record<string, readonly [() => unknown, x: unknown]>> = {
  "convolution, pooling and batchNorm": [
    () => sequential(input([9, 8, 2], FLOAT64), conv2d(5, { kernelSize: 3, strides: 2, padding: "same" }), batchNorm(), relu(), maxPooling2d(), flatten(), dense(3)),
    images,
  ],
  "averages, layerNorm and dropout": [
    () => sequential(input([9, 8, 2], FLOAT64), conv2d(3, { kernelSize: 2 }), relu(), averagePooling2d(), flatten(), dense(17), layerNorm(), dropout(0.4), dense(3)),
    images,
  ],
  embedding: [() => sequential(input(6, FLOAT64), embedding(11, 5), flatten(), dense(7), relu(), dense(3)), words],
}; // biome-ignore format: networks as lists

describe.each([...BACKENDS])("%s", (_, backend) => {
  it.each(Object.entries(NETWORKS))("trains %s as the reference does", async (_name, [make, x]) => {
    const options = { epochs: 3, batchSize: 12, validationSplit: 0.2 };
    const expected = await trained(make() as Model, x, labels, { ...options, backend: "reference" });
    const found = await trained(make() as Model, x, labels, { ...options, backend });
    expect(found.weights.length).toBeGreaterThan(50);
    expect(farthest(found.epochs, expected.epochs)).toBeLessThan(1e-9);
    expect(farthest(found.weights, expected.weights)).toBeLessThan(1e-9);
  });

  it("trains on MNIST as the reference does, at every epoch", async () => {
    const { train } = loadMnist();
    const rows = 600;
    const x = (train.images.slice([0, rows]) as camada.NDArray)
      .astype("float32")
      .reshape([rows, 784])
      .divide(255);
    const y = train.labels.slice([0, rows]).astype("int32");
    const model = () => sequential(input(784), dense(32), relu(), dense(10)) as Model;
    const options = { epochs: 4, batchSize: 32, validationSplit: 0.2, optimizer: adam(0.002) };
    const expected = await trained(model(), x, y, { ...options, backend: "reference" });
    const found = await trained(model(), x, y, { ...options, backend });
    expect(expected.epochs.at(-2)!).toBeLessThan(expected.epochs[0]! / 2);
    expect(farthest(found.epochs, expected.epochs)).toBeLessThan(1e-4);
  });
});
