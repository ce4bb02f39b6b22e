import {
  confusionFigure,
  confusionTable,
  curvesFigure,
  curvesTable,
  networkFigure,
  networkTable,
  playgroundFigure,
  playgroundTable,
  productFigure,
  productTable,
  strokesFigure,
  strokesTable,
  studyFigure,
  studyTable,
  type Table,
  toPlain,
} from "@camada/figures";
import type { Drawing, Figure } from "@camada/lesson";
import type { Language } from "camada";
import type { NetworkData } from "./network.js";
import type { ProductData } from "./product.js";

/** Where a lesson's page finds the digits. */
const DIGITS = { digits: "../../digits/" } as const;

/** A figure as its page shows it without a script, and what brings it to life. */
export interface Shown {
  /** The drawing; with a width, one for wide pages and one for narrow ones. */
  draw(id: string, width: number): string;
  readonly byWidth: boolean;
  readonly table: Table;
  readonly live?: unknown;
}

/** A figure that follows what cells make: what it takes to draw it anew. */
export interface Followed extends Pick<Figure, "figure" | "values" | "words" | "line" | "saved"> {
  /** That of its element. */
  readonly id: string;
}

/** A drawing as figures show it; described by itself unless words are given. */
export function shownAs(
  drawing: Drawing,
  { values }: Pick<Figure, "values">,
  lang: Language,
  description?: string,
): Shown {
  const common = { lang, ...(description === undefined ? {} : { description }) };
  switch (drawing.figure) {
    case "product": {
      const options = { ...common, ...drawing, labels: values };
      const { left, right, biases } = drawing;
      const { left: leftName = "", right: rightName = "", result: resultName } = values;
      const live: ProductData = {
        left: toPlain(left),
        right: toPlain(right),
        ...(biases === undefined ? {} : { biases: toPlain(biases) }),
        labels: {
          left: leftName,
          right: rightName,
          ...(resultName === undefined ? {} : { result: resultName }),
        },
      };
      return {
        draw: (id, width) => productFigure({ ...options, id, width }),
        byWidth: true,
        table: productTable(options),
        live,
      };
    }
    case "network": {
      const options = { ...common, ...drawing };
      const { input, layers } = drawing;
      const live: NetworkData | undefined = input && {
        input: toPlain(input),
        layers: layers.map(({ weights, biases, kind }) => ({
          ...(weights === undefined ? {} : { weights: toPlain(weights) }),
          ...(biases === undefined ? {} : { biases: toPlain(biases) }),
          ...(kind === undefined ? {} : { kind }),
        })),
      };
      return {
        draw: (id) => networkFigure({ ...options, id }),
        byWidth: false,
        table: networkTable(options),
        live,
      };
    }
    case "curves": {
      const options = { ...common, ...drawing };
      return {
        draw: (id, width) => curvesFigure({ ...options, id, width }),
        byWidth: true,
        table: curvesTable(options),
      };
    }
    case "strokes": {
      const options = { ...common, ...drawing };
      return {
        draw: (id, width) => strokesFigure({ ...options, id, width }),
        byWidth: true,
        table: strokesTable(options),
        live: DIGITS,
      };
    }
    case "study": {
      const options = { ...common, ...drawing };
      return {
        draw: (id, width) => studyFigure({ ...options, id, width }),
        byWidth: true,
        table: studyTable(options),
        live: { ...DIGITS, scaled: new Set(drawing.results.map((one) => one.learningRate)).size > 1 },
      };
    }
    case "playground": {
      const options = { ...common, ...drawing };
      return {
        draw: (id, width) => playgroundFigure({ ...options, id, width }),
        byWidth: true,
        table: playgroundTable(options),
      };
    }
    case "confusion": {
      const options = { ...common, ...drawing };
      return {
        draw: (id, width) => confusionFigure({ ...options, id, width }),
        byWidth: true,
        table: confusionTable(options),
      };
    }
  }
}
