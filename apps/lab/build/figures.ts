import { tableHtml } from "@camada/figures";
import { drawingOf, type Figure, type ReadSaved, type Scope } from "@camada/lesson";
import type { Language } from "camada";
import { type Followed, shownAs } from "../src/figures/shown.js";
import { say } from "../src/messages/index.js";
import { escape } from "./prose.js";

/** How wide a figure may be, in its own pixels, beside the text and on a phone. */
const widths = { wide: 530, narrow: 350 } as const;

/** A lesson's figure as HTML: the drawing, its sentence, and its table. */
export function figureHtml(
  figure: Figure,
  lang: Language,
  scope: Scope,
  number: number,
  read: ReadSaved,
): string {
  const drawing = drawingOf(figure, scope, lang, read);
  const { draw, byWidth, table, live } = shownAs(drawing, figure, lang, figure.alt);
  const id = `figure-${number}`;
  const form = (name: keyof typeof widths) =>
    `<div class="${name}">${draw(`${id}-${name}`, widths[name])}</div>`;
  const drawn = byWidth ? form("wide") + form("narrow") : draw(`${id}-drawing`, widths.wide);
  const { values, words, line, saved } = figure;
  const followed: Followed = { id, figure: figure.figure, values, words, line, saved };
  const attribute = (name: string, value: string) => ` data-${name}="${escape(value)}"`;
  const data =
    (live === undefined
      ? ""
      : attribute("figure", drawing.figure) + attribute("options", JSON.stringify(live))) +
    // what is drawn from values of cells follows them
    (figure.saved === null
      ? attribute("of", figure.of) + attribute("follows", JSON.stringify(followed))
      : "");
  return `<figure id="${id}" class="${drawing.figure}"${data}>${drawn}
<figcaption>${escape(figure.alt)}
<details><summary>${say(lang, "figure.data")}</summary>${tableHtml(table)}</details></figcaption></figure>\n`;
}
