import { checkCount } from "../data/checks.js";
import { NetworkShapeError } from "../errors/network.js";
import { add } from "../ops/arithmetic.js";
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

/** Options of `dense`. */
export type DenseOptions = NeuronOptions;

/** What a `dense` of given weights is made from. */
export interface GivenDense<W extends NDArray = NDArray> extends GivenNeurons<W> {
  /** (neuron, feature): a row for each neuron. */
  readonly weights: W;
}

type From<W extends NDArray> = W["shape"] extends readonly [number, infer F extends number] ? F : number;
type To<W extends NDArray> = W["shape"] extends readonly [infer N extends number, number] ? N : number;

interface Dense {
  <const N extends number>(
    neurons: N,
    options?: DenseOptions,
  ): Layer<{ readonly does: "last"; readonly from: number; readonly to: N }, "dense">;
  <W extends NDArray>(
    given: GivenDense<W>,
  ): Layer<{ readonly does: "last"; readonly from: From<W>; readonly to: To<W> }, "dense">;
}

/**
 * A layer in which every neuron takes in every feature: `dot(x, weights.T) + biases`, from (batch, feature)
 * to (batch, neuron). Axes between, as in (batch, step, feature), stay. Made of a number of neurons, or of
 * given weights, one row for each neuron, and biases.
 * @throws ShapeError `layer.features` where given weights do not fit what comes in, `layer.weights`,
 * `layer.weightsAxes`, `layer.biases`; CamadaError `value.integer`,
 * `value.positive`
 * @example
 * const layer = dense({ weights: array([[1, 2], [3, 4]]), biases: array([0.5, 0]) });
 * sequential(layer).forward(array([[1, 1]])); // [[3.5 7. ]]
 */
export const dense = ((first: number | GivenDense, options: DenseOptions = {}): Layer =>
  typeof first === "number" ? newDense(first, options) : givenDense(first)) as Dense;

const apply: Layer["apply"] = (x, { weights, biases }) => {
  // the last axis is a neuron's features, whatever it was to what came before: an image's channels, say
  const names = x.shape.map((_, axis) => (axis === x.ndim - 1 ? "feature" : (x.names?.[axis] ?? null)));
  const product = dot(x.named(...(names as never)), (weights as NDArray).T as never) as NDArray;
  return biases === undefined ? product : (add(product, biases) as NDArray);
};

function newDense(neurons: number, options: DenseOptions): Layer {
  checkCount("dense", "neurons", neurons);
  const settings = settled("dense", options);
  return {
    kind: "dense",
    name: options.name,
    config: { neurons, ...neuronConfig(settings) },
    plan: ({ shape, names }, layer) => {
      const features = shape.at(-1);
      if (features === undefined) {
        throw new NetworkShapeError("layer.axes", {
          layer,
          expected: "(batch, feature)",
          found: { shape, names },
        });
      }
      return {
        output: { shape: [...shape.slice(0, -1), neurons], names: [...names.slice(0, -1), "neuron"] },
        weights: neuronWeights(settings, {
          shape: [neurons, features],
          names: ["neuron", "feature"],
          fan: { in: features, out: neurons },
        }),
      };
    },
    apply,
  };
}

function givenDense(given: GivenDense): Layer {
  checkGiven("dense", given, ["neuron", "feature"], ".T");
  const [neurons, features] = given.weights.shape as [number, number];
  const layer = newDense(neurons, { useBias: given.biases !== undefined, name: given.name });
  return {
    ...withGiven(layer, given, "layer.features"),
    input: { shape: [features], names: ["feature"] },
  };
}
