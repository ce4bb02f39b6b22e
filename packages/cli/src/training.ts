import type { TrainingSettings } from "@camada/interop";
import {
  activation,
  adagrad,
  adam,
  adamw,
  type BackendChoice,
  type Callback,
  dense,
  dropout,
  type EpochLog,
  earlyStopping,
  type History,
  input,
  type Layer,
  momentum,
  type NDArray,
  nesterov,
  rescaling,
  rmsprop,
  Sequential,
  sgd,
} from "camada";
import type { Labeled, Learning } from "./sets.js";
import { type Task, taskOf } from "./task.js";

export const OPTIMIZERS = { sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw } as const;
export const ACTIVATIONS = [
  "relu", "leakyRelu", "elu", "gelu", "softplus", "sigmoid", "tanh", "linear",
] as const; // biome-ignore format: a list

/** What a training follows from: the same plan gives the same weights. */
export interface Plan {
  /** The sizes of the hidden layers. */
  readonly layers: readonly number[];
  readonly activation: (typeof ACTIVATIONS)[number];
  readonly dropout: number;
  readonly scale: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly optimizer: keyof typeof OPTIMIZERS;
  /** The optimizer's own where it is undefined. */
  readonly learningRate: number | undefined;
  readonly seed: number;
  readonly validationSplit: number;
  /** After how many epochs without a better validation loss it is enough. */
  readonly patience: number;
  readonly backend: BackendChoice | undefined;
}

/** The rates that the optimizers have where none is given. */
const RATES = { sgd: 0.01, momentum: 0.01, nesterov: 0.01, adagrad: 0.001, rmsprop: 0.001, adam: 0.001, adamw: 0.001 }; // biome-ignore format: a table

/** What a file says of how a network was trained. */
export function settingsOf({ optimizer, learningRate, batchSize, epochs, seed }: Plan): TrainingSettings {
  return { optimizer, learningRate: learningRate ?? RATES[optimizer], batchSize, epochs, seed };
}

/** A network of dense layers, with weights drawn from the plan's seed. */
export function networkFor({ layers, scale, seed, ...plan }: Plan, features: number, outputs: number) {
  const hidden = layers.flatMap((size): Layer[] => [
    dense(size),
    activation(plan.activation),
    ...(plan.dropout === 0 ? [] : [dropout(plan.dropout)]),
  ]);
  const first: Layer[] = [input(features), ...(scale === 1 ? [] : [rescaling(scale)])];
  return new Sequential([...first, ...hidden, dense(outputs)]).initialize(seed);
}

/** Trains a network. Where rows are kept for validation, it has the weights of the best epoch at the end. */
export function train(
  model: Sequential,
  { x, y }: Labeled,
  { loss, metric }: Task,
  plan: Plan,
  callbacks: readonly Callback[],
  signal: AbortSignal,
): Promise<History> {
  const { epochs, batchSize, validationSplit, seed, patience, backend, learningRate } = plan;
  const optimizer = OPTIMIZERS[plan.optimizer];
  return model.fit(x, y, {
    loss,
    metrics: [metric],
    optimizer: learningRate === undefined ? optimizer() : optimizer(learningRate),
    callbacks: [...callbacks, ...(validationSplit > 0 ? [earlyStopping({ patience })] : [])],
    onWarning: () => {}, // they are in the history
    epochs,
    batchSize,
    validationSplit,
    seed,
    signal,
    ...(backend === undefined ? {} : { backend }),
  });
}

/** The epoch whose weights `train` leaves: the best by validation, else the last; undefined if none ended. */
export function keptEpoch({ epochs }: History): EpochLog | undefined {
  const better = (best: EpochLog, log: EpochLog) => (log.valLoss! < best.valLoss! ? log : best);
  return epochs.length > 0 && epochs[0]!.valLoss !== undefined ? epochs.reduce(better) : epochs.at(-1);
}

/** How a network does on rows that it was not trained on. */
export interface Judgment {
  readonly rows: number;
  readonly loss: number;
  /** What is told of it: of classes the share that is right, of amounts how far off they are on average. */
  readonly measure: number;
  /** The same of who looks at no row, but always says the most frequent class, or the mean amount. */
  readonly baseline: { readonly says: string | number; readonly measure: number };
  /** Of classes, counts, (true, predicted). */
  readonly confusion: NDArray | undefined;
  /** Of amounts, how much of their variation is explained. */
  readonly r2: number | undefined;
}

export async function judge(model: Sequential, learning: Learning, { backend }: Plan): Promise<Judgment> {
  const { x, y } = learning.test;
  const { loss, metric, more } = taskOf(learning.target);
  const judged = await model.evaluate(x, y, {
    loss,
    metrics: [metric, more],
    ...(backend === undefined ? {} : { backend }),
  });
  const further = judged[more.name]!;
  return {
    rows: x.shape[0]!,
    loss: judged["loss"] as number,
    measure: judged[metric.name] as number,
    baseline: baseline(learning),
    confusion: typeof further === "number" ? undefined : further,
    r2: typeof further === "number" ? further : undefined,
  };
}

function baseline({ train, test, target }: Learning): Judgment["baseline"] {
  const truth = Array.from(test.y.data as ArrayLike<number>);
  const mean = (of: (value: number) => number) =>
    truth.reduce((sum, value) => sum + of(value), 0) / truth.length;
  // what the mean of those that were learnt from became is 0
  if (target.task === "regression") return { says: target.mean, measure: mean(Math.abs) };
  const counts = new Array<number>(target.classes.length).fill(0);
  for (const label of train.y.data) counts[label]!++;
  const label = counts.indexOf(Math.max(...counts));
  return { says: target.classes[label]!, measure: mean((value) => Number(value === label)) };
}
