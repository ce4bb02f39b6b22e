import { createHash } from "node:crypto";
import {
  type CompiledCell,
  type CompiledExercise,
  type CompiledLesson,
  cellsOf,
  type ReadSaved,
  runLesson,
  type Scope,
} from "@camada/lesson";
import { serialize } from "@camada/lesson/build";
import type { Language } from "camada";
import camada from "../../../packages/camada/package.json" with { type: "json" };
import { namesBetween } from "../src/keep/rename.js";
import { say } from "../src/messages/index.js";
import { figureHtml } from "./figures.js";
import { layout } from "./layout.js";
import { type Item, parts } from "./parts.js";
import { escape, highlight, prose } from "./prose.js";

/** A lesson's page, complete without a script: prose, formulas, code, saved outputs, figures. */
export async function lessonPage(
  lesson: CompiledLesson,
  others: readonly CompiledLesson[],
  read: ReadSaved,
): Promise<string> {
  const { lang, id, title } = lesson;
  const scope: Scope = {};
  for await (const _ of runLesson(lesson, { scope }));
  const items: Item[] = [];
  const headings: string[] = [];
  let [cells, figures] = [0, 0];
  const exercises = lesson.blocks.filter((block) => block.kind === "exercise");
  for (const block of lesson.blocks) {
    if (block.kind === "cell") {
      items.push({ kind: "cell", id: block.id, html: cellHtml(block, ++cells, lang) });
    } else if (block.kind === "figure") {
      items.push({ kind: "beside", of: block.of, html: figureHtml(block, lang, scope, ++figures, read) });
    } else if (block.kind === "exercise") {
      items.push({ kind: "prose", html: exerciseHtml(block, exercises.indexOf(block) + 1, lang) });
    } else {
      for (const { html, heading } of prose(block.markdown)) {
        items.push({ kind: heading?.depth === 2 ? "heading" : "prose", html });
        if (heading?.depth === 1) items.push({ kind: "prose", html: runAll(lang) });
        if (heading?.depth === 2) headings.push(heading.link);
      }
    }
  }
  // after the title and its button
  items.splice(2, 0, { kind: "beside", of: null, html: contents(headings, lang) });
  const names = Object.fromEntries(
    others.map((other) => [other.lang, namesBetween(cellsOf(other), cellsOf(lesson))]),
  );
  const main = `${parts(items)}${ownData(lang)}${work(lang)}${data("cells", cellsOf(lesson))}${data("exercises", exercises)}${data("lesson", { id, title, names, version: version(lesson) })}`;
  const place = { path: `${id}/`, has: [lang, ...others.map((other) => other.lang)] };
  const description = say(lang, "lesson.description", { title });
  return layout({ lang, title, description, place, main, script: "src/main.ts" });
}

function exerciseHtml({ id, markdown }: CompiledExercise, number: number, lang: Language): string {
  const label = say(lang, "exercise", { number });
  const question = prose(markdown)
    .map(({ html }) => html)
    .join("");
  return `<section class="exercise" id="exercise-${id}" aria-label="${label}"><p class="label">${label}</p>
<div class="question" id="question-${id}">${question}</div><div class="answer awake" hidden></div></section>\n`;
}

/** camada's version, and a mark of the lesson's own text: another text has another. */
function version(lesson: CompiledLesson): string {
  const mark = createHash("sha256").update(serialize(lesson)).digest("hex").slice(0, 8);
  return `camada ${camada.version}, ${lesson.id} ${mark}`;
}

/** Inert data for the script; "<" is escaped so that no text of a lesson ends the element. */
const data = (id: string, value: unknown) =>
  `<script type="application/json" id="data-${id}">${JSON.stringify(value).replace(/</g, "\\u003c")}</script>`;

const ownData = (lang: Language) =>
  `<section id="data" class="part awake" aria-labelledby="data-title" hidden><h2 id="data-title">${say(lang, "data")}</h2>
<p>${say(lang, "data.about")}</p></section>\n`;

const work = (lang: Language) =>
  `<section id="work" class="part awake" aria-labelledby="work-title" hidden><h2 id="work-title">${say(lang, "work")}</h2>
<p>${say(lang, "work.about")}</p></section>\n`;

const contents = (links: readonly string[], lang: Language) =>
  `<nav class="contents" aria-label="${say(lang, "contents")}"><p class="label">${say(lang, "contents")}</p><ul>${links.map((link) => `<li>${link}</li>`).join("")}</ul></nav>\n`;

const runAll = (lang: Language) =>
  `<p class="run-all awake" hidden><button type="button" id="run-all">${say(lang, "run.all")}</button> <span role="status" id="summary"></span></p>\n`;

function cellHtml(
  { id, code, output, error, complaints }: CompiledCell,
  number: number,
  lang: Language,
): string {
  const label = escape(say(lang, "cell", { number }));
  const saved =
    output === null
      ? ""
      : `<div class="saved"><p class="label">${say(lang, "output.saved")}</p><pre${error === null ? "" : ' class="error"'} tabindex="0" role="group" aria-label="${say(lang, "output.saved")}, ${label}">${escape(output)}</pre></div>`;
  const remarks = complaints.map(({ sentence }) => `<li>${escape(sentence)}</li>`).join("");
  return `<section class="cell" id="cell-${id}" aria-label="${label}" data-cell="${number}">
<div class="code"><pre tabindex="0" role="group" aria-label="${escape(say(lang, "code.of", { number }))}">${highlight(code)}</pre></div>
<div class="remarks" role="status" aria-live="polite">${remarks === "" ? "" : `<p class="label">${say(lang, "remarks")}</p><ul>${remarks}</ul>`}</div>
<p class="tools awake" hidden><button type="button" class="run" aria-label="${escape(say(lang, "run.cell", { number }))}">${say(lang, "run")}</button><span class="state"></span></p>
<div class="outputs">${saved}<div class="live" role="status" aria-live="polite"></div></div>
</section>\n`;
}
