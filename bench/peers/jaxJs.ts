import type { Value } from "@jax-js/jax";
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
  taken,
  transposed,
} from "../data.js";
import { CHECKED_STEPS, IMAGE, LEARNING_RATE } from "../tasks.js";
import { awaited, type Peer, repeated, type Work } from "./peer.js";

type Jax = typeof import("@jax-js/jax");
type Forward = (weights: readonly Value[], x: Value) => Value;

/** An array is given up by each use, unless its `ref` is taken. */
export const jaxJs: Peer = {
  prepare: async (task) => {
    const jax = await import("@jax-js/jax");
    await jax.init("wasm");
    jax.defaultDevice("wasm");
    const { numpy: np, jit } = jax;
    const double =
      task.kind === "product" ? task.dtype === "float64" : ["layer", "layers"].includes(task.kind);
    // its float64 needs an engine that has Float16Array
    const dtype = double && "Float16Array" in globalThis ? "float64" : "float32";
    const matrix = (values: Float32Array, shape: number[]) =>
      np.array(dtype === "float64" ? Float64Array.from(values) : values, { shape, dtype });

    if (task.kind === "product") {
      const [a, b] = factorsOf(task.size).map((values) => matrix(values, [task.size, task.size]));
      const product = jit((a: Value, b: Value) => np.dot(a, b));
      const run = async () => (await product(a!.ref, b!.ref).blockUntilReady()).dispose();
      return { result: [product(a!.ref, b!.ref).dataSync()], run: awaited(run) };
    }
    if (task.kind === "step") {
      const layers = networkOf(task.widths);
      return training(
        jax,
        layers,
        task.batch,
        [task.widths[0]!],
        dense(jax),
        layers.flatMap(transposedLayer(jax)),
      );
    }
    if (task.kind === "convolution") {
      const layers = convolutionsOf(task.filters);
      const weights = layers.flatMap((layer, i) =>
        i < task.filters.length ? windows(jax, layer) : transposedLayer(jax)(layer),
      );
      return training(jax, layers, task.batch, [1, IMAGE.side, IMAGE.side], convolutional(jax), weights);
    }
    const batch = task.kind === "predict" ? task.batch : task.kind === "tiny" ? 1 : 4;
    const widths = "widths" in task ? task.widths : Array<number>(task.kind === "layer" ? 2 : 3).fill(3);
    const bend =
      task.kind === "predict" ? jax.nn.relu : task.kind === "tiny" ? jax.nn.sigmoid : (x: Value) => x;
    const weights = networkOf(widths).flatMap(({ weights, biases, inputs, outputs }) => [
      matrix(weights, [outputs, inputs]),
      matrix(biases, [outputs]),
    ]);
    const last = task.kind === "tiny" ? bend : (x: Value) => x;
    const forward = jit((x: Value, ...all: Value[]) => {
      let value = x;
      for (let i = 0; i < all.length; i += 2) {
        const sum = np.dot(value, np.transpose(all[i]!)).add(all[i + 1]!);
        value = i + 2 < all.length ? bend(sum) : last(sum);
      }
      return value;
    });
    const x = matrix(observations(batch * widths[0]!), [batch, widths[0]!]);
    const run = () => forward(x.ref, ...weights.map((w) => w.ref)).dataSync();
    return { result: [run()], run: repeated(run) };
  },
};

/** Weights as (feature, neuron), and biases. */
const transposedLayer =
  ({ numpy: np }: Jax) =>
  ({ weights, biases, inputs, outputs }: LayerData): Value[] => [
    np.array(transposed(weights, outputs, inputs), { shape: [inputs, outputs] }),
    np.array(biases, { shape: [outputs] }),
  ];

/** Windows as (neuron, channel, row, column), and biases to add to images of (row, channel, row, column). */
function windows({ numpy: np }: Jax, { weights, biases, inputs, outputs }: LayerData): Value[] {
  const { window } = IMAGE;
  const shape = [outputs, window, window, inputs / window ** 2];
  return [
    np.transpose(np.array(weights, { shape }), [0, 3, 1, 2]),
    np.array(biases, { shape: [outputs, 1, 1] }),
  ];
}

const dense =
  ({ numpy: np, nn }: Jax): Forward =>
  (weights, x) => {
    let value = x;
    for (let i = 0; i < weights.length; i += 2) {
      value = np.dot(i === 0 ? value : nn.relu(value), weights[i]!).add(weights[i + 1]!);
    }
    return value;
  };

function convolutional(jax: Jax): Forward {
  const { numpy: np, nn, lax } = jax;
  return (weights, x) => {
    let value = x;
    for (let i = 0; i < weights.length - 2; i += 2) {
      value = nn.relu(lax.conv(value, weights[i]!, [1, 1], "VALID").add(weights[i + 1]!));
    }
    // the others' order of values: row, column, neuron
    const [count = 0, ...sizes] = value.shape;
    const flat = np.transpose(value, [0, 2, 3, 1]).reshape([count, sizes.reduce((a, b) => a * b)]);
    return dense(jax)(weights.slice(-2), flat);
  };
}

function training(
  { numpy: np, nn, jit, valueAndGrad, tree }: Jax,
  layers: readonly LayerData[],
  batch: number,
  shape: readonly number[],
  forward: Forward,
  initial: readonly Value[],
): Work {
  const { x, y } = rowsOf();
  const columns = x.length / y.length;
  const loss = (weights: readonly Value[], x: Value, y: Value) =>
    nn
      .logSoftmax(forward(weights, x))
      .mul(nn.oneHot(y, IMAGE.classes))
      .sum()
      .mul(-1 / batch);
  const step = jit((weights: readonly Value[], x: Value, y: Value) => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(weights), x, y);
    return [value, weights.map((w, i) => w.sub(gradients[i]!.mul(LEARNING_RATE)))] as const;
  });
  // rows are copied in JavaScript, as its own `take` is slower
  const learn = (weights: readonly Value[], rows: Int32Array) => {
    const images = np.array(taken(x, rows, columns), { shape: [batch, ...shape] });
    const [value, learned] = step(weights, images, np.array(taken(y, rows, 1), { shape: [batch] }));
    value.dataSync();
    return learned;
  };
  let weights = tree.ref(initial);
  for (let s = 0; s < CHECKED_STEPS; s++) weights = learn(weights, checkedBatch(s, batch));
  const now = weights.map((w) => {
    if (w.shape.length === 2) return np.transpose(w).dataSync();
    return (w.shape.length === 4 ? np.transpose(w, [0, 2, 3, 1]) : w).dataSync();
  });

  let current = initial;
  const batches = batchesOf(batch);
  const run = () => {
    current = learn(current, batches.next().value);
  };
  return { result: changes(layers, now), run: repeated(run) };
}
