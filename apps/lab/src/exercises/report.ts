import type { Language } from "camada";
import type { Book } from "../cells/book.js";
import type { OwnFile } from "../data/own.js";
import { h } from "../dom.js";
import type { LessonInfo } from "../keep/keeper.js";
import { say } from "../messages/index.js";
import type { Asked } from "./exercises.js";

const style = `
:root { color-scheme: light; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1.25rem; font: 1.05rem/1.55 Georgia, serif; color: #1d1c1a; background: #fff; }
h1 { font-size: 1.9rem; line-height: 1.15; font-weight: 500; }
h2 { font-size: 1.25rem; margin-top: 2.2rem; }
h3 { font-size: 1.05rem; margin: 1.6rem 0 0.3rem; }
pre { font: 0.85rem/1.5 ui-monospace, Menlo, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.4rem 0; }
pre.code { background: #f6f3ec; padding: 0.7rem 0.9rem; }
.answer { border-left: 3px solid #0b5a8f; padding-left: 0.9rem; white-space: pre-wrap; }
.mark, dt { color: #5f5b54; font-size: 0.9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; align-items: baseline; }
dd { margin: 0; }
figure { margin: 0.8rem 0; }
section { break-inside: avoid; }
svg { max-width: 100%; }
@media print { body { margin: 0; max-width: none; } a { color: inherit; } }
`;

/** What a report is made of. */
export interface Handed {
  readonly student: string;
  readonly info: LessonInfo;
  readonly asked: readonly Asked[];
  readonly book: Book;
  /** The student's own data. */
  readonly files: readonly OwnFile[];
}

/** What a report says before all: who made it, when, of which lesson, and from which seeds. */
export function factsOf(
  { student, info, book, files }: Handed,
  lang: Language,
): readonly (readonly [string, string])[] {
  const seeds = [
    ...new Set(
      book.cells.flatMap(({ code }) => [...code.matchAll(/\bseed\b\D{0,3}(\d+)/g)].map(([, n]) => n!)),
    ),
  ];
  return [
    [say(lang, "report.student"), student],
    [
      say(lang, "report.date"),
      new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" }).format(),
    ],
    [say(lang, "report.version"), info.version],
    [say(lang, "report.seeds"), seeds.length === 0 ? say(lang, "report.seeds.none") : seeds.join(", ")],
    ...(files.length === 0
      ? []
      : [[say(lang, "data"), files.map(({ name, file }) => `${name}: ${file}`).join(", ")] as const]),
  ];
}

/**
 * The report as one file of HTML that needs nothing else, and in which nothing runs: questions and answers with
 * what the checks said, then every cell with its code, its output and pictures, and marks on what is edited,
 * out of date, or has not run.
 */
export function reportOf(handed: Handed, lang: Language): string {
  const { student, info, asked, book } = handed;
  const page = document.implementation.createHTMLDocument(`${info.title}: ${student}`);
  page.documentElement.lang = lang;
  const policy = h("meta", {
    "http-equiv": "Content-Security-Policy",
    content: "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  });
  const viewport = h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" });
  page.head.prepend(h("meta", { charset: "utf-8" }), policy, viewport);
  page.head.append(h("style", {}, style));
  const list = h("dl", {});
  for (const [name, value] of factsOf(handed, lang)) list.append(h("dt", {}, name), h("dd", {}, value));
  const main = h(
    "main",
    {},
    h("h1", {}, info.title),
    list,
    h("h2", {}, say(lang, "report.answers")),
    ...asked.map((one, at) => answerOf(one, at + 1, lang)),
    h("h2", {}, say(lang, "report.cells")),
    ...book.cells.map((_, at) => cellOf(book, at, lang)),
  );
  page.body.append(main);
  return `<!doctype html>\n${page.documentElement.outerHTML}\n`;
}

/** What the check has said of an answer. */
export function checkedOf({ exercise, verdict }: Asked, lang: Language): string {
  if (exercise.module === null) return say(lang, "report.unchecked");
  const said = verdict();
  return said === undefined ? say(lang, "report.not-checked") : (said ?? say(lang, "answer.right"));
}

/** What holds of a cell no longer, or not as the lesson has it. */
export function marksOf(book: Book, at: number, lang: Language): string[] {
  const cell = book.cells[at]!;
  return [
    cell.edited && say(lang, "edited"),
    cell.ran === null && say(lang, "report.not-run"),
    book.isStale(at) && say(lang, "stale"),
  ].filter((mark) => mark !== false);
}

function answerOf(asked: Asked, number: number, lang: Language): HTMLElement {
  const { exercise, section, answer } = asked;
  const question = section.querySelector(".question")!.cloneNode(true) as HTMLElement;
  question.removeAttribute("id");
  const text = answer().trim();
  const written =
    exercise.answer === "cell"
      ? h("pre", { class: "code" }, text)
      : h("p", { class: "answer" }, text === "" ? say(lang, "report.empty") : text);
  return h(
    "section",
    {},
    h("h3", {}, say(lang, "exercise", { number })),
    question,
    written,
    h("p", { class: "mark" }, checkedOf(asked, lang)),
  );
}

function cellOf(book: Book, at: number, lang: Language): HTMLElement {
  const cell = book.cells[at]!;
  const marks = marksOf(book, at, lang);
  const outputs = [...cell.live.querySelectorAll("pre, figure svg")].map((part) => {
    const copy = part.cloneNode(true) as Element;
    copy.removeAttribute("tabindex");
    return copy instanceof SVGElement ? h("figure", {}, copy) : (copy as HTMLElement);
  });
  return h(
    "section",
    {},
    h("h3", {}, say(lang, "cell", { number: cell.number })),
    h("pre", { class: "code" }, cell.code),
    ...(marks.length === 0 ? [] : [h("p", { class: "mark" }, marks.join(", "))]),
    ...outputs,
  );
}
