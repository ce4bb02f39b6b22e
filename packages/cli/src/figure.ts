import {
  type LayerLike,
  type MatrixLike,
  networkFigure,
  networkText,
  productFigure,
  productText,
} from "@camada/figures";
import { type Figure, type Scope, valueAt } from "@camada/lesson";
import type { Language } from "camada";

/** How a figure is wanted: as SVG, or as text, with color where the terminal has it. */
export type Form = "svg" | "text" | "colored";

/** A lesson's figure, drawn from the values that its cells have left. */
export function drawFigure(figure: Figure, scope: Scope, lang: Language, form: Form): string {
  const value = (path: string | undefined): MatrixLike => valueAt(scope, path ?? "") as MatrixLike;
  const { left, right, result, layers = "" } = figure.values;
  if (figure.figure === "network") {
    return drawNetwork(
      layers.split(",").map((pair) => {
        const [weights, biases] = pair.trim().split(/\s+/);
        return { weights: value(weights), ...(biases === undefined ? {} : { biases: value(biases) }) };
      }),
      lang,
      form,
      figure.alt,
    );
  }
  const options = {
    left: value(left),
    right: value(right),
    ...(result === undefined ? {} : { result: value(result) }),
    lang,
    description: figure.alt,
  };
  return form === "svg" ? productFigure(options) : productText({ ...options, color: form === "colored" });
}

/** A network of layers of weights, one row per neuron. */
export function drawNetwork(
  layers: readonly LayerLike[],
  lang: Language,
  form: Form,
  description?: string,
): string {
  const options = { layers, lang, ...(description === undefined ? {} : { description }) };
  return form === "svg" ? networkFigure(options) : networkText(options);
}
