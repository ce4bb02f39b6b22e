import {
  type MatrixLike,
  networkFigure,
  networkTable,
  productFigure,
  productTable,
  type Table,
} from "@camada/figures";
import * as camada from "camada";
import { say } from "../src/messages/index.js";
import { escape } from "./prose.js";
import type { Lesson, Node } from "./read.js";

type Scope = Record<string, unknown>;
type CellModule = {
  default(modules: Record<string, unknown>, scope: Scope, console: { log(): void }): Promise<Scope>;
};

/** Runs a lesson's cells in order and returns what they made, for its figures to draw. */
export async function runLesson(lesson: Lesson): Promise<Scope> {
  camada.configure({ lang: lesson.lang });
  const scope: Scope = {};
  for (const { code } of lesson.cells.values()) {
    const url = `data:text/javascript,${encodeURIComponent(code)}`;
    const cell = (await import(/* @vite-ignore */ url)) as CellModule;
    try {
      Object.assign(scope, await cell.default({ camada }, scope, { log() {} }));
    } catch (error) {
      // A cell may be there to show an error.
      if (!(error instanceof camada.CamadaError)) throw error;
    }
  }
  return scope;
}

/** A `::figure` as HTML: the drawing, wide and stacked, its sentence, and its table. */
export function figure(node: Node, lesson: Lesson, scope: Scope, number: number): string {
  const { kind, alt = "", left = "", right = "", result, layers = "" } = node.attributes ?? {};
  const { lang } = lesson;
  const id = `figure-${number}`;
  let drawings: string;
  let table: Table;
  if (kind === "network") {
    const read = layers.split(",").map((layer) => {
      const [weights = "", biases] = layer.trim().split(/\s+/);
      const given = { weights: value(scope, weights), label: weights };
      return biases === undefined ? given : { ...given, biases: value(scope, biases) };
    });
    drawings = networkFigure({
      layers: read.map(({ label, ...layer }) => layer),
      lang,
      id,
      description: alt,
    });
    table = networkTable({ layers: read.map(({ label, ...layer }) => layer), lang });
  } else if (kind === "product") {
    const options = {
      left: value(scope, left),
      right: value(scope, right),
      lang,
      description: alt,
      labels: { left, right, ...(result === undefined ? {} : { result }) },
      ...(result === undefined ? {} : { result: value(scope, result) }),
    };
    drawings =
      `<div class="wide">${productFigure({ ...options, id })}</div>` +
      `<div class="narrow">${productFigure({ ...options, id: `${id}-stacked`, stack: true })}</div>`;
    table = productTable(options);
  } else throw new Error(`${lesson.name}: no figure of kind ${kind}`);
  return `<figure id="${id}" class="${kind}">${drawings}
<figcaption>${escape(alt)}
<details><summary>${say(lang, "figure.data")}</summary>${tableHtml(table)}</details></figcaption></figure>\n`;
}

/** A name of a lesson, or its transpose: `weights.T`. */
function value(scope: Scope, path: string): MatrixLike {
  const [name = "", ...rest] = path.split(".");
  const found = scope[name] as (MatrixLike & { readonly T: MatrixLike }) | undefined;
  if (found === undefined) throw new Error(`a figure asks for ${path}, which no cell makes`);
  return rest[0] === "T" ? found.T : found;
}

function tableHtml({ caption, columns, rows }: Table): string {
  const head = columns.map((column) => `<th scope="col">${escape(column)}</th>`).join("");
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`)
    .join("");
  return `<div class="scroll" tabindex="0" role="group" aria-label="${escape(caption)}"><table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
