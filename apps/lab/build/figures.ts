import { networkFigure, networkTable, productFigure, productTable, type Table } from "@camada/figures";
import { drawingOf, type Figure, type Scope } from "@camada/lesson";
import type { Language } from "camada";
import { say } from "../src/messages/index.js";
import { escape } from "./prose.js";

/** How wide a product may be, in the figures' own pixels, beside the text and on a phone. */
const widths = { wide: 530, narrow: 350 } as const;

/** A lesson's figure as HTML: the drawing, its sentence, and its table. */
export function figureHtml(figure: Figure, lang: Language, scope: Scope, number: number): string {
  const drawing = drawingOf(figure, scope, lang);
  const common = { lang, description: figure.alt };
  const id = `figure-${number}`;
  let drawn: string;
  let table: Table;
  if (drawing.figure === "network") {
    const options = { ...common, layers: drawing.layers };
    drawn = networkFigure({ ...options, id: `${id}-network` });
    table = networkTable(options);
  } else {
    const options = { ...common, ...drawing, labels: figure.values };
    const form = (name: keyof typeof widths) =>
      `<div class="${name}">${productFigure({ ...options, id: `${id}-${name}`, width: widths[name] })}</div>`;
    drawn = form("wide") + form("narrow");
    table = productTable(options);
  }
  return `<figure id="${id}" class="${drawing.figure}">${drawn}
<figcaption>${escape(figure.alt)}
<details><summary>${say(lang, "figure.data")}</summary>${tableHtml(table)}</details></figcaption></figure>\n`;
}

function tableHtml({ caption, columns, rows }: Table): string {
  const head = columns.map((column) => `<th scope="col">${escape(column)}</th>`).join("");
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`)
    .join("");
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escape(caption)}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
