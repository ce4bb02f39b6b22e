import { NetworkError } from "../errors/network.js";
import { abs, add, multiply, square } from "../ops/arithmetic.js";
import { sum } from "../ops/reductions.js";
import type { NDArray } from "../shape/types.js";
import type { Config } from "./layer.js";
import { settings } from "./settings.js";

/** What weights cost, beside the loss: a number, by operations on arrays. */
export interface Regularizer {
  /** What it is called. */
  readonly name: string;
  /** Its settings, as plain data. */
  readonly config: Config;
  penalty(weights: NDArray): NDArray;
}

/**
 * `l1` times the sum of the weights without their signs, plus `l2` times the sum of their squares: the
 * elastic net (Zou and Hastie 2005), as Keras's L1L2. Both are 0 unless given.
 * @throws CamadaError `number.notNegative`, `option.unknown`
 * @example
 * l1l2({ l1: 0.5, l2: 2 }).penalty(array([1, -3])); // 22
 */
export function l1l2(given: { readonly l1?: number; readonly l2?: number } = {}): Regularizer {
  const rates = settings("l1l2", given, { l1: 0, l2: 0 }, { l1: "notNegative", l2: "notNegative" });
  const terms = [[rates.l1, abs] as const, [rates.l2, square] as const].filter(([rate]) => rate > 0);
  return {
    name: "l1l2",
    config: { name: "l1l2", ...rates },
    penalty: (weights) => {
      const costs: number[] = terms.map(([rate, f]) => multiply(sum(f(weights)), rate));
      return costs.reduce((a, b) => add(a, b), 0) as unknown as NDArray;
    },
  };
}

/**
 * `rate` times the sum of the weights without their signs (the lasso, Tibshirani 1996): draws small weights
 * to 0. The rate is Keras's, 0.01, unless given.
 * @throws CamadaError `number.notNegative`
 * @example
 * l1(0.5).penalty(array([1, -3])); // 2
 */
export function l1(rate = 0.01): Regularizer {
  return l1l2({ l1: rate });
}

/**
 * `rate` times the sum of the weights' squares (ridge regression, Hoerl and Kennard 1970): draws large
 * weights in. The rate is Keras's, 0.01, unless given.
 * @throws CamadaError `number.notNegative`
 * @example
 * l2(0.5).penalty(array([1, -3])); // 5
 */
export function l2(rate = 0.01): Regularizer {
  return l1l2({ l2: rate });
}

/**
 * The regularizer that a config describes.
 * @throws CamadaError `config.unknown`, and what its maker throws
 * @example
 * regularizerOf(l2(0.5).config).penalty(array([1, -3])); // 5
 */
export function regularizerOf({ name, ...rates }: Config): Regularizer {
  if (name !== "l1l2") {
    throw new NetworkError("config.unknown", { op: "regularizerOf", name: String(name), known: ["l1l2"] });
  }
  return l1l2(rates);
}
