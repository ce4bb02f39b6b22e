import {
  curvesFigure,
  curvesTable,
  type Measure,
  measures,
  type StudyFigureOptions,
  studyCurves,
  studyFigure,
  studyTable,
  tableHtml,
} from "@camada/figures";
import { proxy } from "comlink";
import { button, h } from "../../dom.js";
import { captionFrom, onWidth, replaceDrawing } from "../dom.js";
import type { FigureOptions } from "../index.js";
import { type Message, say } from "../messages/index.js";
import { digitsAt, digitsWorker } from "./client.js";
import type { StudySettings } from "./training.js";
import type { StudySoFar } from "./worker.js";

const SIZES = [8, 16, 32, 64, 128, 256, 512, 1024, 2048] as const;
const CHOSEN = [16, 128, 1024] as const;

/** Batch sizes compared: the same network trained at each, in a worker, from several seeds. */
export function mount(figure: HTMLElement, { lang, data }: FigureOptions): () => void {
  const base = digitsAt(data);
  const { api, end } = digitsWorker();
  let soFar: StudySoFar = { results: [], growing: [] };
  let width = 530;
  let running = false;

  const drawing = h(
    "div",
    { class: "plane" },
    ...figure.querySelectorAll(":scope > .wide, :scope > .narrow"),
  );
  const curves = h("div", { class: "plane" });
  const curvesData = h("div");
  const status = h("p", { class: "status", role: "status" });
  const bar = h("progress", { max: 1, value: 0, hidden: true, "aria-label": say(lang, "digits.progress") });
  const table = figure.querySelector("details > .scroll");

  const sizes = SIZES.map((size) => {
    const box = h("input", {
      type: "checkbox",
      value: size,
      checked: (CHOSEN as readonly number[]).includes(size),
    });
    return { size, box, label: h("label", {}, box, ` ${size}`) };
  });
  const choice = (message: Message, options: readonly (readonly [string, string])[]) => {
    const select = h("select", {}, ...options.map(([value, text]) => h("option", { value }, text)));
    return { select, label: h("label", {}, h("span", {}, say(lang, message)), select) };
  };
  const plain = (values: readonly number[]) => values.map((value) => [String(value), String(value)] as const);
  const rows = choice("study.rows", plain([2000, 5000, 10_000, 60_000]));
  const seeds = choice("study.seeds", plain([1, 2, 3, 5]));
  seeds.select.value = "2";
  const rate = choice("study.rate", plain([0.01, 0.03, 0.1, 0.3]));
  rate.select.value = "0.1";
  const budget = choice("study.budget", [
    ...[2, 3, 5, 10].map((count) => [`epochs ${count}`, say(lang, "study.epochs", { count })] as const),
    ...[100, 300, 1000].map((count) => [`updates ${count}`, say(lang, "study.updates", { count })] as const),
  ]);
  budget.select.value = "epochs 3";
  const scale = choice("study.scale", [
    ["false", say(lang, "study.unscaled")],
    ["linear", say(lang, "study.linear")],
    ["sqrt", say(lang, "study.sqrt")],
  ]);

  const followed = choice(
    "study.follow",
    measures.map((measure) => [measure, say(lang, `study.${measure}`)]),
  );
  followed.select.value = "testAccuracy";
  followed.select.addEventListener("change", () => drawCurves());
  const growth = h("div", { hidden: true }, h("p", { class: "figure-tools" }, followed.label), curves, h("p", { class: "label" }, say(lang, "study.growing"))); // biome-ignore format: one part

  // as in the study that was saved
  if ((data as { readonly scaled: boolean }).scaled) scale.select.value = "sqrt";

  const settings = (): StudySettings => {
    const [unit, count] = budget.select.value.split(" ");
    return {
      batchSizes: sizes.filter(({ box }) => box.checked).map(({ size }) => size),
      seeds: Array.from({ length: Number(seeds.select.value) }, (_, seed) => seed),
      rows: Number(rows.select.value),
      testRows: 2000,
      learningRate: Number(rate.select.value),
      budget: unit === "epochs" ? { epochs: Number(count) } : { updates: Number(count) },
      scale: scale.select.value === "false" ? false : (scale.select.value as "linear" | "sqrt"),
    };
  };
  /** Each batch size, from epoch to epoch, as far as it has come. */
  const drawCurves = (): void => {
    const measure = followed.select.value as Measure;
    const shown = studyCurves({ results: soFar.growing, measure, lang, id: `${figure.id}-curves`, width });
    growth.hidden = shown.series.length === 0;
    if (growth.hidden) return;
    curves.innerHTML = curvesFigure(shown);
    curvesData.innerHTML = tableHtml(curvesTable(shown));
  };
  const draw = (): void => {
    drawCurves();
    const { results } = soFar;
    if (results.length === 0) return;
    const shown: StudyFigureOptions = { results, lang, id: `${figure.id}-live`, width };
    drawing.innerHTML = studyFigure(shown);
    const fresh = h("div");
    fresh.innerHTML = tableHtml(studyTable(shown));
    table?.replaceChildren(...fresh.firstElementChild!.childNodes);
    captionFrom(figure, drawing);
  };
  const run = async (): Promise<void> => {
    const asked = settings();
    if (asked.batchSizes.length === 0) {
      status.textContent = say(lang, "study.none");
      return;
    }
    running = true;
    soFar = { results: soFar.results, growing: [] };
    drawCurves();
    runner.textContent = say(lang, "digits.stop");
    bar.hidden = false;
    status.textContent = say(lang, "digits.loading");
    const tell = (share: number): void => {
      bar.value = share;
      status.textContent = say(lang, "study.running", { share: Math.round(100 * share) });
    };
    const show = (now: StudySoFar): void => {
      soFar = now;
      draw();
    };
    try {
      const complete = await api().study(base, lang, asked, proxy(tell), proxy(show));
      status.textContent = say(lang, complete ? "study.done" : "digits.stopped");
    } catch (error) {
      status.textContent = say(lang, "digits.failed", { reason: (error as Error).message });
    }
    running = false;
    bar.hidden = true;
    runner.textContent = say(lang, "study.run");
  };
  const runner = button(say(lang, "study.run"), () => (running ? void api().stop() : void run()));

  table?.after(curvesData);
  const restore = replaceDrawing(
    figure,
    drawing,
    h(
      "fieldset",
      { class: "sizes" },
      h("legend", {}, say(lang, "study.sizes")),
      ...sizes.map(({ label }) => label),
    ),
    h("div", { class: "controls" }, budget.label, scale.label, rate.label, seeds.label, rows.label),
    h("p", { class: "figure-tools" }, runner, bar),
    status,
    growth,
    h("p", { class: "label" }, say(lang, "study.means")),
  );
  const unwatch = onWidth(figure, (now) => {
    width = Math.max(now, 280);
    draw();
  });
  return () => {
    unwatch();
    end();
    curvesData.remove();
    restore();
  };
}
