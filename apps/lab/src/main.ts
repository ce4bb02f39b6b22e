import type { CompiledCell, CompiledExercise } from "@camada/lesson";
import type { Language } from "camada";
import { Book } from "./cells/book.js";
import { showData } from "./data/section.js";
import { pause } from "./dom.js";
import { openExercises } from "./exercises/exercises.js";
import { type Handed, reportOf } from "./exercises/report.js";
import { mountFigures } from "./figures/index.js";
import { Keeper, type LessonInfo } from "./keep/keeper.js";
import { interruptedRun } from "./keep/runNote.js";
import { showWork, studentIn } from "./keep/work.js";
import { showNotebooks } from "./notebook/section.js";
import { keepOffline } from "./offline.js";

const lang = document.documentElement.lang as Language;
const carried = <T>(id: string) => JSON.parse(document.getElementById(`data-${id}`)!.textContent!) as T;
const cells = carried<CompiledCell[]>("cells");
const book = new Book(cells, lang);
for (const tools of document.querySelectorAll<HTMLElement>("[hidden].awake")) tools.hidden = false;

const info = carried<LessonInfo>("lesson");
const handed = (student: string): Handed => ({
  student,
  info,
  book,
  asked: exercises.asked,
  files: keeper.files,
});
const report = (student: string) => reportOf(handed(student), lang);
const tell = showWork(document.getElementById("work")!, lang, () => keeper, report);
const keeper = new Keeper(book, info, lang, tell);
const exercises = openExercises(carried<CompiledExercise[]>("exercises"), book, keeper, lang);
const page = () => ({ lesson: info.id, lang, cells: book.cells, asked: exercises.asked });
showNotebooks(
  document.getElementById("work")!,
  page,
  () => keeper,
  () => handed(studentIn(lang)),
);
const showKept = showData(document.getElementById("data")!, lang, book, keeper);
keeper.onTake = () => {
  exercises.fill();
  void showKept();
};
const restored = keeper.restore().then(async () => {
  const cell = await interruptedRun(info.id);
  if (cell !== null) book.tellInterrupted(cell);
});
mountFigures(lang);

void restored
  .then(pause)
  .then(() => book.openEditors())
  .then(keepOffline);

/** The other language opens at the cell that is being read. */
for (const link of document.querySelectorAll<HTMLAnchorElement>("a.language")) {
  link.addEventListener("click", () => {
    const above = book.cells.filter(({ section }) => section.getBoundingClientRect().top < innerHeight / 2);
    const at = above.at(-1);
    link.hash = scrollY > 0 && at !== undefined ? at.section.id : "";
  });
}
