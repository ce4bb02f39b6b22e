export { type Complaint, check } from "./check.js";
export { type LessonCode, LessonError } from "./error.js";
export type { Block, Cell, Figure, Lesson, Prose } from "./lesson.js";
export { markdown, parse } from "./parse.js";
export { type CompiledCell, compileCells } from "./program.js";
export { type Load, loadInNode, type Result, runCells, type Scope, valueAt } from "./run.js";
