import { add, multiply } from "../ops/arithmetic.js";
import { reshape, resolveShape } from "../ops/movement.js";
import { checkShape, type Sizes, sizeOf } from "../shape/shape.js";
import type { NDArray } from "../shape/types.js";
import { conventionalNames } from "./input.js";
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
    apply: (x) => reshape(x, [x.shape[0]!, sizeOf(x.shape.slice(1))]) as NDArray,
  };
}

/**
 * The values of an observation in other axes, in row-major order; one size may be -1 and follows from the
 * others, as Keras's Reshape. The batch is not counted: from (batch, feature 784) to (batch, row, column,
 * channel) by `reshapeTo([28, 28, 1])`.
 * @throws ShapeError `shape.size`, `shape.values` where there are more or fewer values
 * @example
 * sequential(input(6), reshapeTo([3, -1])).forward(zeros([4, 6])).shape; // [4, 3, 2]
 */
export function reshapeTo<const T extends Sizes>(
  shape: T,
): Layer<{ readonly does: "reshape"; readonly shape: T }, "reshapeTo"> {
  checkShape(
    "reshapeTo",
    shape.filter((size) => size !== -1),
  );
  return {
    kind: "reshapeTo",
    config: { shape: [...shape] },
    plan: (input, layer) => {
      const to = resolveShape(layer, input, shape);
      return { output: { shape: to, names: conventionalNames(to) }, weights: {} };
    },
    apply: (x) => {
      const observation = { shape: x.shape.slice(1), names: null };
      return reshape(x, [x.shape[0]!, ...resolveShape("reshapeTo", observation, shape)]) as NDArray;
    },
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
