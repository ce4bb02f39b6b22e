import { nice, ticks } from "d3-array";
import { say } from "./messages/index.js";
import { seriesStyle } from "./palette.js";
import {
  type Measure,
  measures,
  type ReadStudy,
  readStudy,
  type StudyFigureOptions,
  shown,
} from "./study.js";
import { el, page, type Svg, safeId } from "./svg.js";

const tall = 118;
const head = 34;
const foot = 26;

/**
 * What batch sizes came to, as SVG: a panel for time per epoch, accuracy in training and in the test, and the
 * gap between them; in each, a dot for every seed, a band from the lowest to the highest, and a line through
 * the means.
 * @throws FigureError where no training came to its end
 * @example
 * const run = { secondsPerEpoch: 0.1, trainAccuracy: 0.9, testAccuracy: 0.8, gap: 0.1 };
 * studyFigure({ results: [{ batchSize: 32, learningRate: 0.01, runs: [run] }], lang: "en" });
 */
export function studyFigure(o: StudyFigureOptions): string {
  const study = readStudy(o);
  const width = o.width ?? 640;
  const columns = width >= 520 ? 2 : 1;
  const across = (width - 16 - (columns - 1) * 24) / columns;
  const parts = measures.map((measure, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const place = `translate(${8 + column * (across + 24)} ${row * (head + tall + foot + 8)})`;
    return el("g", { transform: place }, ...panel(study, measure, i, across, o));
  });
  const height = (measures.length / columns) * (head + tall + foot + 8);
  const label = say(o.lang, "study.batchSize");
  parts.push(el("text", { x: width - 8, y: height + 10, "text-anchor": "end", class: "label" }, label));
  const { title, description } = study;
  const id = safeId(o.id ?? "study");
  return page(
    { id, width, height: height + 20, lang: o.lang, title, description, theme: o.theme ?? "auto" },
    ...parts,
  );
}

function panel(study: ReadStudy, measure: Measure, i: number, width: number, o: StudyFigureOptions): Svg[] {
  const { color, marker } = seriesStyle(i);
  const bands = study.sizes.map((_, size) => study.bandOf(measure, size));
  const values = bands.flatMap((band) => (band === null ? [] : band.values));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  // time and the gap begin at 0, so that twice as high is twice as much
  const margin = (most - least) * 0.1 || Math.abs(most) * 0.1 || 0.01;
  const from = measure === "secondsPerEpoch" || measure === "gap" ? Math.min(0, least) : least - margin;
  const [low, round] = nice(from, most + margin / 2, 3);
  // no share is more than all
  const high = measure.endsWith("Accuracy") ? Math.min(round, 1) : round;
  const steps = ticks(low, high, 3);
  const texts = steps.map((step) => shown(measure, step));
  const left = Math.max(...texts.map((text) => text.length)) * 7.9 + 8;
  const x = (size: number) => left + ((size + 0.5) / study.sizes.length) * (width - left);
  const y = (value: number) => head + tall - ((value - low) / (high - low)) * tall;
  const parts: Svg[] = [el("text", { x: 0, y: 18, class: "label" }, say(o.lang, `study.${measure}`))];
  steps.forEach((step, k) => {
    const line = {
      x1: left,
      x2: width,
      y1: y(step),
      y2: y(step),
      stroke: "var(--quiet)",
      "stroke-opacity": 0.25,
    };
    const text = { x: left - 6, y: y(step) + 4, "text-anchor": "end", class: "quiet" };
    parts.push(el("line", line), el("text", text, texts[k]!));
  });
  study.sizes.forEach((size, k) => {
    const text = { x: x(k), y: head + tall + 18, "text-anchor": "middle", class: "quiet" };
    parts.push(el("text", text, String(size)));
  });
  const drawn = bands.flatMap((band, k) => (band === null ? [] : [{ band, at: x(k) }]));
  const path = (point: (one: (typeof drawn)[number]) => number) =>
    drawn.map((one) => `${pixel(one.at)} ${pixel(y(point(one)))}`);
  const area = [...path(({ band }) => band.high), ...path(({ band }) => band.low).reverse()];
  parts.push(
    el("path", { d: `M${area.join("L")}Z`, fill: color, "fill-opacity": 0.22 }),
    el("path", {
      d: `M${path(({ band }) => band.mean).join("L")}`,
      fill: "none",
      stroke: color,
      "stroke-width": 2,
    }),
    ...drawn.flatMap(({ band, at }) =>
      band.values.map((value) =>
        el(
          "path",
          { d: `M${pixel(at)} ${pixel(y(value))}${marker}`, fill: color, stroke: "var(--paper)" },
          el("title", {}, shown(measure, value)),
        ),
      ),
    ),
    el("path", { class: "line", d: `M${pixel(left)} ${head + tall}H${pixel(width)}` }),
  );
  return parts;
}

const pixel = (value: number): number => Math.round(value * 100) / 100;
