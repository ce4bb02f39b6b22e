import { array, dot, random } from "camada";
import { best, type Peer } from "./peer.js";

const rng = random.defaultRng(0);
const batch = rng.standardNormal([4, 3]).named("batch", "feature");
const weights = rng.standardNormal([3, 3]).named("neuron", "feature");
const biases = array([0.1, 0.2, 0.3], ["neuron"]);
const [a, b] = [rng.standardNormal([512, 512]), rng.standardNormal([512, 512])];

export const camada: Peer = {
  name: "camada",
  time: async (task) =>
    task === "layer" ? best(() => dot(batch, weights.T).add(biases), 50_000) : best(() => dot(a, b), 2),
};
