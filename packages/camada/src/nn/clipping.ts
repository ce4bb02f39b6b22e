import { NetworkError } from "../errors/network.js";
import { add, divide, maximum, multiply, square } from "../ops/arithmetic.js";
import { sqrt } from "../ops/math.js";
import { sum } from "../ops/reductions.js";
import { clip } from "../ops/selection.js";
import type { NDArray } from "../shape/types.js";
import { type GradientTransform, mapNamed, type Optimizer } from "./optimizer.js";
import { withConfig } from "./schedules.js";
import { checkNumber } from "./settings.js";

/**
 * An optimizer whose gradients go through functions first, one after the other, such as clipping: those of
 * Optax (DeepMind 2020), which are chained alike.
 * @throws CamadaError `optimizer.chain` where the last is no optimizer or another is one
 * @example
 * const careful = chain(clipByGlobalNorm(1), adam(0.01));
 * careful.name; // adam
 */
export function chain(...stages: readonly [...GradientTransform[], Optimizer]): Optimizer {
  const transforms = stages.slice(0, -1) as GradientTransform[];
  const last = stages.at(-1) as Optimizer | undefined;
  if (typeof last?.update !== "function" || transforms.some((f) => typeof f !== "function")) {
    throw new NetworkError("optimizer.chain");
  }
  const [config, ...configs] = [last, ...transforms].map((stage) => stage.config);
  const described = config !== undefined && configs.every((each) => each !== undefined);
  return {
    name: last.name,
    config: described ? { name: "chain", transforms: configs, optimizer: config } : undefined,
    init: (weights) => last.init(weights),
    update: (gradients, state, weights, step) =>
      last.update(
        transforms.reduce((g, f) => f(g, weights), gradients),
        state,
        weights,
        step,
      ),
  };
}

/**
 * Each gradient's values brought between -limit and limit.
 * @throws CamadaError `number.positive`
 * @example
 * clipByValue(1)({ w: array([-3, 0.5]) }, {}).w; // [-1.   0.5]
 */
export function clipByValue(limit: number): GradientTransform {
  checkNumber("clipByValue", "limit", limit, "positive");
  const clipped: GradientTransform = (gradients) => mapNamed(gradients, (g) => clip(g, -limit, limit));
  return withConfig(clipped, "clipByValue", { limit });
}

/**
 * Each weight's gradient shortened to a length (the root of the sum of its squares) of at most `limit`, in
 * its own direction.
 * @throws CamadaError `number.positive`
 * @example
 * clipByNorm(1)({ w: array([3, 4]), b: array([0.5]) }, {}).w; // [0.6 0.8]
 */
export function clipByNorm(limit: number): GradientTransform {
  checkNumber("clipByNorm", "limit", limit, "positive");
  const clipped: GradientTransform = (gradients) =>
    mapNamed(gradients, (g) => multiply(g, shrink(squaredLength(g), limit)));
  return withConfig(clipped, "clipByNorm", { limit });
}

/**
 * All gradients shortened by one factor, to a common length of at most `limit`, in their common direction
 * (Pascanu, Mikolov and Bengio 2013, algorithm 1).
 * @throws CamadaError `number.positive`
 * @example
 * clipByGlobalNorm(1)({ w: array([3]), b: array([4]) }, {}).w; // [0.6]
 */
export function clipByGlobalNorm(limit: number): GradientTransform {
  checkNumber("clipByGlobalNorm", "limit", limit, "positive");
  const clipped: GradientTransform = (gradients) => {
    const squared = Object.values(gradients).reduce((sum, g) => add(sum, squaredLength(g)), 0);
    const factor = shrink(squared, limit);
    return mapNamed(gradients, (g) => multiply(g, factor));
  };
  return withConfig(clipped, "clipByGlobalNorm", { limit });
}

/**
 * Each gradient plus `rate` times its weights: the gradient of an L2 penalty of rate / 2, as PyTorch's
 * `weight_decay` of every optimizer but AdamW. For decay apart from the gradients see `adamw`.
 * @throws CamadaError `number.notNegative`
 * @example
 * weightDecay(0.1)({ w: array([1]) }, { w: array([20]) }).w; // [3.]
 */
export function weightDecay(rate: number): GradientTransform {
  checkNumber("weightDecay", "rate", rate, "notNegative");
  const decayed: GradientTransform = (gradients, weights) =>
    mapNamed(gradients, (g, name) => add(g, multiply(weights[name]!, rate)));
  return withConfig(decayed, "weightDecay", { rate });
}

function squaredLength(g: NDArray): number {
  return sum(square(g));
}

/** What brings a length down to `limit`, and is 1 for those below: never a division by 0. */
function shrink(squared: number, limit: number): number {
  return divide(limit, maximum(sqrt(squared), limit));
}
