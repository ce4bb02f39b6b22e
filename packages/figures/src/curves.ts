import { FigureError } from "./error.js";
import { pick, showNumber, type Table } from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import type { Theme } from "./svg.js";

/** One curve: a value for each epoch, or such a list for each run. */
export interface Series {
  /** What it is called. */
  readonly label: string;
  /** A value an epoch, or several runs of them, one a seed; runs may end early. */
  readonly values: readonly number[] | readonly (readonly number[])[];
}

/** What curves are drawn from. */
export interface CurvesOptions {
  /** The curves. */
  readonly series: readonly Series[];
  /** How many epochs lie between two values: 1. The first value is of the epoch `every`. */
  readonly every?: number;
  /** What the values measure: loss, say. */
  readonly measure?: string;
  /** What surrounds the mean of several runs: from their lowest to their highest, or one standard deviation. */
  readonly band?: "range" | "std";
  /** The language of its words. */
  readonly lang: Lang;
  /** What it is called: its own title unless given. */
  readonly title?: string;
  /** What it shows, for those who do not see it: its own words unless given. */
  readonly description?: string;
  /** Light, dark, or as the page is ("auto"). */
  readonly theme?: Theme;
  /** Makes the ids of the SVG unique within a page. */
  readonly id?: string;
  /** How wide the drawing is: 640, or 72 characters as text. */
  readonly width?: number;
}

/** A series as all its forms show it: the mean of its runs, epoch by epoch, and the band around it. */
export interface Curve {
  readonly label: string;
  readonly mean: readonly number[];
  readonly band: { readonly low: readonly number[]; readonly high: readonly number[] } | null;
}

export interface Curves {
  readonly lines: readonly Curve[];
  readonly every: number;
  /** The last epoch. */
  readonly epochs: number;
  /** The lowest and the highest value that is drawn. */
  readonly extent: readonly [number, number];
  readonly title: string;
  readonly description: string;
  /** What the band is, where there is one. */
  readonly note: string | null;
}

/** Reads the series; throws FigureError where there is nothing to draw. */
export function readCurves(o: CurvesOptions): Curves {
  const { lang, band = "range", every = 1 } = o;
  if (o.series.length === 0) throw new FigureError(lang, "error.series");
  const runs = o.series.map(({ values }) => readRuns(values));
  const lines = o.series.map(({ label }, i) => readCurve(label, runs[i]!, band, lang));
  const drawn = lines.flatMap((line) => [
    ...line.mean,
    ...(line.band?.low ?? []),
    ...(line.band?.high ?? []),
  ]);
  const finite = drawn.filter(canStand);
  const epochs = every * Math.max(...lines.map(({ mean }) => mean.length));
  const several = runs.map((all) => all.length).filter((count) => count > 1);
  const said = lines.map(({ label, mean }) =>
    say(lang, "curves.series", { label, first: brief(mean[0]!), last: brief(mean.at(-1)!) }),
  );
  const [few, most] = [Math.min(...several), Math.max(...several)];
  const note =
    several.length === 0
      ? null
      : say(lang, `curves.${band}`, { runs: few === most ? most : `${few}–${most}` });
  const summary = say(lang, "curves.description", { epochs, series: said.join("; ") });
  return {
    lines,
    every,
    epochs,
    extent: [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))],
    title: o.title ?? say(lang, "curves.title", { measure: o.measure ?? say(lang, "curves.history") }),
    description: o.description ?? (note === null ? summary : `${summary} ${note}`),
    note,
  };
}

function readRuns(values: Series["values"]): readonly (readonly number[])[] {
  return typeof values[0] === "number"
    ? [values as readonly number[]]
    : (values as readonly (readonly number[])[]);
}

function readCurve(
  label: string,
  runs: readonly (readonly number[])[],
  band: "range" | "std",
  lang: Lang,
): Curve {
  const epochs = Math.max(0, ...runs.map((run) => run.length));
  const at = Array.from({ length: epochs }, (_, e) =>
    runs.filter((run) => e < run.length).map((run) => run[e]!),
  );
  const mean = at.map(average);
  if (!mean.some(canStand)) throw new FigureError(lang, "error.curve", { what: label });
  if (runs.length === 1) return { label, mean, band: null };
  const spread = at.map(deviation);
  return {
    label,
    mean,
    band:
      band === "range"
        ? { low: at.map((values) => Math.min(...values)), high: at.map((values) => Math.max(...values)) }
        : { low: mean.map((m, e) => m - spread[e]!), high: mean.map((m, e) => m + spread[e]!) },
  };
}

/** Whether a value has a place in a plot: not infinity, nan, or so large that distances overflow. */
export const canStand = (value: number): boolean => Math.abs(value) < 1e300;

const average = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** The standard deviation of a sample, over n - 1: runs are a few of many. */
function deviation(values: readonly number[]): number {
  const mean = average(values);
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(values.length - 1, 1));
}

/** A number in four digits, for sentences. */
const brief = (value: number): string => String(Number(value.toPrecision(4)));

/** Every value, one epoch in a row, up to `most` epochs; with a band, its edges beside the mean. */
export function curvesTable(o: CurvesOptions, most = 60): Table {
  const { lines, every, epochs, title, description } = readCurves(o);
  const show = (value: number | undefined): string => (value === undefined ? "" : showNumber(value));
  return {
    caption: `${title}. ${description}`,
    columns: [
      say(o.lang, "axis.epoch"),
      ...lines.flatMap(({ label, band }) =>
        band === null
          ? [label]
          : [label, say(o.lang, "curves.low", { label }), say(o.lang, "curves.high", { label })],
      ),
    ],
    rows: pick(epochs / every, most).map((e) =>
      e === null
        ? ["⋮", ...lines.flatMap(({ band }) => new Array(band === null ? 1 : 3).fill("⋮"))]
        : [
            String((e + 1) * every),
            ...lines.flatMap(({ mean, band }) =>
              band === null ? [show(mean[e])] : [show(mean[e]), show(band.low[e]), show(band.high[e])],
            ),
          ],
    ),
  };
}
