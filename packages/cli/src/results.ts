import { confusionFigure, confusionText, curvesFigure, curvesText } from "@camada/figures";
import type { EpochLog, History, Language } from "camada";
import { type Context, hasColors, type Stream } from "./context.js";
import { writeText } from "./files.js";
import type { Say } from "./language.js";
import { measures, record } from "./progress.js";
import { wrap } from "./prose.js";
import type { Judgment } from "./training.js";

/** What a training came to. */
export interface Results {
  readonly history: History;
  /** The epoch whose weights were kept; undefined if none came to its end. */
  readonly kept: EpochLog | undefined;
  /** By the rows that were not trained on. */
  readonly test: Judgment;
}

/** Writes a sentence, in as many lines as the terminal needs for it. */
export function tell(out: Stream, sentence: string): void {
  out.write(`${wrap(sentence, out.columns ?? Infinity)}\n`);
}

/** How wide figures are at most, in characters. */
const WIDTH = 76;

/** The curves and the confusion matrix, as far as the terminal is wide enough for them. */
export function tellFigures(context: Context, { history, test }: Results, lang: Language, say: Say): void {
  const { stdout } = context.process;
  const width = Math.min(stdout.columns ?? WIDTH, WIDTH);
  const color = hasColors(context);
  if (history.epochs.length > 1) {
    stdout.write(`\n${curvesText({ ...lossCurves(history, say), lang, width, color })}\n`);
  }
  const matrix = confusionText({ matrix: test.confusion, lang, width });
  const widest = Math.max(...matrix.split("\n").map((line) => line.length));
  stdout.write("\n");
  if (widest <= (stdout.columns ?? Infinity)) stdout.write(`${matrix}\n`);
  else tell(stdout, say("train.narrow"));
  stdout.write("\n");
}

/** In sentences: what to beware of, how training ended, and the measures. */
export function tellResults({ process }: Context, { history, kept, test }: Results, say: Say): void {
  const line = (sentence: string) => tell(process.stdout, sentence);
  for (const { message } of history.warnings) line(say("train.warning", { message }));
  if (history.ending === "aborted") line(say("train.aborted"));
  if (history.ending === "stopped") line(say("train.stopped", { epochs: history.epochs.length }));
  if (kept !== undefined) {
    const { epoch, loss, valLoss } = kept;
    if (valLoss !== undefined) line(say("train.kept", { epoch }));
    line(measures(say, "train.training", loss, kept["accuracy"] as number));
    if (valLoss !== undefined)
      line(measures(say, "train.validation", valLoss, kept["valAccuracy"] as number));
  }
  line(`${measures(say, "train.test", test.loss, test.accuracy)} ${say("train.rows", { rows: test.rows })}`);
}

/** The same as an object, for programs. */
export function recordResults({ process }: Context, { history, kept, test }: Results): void {
  for (const warning of history.warnings) record(process.stdout, "warning", warning);
  record(process.stdout, "result", {
    ending: history.ending,
    epochs: history.epochs.length,
    keptEpoch: kept?.epoch,
    test: { ...test, confusion: test.confusion.toArray() },
  });
}

/** Draws into the files that were asked for; says of each that it is written. */
export function writeFigures(
  files: { readonly curves?: string; readonly confusion?: string },
  { history, test }: Results,
  lang: Language,
  say: Say,
  written: (file: string) => void,
): void {
  const { curves, confusion } = files;
  if (confusion !== undefined) {
    writeText(confusion, confusionFigure({ matrix: test.confusion, lang }), say);
    written(confusion);
  }
  if (curves !== undefined) {
    if (history.epochs.length === 0) throw new Error(say("train.noCurves", { file: curves }));
    writeText(curves, curvesFigure({ ...lossCurves(history, say), lang }), say);
    written(curves);
  }
}

function lossCurves(history: History, say: Say) {
  const series = [
    { label: say("train.training"), values: history.series("loss") },
    { label: say("train.validation"), values: history.series("valLoss") },
  ];
  return { series: series.filter(({ values }) => values.length > 0), measure: say("train.measure") };
}
