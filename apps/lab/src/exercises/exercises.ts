import type { CompiledExercise } from "@camada/lesson";
import type { Language } from "camada";
import type { Book } from "../cells/book.js";
import { button, h, settled } from "../dom.js";
import type { Keeper } from "../keep/keeper.js";
import { say } from "../messages/index.js";

/** What a check last said of an answer: that all is well (null), or what is not; undefined before it is asked. */
type Verdict = string | null | undefined;

/** An exercise in the page: where it stands, its answer, and what was said of it. */
export interface Asked {
  readonly exercise: CompiledExercise;
  readonly section: HTMLElement;
  answer(): string;
  verdict(): Verdict;
}

/** Gives each exercise a field for its answer, and a button that has it checked. */
export function openExercises(
  exercises: readonly CompiledExercise[],
  book: Book,
  keeper: Keeper,
  lang: Language,
): { readonly asked: readonly Asked[]; fill(): void } {
  const opened = exercises.map((exercise) => openExercise(exercise, book, keeper, lang));
  return {
    asked: opened,
    fill: () => {
      for (const { fill } of opened) fill();
    },
  };
}

function openExercise(exercise: CompiledExercise, book: Book, keeper: Keeper, lang: Language) {
  const { id, answer, of, module, takes } = exercise;
  const section = document.getElementById(`exercise-${id}`)!;
  const place = section.querySelector<HTMLElement>(".answer")!;
  const said = h("p", { role: "status", class: "verdict" });
  const labels = { "aria-label": say(lang, "answer"), "aria-describedby": `question-${id}` };
  const field =
    answer === "number"
      ? h("input", { type: "text", inputmode: "decimal", autocomplete: "off", ...labels })
      : h("textarea", { rows: "3", ...labels });
  const cell = book.cells.find((one) => one.id === of);
  let verdict: Verdict;
  const show = (now: Verdict): void => {
    verdict = now;
    said.textContent = now === undefined ? "" : (now ?? say(lang, "answer.right"));
    said.classList.toggle("error", typeof now === "string");
  };
  const keep = settled(300, () => keeper.answer(id, field.value));
  field.addEventListener("input", () => {
    show(undefined);
    keep();
  });
  const check = async () => {
    const value = answer === "number" ? numberOf(field.value) : field.value;
    if (answer === "number" && Number.isNaN(value)) return show(say(lang, "answer.number"));
    if (answer === "text" && field.value.trim() === "") return show(say(lang, "answer.empty"));
    show(await book.judge(module!, takes, of, value));
  };
  if (cell === undefined) place.append(field);
  if (module !== null) {
    place.append(button(say(lang, "check"), () => void check()));
    // in a field of one line, as in any form
    if (answer === "number") {
      field.addEventListener("keydown", (event) => {
        if ((event as KeyboardEvent).key === "Enter") void check();
      });
    }
  }
  place.append(said);
  const written = () => (cell === undefined ? field.value : cell.code);
  const fill = () => {
    field.value = keeper.saved.answers[id] ?? "";
    show(undefined);
  };
  fill();
  return { exercise, section, answer: written, verdict: () => verdict, fill };
}

/** A number as people write it: 3.5 or 3,5, 101770 or 101 770. */
function numberOf(text: string): number {
  const plain = text.trim().replace(/\s/g, "").replace(",", ".").replace("−", "-");
  return plain === "" ? Number.NaN : Number(plain);
}
