import type { Notebook, NotebookCell, NotebookOutput } from "@camada/interop";
import { fromKernel, nameIn, toKernel } from "./kernel.js";
import { marked, type Part, partOf } from "./part.js";

/** What a reader has written in a lesson, as its notebook carries it. */
export interface Work {
  /** By their ids. */
  readonly cells: ReadonlyMap<string, WorkedCell>;
  /** Answers to exercises, by their ids. */
  readonly answers: ReadonlyMap<string, string>;
}

/** A cell as a reader left it. */
export interface WorkedCell {
  readonly code: string;
  readonly outputs: readonly NotebookOutput[];
  /** Which run of all it was that gave the outputs; null where it has not run. */
  readonly executionCount: number | null;
}

/** A lesson's notebook with what a reader has written and run; cells that `work` does not name stay. */
export function withWork(notebook: Notebook, work: Work): Notebook {
  const name = nameIn(notebook.cells[0]?.source ?? "");
  const cells = notebook.cells.map((cell) => {
    const part: Part = partOf(cell);
    if (part.kind === "answer") return { ...cell, source: work.answers.get(part.of) ?? cell.source };
    const worked = part.kind === "cell" ? work.cells.get(part.id) : undefined;
    if (worked === undefined || cell.kind !== "code") return cell;
    const { code, outputs, executionCount } = worked;
    return { ...cell, source: toKernel(code, name), outputs, executionCount };
  });
  return { ...notebook, cells };
}

/** What a reader has written in a lesson's notebook: of cells with the same id, the first. */
export function workIn({ cells }: Notebook): Work {
  const work = { cells: new Map<string, WorkedCell>(), answers: new Map<string, string>() };
  for (const cell of cells) {
    const part: Part = partOf(cell);
    if (part.kind === "answer" && !work.answers.has(part.of)) work.answers.set(part.of, cell.source);
    if (part.kind !== "cell" || cell.kind !== "code" || work.cells.has(part.id)) continue;
    const { source, outputs, executionCount } = cell;
    work.cells.set(part.id, { code: fromKernel(source), outputs, executionCount });
  }
  return work;
}

/**
 * A lesson's notebook with notes in Markdown: one before all, and others by the ids of the cells and exercises
 * that they follow. `fromNotebook` leaves them out.
 */
export function withNotes(notebook: Notebook, first: string, others: ReadonlyMap<string, string>): Notebook {
  const note = (source: string): NotebookCell => ({
    kind: "markdown",
    source,
    metadata: marked({ kind: "note" }),
  });
  const cells = notebook.cells.flatMap((cell) => {
    const part: Part = partOf(cell);
    const id = part.kind === "cell" ? part.id : part.kind === "answer" ? part.of : "";
    const said = others.get(id);
    return said === undefined ? [cell] : [cell, note(said)];
  });
  return { ...notebook, cells: [note(first), ...cells] };
}
