import { multiply } from "../ops/arithmetic.js";
import { less } from "../ops/comparison.js";
import { where } from "../ops/where.js";
import { checkRate } from "./checks.js";
import type { Layer } from "./layer.js";

/**
 * While training, each value is 0 with the chance `rate`, and the others are divided by 1 - rate, so that
 * their sum stays what it was on average; else nothing changes (Srivastava et al., JMLR 15, 2014).
 * @throws CamadaError `value.rate` for a rate outside [0, 1)
 * @example
 * sequential(input(2), dropout(0.5)).forward(array([[1, 2]])); // [[1. 2.]]
 */
export function dropout(rate: number): Layer<{ readonly does: "keep" }, "dropout"> {
  checkRate("dropout", "rate", rate);
  return {
    kind: "dropout",
    config: { rate },
    plan: (input) => ({ output: input, weights: {} }),
    apply: (x, _, { training, uniform }) =>
      training && rate > 0 ? where(less(uniform(x.shape), 1 - rate), multiply(x, 1 / (1 - rate)), 0) : x,
  };
}
