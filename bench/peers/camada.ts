import { array, dense, dot, input, random, relu, sequential, sgd, softmaxCrossEntropy } from "camada";
import { best, type Peer } from "./peer.js";

const rng = random.defaultRng(0);
const batch = rng.standardNormal([4, 3]).named("batch", "feature");
const weights = rng.standardNormal([3, 3]).named("neuron", "feature");
const biases = array([0.1, 0.2, 0.3], ["neuron"]);
const [a, b] = [rng.standardNormal([512, 512]), rng.standardNormal([512, 512])];

export const camada: Peer = {
  name: "camada",
  time: async (task) => {
    if (task === "layer") return best(() => dot(batch, weights.T).add(biases), 50_000);
    return task === "product" ? best(() => dot(a, b), 2) : step();
  },
};

/** The median step of a training. */
async function step(): Promise<number> {
  const x = rng.random([6400, 784]).astype("float32");
  const y = rng.integers(0, 10, [6400]);
  const model = sequential(input(784), dense(128), relu(), dense(10)).initialize(0);
  const times: number[] = [];
  let last = performance.now();
  const onBatchEnd = () => {
    const now = performance.now();
    times.push(now - last);
    last = now;
  };
  await model.fit(x, y, {
    loss: softmaxCrossEntropy(),
    optimizer: sgd(0.1),
    batchSize: 128,
    epochs: 6,
    callbacks: [{ onBatchEnd }],
  });
  return times.sort((p, q) => p - q)[times.length >> 1]! * 1e6;
}
