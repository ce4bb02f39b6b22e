import { type Lang, say } from "../src/messages/index.js";
import { figure, runLesson } from "./figures.js";
import { layout } from "./layout.js";
import { escape, highlight, prose } from "./prose.js";
import { type Cell, isCell, type Lesson, meta } from "./read.js";

/** A lesson's page, complete without a script: prose, formulas, code, saved outputs, figures. */
export async function lessonPage(lesson: Lesson, others: readonly Lang[]): Promise<string> {
  const { lang, name, title } = lesson;
  const scope = await runLesson(lesson);
  let [cells, figures] = [0, 0];
  const parts: string[] = [];
  for (const block of lesson.blocks) {
    if (isCell(block)) parts.push(cellHtml(lesson.cells.get(meta(block, "id"))!, ++cells, lang));
    else if (block.type === "leafDirective" && block.name === "figure") {
      parts.push(figure(block, lesson, scope, ++figures));
    } else if (block.lang !== "out") parts.push(prose(block));
    if (block.type === "heading" && block.depth === 1) parts.push(runAll(lang));
  }
  const switches = others
    .map(
      (other) =>
        `<a class="language" href="../../${other}/${name}/" lang="${other}" hreflang="${other}">${say(other, "language")}</a>`,
    )
    .join(" ");
  const data = [...lesson.cells.values()].map(({ id, code, saved }) => ({ id, code, saved }));
  // Inert data; "<" is escaped so that no text of a lesson ends the element.
  const json = JSON.stringify(data).replace(/</g, "\\u003c");
  const nav = `<a href="../../index.html">camada</a> ${switches}`;
  const main = `${parts.join("")}<script type="application/json" id="cells">${json}</script>`;
  return layout({ lang, title, nav, main, script: true });
}

const runAll = (lang: Lang) =>
  `<p class="run-all" hidden><button type="button" id="run-all">${say(lang, "run.all")}</button> <span role="status" id="summary"></span></p>\n`;

function cellHtml({ id, source, saved, fails }: Cell, number: number, lang: Lang): string {
  const label = escape(say(lang, "cell", { number }));
  const output =
    saved === ""
      ? ""
      : `<div class="saved"><p class="label">${say(lang, "output.saved")}</p><pre${fails ? ' class="error"' : ""} tabindex="0" role="group" aria-label="${say(lang, "output.saved")}, ${label}">${escape(saved)}</pre></div>`;
  return `<section class="cell" id="cell-${id}" aria-label="${label}" data-cell="${number}">
<div class="code"><pre tabindex="0" role="group" aria-label="${escape(say(lang, "code.of", { number }))}">${highlight(source)}</pre></div>
<p class="tools" hidden><button type="button" class="run" aria-label="${escape(say(lang, "run.cell", { number }))}">${say(lang, "run")}</button></p>
<div class="outputs">${output}<div class="live" role="status" aria-live="polite"></div></div>
</section>\n`;
}
