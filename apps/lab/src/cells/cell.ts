import type { CompiledCell, CompiledCode } from "@camada/lesson";
import type { Remark } from "@camada/lesson/compiler";
import type { Language } from "camada";
import { button, h } from "../dom.js";
import type { Editor, EditorHost } from "../editor/editor.js";
import { say } from "../messages/index.js";
import type { Picture } from "../running/pictures.js";
import type { Outcome } from "../running/worker.js";
import { CellFigure } from "./figure.js";
import type { Run } from "./graph.js";
import { outputOf, pictureOf } from "./output.js";

/** A cell of the page: its parts, and what is known of it. */
export class Cell {
  readonly lesson: CompiledCell;
  readonly number: number;
  readonly section: HTMLElement;
  readonly runButton: HTMLButtonElement;
  /** The lesson's figures that are drawn from what it makes. */
  readonly figures: readonly CellFigure[];
  code: string;
  /** What the compiler makes of `code`; null while it has not been asked. */
  compiled: CompiledCode | null;
  /** What cells have made and taken, as far as the compiler has said. */
  names: Pick<CompiledCode, "makes" | "takes">;
  ran: Run | null = null;
  stopped = false;
  /** What its last run to the end gave. */
  outcome: Outcome | null = null;
  /** Whether the lesson has changed since the reader began to change the cell. */
  newer = false;
  remarks: readonly Remark[] = [];
  readonly #lang: Language;
  readonly #resetButton: HTMLButtonElement;
  readonly #history: HTMLDetailsElement;
  #editor: Editor | null = null;

  constructor(lesson: CompiledCell, lang: Language, reset: () => void) {
    this.lesson = lesson;
    this.code = lesson.code;
    this.compiled = this.names = lesson;
    this.#lang = lang;
    this.section = document.getElementById(`cell-${lesson.id}`)!;
    this.number = Number(this.section.dataset["cell"]);
    this.runButton = this.#part(".run");
    const followers = document.querySelectorAll<HTMLElement>(`figure[data-of="${lesson.id}"]`);
    this.figures = [...followers].map((figure) => new CellFigure(figure, lang));
    this.#resetButton = button(say(lang, "reset"), reset, { class: "reset" });
    this.#resetButton.setAttribute("aria-label", say(lang, "reset.cell", { number: this.number }));
    this.#resetButton.hidden = true;
    this.#history = h("details", { class: "history", hidden: true });
    this.runButton.after(this.#resetButton);
    const keys = h("span", { id: `keys-${this.number}`, class: "keys label" }, say(lang, "editor.keys"));
    this.#part(".tools").append(keys, this.#history);
  }

  get id(): string {
    return this.lesson.id;
  }
  get edited(): boolean {
    return this.code !== this.lesson.code;
  }
  get live(): HTMLElement {
    return this.#part(".live");
  }

  #part<E extends HTMLElement>(selector: string): E {
    return this.section.querySelector<E>(selector)!;
  }

  /** Takes other code, written here or brought from elsewhere. */
  take(code: string): void {
    this.stopped = false;
    this.code = code;
    this.compiled = code === this.lesson.code ? this.lesson : null;
    if (this.compiled !== null) this.names = this.compiled;
    if (this.#editor !== null) this.#editor.replace(code);
    else if (this.edited || this.#part(".code code").textContent !== `${code}\n`) {
      this.#part(".code code").textContent = code;
    }
  }

  open(openEditor: (place: HTMLElement, code: string, host: EditorHost) => Editor, host: EditorHost): void {
    if (this.#editor !== null) return;
    this.#editor = openEditor(this.#part(".code"), this.code, host);
    this.#editor.underline(this.remarks);
  }

  go(offset: number): void {
    this.#editor?.go(offset);
  }

  /** Says below the code what the compiler says of it. */
  show(remarks: readonly Remark[]): void {
    this.remarks = remarks;
    this.#editor?.underline(remarks);
    const items = remarks.map((remark) => this.#remark(remark));
    const place = this.#part(".remarks");
    const label = h("p", { class: "label" }, say(this.#lang, "remarks"));
    // said again only where it is new, as it is read aloud
    const said = remarks.map(({ sentence, detail }) => sentence + detail).join("\n");
    if (place.dataset["said"] === said) return;
    place.dataset["said"] = said;
    place.replaceChildren(...(items.length === 0 ? [] : [label, h("ul", {}, ...items)]));
  }

  #remark({ from, sentence, detail }: Remark): HTMLElement {
    const item = h("li", {}, `${sentence} `);
    const line = this.code.slice(0, from).split("\n").length;
    item.append(button(say(this.#lang, "remark.line", { line }), () => this.go(from), { class: "link" }));
    if (detail === sentence) return item;
    const summary = h("summary", {}, say(this.#lang, "remark.detail"));
    item.append(h("details", {}, summary, h("p", { lang: "en" }, detail)));
    return item;
  }

  /** Marks what holds no longer. */
  mark(stale: boolean): void {
    this.section.classList.toggle("stale", stale);
    for (const figure of this.figures) figure.mark(stale);
    this.section.classList.toggle("edited", this.edited);
    this.#resetButton.hidden = !this.edited;
    const words = [this.edited && "edited", this.newer && "newer", stale && "stale"] as const;
    const said = words.filter((word) => word !== false).map((word) => say(this.#lang, word));
    this.#part(".state").textContent = said.join(", ");
  }

  /** Lists codes that the cell has run with, the latest first, each to be taken again. */
  showHistory(
    versions: readonly { readonly at: number; readonly code: string }[],
    take: (code: string) => void,
  ): void {
    const time = new Intl.DateTimeFormat(this.#lang, { dateStyle: "short", timeStyle: "short" });
    const items = versions.map(({ at, code }) => {
      const again = say(this.#lang, "history.take", { time: time.format(at) });
      return h(
        "li",
        {},
        button(again, () => take(code), { class: "link" }),
        h("pre", { tabindex: "0" }, code),
      );
    });
    this.#history.hidden = items.length === 0;
    const summary = h("summary", {}, say(this.#lang, "history"));
    this.#history.replaceChildren(summary, h("ol", {}, ...items));
  }

  /** Says something in the output's place. */
  tell(text: string): void {
    this.live.replaceChildren(h("p", { class: "label" }, text));
  }

  /** Shows how training goes; only its first picture is announced, with the button that ends it. */
  showTraining(picture: Picture, end: () => void): void {
    const drawn = pictureOf(picture, this.#lang);
    const before = this.live.querySelector(".training figure");
    if (before !== null) {
      before.replaceWith(drawn);
      return;
    }
    const words = h("p", { class: "label" }, `${say(this.#lang, "training")} `);
    words.append(button(say(this.#lang, "training.end"), end));
    this.live.replaceChildren(
      h("div", { class: "training" }, words, h("div", { "aria-live": "off" }, drawn)),
    );
  }

  /** Shows why a cell cannot run. */
  refuse(sentence: string): void {
    this.live.replaceChildren(h("pre", { class: "error", tabindex: "0" }, sentence));
  }

  /** Shows an output; beside the saved one it says whether it is the same, where it can be. */
  showOutput(outcome: Outcome, comparable: boolean): boolean {
    this.outcome = outcome;
    const same = outcome.output === (this.lesson.output ?? "") && !outcome.cut;
    outcome.redrawn.forEach((redrawn, at) => {
      this.figures[at]!.show(redrawn);
    });
    this.live.replaceChildren(...outputOf(outcome, comparable ? same : null, this.#lang));
    return same;
  }
}
