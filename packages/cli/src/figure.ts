import {
  confusionFigure,
  confusionText,
  curvesFigure,
  curvesText,
  type NetworkOptions,
  networkFigure,
  networkText,
  playgroundFigure,
  playgroundText,
  productFigure,
  productText,
  strokesFigure,
  strokesText,
  studyFigure,
  studyTableText,
} from "@camada/figures";
import { drawingOf, type Figure, type ReadSaved, type Scope } from "@camada/lesson";
import type { Language } from "camada";

/** How a figure is wanted: as SVG, or as text, with color where the terminal has it. */
export type Form = "svg" | "text" | "colored";

/** A lesson's figure, drawn from the values that its cells have left. */
export function drawFigure(
  figure: Figure,
  scope: Scope,
  lang: Language,
  form: Form,
  read: ReadSaved,
): string {
  const drawing = drawingOf(figure, scope, lang, read);
  const common = { lang, description: figure.alt, color: form === "colored" };
  switch (drawing.figure) {
    case "network":
      return drawNetwork({ ...drawing, ...common }, form);
    case "product":
      return form === "svg"
        ? productFigure({ ...drawing, ...common })
        : productText({ ...drawing, ...common });
    case "curves":
      return form === "svg" ? curvesFigure({ ...drawing, ...common }) : curvesText({ ...drawing, ...common });
    case "strokes":
      return form === "svg"
        ? strokesFigure({ ...drawing, ...common })
        : strokesText({ ...drawing, ...common });
    case "study":
      return form === "svg"
        ? studyFigure({ ...drawing, ...common })
        : studyTableText({ ...drawing, ...common });
    case "playground":
      return form === "svg"
        ? playgroundFigure({ ...drawing, ...common })
        : playgroundText({ ...drawing, ...common });
    case "confusion":
      return form === "svg"
        ? confusionFigure({ ...drawing, ...common })
        : confusionText({ ...drawing, ...common });
  }
}

/** A network of layers of weights, one row per neuron. */
export function drawNetwork(options: NetworkOptions, form: Form): string {
  return form === "svg" ? networkFigure(options) : networkText(options);
}
