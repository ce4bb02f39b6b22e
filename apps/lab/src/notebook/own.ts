import { type Notebook, type NotebookOutput, readNotebook, writeNotebook } from "@camada/interop";
import { madeOf, outputsOf, withNotes, withWork, workIn } from "@camada/lesson";
import type { Language } from "camada";
import type { Cell } from "../cells/cell.js";
import type { Asked } from "../exercises/exercises.js";
import { checkedOf, factsOf, type Handed, marksOf } from "../exercises/report.js";
import type { Saved } from "../keep/saved.js";

/** What the reader has of a lesson in the page. */
export interface Page {
  readonly lesson: string;
  readonly lang: Language;
  readonly cells: readonly Cell[];
  readonly asked: readonly Asked[];
}

/** The lesson as a notebook with what the reader has written and run; its file stands beside the page. */
export async function ownNotebook(page: Page): Promise<Uint8Array<ArrayBuffer>> {
  return writeNotebook(await worked(page));
}

/** The same as a report: with who made it and when, what was said of answers, and marks on what does not hold. */
export async function reportNotebook(page: Page, handed: Handed): Promise<Uint8Array<ArrayBuffer>> {
  const { lang } = page;
  const { info, asked, book } = handed;
  const facts = factsOf(handed, lang).map(([name, value]) => `- ${name}: ${plain(value)}`);
  const notes = new Map<string, string>();
  const add = (id: string, text: string): void => {
    notes.set(id, notes.has(id) ? `${notes.get(id)} ${text}` : text);
  };
  book.cells.forEach(({ id }, at) => {
    const marks = marksOf(book, at, lang);
    if (marks.length > 0) add(id, `*${marks.join(", ")}*`);
  });
  for (const one of asked) add(one.exercise.of ?? one.exercise.id, `*${checkedOf(one, lang)}*`);
  return writeNotebook(withNotes(await worked(page), [`# ${info.title}`, "", ...facts].join("\n"), notes));
}

/** A text that Markdown shows as it is. */
const plain = (text: string): string => text.replace(/[\\`*_[\]<>#$&|~]/g, "\\$&");

async function worked({ cells, asked }: Page): Promise<Notebook> {
  const response = await fetch("./lesson.ipynb");
  const lesson = readNotebook(new Uint8Array(await response.arrayBuffer()));
  const touched = cells.filter(({ edited, ran }) => edited || ran !== null);
  return withWork(lesson, {
    cells: new Map(
      touched.map((cell) => [
        cell.id,
        { code: cell.code, outputs: outputsIn(cell), executionCount: cell.ran?.turn ?? null },
      ]),
    ),
    answers: new Map(asked.map(({ exercise, answer }) => [exercise.id, answer()])),
  });
}

/** What a cell's code has given in the page, with its pictures. */
function outputsIn({ code, ran, outcome, edited, lesson }: Cell): NotebookOutput[] {
  if (ran?.code !== code || outcome === null) return [];
  const { output, failed, pictures } = outcome;
  const last = output.slice(output.lastIndexOf("\n") + 1);
  const declared = edited ? null : lesson.error;
  const error = failed ? (declared ?? /^(\w*Error): /.exec(last)?.[1] ?? "CamadaError") : null;
  const drawn = pictures.map(
    ({ svg }): NotebookOutput => ({ kind: "display", data: { "image/svg+xml": svg }, metadata: {} }),
  );
  return [...outputsOf(output, error), ...drawn];
}

/** Whether a notebook is of the page's lesson, in its language, or another, or of no lesson that is here. */
export function kinship(notebook: Notebook, { lesson, lang }: Page): "own" | "language" | "foreign" {
  const made = madeOf(notebook);
  if (made?.lesson !== lesson) return "foreign";
  return made.lang === lang ? "own" : "language";
}

/** What is kept of the reader's work with that of a notebook in its place, cell by cell and answer by answer. */
export function savedWith(notebook: Notebook, saved: Saved, { lang, cells, asked }: Page): Saved {
  const work = workIn(notebook);
  const edited = cells.flatMap(({ id, lesson }) => {
    const code = work.cells.get(id)?.code ?? lesson.code;
    return code === lesson.code ? [] : [[id, { code, lang, original: lesson.code }] as const];
  });
  const answers = asked.flatMap(({ exercise: { id } }) => {
    const answer = work.answers.get(id) ?? "";
    return answer === "" ? [] : [[id, answer] as const];
  });
  return { ...saved, cells: Object.fromEntries(edited), answers: Object.fromEntries(answers) };
}
