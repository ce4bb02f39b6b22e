import { type Curve, type CurvesOptions, canStand, readCurves } from "./curves.js";
import { epochScale, place, type Scale, tickTexts, valueScale } from "./curvesAxes.js";
import { say } from "./messages/index.js";
import { ansi, seriesStyle } from "./palette.js";
import { wrap } from "./svg.js";

const height = 13;

/**
 * `curvesFigure` for a terminal: a plot of characters, `width` (72) wide, with a mark for each curve and
 * shade for its band; in ANSI color if asked.
 *
 * @example
 * curvesText({ series: [{ label: "loss", values: [2.3, 0.4, 0.2] }], lang: "en", width: 40 });
 */
export function curvesText(o: CurvesOptions & { readonly color?: boolean }): string {
  const curves = readCurves(o);
  const values = valueScale(curves.extent, 5);
  const row = (value: number): number => Math.round((1 - place(values, value)) * (height - 1));
  const texts = tickTexts(values);
  const labels = new Map(values.ticks.map((tick, i) => [row(tick), texts[i]!]));
  const margin = Math.max(...texts.map((text) => text.length));
  const width = o.width ?? 72;
  const columns = Math.max(width - margin - 2, 8);
  const epochs = epochScale(curves.every, curves.epochs, Math.floor(columns / 10));
  const steps: Scale = { low: 1, high: curves.epochs / curves.every, ticks: [] };
  const paint = (text: string, i: number): string => (o.color ? ansi(text, seriesStyle(i).color) : text);

  const cells = Array.from({ length: height }, () => new Array<string>(columns).fill(" "));
  const put = (column: number, value: number, text: string): void => {
    if (canStand(value)) cells[row(value)]![column] = text;
  };
  curves.lines.forEach(({ band }, i) => {
    if (band === null) return;
    for (let c = 0; c < columns; c++) {
      const [low, high] = [valueAt(band.low, c, columns, steps), valueAt(band.high, c, columns, steps)];
      if (!canStand(low) || !canStand(high)) continue;
      for (let r = row(high); r <= row(low); r++) cells[r]![c] = paint("░", i);
    }
  });
  curves.lines.forEach(({ mean }, i) => {
    for (let c = 0; c < columns; c++) put(c, valueAt(mean, c, columns, steps), paint("·", i));
  });
  curves.lines.forEach(({ mean }, i) => {
    for (const [e, value] of mean.entries()) {
      put(columnOf(e + 1, columns, steps), value, paint(seriesStyle(i).character, i));
    }
  });

  const plot = cells.map((line, r) => {
    const label = labels.get(r);
    return `${(label ?? "").padStart(margin)} ${label === undefined ? "│" : "┤"}${line.join("")}`.trimEnd();
  });
  return [
    curves.title,
    ...(curves.note === null ? [] : wrap(curves.note, width)),
    "",
    ...curves.lines.map(({ label }, i) => `${paint(seriesStyle(i).character, i)} ${label}`),
    "",
    ...(o.measure === undefined ? [] : [o.measure]),
    ...plot,
    ...axis(epochs, columns, " ".repeat(margin + 1)),
    `${" ".repeat(margin + 2)}${say(o.lang, "axis.epoch")}`,
  ].join("\n");
}

const columnOf = (epoch: number, columns: number, epochs: Scale): number =>
  Math.round(place(epochs, epoch) * (columns - 1));

/** The value at a column, on the straight line between two epochs; nan where there is none. */
function valueAt(values: Curve["mean"], column: number, columns: number, { low, high }: Scale): number {
  if (low === high) return Number.NaN;
  const at = low + (column / (columns - 1)) * (high - low) - 1;
  const before = Math.floor(at);
  const share = at - before;
  const next = share === 0 ? 0 : (values[before + 1] ?? Number.NaN);
  return (values[before] ?? Number.NaN) * (1 - share) + next * share;
}

/** The line under the plot with its ticks, and the epochs under them. */
function axis(epochs: Scale, columns: number, indent: string): string[] {
  const line = new Array<string>(columns).fill("─");
  let labels = "";
  for (const tick of epochs.ticks) {
    const column = columnOf(tick, columns, epochs);
    line[column] = "┬";
    const text = String(tick);
    const start = Math.min(column - Math.floor((text.length - 1) / 2), columns - text.length);
    labels = `${labels.padEnd(Math.max(start, 0))}${text}`;
  }
  return [`${indent}└${line.join("")}`, `${indent} ${labels}`];
}
