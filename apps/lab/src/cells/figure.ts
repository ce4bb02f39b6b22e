import { tableHtml } from "@camada/figures";
import type { Language } from "camada";
import { h } from "../dom.js";
import { captionFrom, replaceDrawing } from "../figures/dom.js";
import { renewFigure } from "../figures/index.js";
import type { Followed } from "../figures/shown.js";
import { say } from "../messages/index.js";
import type { Redrawn } from "../running/pictures.js";

/** A figure of the lesson that is drawn from what a cell has made, and follows it from run to run. */
export class CellFigure {
  readonly followed: Followed;
  readonly #element: HTMLElement;
  readonly #lang: Language;
  readonly #state = h("p", { class: "state", role: "status" });
  /** What the lesson's own numbers are, and its words for them. */
  readonly #lesson: { readonly options: string | undefined; readonly caption: string };
  #shown: string | undefined;
  #said = "";

  constructor(element: HTMLElement, lang: Language) {
    this.followed = JSON.parse(element.dataset["follows"]!) as Followed;
    this.#element = element;
    this.#lang = lang;
    const caption = element.querySelector(":scope > figcaption")!;
    caption.querySelector("details")!.before(this.#state);
    this.#lesson = { options: element.dataset["options"], caption: caption.firstChild!.textContent! };
    this.#shown = this.#lesson.options;
  }

  /** Draws what a run has come to, or says why it cannot. */
  show(redrawn: Redrawn): void {
    if ("refused" in redrawn) {
      this.#said = say(this.#lang, "figure.kept", { reason: redrawn.refused });
      return;
    }
    const { svg, table, live } = redrawn;
    const shown = live === undefined ? svg : JSON.stringify(live);
    const ofLesson = shown === this.#lesson.options;
    this.#said = ofLesson ? "" : say(this.#lang, "figure.run");
    if (shown === this.#shown) return;
    this.#shown = shown;
    const drawing = h("div", {});
    drawing.innerHTML = svg;
    if (live === undefined || !renewFigure(this.#element, live, this.#lang)) {
      replaceDrawing(this.#element, drawing);
    }
    captionFrom(this.#element, drawing);
    if (ofLesson) this.#element.querySelector("figcaption")!.firstChild!.textContent = this.#lesson.caption;
    const fresh = h("div", {});
    fresh.innerHTML = tableHtml(table);
    this.#element.querySelector("details > .scroll")!.replaceWith(fresh.firstElementChild!);
  }

  mark(stale: boolean): void {
    this.#element.classList.toggle("stale", stale);
    const said = stale ? say(this.#lang, "stale") : this.#said;
    if (this.#state.textContent !== said) this.#state.textContent = said;
  }
}
