import { add, multiply } from "../ops/arithmetic.js";
import { reshape } from "../ops/movement.js";
import { sizeOf } from "../shape/shape.js";
import type { NDArray } from "../shape/types.js";
import type { Layer } from "./layer.js";

/**
 * All axes of an observation as one, in row-major order: from (batch, row, column, channel) to
 * (batch, feature).
 * @example
 * sequential(input([2, 2, 1]), flatten()).forward(zeros([3, 2, 2, 1])).shape; // [3, 4]
 */
export function flatten(): Layer<{ readonly does: "flatten" }, "flatten"> {
  return {
    kind: "flatten",
    config: {},
    plan: ({ shape }) => ({ output: { shape: [sizeOf(shape)], names: ["feature"] }, weights: {} }),
    apply: (x) => reshape(x, [x.shape[0]!, -1]) as NDArray,
  };
}

/**
 * Every value times `scale`, plus `offset`: takes pixels from 0 to 255 to 0 to 1 within the network, so that
 * the data can stay bytes.
 * @example
 * sequential(input(1), rescaling(0.5, 1)).forward(array([[2]])); // [[2.]]
 */
export function rescaling(scale: number, offset = 0): Layer<{ readonly does: "keep" }, "rescaling"> {
  return {
    kind: "rescaling",
    config: { scale, offset },
    plan: (input) => ({ output: input, weights: {} }),
    apply: (x) => (offset === 0 ? multiply(x, scale) : add(multiply(x, scale), offset)),
  };
}
