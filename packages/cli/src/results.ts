import { confusionFigure, confusionText, curvesFigure, curvesText } from "@camada/figures";
import type { Target } from "@camada/interop";
import type { EpochLog, History, Language } from "camada";
import { type Context, hasColors, type Stream } from "./context.js";
import { writeText } from "./files.js";
import type { Say } from "./language.js";
import { measures, record } from "./progress.js";
import { wrap } from "./prose.js";
import { taskOf, valName } from "./task.js";
import type { Judgment } from "./training.js";

/** What a training came to. */
export interface Results {
  readonly target: Target;
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
export function tellFigures(context: Context, results: Results, lang: Language, say: Say): void {
  const { stdout } = context.process;
  const width = Math.min(stdout.columns ?? WIDTH, WIDTH);
  const color = hasColors(context);
  if (results.history.epochs.length > 1) {
    stdout.write(`\n${curvesText({ ...lossCurves(results, say), lang, width, color })}\n`);
  }
  stdout.write("\n");
  const counts = confusionCounts(results);
  if (counts === undefined) return;
  const matrix = confusionText({ ...counts, lang, width });
  const widest = Math.max(...matrix.split("\n").map((line) => line.length));
  if (widest <= (stdout.columns ?? Infinity)) stdout.write(`${matrix}\n`);
  else tell(stdout, say("train.narrow"));
  stdout.write("\n");
}

/** In sentences: what to beware of, how training ended, the measures, and what they are to be held against. */
export function resultLines({ target, history, kept, test }: Results, say: Say): string[] {
  const task = taskOf(target);
  const told = (value: unknown) => task.tell(value as number, say);
  const lines = history.warnings.map(({ message }) => say("train.warning", { message }));
  if (history.ending === "aborted") lines.push(say("train.aborted"));
  if (history.ending === "stopped") lines.push(say("train.stopped", { epochs: history.epochs.length }));
  if (kept !== undefined) {
    const { epoch, loss, valLoss } = kept;
    if (valLoss !== undefined) lines.push(say("train.kept", { epoch }));
    lines.push(measures(say, "train.training", loss, told(kept[task.metric.name])));
    if (valLoss !== undefined)
      lines.push(measures(say, "train.validation", valLoss, told(kept[valName(task)])));
  }
  const rows = say("train.rows", { rows: test.rows });
  lines.push(`${measures(say, "train.test", test.loss, told(test.measure))} ${rows}`);
  if (test.r2 !== undefined) lines.push(say("train.r2", { r2: test.r2.toFixed(4) }));
  lines.push(
    say("train.baseline", { says: sayable(test.baseline.says), measure: told(test.baseline.measure) }),
  );
  return lines;
}

const sayable = (value: string | number) =>
  typeof value === "number" ? Number(value.toPrecision(4)) : `'${value}'`;

/** The same as an object, for programs. */
export function recordResults({ process }: Context, { target, history, kept, test }: Results): void {
  for (const warning of history.warnings) record(process.stdout, "warning", warning);
  const { metric, scaled } = taskOf(target);
  const { rows, loss, measure, confusion, r2, baseline } = test;
  record(process.stdout, "result", {
    ending: history.ending,
    epochs: history.epochs.length,
    keptEpoch: kept?.epoch,
    test: {
      rows,
      loss,
      [metric.name]: scaled(measure),
      ...(r2 === undefined ? {} : { r2 }),
      ...(confusion === undefined ? {} : { confusion: confusion.toArray() }),
      ...(target.task === "regression" ? {} : { classes: target.classes }),
      baseline: { says: baseline.says, [metric.name]: scaled(baseline.measure) },
    },
  });
}

/** Draws into the files that were asked for; says of each that it is written. */
export function writeFigures(
  files: { readonly curves?: string; readonly confusion?: string },
  results: Results,
  lang: Language,
  say: Say,
  written: (file: string) => void,
): void {
  const { curves, confusion } = files;
  if (confusion !== undefined) {
    const counts = confusionCounts(results);
    if (counts === undefined) throw new Error(say("train.noConfusion", { file: confusion }));
    writeText(confusion, confusionFigure({ ...counts, lang }), say);
    written(confusion);
  }
  if (curves !== undefined) {
    if (results.history.epochs.length === 0) throw new Error(say("train.noCurves", { file: curves }));
    writeText(curves, curvesFigure({ ...lossCurves(results, say), lang }), say);
    written(curves);
  }
}

/** The counts of a confusion matrix, with the classes' names; undefined where there are no classes. */
export function confusionCounts({ target, test }: Results) {
  if (target.task === "regression" || test.confusion === undefined) return undefined;
  return { matrix: test.confusion, labels: target.classes };
}

/** The loss of each epoch, by what it was trained and judged on. */
export function lossCurves({ history }: Results, say: Say) {
  const series = [
    { label: say("train.training"), values: history.series("loss") },
    { label: say("train.validation"), values: history.series("valLoss") },
  ];
  return { series: series.filter(({ values }) => values.length > 0), measure: say("train.measure") };
}
