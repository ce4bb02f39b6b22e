import ts from "typescript";
import { type Complaint, cellsOf, type Lesson } from "./lesson.js";
import { CellProgram } from "./program.js";

/**
 * Type-checks all cells of a lesson as one program, in which names cross cells, with camada's sentences in
 * the lesson's language. `root` is a folder from which `camada` can be found.
 */
export function check(lesson: Lesson, root: string): Complaint[] {
  const cells = cellsOf(lesson);
  const program = new CellProgram(onDisk(root), lesson.lang);
  program.update(cells);
  return program.remarks().map(({ cell, from, sentence, detail }) => {
    const { code, line } = cells.find(({ id }) => id === cell)!;
    return { cell, line: line + code.slice(0, from).split("\n").length, sentence, detail };
  });
}

const onDisk = (root: string) => ({
  root,
  libraries: ts.getDefaultLibFilePath({}).replace(/[/\\][^/\\]*$/, ""),
  read: ts.sys.readFile,
  exists: ts.sys.fileExists,
  hasFolder: ts.sys.directoryExists,
});
