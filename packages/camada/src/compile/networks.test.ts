import { expect, it } from "vitest";
import { bits, drawn, int } from "../../../../tests/models.js";
import type { Backend } from "../backends/backend.js";
import { reference } from "../backends/reference/index.js";
import { checkGraph } from "../graph/check.js";
import * as camada from "../index.js";
import { simplify } from "./simplify.js";

const { adam, batchNorm, conv2d, dense, dropout, flatten, input, maxPooling2d, relu, sequential, sgd } =
  camada;

const FLOAT64 = { dtype: "float64" } as const;
const dense2 = () => sequential(input(20, FLOAT64), dense(16), relu(), dense(5));
const convolutional = () =>
  sequential(input([10, 10, 1], FLOAT64), conv2d(3, { kernelSize: 3 }), relu(), maxPooling2d(), conv2d(4, { kernelSize: 2 }), relu(), flatten(), dense(5)); // biome-ignore format: a list
const normalized = () =>
  sequential(input(20, FLOAT64), dense(16), batchNorm(), relu(), dropout(0.5), dense(5));

/** Each with the most steps that its training may have: about seven in ten of those that are traced. */
const NETWORKS = {
  "dense layers, sgd": { make: dense2, shape: [20], optimizer: () => sgd(0.1), most: 102 },
  "dense layers, adam": { make: dense2, shape: [20], optimizer: () => adam(0.01), most: 198 },
  "convolution and pooling": {
    make: convolutional,
    shape: [10, 10, 1],
    optimizer: () => sgd(0.1),
    most: 176,
  },
  "normalization and dropout": {
    make: normalized,
    shape: [20],
    optimizer: () => sgd(0.1),
    most: 179,
  },
} as const;

it.each(Object.entries(NETWORKS))("trains %s as it was", async (_, { make, shape, optimizer, most }) => {
  const counts: number[] = [];
  const simplifying: Backend = {
    name: "simplifying",
    prepare: (graph, carry) => {
      const simple = simplify(graph);
      checkGraph(simple);
      counts.push(simple.nodes.length - simple.inputs.length);
      return reference.prepare(simple, carry);
    },
  };
  const x = drawn([32, ...shape]);
  const y = int(Array.from({ length: 32 }, (_, i) => (i * i) % 5));
  const trained = async (backend: Backend) => {
    const model = make().initialize(1);
    const history = await model.fit(
      x as never,
      y as never,
      {
        loss: camada.softmaxCrossEntropy(),
        optimizer: optimizer(),
        epochs: 3,
        batchSize: 8,
        seed: 2,
        metrics: [camada.accuracy()],
        backend,
      } as never,
    );
    return { weights: bits(model as never), losses: history.epochs.map(({ loss }) => loss) };
  };
  const [expected, found] = [await trained(reference), await trained(simplifying)];
  const difference = (a: number[], b: number[]) => Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));
  expect(difference(found.weights, expected.weights)).toBeLessThan(1e-10);
  expect(difference(found.losses, expected.losses)).toBeLessThan(1e-10);
  expect(counts[0]).toBeLessThanOrEqual(most);
});
