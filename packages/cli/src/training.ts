import {
  accuracy,
  activation,
  adagrad,
  adam,
  adamw,
  type BackendChoice,
  type Callback,
  confusionMatrix,
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
  softmaxCrossEntropy,
} from "camada";
import type { Labeled } from "./sets.js";

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

/** A network of dense layers that tells classes apart, with weights drawn from the plan's seed. */
export function networkFor({ layers, scale, seed, ...plan }: Plan, features: number, classes: number) {
  const hidden = layers.flatMap((size): Layer[] => [
    dense(size),
    activation(plan.activation),
    ...(plan.dropout === 0 ? [] : [dropout(plan.dropout)]),
  ]);
  const first: Layer[] = [input(features), ...(scale === 1 ? [] : [rescaling(scale)])];
  return new Sequential([...first, ...hidden, dense(classes)]).initialize(seed);
}

const LOSS = softmaxCrossEntropy();

/** Trains a network. Where rows are kept for validation, it has the weights of the best epoch at the end. */
export function train(
  model: Sequential,
  { x, y }: Labeled,
  plan: Plan,
  callbacks: readonly Callback[],
  signal: AbortSignal,
): Promise<History> {
  const { epochs, batchSize, validationSplit, seed, patience, backend, learningRate } = plan;
  const optimizer = OPTIMIZERS[plan.optimizer];
  return model.fit(x, y, {
    loss: LOSS,
    metrics: [accuracy()],
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
  readonly accuracy: number;
  /** Counts, (true, predicted). */
  readonly confusion: NDArray;
}

export async function judge(
  model: Sequential,
  { x, y }: Labeled,
  classes: number,
  { backend }: Plan,
): Promise<Judgment> {
  const judged = await model.evaluate(x, y, {
    loss: LOSS,
    metrics: [accuracy(), confusionMatrix({ classes })],
    ...(backend === undefined ? {} : { backend }),
  });
  const { loss, accuracy: share, confusionMatrix: confusion } = judged;
  return {
    rows: x.shape[0]!,
    loss: loss as number,
    accuracy: share as number,
    confusion: confusion as NDArray,
  };
}
