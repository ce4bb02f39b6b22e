import { factorsOf, networkOf, observations } from "../data.js";
import { type Peer, repeated } from "./peer.js";

export const numpyTs: Peer = {
  prepare: async (task) => {
    const np = await import("numpy-ts");
    const matrix = (values: Float32Array, columns: number, dtype = "float64") =>
      np.array(
        Array.from({ length: values.length / columns }, (_, row) =>
          Array.from(values.subarray(row * columns, (row + 1) * columns)),
        ),
        dtype,
      );
    if (task.kind === "product") {
      const [a, b] = factorsOf(task.size).map((values) => matrix(values, task.size, task.dtype));
      return { result: [np.dot(a!, b!).data], run: repeated(() => np.dot(a!, b!)) };
    }
    if (task.kind !== "layer" && task.kind !== "layers") return undefined;
    const layers = networkOf(Array(task.kind === "layer" ? 2 : 3).fill(3)).map(({ weights, biases }) => ({
      weights: matrix(weights, 3),
      biases: np.array(Array.from(biases), "float64"),
    }));
    const x = matrix(observations(12), 3);
    const run = () =>
      layers.reduce(
        (values, { weights, biases }) => np.add(np.dot(values, np.transpose(weights)), biases),
        x,
      );
    return { result: [run().data], run: repeated(run) };
  },
};
