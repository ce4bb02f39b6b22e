import { confusionFigure, confusionTable, curvesFigure, curvesTable, type Table } from "@camada/figures";
import type { Language } from "camada";
import type { Say } from "./language.js";
import { confusionCounts, lossCurves, type Results, resultLines } from "./results.js";

/** What a report tells beside the results: what was trained, on what, and what was to be known before. */
export interface About {
  readonly title: string;
  /** Sentences. */
  readonly facts: readonly string[];
}

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]!);

const STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#fffefb,#17181a);--ink:light-dark(#1c1c1c,#ececec);--quiet:light-dark(#595959,#b0b0b0)}
body{max-width:44rem;margin:2rem auto;padding:0 1rem;background:var(--paper);color:var(--ink);font:17px/1.5 Georgia,serif}
figure{margin:2rem 0;overflow-x:auto}
table{border-collapse:collapse;font:14px ui-monospace,Menlo,Consolas,monospace}
caption{text-align:left;font:14px Georgia,serif;color:var(--quiet);padding:.3rem 0}
th,td{padding:.15rem .6rem;text-align:right;border-bottom:1px solid color-mix(in srgb,var(--ink) 20%,transparent)}
summary{cursor:pointer;color:var(--quiet)}`;

/** A page of one file that needs nothing else: no script, no picture or style from elsewhere. */
export function reportPage(about: About, results: Results, lang: Language, say: Say): string {
  const title = escape(about.title);
  const paragraphs = (sentences: readonly string[]) =>
    sentences.map((text) => `<p>${escape(text)}</p>`).join("\n");
  const counts = confusionCounts(results);
  const curves = { ...lossCurves(results, say), lang, id: "curves" };
  const figures = [
    ...(results.history.epochs.length === 0 ? [] : [figure(curvesFigure(curves), curvesTable(curves), say)]),
    ...(counts === undefined ? [] : [confusion({ ...counts, lang, id: "confusion" })]),
  ];
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${paragraphs(about.facts)}
<h2>${escape(say("report.results"))}</h2>
${paragraphs(resultLines(results, say))}
${figures.join("\n")}
</main>
</body>
</html>`;

  function confusion(options: Parameters<typeof confusionFigure>[0]): string {
    return figure(confusionFigure(options), confusionTable(options), say);
  }
}

/** A drawing, and the same as a table for those who would rather read it. */
function figure(svg: string, table: Table, say: Say): string {
  const row = (cells: readonly string[], tag: "th" | "td") =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join("")}</tr>`;
  return `<figure>
${svg}<details><summary>${escape(say("report.table"))}</summary>
<table><caption>${escape(table.caption)}</caption>
<thead>${row(table.columns, "th")}</thead>
<tbody>${table.rows.map((cells) => row(cells, "td")).join("\n")}</tbody></table></details>
</figure>`;
}
