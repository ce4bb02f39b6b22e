import type { CurvesOptions } from "./curves.js";
import { say } from "./messages/index.js";
import type { Measure, StudyFigureOptions } from "./study.js";

/** What an epoch came to, as camada's logs say it. */
interface EpochLike {
  readonly seconds: number;
  readonly [name: string]: unknown;
}

/** Trainings at one batch size, epoch by epoch; those that are still at work among them. */
export interface GrowingLike {
  readonly batchSize: number;
  readonly runs: readonly { readonly curve: readonly EpochLike[] }[];
}

/** What the curves of a study are drawn from. */
export interface StudyCurvesOptions extends Omit<StudyFigureOptions, "results"> {
  readonly results: readonly GrowingLike[];
  /** What is followed from epoch to epoch. */
  readonly measure: Measure;
}

/**
 * A study of batch sizes as curves, for `curvesFigure`, `curvesText` and `curvesTable`: one for each batch size,
 * with its seeds as a band. Accuracy in training is that of an epoch as it went, while weights changed; time
 * has judging in it.
 *
 * @example
 * const curve = [0.5, 0.75].map((valAccuracy) => ({ seconds: 1, valAccuracy }));
 * const results = [{ batchSize: 32, runs: [{ curve }] }];
 * studyCurves({ results, measure: "testAccuracy", lang: "en" }).series[0].values[0]; // [0.5, 0.75]
 */
export function studyCurves({ results, measure, ...options }: StudyCurvesOptions): CurvesOptions {
  const { lang } = options;
  const named = say(lang, `study.${measure}`);
  const series = results.flatMap(({ batchSize, runs }) => {
    const values = runs.map(({ curve }) => curve.map(MEASURES[measure])).filter((run) => run.length > 0);
    return values.length === 0 ? [] : [{ label: `${say(lang, "study.batchSize")} ${batchSize}`, values }];
  });
  return { title: say(lang, "study.curves", { measure: named }), ...options, measure: named, series };
}

const train = (log: EpochLike): number => log["accuracy"] as number;
const test = (log: EpochLike): number => log["valAccuracy"] as number;
const MEASURES: { readonly [measure in Measure]: (log: EpochLike) => number } = {
  secondsPerEpoch: ({ seconds }) => seconds,
  trainAccuracy: train,
  testAccuracy: test,
  // in points, as it is named
  gap: (log) => 100 * (train(log) - test(log)),
};
