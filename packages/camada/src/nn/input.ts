import { checkShape } from "../shape/shape.js";
import type { Features, Layer } from "./layer.js";

type Shape = readonly number[];
type List<S extends number | Shape> = S extends number ? readonly [S] : S;

/** Options of `input`. */
export interface InputOptions {
  /** What the network computes in: float32 unless given, or unless another layer has float64 weights. */
  readonly dtype?: "float32" | "float64";
}

/** What the axes of an observation are called by convention, by how many there are. */
export function conventionalNames(shape: Shape): (string | null)[] {
  if (shape.length === 1) return ["feature"];
  if (shape.length === 2) return ["step", "feature"];
  if (shape.length === 3) return ["row", "column", "channel"];
  return shape.map(() => null);
}

/**
 * What comes in, the first layer of a network: the size of one observation, or its sizes along each axis
 * (rows, columns, channels). The batch is not counted.
 * @throws ShapeError `shape.size`
 * @example
 * input(784).plan({ shape: [], names: [] }, "input").output.shape; // [784]
 */
export function input<const S extends number | Shape>(
  shape: S,
  { dtype }: InputOptions = {},
): Layer<{ readonly does: "begin"; readonly shape: List<S> }, "input"> {
  const sizes = typeof shape === "number" ? [shape] : [...(shape as Shape)];
  checkShape("input", sizes);
  const features: Features = { shape: sizes, names: conventionalNames(sizes) };
  return {
    kind: "input",
    config: { shape: sizes, dtype: dtype ?? null },
    input: features,
    ...(dtype === undefined ? {} : { dtype }),
    plan: () => ({ output: features, weights: {} }),
    apply: (x) => x,
  };
}
