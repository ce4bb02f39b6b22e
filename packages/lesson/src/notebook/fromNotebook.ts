import type { Notebook, NotebookCell } from "@camada/interop";
import { currentLanguage } from "camada";
import { LessonError } from "../error.js";
import { parse } from "../parse.js";
import { bodyOf, usualEnd } from "./body.js";
import { madeOf, type Part, partOf } from "./part.js";

/**
 * The file of the lesson that a notebook was made of by `toNotebook`, byte for byte where nothing has changed.
 * What was changed in Jupyter counts: text, code, outputs of cells that have run, cells more or less. Answers to
 * exercises and notes are left out, as they are no part of the lesson.
 * @throws LessonError `notebook.foreign` where it was made of no lesson; as `parse` does where what was changed
 * makes no lesson any more
 */
export function fromNotebook(notebook: Notebook): string {
  const whole = madeOf(notebook);
  if (whole === null) throw new LessonError(currentLanguage(), "notebook.foreign", { line: 1 });
  const named = withIds(notebook.cells);
  const bodies = named.flatMap(({ cell, part }) => {
    const body = bodyOf(cell, part);
    return body === "" ? [] : [{ body, end: part.end }];
  });
  const file = bodies.map(({ body, end }, i) => {
    const last = i === bodies.length - 1;
    return body + (end !== undefined && (last || end.includes("\n")) ? end : usualEnd(last));
  });
  const text = whole.head + file.join("");
  parse(text);
  return text;
}

/** The cells that are of the lesson, with what they are; a cell that is new or copied gets an id of its own. */
function withIds(cells: readonly NotebookCell[]): { readonly cell: NotebookCell; readonly part: Part }[] {
  const all = cells.map((cell) => ({ cell, part: partOf(cell) }));
  const of = all.filter(({ part: { kind } }) => !["setup", "answer", "note"].includes(kind));
  const taken = new Set<string>();
  const free = (id: string): boolean => /^[a-z][a-z0-9-]*$/.test(id) && !taken.has(id);
  const own = new Set(of.map(({ part }) => (part.kind === "cell" ? part.id : "")));
  let number = 0;
  return of.map(({ cell, part }) => {
    if (part.kind !== "cell") return { cell, part };
    let id = part.id;
    if (!free(id)) {
      do id = `cell-${++number}`;
      while (!free(id) || own.has(id));
    }
    taken.add(id);
    return { cell, part: { ...part, id } };
  });
}
