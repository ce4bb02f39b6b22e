import type { Tensor } from "@tensorflow/tfjs";
import {
  batchesOf,
  changes,
  checkedBatch,
  convolutionsOf,
  factorsOf,
  type LayerData,
  networkOf,
  observations,
  rowsOf,
  transposed,
} from "../data.js";
import { CHECKED_STEPS, IMAGE, LEARNING_RATE } from "../tasks.js";
import { type Peer, repeated, type Work } from "./peer.js";

type Tf = typeof import("@tensorflow/tfjs");
type Forward = (weights: readonly Tensor[], x: Tensor) => Tensor;

/** It has no float64: those tasks it does in float32. */
export const tfjsWasm: Peer = {
  prepare: async (task, { packages, threads }) => {
    if (task.kind === "product" && task.dtype === "float64") return undefined;
    const tf = await import("@tensorflow/tfjs");
    const { setWasmPaths, setThreadsCount } = await import("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(`${packages}/@tensorflow/tfjs-backend-wasm/wasm-out/`);
    if (threads !== undefined) setThreadsCount(threads);
    if (!(await tf.setBackend("wasm"))) throw new Error("its WebAssembly backend does not start");

    if (task.kind === "product") {
      const [a, b] = factorsOf(task.size).map((values) => tf.tensor(values, [task.size, task.size]));
      const result = a!.matMul(b!).dataSync();
      return { result: [result], run: repeated(() => a!.matMul(b!).dispose()) };
    }
    if (task.kind === "step") {
      const layers = networkOf(task.widths);
      const weights = layers.flatMap((layer) => transposedLayer(tf, layer));
      return training(tf, layers, task.batch, [task.widths[0]!], dense, weights);
    }
    if (task.kind === "convolution") {
      const layers = convolutionsOf(task.filters);
      const weights = layers.flatMap((layer, i) =>
        i < task.filters.length ? windows(tf, layer) : transposedLayer(tf, layer),
      );
      return training(tf, layers, task.batch, [IMAGE.side, IMAGE.side, 1], convolutional(tf), weights);
    }
    const batch = task.kind === "predict" ? task.batch : task.kind === "tiny" ? 1 : 4;
    const widths = "widths" in task ? task.widths : Array<number>(task.kind === "layer" ? 2 : 3).fill(3);
    const weights = networkOf(widths).flatMap((layer) => transposedLayer(tf, layer));
    const x = tf.tensor(observations(batch * widths[0]!), [batch, widths[0]!]);
    const run = () =>
      tf.tidy(() => {
        let value = x;
        for (let i = 0; i < weights.length; i += 2) {
          const sum = value.matMul(weights[i]!).add(weights[i + 1]!);
          if (task.kind === "tiny") value = sum.sigmoid();
          else value = task.kind === "predict" && i + 2 < weights.length ? sum.relu() : sum;
        }
        return value.dataSync();
      });
    return { result: [run()], run: repeated(run) };
  },
};

/** Weights as (feature, neuron), and biases. */
const transposedLayer = (tf: Tf, { weights, biases, inputs, outputs }: LayerData): Tensor[] => [
  tf.tensor(transposed(weights, outputs, inputs), [inputs, outputs]),
  tf.tensor(biases, [outputs]),
];

/** Windows as (row, column, channel, neuron), and biases. */
function windows(tf: Tf, { weights, biases, inputs, outputs }: LayerData): Tensor[] {
  const { window } = IMAGE;
  const given = tf.tensor(weights, [outputs, window, window, inputs / window ** 2]);
  return [given.transpose([1, 2, 3, 0]), tf.tensor(biases, [outputs])];
}

const dense: Forward = (weights, x) => {
  let value = x;
  for (let i = 0; i < weights.length; i += 2) {
    value = (i === 0 ? value : value.relu()).matMul(weights[i]!).add(weights[i + 1]!);
  }
  return value;
};

function convolutional(tf: Tf): Forward {
  // its WebAssembly backend has no gradient of the windows: it is a convolution of the images by the gradient
  const convolution = tf.customGrad((x, windows, save) => {
    save([x, windows]);
    return {
      value: tf.conv2d(x, windows, 1, "valid"),
      gradFunc: (dy, [x, windows]) => [
        tf.conv2dTranspose(dy, windows!, x!.shape, 1, "valid"),
        tf.conv2d(x!.transpose([3, 1, 2, 0]), dy.transpose([1, 2, 0, 3]), 1, "valid").transpose([1, 2, 0, 3]),
      ],
    };
  });
  return (weights, x) => {
    let value = x;
    for (let i = 0; i < weights.length - 2; i += 2) {
      value = convolution(value, weights[i]!)
        .add(weights[i + 1]!)
        .relu();
    }
    return dense(weights.slice(-2), value.reshape([value.shape[0]!, -1]));
  };
}

function training(
  tf: Tf,
  layers: readonly LayerData[],
  batch: number,
  shape: readonly number[],
  forward: Forward,
  initial: readonly Tensor[],
): Work {
  const rows = rowsOf();
  const x = tf.tensor(rows.x, [rows.y.length, ...shape]);
  const y = tf.tensor(rows.y, [rows.y.length], "int32");
  const optimizer = tf.train.sgd(LEARNING_RATE);
  const learner = () => {
    const weights = initial.map((w) => tf.variable(w));
    const learn = (indices: Int32Array) =>
      tf.tidy(() => {
        const taken = tf.tensor(indices, [batch], "int32");
        const [images, truth] = [x.gather(taken), tf.oneHot(y.gather(taken), IMAGE.classes)];
        const loss = () => tf.losses.softmaxCrossEntropy(truth, forward(weights, images));
        return optimizer.minimize(loss, true, weights)!.dataSync();
      });
    return { weights, learn };
  };
  const checked = learner();
  for (let s = 0; s < CHECKED_STEPS; s++) checked.learn(checkedBatch(s, batch));
  const now = checked.weights.map((w) => {
    if (w.shape.length === 2) return w.transpose().dataSync();
    return (w.shape.length === 4 ? w.transpose([3, 0, 1, 2]) : w).dataSync();
  });

  const { learn } = learner();
  const batches = batchesOf(batch);
  return { result: changes(layers, now), run: repeated(() => learn(batches.next().value)) };
}
