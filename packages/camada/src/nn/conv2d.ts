import { checkCount } from "../data/checks.js";
import { add } from "../ops/arithmetic.js";
import { reshape, transpose } from "../ops/movement.js";
import { dot } from "../ops/product.js";
import type { NDArray } from "../shape/types.js";
import type { Layer } from "./layer.js";
import {
  checkGiven,
  type GivenNeurons,
  type NeuronOptions,
  neuronConfig,
  neuronWeights,
  settled,
  withGiven,
} from "./neurons.js";
import {
  checkPadding,
  type Padding,
  type Pair,
  pairOf,
  type Slide,
  windowCounts,
  windowsOf,
} from "./windows.js";

interface SlideOptions<S extends Pair, P extends Padding, D extends Pair> {
  /** How far apart windows are: 1 unless given. */
  readonly strides?: S;
  /** Whether windows stay inside ("valid", unless given) or there is one for each row and column ("same"). */
  readonly padding?: P;
  /** How far apart the cells of a window are: 1 unless given. */
  readonly dilation?: D;
}

/** Options of `conv2d`. */
export interface Conv2dOptions<
  K extends Pair = Pair,
  S extends Pair = Pair,
  P extends Padding = Padding,
  D extends Pair = Pair,
> extends NeuronOptions,
    SlideOptions<S, P, D> {
  /** How many rows and columns a window has. */
  readonly kernelSize: K;
}

/** What a `conv2d` of given weights is made from. */
export interface GivenConv2d<
  W extends NDArray = NDArray,
  S extends Pair = Pair,
  P extends Padding = Padding,
  D extends Pair = Pair,
> extends GivenNeurons<W>,
    SlideOptions<S, P, D> {
  /** (neuron, row, column, channel): a window for each neuron. */
  readonly weights: W;
}

type Axis<W extends NDArray, I extends number> = W["shape"] extends readonly [number, number, number, number]
  ? W["shape"][I]
  : number;

interface Conv2d {
  <
    const N extends number,
    const K extends Pair,
    const S extends Pair = 1,
    const P extends Padding = "valid",
    const D extends Pair = 1,
  >(
    filters: N,
    options: Conv2dOptions<K, S, P, D>,
  ): Layer<Slide<K, S, P, D, number, N>, "conv2d">;
  <W extends NDArray, const S extends Pair = 1, const P extends Padding = "valid", const D extends Pair = 1>(
    given: GivenConv2d<W, S, P, D>,
  ): Layer<Slide<readonly [Axis<W, 1>, Axis<W, 2>], S, P, D, Axis<W, 3>, Axis<W, 0>>, "conv2d">;
}

/**
 * A layer whose neurons each look through the same small window at every place of an image: from (batch,
 * row, column, channel) to (batch, row, column, neuron), as Keras's Conv2D. Each neuron's result is the sum of
 * a window's values times its weights, of axes (neuron, row, column, channel), plus its bias; nothing is
 * turned around, so it is a cross-correlation (LeCun et al., Proceedings of the IEEE 86, 1998). Made of a
 * number of neurons, or of given weights and biases.
 * @throws ShapeError `layer.rank`, `layer.window`, `layer.channels` where what comes in does not fit,
 * `layer.weights`, `layer.weightsAxes`, `layer.biases`; CamadaError `value.integer`, `value.positive`,
 * `value.choice`
 * @example
 * const edges = conv2d({ weights: array([-1, 1]).reshape([1, 1, 2, 1]) });
 * const image = array([[0, 0, 5, 5]]).reshape([1, 1, 4, 1]);
 * sequential(input([1, 4, 1]), edges).forward(image).reshape([3]); // [0. 5. 0.]
 */
export const conv2d = ((first: number | GivenConv2d, options = {} as Conv2dOptions): Layer =>
  typeof first === "number" ? newConv2d(first, options) : givenConv2d(first)) as Conv2d;

function newConv2d(filters: number, options: Conv2dOptions): Layer {
  const op = "conv2d";
  checkCount(op, "filters", filters);
  const window = {
    size: pairOf(op, "kernelSize", options.kernelSize),
    strides: pairOf(op, "strides", options.strides ?? 1),
    dilation: pairOf(op, "dilation", options.dilation ?? 1),
    padding: checkPadding(op, options.padding ?? "valid"),
  };
  const { size, ...slide } = window;
  const settings = settled("conv2d", options, ["kernelSize", "strides", "padding", "dilation"]);
  return {
    kind: op,
    name: options.name,
    config: { filters, kernelSize: size, ...slide, ...neuronConfig(settings) },
    plan: (input, layer) => {
      const counts = windowCounts(window, input, layer);
      const channels = input.shape[2]!;
      const cells = size[0] * size[1];
      return {
        output: { shape: [...counts, filters], names: ["row", "column", "neuron"] },
        weights: neuronWeights(settings, {
          shape: [filters, ...size, channels],
          names: ["neuron", "row", "column", "channel"],
          fan: { in: cells * channels, out: cells * filters },
        }),
      };
    },
    apply: (x, { weights, biases }) => {
      const windows = windowsOf(x, window);
      const places = windows.shape.slice(0, 3);
      const count = size[0] * size[1] * x.shape[3]!;
      // a window's values in a row, and each neuron's weights in the same order
      const rows = reshape(windows, [...places, count]) as NDArray;
      const kernel = reshape(transpose(weights!, 0, 3, 1, 2), [filters, count]) as NDArray;
      const product = dot(rows, kernel.T as never) as NDArray;
      return biases === undefined ? product : (add(product, biases) as NDArray);
    },
  };
}

function givenConv2d(given: GivenConv2d): Layer {
  const method = '.transpose("neuron", "row", "column", "channel")';
  checkGiven("conv2d", given, ["neuron", "row", "column", "channel"], method);
  const { weights, biases, ...options } = given;
  const [filters, rows, columns] = weights.shape as [number, number, number];
  const layer = newConv2d(filters, {
    ...options,
    kernelSize: [rows, columns],
    useBias: biases !== undefined,
  });
  return withGiven(layer, given, "layer.channels");
}
