/** What it takes to run and show a compiled lesson: no compiler, no Markdown. */
export {
  type Block,
  type Cell,
  type CompiledCell,
  type CompiledLesson,
  type Complaint,
  cellsOf,
  type Figure,
  type Lesson,
  type Prose,
} from "./lesson.js";
export {
  type Load,
  loadInNode,
  type Result,
  type RunOptions,
  runLesson,
  type Scope,
  valueAt,
} from "./run.js";
export { show } from "./show.js";
