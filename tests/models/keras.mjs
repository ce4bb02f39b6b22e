// Makes the first half of the Keras models among the tests' data: trains three small networks with TensorFlow.js,
// which has Keras's layers in JavaScript, and writes their weights, some inputs and what it predicts for them as JSON.
// keras.py makes .keras files of it.
//
// Made by @tensorflow/tfjs 4.22.0 (npm install it in a folder of its own):
// node tests/models/keras.mjs FOLDER-WITH-IT/node_modules/@tensorflow/tfjs/dist/tf.node.js > keras.json

import { createRequire } from "node:module";

const tf = createRequire(import.meta.url)(process.argv[2]);
await tf.setBackend("cpu");

const { layers } = tf;
/** A stream of numbers that is the same every time. */
let state = 1;
const draw = () => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};
const seeded = (shape) =>
  tf.tensor(
    Array.from({ length: shape.reduce((a, b) => a * b) }, () => 2 * draw() - 1),
    shape,
  );
const init = () => ({ kernelInitializer: tf.initializers.glorotUniform({ seed: Math.floor(draw() * 1e6) }) });

/** Networks by name, each with the shape of what it takes and how many classes there are. */
const MODELS = {
  table: {
    shape: [4],
    layers: [
      layers.dense({ units: 8, activation: "relu", inputShape: [4], ...init() }),
      layers.batchNormalization({ momentum: 0.8 }),
      layers.dropout({ rate: 0.1, seed: 1 }),
      layers.dense({ units: 6, activation: "tanh", useBias: false, ...init() }),
      layers.layerNormalization(),
      layers.dense({ units: 3, ...init() }),
      layers.softmax(),
    ],
  },
  images: {
    shape: [8, 7, 2],
    layers: [
      layers.conv2d({ filters: 4, kernelSize: 3, padding: "same", inputShape: [8, 7, 2], ...init() }),
      layers.leakyReLU({ alpha: 0.2 }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 3, kernelSize: [2, 1], strides: [1, 2], activation: "elu", ...init() }),
      layers.averagePooling2d({ poolSize: [1, 2], strides: 1, padding: "same" }),
      layers.flatten(),
      layers.dense({ units: 3, activation: "sigmoid", ...init() }),
    ],
  },
  chain: {
    shape: [5],
    layers: [
      layers.dense({ units: 6, inputShape: [5], ...init() }),
      layers.activation({ activation: "softplus" }),
      layers.reshape({ targetShape: [2, 3] }),
      layers.flatten(),
      layers.dense({ units: 3, activation: "softmax", ...init() }),
    ],
  },
};

const made = {};
for (const [name, { shape, layers }] of Object.entries(MODELS)) {
  const model = tf.sequential({ layers });
  model.compile({ optimizer: tf.train.adam(0.02), loss: "meanSquaredError" });
  const x = seeded([48, ...shape]);
  const classes = x.reshape([48, -1]).slice([0, 0], [48, 3]).argMax(1);
  await model.fit(x, tf.oneHot(classes, 3), { epochs: 15, batchSize: 8, shuffle: false, verbose: 0 });
  const some = x.slice(0, 6);
  const plain = (tensor) => ({ shape: tensor.shape, values: Array.from(tensor.dataSync()) });
  made[name] = {
    config: model.toJSON(null, false).config,
    weights: model.layers.map((layer) => layer.getWeights().map(plain)),
    input: plain(some),
    output: plain(model.predict(some)),
  };
}
process.stdout.write(JSON.stringify(made));
