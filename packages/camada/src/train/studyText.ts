import { sentence } from "../errors/network.js";
import { alignedLines } from "../nn/table.js";
import type { Spread } from "./spread.js";
import type { Study } from "./study.js";

/**
 * A study as a table of text in the configured language, a line for each batch size: means over the seeds, with
 * the standard deviation where there are several; below, what was compared, and what the numbers do not show.
 * @example
 * const [x, y] = [ones([4, 2]), zeros([4], undefined, { dtype: "int32" })];
 * const study = await batchSizeStudy({
 *   build: () => sequential(input(2), dense(2)), train: [x, y], test: [x, y], batchSizes: [2, 4], seeds: [0],
 *   loss: softmaxCrossEntropy(), optimizer: sgd, learningRate: 0.1, budget: { updates: 10 },
 * });
 * studyText(study).split("\n").length; // 8
 */
export function studyText({ results, budget, scaleLearningRate, complete }: Study): string {
  const heads = ["batch", "rate", "seconds", "train", "test", "gap", "seeds", "ranAway"] as const;
  const rows = results.map(({ batchSize, learningRate, secondsPerEpoch, ...result }) => [
    String(batchSize),
    String(Number(learningRate.toPrecision(4))),
    shown(secondsPerEpoch, 1, 3),
    shown(result.trainAccuracy, 100, 2),
    shown(result.testAccuracy, 100, 2),
    shown(result.gap, 100, 2),
    String(result.runs.length),
    String(result.ranAway.length),
  ]);
  const [head, ...body] = alignedLines([heads.map((name) => sentence(`study.${name}`)), ...rows], 0);
  const equal = "epochs" in budget ? sentence("study.epochs", budget) : sentence("study.updates", budget);
  const notes = [
    equal,
    sentence(`study.rate.${scaleLearningRate || "same"}`),
    ...(complete ? [] : [sentence("study.incomplete")]),
    sentence("study.note"),
  ];
  return [head, "─".repeat(head!.length), ...body, "", ...notes].join("\n");
}

/** "97.50 ± 0.12"; a single value without a spread; "–" where there is none. */
function shown({ mean, std, values }: Spread, times: number, digits: number): string {
  if (values.length === 0) return "–";
  const text = (value: number) => (value * times).toFixed(digits);
  return values.length === 1 ? text(mean) : `${text(mean)} ± ${text(std)}`;
}
