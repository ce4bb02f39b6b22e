import { type Curve, type Curves, type CurvesOptions, canStand, readCurves } from "./curves.js";
import { epochScale, place, tickTexts, valueScale } from "./curvesAxes.js";
import { showNumber } from "./matrix.js";
import { say } from "./messages/index.js";
import { seriesStyle } from "./palette.js";
import { cut, el, page, type Svg, safeId, wrap } from "./svg.js";

const glyph = 7.9;
const sample = 40;

/**
 * Curves over epochs as SVG: training and validation loss, say. A color, a dash and a marker for each; of
 * several runs the mean, in a band. What is not finite leaves a gap.
 * @throws FigureError where there is nothing to draw
 * @example
 * curvesFigure({ series: [{ label: "loss", values: [2.3, 0.4, 0.2] }], measure: "loss", lang: "en" });
 */
export function curvesFigure(o: CurvesOptions): string {
  const curves = readCurves(o);
  const { lines, every, epochs, title, description } = curves;
  const width = o.width ?? 640;
  const height = Math.max(180, Math.min(300, width * 0.5));
  const values = valueScale(curves.extent, Math.floor(height / 40));
  const labels = tickTexts(values);
  const left = Math.max(...labels.map((text) => text.length)) * glyph + 22;
  const right = width - 20;
  const { items, bottom: head } = legend(lines, width);
  const top = head + (o.measure === undefined ? 18 : 38);
  const bottom = top + height;
  const steps = epochScale(every, epochs, Math.floor((right - left) / 60));
  const x = (epoch: number): number => left + place(steps, epoch) * (right - left);
  const at = (k: number): number => x(k * every);
  const y = (value: number): number => bottom - place(values, value) * height;

  const parts: Svg[] = [...items];
  if (o.measure !== undefined) parts.push(el("text", { x: 8, y: top - 16, class: "label" }, o.measure));
  values.ticks.forEach((tick, i) => {
    parts.push(
      el("line", {
        x1: left,
        x2: right,
        y1: y(tick),
        y2: y(tick),
        stroke: "var(--quiet)",
        "stroke-opacity": 0.25,
      }),
    );
    parts.push(el("text", { x: left - 8, y: y(tick) + 4, "text-anchor": "end", class: "quiet" }, labels[i]!));
  });
  parts.push(el("path", { class: "line", d: `M${round(left)} ${round(bottom)}H${round(right)}` }));
  for (const tick of steps.ticks) {
    parts.push(el("path", { class: "line", d: `M${round(x(tick))} ${round(bottom)}v5` }));
    parts.push(
      el("text", { x: x(tick), y: bottom + 20, "text-anchor": "middle", class: "quiet" }, String(tick)),
    );
  }
  const epoch = say(o.lang, "axis.epoch");
  parts.push(el("text", { x: right, y: bottom + 40, "text-anchor": "end", class: "label" }, epoch));
  parts.push(...lines.flatMap((line, i) => band(line, i, at, y)));
  parts.push(...lines.flatMap((line, i) => drawn(line, i, curves, at, y)));

  let end = bottom + 48;
  if (curves.note !== null) {
    for (const text of wrap(curves.note, Math.floor((width - 16) / 7.6))) {
      end += 18;
      parts.push(el("text", { x: 8, y: end, class: "say" }, text));
    }
    end += 8;
  }
  const id = safeId(o.id ?? "curves");
  return page(
    { id, width, height: end, lang: o.lang, title, description, theme: o.theme ?? "auto" },
    ...parts,
  );
}

type Along = (value: number) => number;

/** The names of the curves, each behind a piece of its line, in as many rows as they need. */
function legend(lines: readonly Curve[], width: number): { items: Svg[]; bottom: number } {
  let [x, y] = [8, 18];
  const items = lines.map(({ label }, i) => {
    const name = cut(label, Math.floor((width - sample - 26) / 9.1));
    const length = sample + 10 + name.length * 9.1 + 22;
    if (x > 8 && x + length - 22 > width) [x, y] = [8, y + 24];
    const { color, dash, marker } = seriesStyle(i);
    const line = { x1: x, x2: x + sample, y1: y - 5, y2: y - 5, stroke: color, "stroke-width": 2 };
    const item = el(
      "g",
      {},
      el("line", { ...line, "stroke-dasharray": dash }),
      mark(marker, color, x + sample / 2, y - 5),
      el("text", { x: x + sample + 10, y }, name),
    );
    x += length;
    return item;
  });
  return { items, bottom: y };
}

/** A closed shape for each stretch of epochs whose edges are finite. */
function band({ label, band: edges }: Curve, i: number, x: Along, y: Along): Svg[] {
  if (edges === null) return [];
  const points = edges.low.map((low, e) => (canStand(low) && canStand(edges.high[e]!) ? e : null));
  return stretches(points).map((stretch) => {
    const upper = stretch.map((e) => pair(x(e + 1), y(edges.high[e]!)));
    const lower = stretch.map((e) => pair(x(e + 1), y(edges.low[e]!))).reverse();
    const d = `M${[...upper, ...lower].join("L")}Z`;
    return el("path", { d, fill: seriesStyle(i).color, "fill-opacity": 0.25 }, el("title", {}, label));
  });
}

/** The line, broken where it is not finite, and markers: on every epoch of few, else on about eight, and on
 * epochs that stand alone. */
function drawn({ label, mean }: Curve, i: number, { lines, every }: Curves, x: Along, y: Along): Svg[] {
  const { color, dash, marker } = seriesStyle(i);
  const parts = stretches(mean.map((value, e) => (canStand(value) ? e : null)));
  const paths = parts.map((stretch) => {
    const d = `M${stretch.map((e) => pair(x(e + 1), y(mean[e]!))).join("L")}`;
    const paint = { fill: "none", stroke: color, "stroke-width": 2, "stroke-dasharray": dash };
    return el("path", { d, ...paint }, el("title", {}, label));
  });
  const apart = mean.length <= 12 ? 1 : Math.ceil(mean.length / 8);
  // curves that lie one on the other must not hide each other's markers
  const first = Math.floor((apart * i) / lines.length);
  const marked = parts.flatMap((stretch) =>
    stretch.filter((e) => e % apart === first || stretch.length === 1),
  );
  const marks = marked.map((e) =>
    mark(marker, color, x(e + 1), y(mean[e]!), `${label}, ${(e + 1) * every}: ${showNumber(mean[e]!)}`),
  );
  return [...paths, ...marks];
}

/** Runs of neighbors in a list with gaps. */
function stretches(points: readonly (number | null)[]): number[][] {
  const all: number[][] = [[]];
  for (const point of points) {
    if (point !== null) all.at(-1)!.push(point);
    else if (all.at(-1)!.length > 0) all.push([]);
  }
  return all.filter((stretch) => stretch.length > 0);
}

function mark(shape: string, color: string, x: number, y: number, title?: string): Svg {
  const d = `M${round(x)} ${round(y)}${shape}`;
  return el(
    "path",
    { d, fill: color, stroke: "var(--paper)" },
    ...(title === undefined ? [] : [el("title", {}, title)]),
  );
}

const round = (value: number): number => Math.round(value * 100) / 100;
const pair = (x: number, y: number): string => `${round(x)} ${round(y)}`;
