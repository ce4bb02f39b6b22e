import { type LayerLike, networkFigure, networkText, productFigure, productText } from "@camada/figures";
import { drawingOf, type Figure, type Scope } from "@camada/lesson";
import type { Language } from "camada";

/** How a figure is wanted: as SVG, or as text, with color where the terminal has it. */
export type Form = "svg" | "text" | "colored";

/** A lesson's figure, drawn from the values that its cells have left. */
export function drawFigure(figure: Figure, scope: Scope, lang: Language, form: Form): string {
  const drawing = drawingOf(figure, scope, lang);
  if (drawing.figure === "network") return drawNetwork(drawing.layers, lang, form, figure.alt);
  const options = { ...drawing, lang, description: figure.alt };
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
