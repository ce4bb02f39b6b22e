/** What it takes to check and compile cells while they are written: the compiler alone, also in a page. */
export { compileCell } from "./compile.js";
export { LessonError } from "./error.js";
export { CellProgram, type Files, type Remark } from "./program.js";
