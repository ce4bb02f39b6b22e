import { checkCount } from "../data/checks.js";
import { take } from "../ops/taking.js";
import { glorotUniform, type Initializer } from "./initializers.js";
import type { Layer, LayerOptions } from "./layer.js";
import { described } from "./neurons.js";
import type { Regularizer } from "./regularizers.js";

/** Options of `embedding`. */
export interface EmbeddingOptions extends LayerOptions {
  /** First weights: Glorot's uniform ones unless given. */
  readonly weightsInitializer?: Initializer;
  /** What the weights cost, beside the loss. */
  readonly regularizer?: Regularizer | null;
}

/**
 * A row of `size` learnt numbers for each index from 0 to below `vocabulary`: from (batch, step) to (batch,
 * step, feature), as Keras's Embedding (Bengio et al., JMLR 3, 2003). Its weights are (index, feature). It
 * takes whole numbers, so it comes right after the input layer.
 * @throws CamadaError `value.integer`, `value.positive`; `network.indices` after other layers; for a batch
 * `index.dtype`, `layer.indices`
 * @example
 * const words = array([[3, 1, 3]], undefined, { dtype: "int32" });
 * sequential(input(3), embedding(1000, 8)).forward(words).shape; // [1, 3, 8]
 */
export function embedding<const N extends number>(
  vocabulary: number,
  size: N,
  { weightsInitializer = glorotUniform(), regularizer = null, name }: EmbeddingOptions = {},
): Layer<{ readonly does: "embed"; readonly to: N }, "embedding"> {
  checkCount("embedding", "vocabulary", vocabulary);
  checkCount("embedding", "size", size);
  return {
    kind: "embedding",
    name,
    config: {
      vocabulary,
      size,
      weightsInitializer: described(weightsInitializer),
      regularizer: regularizer === null ? null : described(regularizer),
    },
    indicesBelow: vocabulary,
    plan: ({ shape, names }) => ({
      output: { shape: [...shape, size], names: [...names, "feature"] },
      weights: {
        weights: {
          shape: [vocabulary, size],
          names: ["index", "feature"],
          initializer: weightsInitializer,
          fan: { in: vocabulary, out: size },
          trainable: true,
          ...(regularizer === null ? {} : { regularizer }),
        },
      },
    }),
    apply: (x, { weights }) => take(weights!, x, 0),
  };
}
