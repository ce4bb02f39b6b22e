import { describe, expect, it } from "vitest";
import {
  adam,
  array,
  batchNorm,
  conv2d,
  dense,
  embedding,
  flatten,
  fromTypedArray,
  globalAveragePooling2d,
  input,
  type Loss,
  layerNorm,
  maxPooling2d,
  mean,
  type NDArray,
  random,
  relu,
  Sequential,
  square,
  subtract,
} from "../index.js";

/** Layers within a training: that their state is kept, and that networks made of them learn. */

const squares: Loss = {
  name: "squares",
  expects: "values",
  each: (yTrue, yPred) => mean(square(subtract(yTrue, yPred)), 1) as NDArray,
};
const rng = random.defaultRng(2);
const options = { loss: squares, optimizer: adam(0.02), seed: 1, onWarning: () => {} };

describe("layers in training", () => {
  it("batchNorm's averages move at each step, and are what is used after it", async () => {
    const x = rng.normal(3, 2, [40, 2]) as NDArray;
    const y = x.slice(null, [0, 1]) as NDArray;
    const model = new Sequential([input(2, { dtype: "float64" }), batchNorm({ momentum: 0.5 }), dense(1)]);
    await model.fit(x, y, { ...options, epochs: 2, batchSize: 40 });
    const { data } = x;
    for (const feature of [0, 1]) {
      const values = Array.from({ length: 40 }, (_, i) => data[2 * i + feature]!);
      const center = values.reduce((a, b) => a + b) / 40;
      const spread = values.reduce((a, b) => a + (b - center) ** 2, 0) / 40;
      // from 0 and from 1, half of the way to the batch's, twice
      expect(model.layers[1]!.weight("movingMean")!.at(feature)).toBeCloseTo(0.75 * center, 10);
      expect(model.layers[1]!.weight("movingVariance")!.at(feature)).toBeCloseTo(0.25 + 0.75 * spread, 10);
    }
    const before = model.forward(x).toArray();
    expect((model.forward(x.slice([0, 1])) as NDArray).toArray()).toEqual([(before as unknown[])[0]]);
  });

  it("a convolutional network tells lying bars from standing ones, wherever they are", async () => {
    const images = new Float32Array(64 * 36);
    const labels = new Float64Array(64);
    for (let n = 0; n < 64; n++) {
      const place = Math.floor(n / 2) % 6;
      for (let i = 0; i < 6; i++) images[n * 36 + (n % 2 === 0 ? place * 6 + i : i * 6 + place)] = 1;
      labels[n] = n % 2;
    }
    const x = fromTypedArray(images, [64, 6, 6, 1]) as NDArray;
    const y = fromTypedArray(labels, [64, 1]) as NDArray;
    const model = new Sequential([
      input([6, 6, 1]),
      conv2d(4, { kernelSize: 3, padding: "same" }),
      batchNorm({ momentum: 0.8 }),
      relu(),
      maxPooling2d(),
      conv2d(4, { kernelSize: 2 }),
      relu(),
      globalAveragePooling2d(),
      dense(1),
    ]).initialize(3);
    await model.fit(x, y, { ...options, epochs: 60, batchSize: 16 });
    const output = model.forward(x) as NDArray;
    expect(output.dtype).toBe("float32");
    const right = output.data.filter((value, i) => value > 0.5 === (labels[i] === 1)).length;
    expect(right).toBe(64);
  });

  it("an embedding learns what each index stands for", async () => {
    const x = rng.integers(0, 30, [200, 2]) as NDArray;
    const rows = x.toArray() as number[][];
    const y = array(rows.map(([a, b]) => [Math.sin(a!) + Math.cos(b!)])) as NDArray;
    const model = new Sequential([input(2), embedding(30, 4), layerNorm(), flatten(), dense(1)]).initialize(
      5,
    );
    const { loss: before } = await model.evaluate(x, y, options);
    await model.fit(x, y, { ...options, epochs: 40, batchSize: 50 });
    const { loss: after } = await model.evaluate(x, y, options);
    expect(after).toBeLessThan((before as number) / 20);
  });
});
