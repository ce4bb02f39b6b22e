import type { Target } from "@camada/interop";
import {
  accuracy,
  confusionMatrix,
  type Loss,
  type Metric,
  mae,
  meanSquaredError,
  r2,
  softmaxCrossEntropy,
} from "camada";
import type { Say } from "./language.js";

/** What a network is for: what it gives for each row, what is made smaller, and what people are told of it. */
export interface Task {
  readonly outputs: number;
  readonly loss: Loss;
  /** The metric that is told, by its name in the logs; validation's has "val" in front. */
  readonly metric: Metric;
  /** What else is measured by the rows that it is judged by. */
  readonly more: Metric;
  /** "accuracy 96.12%", or "error 3.213" in the units of the target. */
  tell(value: number, say: Say): string;
  /** As it is told, but as a number. */
  scaled(value: number): number;
}

export function taskOf(target: Target): Task {
  if (target.task === "classification") {
    const classes = target.classes.length;
    return {
      outputs: classes,
      loss: softmaxCrossEntropy(),
      metric: accuracy(),
      more: confusionMatrix({ classes }),
      tell: (share, say) => say("train.accuracy", { accuracy: percent(share) }),
      scaled: (share) => share,
    };
  }
  const scaled = (value: number) => value * (target.std === 0 ? 1 : target.std);
  return {
    outputs: 1,
    loss: meanSquaredError(),
    metric: mae(),
    more: r2(),
    tell: (value, say) => say("train.error", { error: Number(scaled(value).toPrecision(4)) }),
    scaled,
  };
}

/** The name of a task's metric in the logs of validation. */
export const valName = ({ metric: { name } }: Task): string => `val${name[0]!.toUpperCase()}${name.slice(1)}`;

const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;
