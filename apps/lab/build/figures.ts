import {
  confusionFigure,
  confusionTable,
  curvesFigure,
  curvesTable,
  networkFigure,
  networkTable,
  productFigure,
  productTable,
  strokesFigure,
  strokesTable,
  studyFigure,
  studyTable,
  type Table,
  tableHtml,
  toPlain,
} from "@camada/figures";
import { type Drawing, drawingOf, type Figure, type ReadSaved, type Scope } from "@camada/lesson";
import type { Language } from "camada";
import type { NetworkData } from "../src/figures/network.js";
import type { ProductData } from "../src/figures/product.js";
import { say } from "../src/messages/index.js";
import { escape } from "./prose.js";

/** Where a lesson's page finds the digits. */
const DIGITS = { digits: "../../digits/" } as const;

/** How wide a figure may be, in its own pixels, beside the text and on a phone. */
const widths = { wide: 530, narrow: 350 } as const;

/** A figure as its page shows it without a script, and what brings it to life. */
interface Shown {
  /** The drawing; with a width, one for wide pages and one for narrow ones. */
  draw(id: string, width: number): string;
  readonly byWidth: boolean;
  readonly table: Table;
  readonly live?: unknown;
}

/** A lesson's figure as HTML: the drawing, its sentence, and its table. */
export function figureHtml(
  figure: Figure,
  lang: Language,
  scope: Scope,
  number: number,
  read: ReadSaved,
): string {
  const drawing = drawingOf(figure, scope, lang, read);
  const { draw, byWidth, table, live } = shownAs(drawing, figure, lang);
  const id = `figure-${number}`;
  const form = (name: keyof typeof widths) =>
    `<div class="${name}">${draw(`${id}-${name}`, widths[name])}</div>`;
  const drawn = byWidth ? form("wide") + form("narrow") : draw(`${id}-drawing`, widths.wide);
  const data =
    live === undefined
      ? ""
      : ` data-figure="${drawing.figure}" data-options="${escape(JSON.stringify(live))}"`;
  return `<figure id="${id}" class="${drawing.figure}"${data}>${drawn}
<figcaption>${escape(figure.alt)}
<details><summary>${say(lang, "figure.data")}</summary>${tableHtml(table)}</details></figcaption></figure>\n`;
}

function shownAs(drawing: Drawing, figure: Figure, lang: Language): Shown {
  const common = { lang, description: figure.alt };
  switch (drawing.figure) {
    case "product": {
      const options = { ...common, ...drawing, labels: figure.values };
      const { left, right, biases } = drawing;
      const { left: leftName = "", right: rightName = "", result: resultName } = figure.values;
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
