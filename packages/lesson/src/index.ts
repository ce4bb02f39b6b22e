/** What it takes to run and draw a compiled lesson: no compiler, no Markdown. */

export { checkAnswer } from "./answer.js";
export { LessonError } from "./error.js";
export { type Drawing, drawingOf, type ReadSaved } from "./figure.js";
export { flow } from "./flow.js";
export {
  type Block,
  type Cell,
  type CompiledCell,
  type CompiledCode,
  type CompiledExercise,
  type CompiledLesson,
  type Complaint,
  cellsOf,
  type Exercise,
  type Figure,
  type Lesson,
  type Prose,
} from "./lesson.js";
export { madeOf, outputsOf, type Whole } from "./notebook/part.js";
export { type Work, type WorkedCell, withNotes, withWork, workIn } from "./notebook/work.js";
export {
  type Load,
  loadInBrowser,
  loadInNode,
  type Result,
  type RunOptions,
  runCell,
  runLesson,
  type Scope,
  valueAt,
} from "./run.js";
export { show } from "./show.js";
