import { type LayerData, networkOf, observations } from "../data.js";
import { type Peer, repeated } from "./peer.js";

/** Loops over Float64Array that allocate nothing: what a person would write who needs only this. */
export const plainJs: Peer = {
  prepare: async (task) => {
    if (task.kind !== "layer" && task.kind !== "layers" && task.kind !== "tiny") return undefined;
    const tiny = task.kind === "tiny";
    const widths = tiny ? task.widths : Array<number>(task.kind === "layer" ? 2 : 3).fill(3);
    const rows = tiny ? 1 : 4;
    const layers = networkOf(widths).map((layer) => loop(layer, rows, tiny));
    const x = Float64Array.from(observations(rows * widths[0]!));
    const run = () => layers.reduce<Float64Array>((values, layer) => layer(values), x);
    return { result: [run()], run: repeated(run) };
  },
};

function loop(layer: LayerData, rows: number, bent: boolean): (x: Float64Array) => Float64Array {
  const [weights, biases] = [Float64Array.from(layer.weights), Float64Array.from(layer.biases)];
  const { inputs, outputs } = layer;
  const result = new Float64Array(rows * outputs);
  return (x) => {
    for (let r = 0; r < rows; r++) {
      for (let n = 0; n < outputs; n++) {
        let sum = biases[n]!;
        for (let i = 0; i < inputs; i++) sum += x[r * inputs + i]! * weights[n * inputs + i]!;
        result[r * outputs + n] = bent ? 1 / (1 + Math.exp(-sum)) : sum;
      }
    }
    return result;
  };
}
