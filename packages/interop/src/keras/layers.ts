import {
  activation,
  averagePooling2d,
  batchNorm,
  conv2d,
  dense,
  dropout,
  elu,
  embedding,
  flatten,
  globalAveragePooling2d,
  globalMaxPooling2d,
  input,
  type Layer,
  layerNorm,
  leakyRelu,
  maxPooling2d,
  type Padding,
  relu,
  rescaling,
  reshapeTo,
  softmax,
} from "camada";
import type { Settings } from "./settings.js";

/** A layer of Keras as layers of ours: more than one where it has an activation of its own. */
export interface Translated {
  readonly layers: readonly Layer[];
  /** What our first layer calls the weights, in Keras's order, and the axes of Keras's that become ours. */
  readonly weights: readonly (readonly [name: string, axes?: readonly number[]])[];
  /** Which axis, the batch's being 0, must be the last: the one that is normalized. */
  readonly last?: number;
}

type Translate = (settings: Settings) => Translated;

/** Keras's names of activations. */
const ACTIVATIONS: { readonly [name: string]: () => readonly Layer[] } = {
  linear: () => [],
  elu: () => [elu()],
  gelu: () => [activation("gelu")],
  leaky_relu: () => [leakyRelu({ slope: 0.2 })],
  relu: () => [relu()],
  sigmoid: () => [activation("sigmoid")],
  softmax: () => [softmax()],
  softplus: () => [activation("softplus")],
  tanh: () => [activation("tanh")],
};

const alone = (layer: Layer): Translated => ({ layers: [layer], weights: [] });

/** Neurons, and what their sums go through. */
function neurons(settings: Settings, layer: Layer, axes: readonly number[]): Translated {
  const after = ACTIVATIONS[settings.choice("activation", Object.keys(ACTIVATIONS), "linear")]!();
  return {
    layers: [layer, ...after],
    weights: settings.useBias ? [["weights", axes], ["biases"]] : [["weights", axes]],
  };
}

const slide = (settings: Settings) => ({
  strides: settings.pair("strides"),
  padding: settings.choice("padding", ["valid", "same"]) as Padding,
});

const pool = (settings: Settings) => {
  settings.only("data_format", ["channels_last"]);
  return { poolSize: settings.pair("pool_size"), ...slide(settings) };
};

function globalPool(settings: Settings, layer: Layer): Translated {
  settings.only("data_format", ["channels_last"]);
  settings.only("keepdims", [false]);
  return alone(layer);
}

/** The layers that a file may have: no other class is looked for, so none is run. */
export const LAYERS: { readonly [className: string]: Translate } = {
  Activation: (settings) => ({
    layers: ACTIVATIONS[settings.choice("activation", Object.keys(ACTIVATIONS))]!(),
    weights: [],
  }),
  AveragePooling2D: (settings) => alone(averagePooling2d(pool(settings))),
  BatchNormalization: (settings) => {
    for (const name of ["center", "scale"]) settings.only(name, [true]);
    const options = { momentum: settings.number("momentum"), epsilon: settings.number("epsilon") };
    return {
      layers: [batchNorm(options)],
      weights: [["gamma"], ["beta"], ["movingMean"], ["movingVariance"]],
      last: settings.single("axis"),
    };
  },
  Conv2D: (settings) => {
    settings.only("data_format", ["channels_last"]);
    settings.only("groups", [1]);
    const layer = conv2d(settings.number("filters"), {
      kernelSize: settings.pair("kernel_size"),
      dilation: settings.pair("dilation_rate"),
      useBias: settings.useBias,
      ...slide(settings),
    });
    // (row, column, channel, neuron) to (neuron, row, column, channel)
    return neurons(settings, layer, [3, 0, 1, 2]);
  },
  Dense: (settings) => {
    const layer = dense(settings.number("units"), { useBias: settings.useBias });
    // (feature, neuron) to (neuron, feature)
    return neurons(settings, layer, [1, 0]);
  },
  Dropout: (settings) => alone(dropout(settings.number("rate"))),
  ELU: (settings) => alone(elu({ alpha: settings.number("alpha") })),
  Embedding: (settings) => {
    settings.only("mask_zero", [false]);
    const layer = embedding(settings.number("input_dim"), settings.number("output_dim"));
    return { layers: [layer], weights: [["weights"]] };
  },
  Flatten: (settings) => {
    settings.only("data_format", ["channels_last"]);
    return alone(flatten());
  },
  GlobalAveragePooling2D: (settings) => globalPool(settings, globalAveragePooling2d()),
  GlobalMaxPooling2D: (settings) => globalPool(settings, globalMaxPooling2d()),
  InputLayer: (settings) => {
    const dtype = settings.choice("dtype", ["float32", "float64", "int32"], "float32");
    return alone(input(settings.shape, { dtype: dtype === "float64" ? "float64" : "float32" }));
  },
  LayerNormalization: (settings) => {
    for (const name of ["center", "scale"]) settings.only(name, [true]);
    settings.only("rms_scaling", [false]);
    const layer = layerNorm({ epsilon: settings.number("epsilon") });
    return { layers: [layer], weights: [["gamma"], ["beta"]], last: settings.single("axis") };
  },
  LeakyReLU: (settings) => alone(leakyRelu({ slope: settings.number("negative_slope") })),
  MaxPooling2D: (settings) => alone(maxPooling2d(pool(settings))),
  ReLU: (settings) => {
    settings.only("max_value", [null]);
    settings.only("threshold", [0]);
    const slope = settings.number("negative_slope", 0);
    return alone(slope === 0 ? relu() : leakyRelu({ slope }));
  },
  Rescaling: (settings) => alone(rescaling(settings.number("scale"), settings.number("offset"))),
  Reshape: (settings) => alone(reshapeTo(settings.numbers("target_shape"))),
  Softmax: (settings) => alone(softmax({ axis: settings.number("axis", -1) })),
};
