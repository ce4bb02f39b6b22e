import { networkOf, observations } from "../data.js";
import { type Peer, repeated } from "./peer.js";

export const brainJs: Peer = {
  prepare: async (task) => {
    if (task.kind !== "tiny") return undefined;
    const { default: brain } = await import("brain.js");
    const layers = networkOf(task.widths).map(({ weights, biases, inputs, outputs }) => ({
      weights: Array.from({ length: outputs }, (_, n) => [...weights.subarray(n * inputs, (n + 1) * inputs)]),
      biases: [...biases],
    }));
    const network = new brain.NeuralNetwork({
      inputSize: task.widths[0]!,
      hiddenLayers: task.widths.slice(1, -1),
      outputSize: task.widths.at(-1)!,
      activation: "sigmoid",
    });
    network.initialize();
    network.fromJSON({ ...network.toJSON(), layers: [{ weights: [], biases: [] }, ...layers] });
    const x = [...observations(task.widths[0]!)];
    return { result: [network.run(x)], run: repeated(() => network.run(x)) };
  },
};
