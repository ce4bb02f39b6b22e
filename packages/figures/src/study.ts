import { FigureError } from "./error.js";
import { showNumber, type Table } from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import type { Theme } from "./svg.js";

/** What one training came to, as camada's `batchSizeStudy` says it. */
export interface RunLike {
  readonly secondsPerEpoch: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** Train accuracy less test accuracy. */
  readonly gap: number;
}

/** What trainings at one batch size came to. */
export interface ResultLike {
  /** How many rows made one step. */
  readonly batchSize: number;
  /** The rate it had. */
  readonly learningRate: number;
  /** One for each seed. */
  readonly runs: readonly RunLike[];
}

/** What a study is drawn from. */
export interface StudyFigureOptions {
  /** What each batch size came to. */
  readonly results: readonly ResultLike[];
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
  /** How wide the drawing is: 640. */
  readonly width?: number;
}

/** What is measured of each training of a study. */
export const measures = ["secondsPerEpoch", "trainAccuracy", "testAccuracy", "gap"] as const;
/** One of `measures`. */
export type Measure = (typeof measures)[number];

/** A measure of all seeds at one batch size: the middle and the ends of the band. */
interface Band {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly values: readonly number[];
}

export interface ReadStudy {
  readonly sizes: readonly number[];
  /** null where no training at that size came to its end. */
  bandOf(measure: Measure, size: number): Band | null;
  readonly title: string;
  readonly description: string;
}

/** Reads a study; throws FigureError where no training came to its end. */
export function readStudy(o: StudyFigureOptions): ReadStudy {
  const { lang, results } = o;
  if (!results.some(({ runs }) => runs.length > 0)) throw new FigureError(lang, "error.study");
  const bandOf = (measure: Measure, size: number): Band | null => {
    const values = results[size]!.runs.map((run) => run[measure]);
    if (values.length === 0) return null;
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return { mean, low: Math.min(...values), high: Math.max(...values), values };
  };
  const said = results.flatMap(({ batchSize, runs }, i) => {
    const [seconds, test, gap] = [bandOf("secondsPerEpoch", i), bandOf("testAccuracy", i), bandOf("gap", i)];
    if (seconds === null) return [];
    const facts = { seconds: shown("secondsPerEpoch", seconds.mean), test: shown("testAccuracy", test!.mean), gap: shown("gap", gap!.mean) }; // biome-ignore format: facts
    return [say(lang, "study.size", { size: batchSize, runs: runs.length, ...facts })];
  });
  return {
    sizes: results.map(({ batchSize }) => batchSize),
    bandOf,
    title: o.title ?? say(lang, "study.title"),
    description: o.description ?? said.join(" "),
  };
}

/** A measure as people read it: seconds, shares in percent, the gap in points of them. */
export function shown(measure: Measure, value: number): string {
  if (measure === "secondsPerEpoch") return `${showNumber(Number(value.toPrecision(3)))} s`;
  return measure === "gap" ? (100 * value).toFixed(2) : `${(100 * value).toFixed(1)}%`;
}

/** Each batch size in a row: its learning rate, and each measure's mean, with the lowest and highest seed. */
export function studyTable(o: StudyFigureOptions): Table {
  const { bandOf, title, description } = readStudy(o);
  const cell = (measure: Measure, i: number): string => {
    const band = bandOf(measure, i);
    if (band === null) return "";
    const mean = shown(measure, band.mean);
    return band.values.length === 1
      ? mean
      : `${mean} (${shown(measure, band.low)}–${shown(measure, band.high)})`;
  };
  return {
    caption: `${title}. ${description}`,
    columns: [
      say(o.lang, "study.batchSize"),
      say(o.lang, "study.learningRate"),
      say(o.lang, "study.seeds"),
      ...measures.map((measure) => say(o.lang, `study.${measure}`)),
    ],
    rows: o.results.map(({ batchSize, learningRate, runs }, i) => [
      String(batchSize),
      showNumber(learningRate),
      String(runs.length),
      ...measures.map((measure) => cell(measure, i)),
    ]),
  };
}

/** `studyFigure` for a terminal: the table, with aligned columns. */
export function studyTableText(o: StudyFigureOptions): string {
  const { caption, columns, rows } = studyTable(o);
  const all = [columns, ...rows];
  const widths = columns.map((_, c) => Math.max(...all.map((row) => row[c]!.length)));
  const lines = all.map((row) => row.map((text, c) => text.padStart(widths[c]!)).join("  "));
  return [caption, "", ...lines].join("\n");
}
