import { writeNotebook } from "@camada/interop";
import { type CompiledLesson, drawingOf, type ReadSaved, runLesson, type Scope } from "@camada/lesson";
import { toNotebook } from "@camada/lesson/build";
import camada from "../../../packages/camada/package.json" with { type: "json" };
import { shownAs } from "../src/figures/shown.js";

/** How wide a figure is in a notebook, in its own pixels. */
const WIDTH = 530;

/** A lesson as the file of a notebook, with its figures: the page puts into it what the reader has written. */
export async function notebookFile(lesson: CompiledLesson, read: ReadSaved): Promise<Uint8Array> {
  const { lang } = lesson;
  const scope: Scope = {};
  for await (const _ of runLesson(lesson, { scope }));
  const notebook = toNotebook(lesson, {
    version: camada.version,
    draw: (figure) =>
      shownAs(drawingOf(figure, scope, lang, read), figure, lang, figure.alt).draw("figure", WIDTH),
  });
  return writeNotebook(notebook);
}
