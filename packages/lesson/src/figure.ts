import type { LayerLike, MatrixLike } from "@camada/figures";
import type { Language } from "camada";
import { LessonError } from "./error.js";
import type { Figure } from "./lesson.js";
import { type Scope, valueAt } from "./run.js";

/** What a figure is drawn from: the options that `@camada/figures` takes for its kind. */
export type Drawing =
  | {
      readonly figure: "product";
      readonly left: MatrixLike;
      readonly right: MatrixLike;
      readonly result?: MatrixLike;
    }
  | { readonly figure: "network"; readonly layers: readonly LayerLike[] };

/**
 * Finds what a figure is drawn from among the names that the cells have made.
 * @throws LessonError `figure.value` where a cell failed before it made one of them
 */
export function drawingOf({ figure, values, line }: Figure, scope: Scope, lang: Language): Drawing {
  const value = (path: string): MatrixLike => {
    const found = valueAt(scope, path);
    if (found === undefined) throw new LessonError(lang, "figure.value", { line, name: path });
    return found as MatrixLike;
  };
  const { left = "", right = "", result, layers = "" } = values;
  if (figure === "network") {
    // one layer after the other: `weights1 biases1, weights2`
    return {
      figure,
      layers: layers.split(",").map((layer) => {
        const [weights, biases] = layer.trim().split(/\s+/);
        return { weights: value(weights!), ...(biases === undefined ? {} : { biases: value(biases) }) };
      }),
    };
  }
  const shown = result === undefined ? {} : { result: value(result) };
  return { figure, left: value(left), right: value(right), ...shown };
}
