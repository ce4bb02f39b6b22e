import { NetworkShapeError } from "../errors/network.js";
import { add, divide, multiply, square, subtract } from "../ops/arithmetic.js";
import { sqrt } from "../ops/math.js";
import { reshape } from "../ops/movement.js";
import { mean } from "../ops/reductions.js";
import { sizeOf } from "../shape/shape.js";
import type { NDArray } from "../shape/types.js";
import { checkPositive, checkRate } from "./checks.js";
import { constant } from "./initializers.js";
import type { Features, Layer, LayerOptions, Plan, Weight } from "./layer.js";

type Keep = { readonly does: "keep" };

/** Options of `layerNorm`. */
export interface LayerNormOptions extends LayerOptions {
  /** Added to the variance, so that nothing is divided by 0: 0.001 unless given. */
  readonly epsilon?: number;
}

/** Options of `batchNorm`. */
export interface BatchNormOptions extends LayerNormOptions {
  /** How much of the moving averages stays at each step: 0.99 unless given. */
  readonly momentum?: number;
}

/** Weights with a value for each feature: some that are learnt, and the moving averages. */
function featureWeights(
  { shape, names }: Features,
  layer: string,
  values: { readonly [name: string]: { readonly first: number; readonly trainable: boolean } },
): Plan["weights"] {
  const features = shape.at(-1);
  if (features === undefined) {
    throw new NetworkShapeError("layer.axes", {
      layer,
      expected: "(batch, feature)",
      found: { shape, names },
    });
  }
  const weight = ({ first, trainable }: { first: number; trainable: boolean }): Weight => ({
    shape: [features],
    names: [names.at(-1) ?? "feature"],
    initializer: constant(first),
    fan: { in: features, out: features },
    trainable,
  });
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, weight(value)]));
}

const LEARNT = {
  gamma: { first: 1, trainable: true },
  beta: { first: 0, trainable: true },
} as const;

/** (x - mean) / √(variance + epsilon), times gamma, plus beta. */
function normalized(
  x: NDArray,
  { mean, variance }: { readonly mean: NDArray; readonly variance: NDArray },
  { gamma, beta }: { readonly [name: string]: NDArray },
  epsilon: number,
): NDArray {
  const scaled = divide(subtract(x, mean), sqrt(add(variance, epsilon)));
  return add(multiply(scaled, gamma!), beta!);
}

/** Mean and variance along an axis, which is kept. */
function moments(x: NDArray, axis: number): { readonly mean: NDArray; readonly variance: NDArray } {
  const center = mean(x, axis, { keepdims: true }) as NDArray;
  return { mean: center, variance: mean(square(subtract(x, center)), axis, { keepdims: true }) as NDArray };
}

/**
 * Brings each feature (each index of the last axis) to mean 0 and variance 1, then times gamma, plus beta,
 * which are learnt. While training, mean and variance are those of the batch, over all other axes, and moving
 * averages of them are kept; else they are the moving averages. Ioffe and Szegedy, ICML 2015; in all details
 * as Keras's BatchNormalization.
 * @throws ShapeError `layer.axes` where observations have no axis; CamadaError `value.rate`, `value.positive`
 * @example
 * sequential(input(2), batchNorm()).layers.at(1).weight("movingVariance"); // [1. 1.]
 */
export function batchNorm({
  momentum = 0.99,
  epsilon = 1e-3,
  name,
}: BatchNormOptions = {}): Layer<Keep, "batchNorm"> {
  checkRate("batchNorm", "momentum", momentum);
  checkPositive("batchNorm", "epsilon", epsilon);
  return {
    kind: "batchNorm",
    name,
    config: { momentum, epsilon },
    plan: (input, layer) => ({
      output: input,
      weights: featureWeights(input, layer, {
        ...LEARNT,
        movingMean: { first: 0, trainable: false },
        movingVariance: { first: 1, trainable: false },
      }),
    }),
    apply: (x, weights, { training, update }) => {
      const { movingMean, movingVariance } = weights as { readonly [name: string]: NDArray };
      if (!training) {
        return normalized(x, { mean: movingMean!, variance: movingVariance! }, weights, epsilon);
      }
      const features = x.shape.at(-1)!;
      const rows = reshape(x, [sizeOf(x.shape.slice(0, -1)), features]) as NDArray;
      const batch = moments(rows, 0);
      const moved = (moving: NDArray, now: NDArray): NDArray =>
        add(multiply(moving, momentum), multiply(reshape(now, [features]) as NDArray, 1 - momentum));
      update("movingMean", moved(movingMean!, batch.mean));
      update("movingVariance", moved(movingVariance!, batch.variance));
      return reshape(normalized(rows, batch, weights, epsilon), x.shape) as NDArray;
    },
  };
}

/**
 * Brings the features of each observation (the last axis) to mean 0 and variance 1, then times gamma, plus
 * beta, which are learnt. Ba, Kiros and Hinton, "Layer Normalization", 2016; as Keras's LayerNormalization.
 * @throws ShapeError `layer.axes` where observations have no axis; CamadaError `value.positive`
 * @example
 * sequential(input(2), layerNorm()).forward(array([[0, 1000]])); // [[-1.  1.]]
 */
export function layerNorm({ epsilon = 1e-3, name }: LayerNormOptions = {}): Layer<Keep, "layerNorm"> {
  checkPositive("layerNorm", "epsilon", epsilon);
  return {
    kind: "layerNorm",
    name,
    config: { epsilon },
    plan: (input, layer) => ({ output: input, weights: featureWeights(input, layer, LEARNT) }),
    apply: (x, weights) => normalized(x, moments(x, -1), weights, epsilon),
  };
}
