import {
  contributionsFigure,
  type Strokes,
  type StrokesOptions,
  strokesFigure,
  strokesTable,
  tableHtml,
} from "@camada/figures";
import { proxy } from "comlink";
import { asking } from "../../data/client.js";
import { centered } from "../../data/digit.js";
import { button, fileButton, h } from "../../dom.js";
import { captionFrom, onWidth, replaceDrawing } from "../dom.js";
import type { FigureOptions } from "../index.js";
import { say } from "../messages/index.js";
import { digitsAt, digitsWorker } from "./client.js";
import { Pad } from "./pad.js";

/** How often it goes through the first digits, and through all. */
const EPOCHS = { first: 12, all: 5 } as const;
/** The test digit that is shown first: a 4. */
const FIRST = 4;

/**
 * What layers see: a network is trained on real digits in a worker, and then says of each digit that is picked
 * or drawn which strokes the strongest neurons of each hidden layer respond to.
 */
export function mount(figure: HTMLElement, { lang, data }: FigureOptions): () => void {
  const base = digitsAt(data);
  const { api, end } = digitsWorker();
  let at = FIRST;
  let label: number | null = null;
  let seen: Strokes | null = null;
  let width = 530;
  let training = false;

  const status = h("p", { class: "status", role: "status" });
  const bar = h("progress", { max: 1, value: 0, hidden: true, "aria-label": say(lang, "digits.progress") });
  const drawing = h(
    "div",
    { class: "plane" },
    ...figure.querySelectorAll(":scope > .wide, :scope > .narrow"),
  );
  const table = figure.querySelector("details > .scroll");
  const one = h("div", { class: "plane" });
  const which = h("select");
  const single = h("div", { hidden: true }, h("p", { class: "figure-tools" }, h("label", {}, `${say(lang, "strokes.one")} `, which)), one, h("p", { class: "label" }, say(lang, "strokes.sign"))); // biome-ignore format: one part
  const pad = new Pad(
    () => {
      const pixels = centered(pad.pixels);
      label = null;
      if (pixels !== null) void look(pixels);
    },
    (down) => {
      chosen.textContent = say(lang, down ? "digits.penDown" : "digits.penUp");
    },
    say(lang, "digits.pad"),
  );
  const chosen = h("p", { class: "label", "aria-live": "polite" });
  const train = button(say(lang, "digits.train"), () => (training ? void api().stop() : void learn(false)));
  const whole = button(say(lang, "digits.whole"), () => void learn(true));
  const tools = h("div", { class: "digit-tools", hidden: true }, pad.element, h("div", {}, h("p", { class: "label" }, say(lang, "digits.draw")), h("p", { class: "figure-tools" }, button(say(lang, "previous"), () => void pick(at - 1)), button(say(lang, "next"), () => void pick(at + 1)), button(say(lang, "digits.clear"), () => clear()), ...fileButton(say(lang, "digits.file"), ".png,image/png", (file) => void take(file))), chosen)); // biome-ignore format: one part

  const options = (shown: Strokes): StrokesOptions => ({ ...shown, lang, id: `${figure.id}-live`, width });
  const draw = (): void => {
    if (seen === null) return;
    const shown = options(seen);
    drawing.innerHTML = strokesFigure(shown);
    const fresh = h("div");
    fresh.innerHTML = tableHtml(strokesTable(shown));
    table?.replaceChildren(...fresh.firstElementChild!.childNodes);
    captionFrom(figure, drawing);
    const before = which.selectedIndex;
    which.replaceChildren(
      ...seen.layers.flatMap(({ strongest }, l) =>
        strongest.map(({ neuron }, k) =>
          h(
            "option",
            { value: `${l} ${k}` },
            say(lang, "strokes.neuron", { layer: l + 1, neuron: neuron + 1 }),
          ),
        ),
      ),
    );
    which.selectedIndex = Math.max(before, 0);
    drawOne();
  };
  const drawOne = (): void => {
    const [l, k] = which.value.split(" ").map(Number);
    if (seen !== null) one.innerHTML = contributionsFigure(options(seen), l!, k!);
  };
  which.addEventListener("change", drawOne);

  const look = async (pixels: readonly number[]): Promise<void> => {
    seen = await api().seen(pixels, label);
    draw();
    if (seen?.answer === undefined) return;
    const { predicted } = seen.answer;
    const message = label === null ? "digits.drawn" : "digits.picked";
    chosen.textContent = say(lang, message, { at: at + 1, label: label ?? "", predicted });
  };
  /** Picks a digit of the test set. */
  const pick = async (next: number): Promise<void> => {
    at = (next + 2000) % 2000;
    const digit = await api().digit(base, at);
    label = digit.label;
    pad.show(digit.pixels);
    await look(digit.pixels);
  };
  /** Takes a digit from an image on the reader's disk. */
  const take = async (file: File): Promise<void> => {
    const pixels = await asking(async (reader) => reader.digit(file, lang));
    if (typeof pixels === "string") {
      chosen.textContent = say(lang, "digits.failed", { reason: pixels });
      return;
    }
    label = null;
    pad.show(pixels);
    await look(pixels);
  };
  const clear = (): void => {
    pad.show(new Array(28 * 28).fill(0));
    chosen.textContent = say(lang, "digits.empty");
  };
  const learn = async (all: boolean): Promise<void> => {
    training = true;
    train.textContent = say(lang, "digits.stop");
    whole.disabled = true;
    bar.hidden = false;
    status.textContent = say(lang, "digits.loading");
    const begun = performance.now();
    const tell = (share: number, accuracy: number | null): void => {
      bar.value = share;
      status.textContent = accuracy === null ? say(lang, "digits.learning") : say(lang, "digits.epoch", { accuracy: (100 * accuracy).toFixed(1) }); // biome-ignore format: one text
    };
    try {
      const right = await api().learn(base, lang, all, EPOCHS[all ? "all" : "first"], proxy(tell));
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      status.textContent = right === null ? say(lang, "digits.stopped") : say(lang, "digits.learnt", { accuracy: (100 * right).toFixed(1), seconds }); // biome-ignore format: one text
      if (right !== null) {
        tools.hidden = single.hidden = false;
        await pick(at);
      }
    } catch (error) {
      status.textContent = say(lang, "digits.failed", { reason: (error as Error).message });
    }
    training = whole.disabled = false;
    bar.hidden = true;
    train.textContent = say(lang, "digits.train");
  };

  const note = h("p", { class: "label" }, say(lang, "strokes.how"));
  const restore = replaceDrawing(
    figure,
    drawing,
    h("p", { class: "figure-tools" }, train, whole, bar),
    status,
    tools,
    single,
    note,
  );
  const unwatch = onWidth(figure, (now) => {
    width = Math.max(now, 260);
    draw();
  });
  return () => {
    unwatch();
    end();
    restore();
  };
}
