/** What it takes to make a lesson of its file: Markdown and the compiler. */
export { check } from "./check.js";
export { compile } from "./compile.js";
export { LessonError } from "./error.js";
export type { LessonCode } from "./messages/index.js";
export { fromNotebook } from "./notebook/fromNotebook.js";
export { type ToNotebookOptions, toNotebook } from "./notebook/toNotebook.js";
export { markdown, parse, serialize } from "./parse.js";
