import { random } from "../array/random/index.js";
import { type BackendChoice, chooseBackend } from "../backends/registry.js";
import { NetworkError } from "../errors/network.js";
import type { Loss } from "../nn/loss.js";
import type { Metric } from "../nn/metrics.js";
import type { Network } from "../nn/network.js";
import { weightsOf } from "../nn/network.js";
import type { Named, Optimizer } from "../nn/optimizer.js";
import { adam } from "../nn/optimizers.js";
import type { NDArray } from "../shape/types.js";
import type { Callback } from "./callbacks.js";
import type { Warning } from "./history.js";
import { Judge } from "./judge.js";
import { checkData, partRows, rowWeightsOf } from "./rows.js";
import type { TrainingState } from "./state.js";
import type { Recipe } from "./step.js";
import { Trainer } from "./trainer.js";
import { Turns } from "./turn.js";
import { scaleWarning } from "./warnings.js";

export interface FitOptions {
  /** What is made smaller. */
  readonly loss: Loss;
  /** How: Adam unless given. */
  readonly optimizer?: Optimizer;
  /** What else is measured. */
  readonly metrics?: readonly Metric[];
  /** How often all rows are learnt from: once unless given. */
  readonly epochs?: number;
  /** How many rows make one step: 32 unless given. */
  readonly batchSize?: number;
  /** The share of the rows kept from training, to judge by: shuffled, and with each label's share. */
  readonly validationSplit?: number;
  /** Other rows to judge by, x and y. */
  readonly validationData?: readonly [NDArray, NDArray];
  /** "time": rows are in the order of time: the last ones are kept to judge by, and nothing is shuffled. */
  readonly order?: "time";
  /** Whether each epoch takes the rows in another order: true unless given. */
  readonly shuffle?: boolean;
  /** What all chance follows from: order, split, dropout. The same seed gives the same bits. */
  readonly seed?: number;
  /** How much each row counts: (batch). */
  readonly sampleWeight?: NDArray;
  /** How much the rows of each class count, by label. */
  readonly classWeight?: { readonly [label: number]: number };
  readonly callbacks?: readonly Callback[];
  /** Ends training after the batch at hand; what was learnt stays. */
  readonly signal?: { readonly aborted: boolean };
  /** Where a training stood, to go on from: with the same data and options, as if it had never stopped. */
  readonly resume?: TrainingState;
  readonly backend?: BackendChoice;
  /** Told of what will probably spoil training; by default the console is. */
  readonly onWarning?: (warning: Warning) => void;
}

/** Prepares a training: everything is checked before anything changes. */
export function prepareFit(
  network: Network,
  weights: Named,
  x: NDArray,
  y: NDArray,
  options: FitOptions,
): Trainer {
  const {
    optimizer = adam(),
    loss,
    metrics = [],
    epochs = 1,
    batchSize = 32,
    validationSplit = 0,
    validationData,
  } = options;
  const { shuffle = options.order === undefined, callbacks = [], signal, resume } = options;
  checkCount("epochs", epochs);
  checkCount("batchSize", batchSize);
  checkData("fit", network, x, y);
  if (validationData !== undefined) checkData("fit", network, ...validationData);
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new NetworkError("value.rate", {
      op: "fit",
      name: "validationSplit",
      value: String(validationSplit),
    });
  }
  const seed = resume?.seed ?? options.seed ?? random.randint(2 ** 31 - 1);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31) {
    throw new NetworkError("random.seed", { op: "fit", max: 2 ** 31 - 1, seed: String(seed) });
  }
  const recipe: Recipe = { network, loss, metrics };
  const start = resume ?? freshState(network, weights, optimizer, seed);
  checkResume(weights, start);
  const rowWeights = rowWeightsOf(network, y, options.sampleWeight, options.classWeight);
  const data = rowWeights === undefined ? { x, y } : { x, y, rowWeights };
  const rows = partRows(x, y, {
    validationSplit,
    seed,
    order: options.order,
    labeled: loss.expects !== "values",
  });
  const validation =
    validationData !== undefined
      ? { data: { x: validationData[0], y: validationData[1] }, rows: allRows(validationData[0]) }
      : rows.validation.length > 0
        ? { data, rows: rows.validation }
        : undefined;
  const warn = options.onWarning ?? warnOnConsole;
  const trainer = new Trainer({
    recipe,
    optimizer,
    data,
    rows: rows.train,
    validation,
    epochs,
    batchSize,
    shuffle,
    callbacks,
    signal,
    backend: chooseBackend(options.backend),
    start,
    warn,
  });
  const warning = scaleWarning(network, x);
  if (warning !== undefined) trainer.warn(warning);
  return trainer;
}

export interface EvaluateOptions {
  readonly loss: Loss;
  readonly metrics?: readonly Metric[];
  /** How many rows are taken at once: 256 unless given. */
  readonly batchSize?: number;
  readonly backend?: BackendChoice;
}

/** The mean loss of a network over all rows, and the metrics, by name. */
export function evaluateNetwork(
  network: Network,
  weights: Named,
  x: NDArray,
  y: NDArray,
  { loss, metrics = [], batchSize = 256, backend }: EvaluateOptions,
): Promise<Record<string, number | NDArray>> {
  checkData("evaluate", network, x, y);
  checkCount("batchSize", batchSize);
  const recipe: Recipe = { network, loss, metrics };
  const judge = new Judge(recipe, { x, y }, allRows(x), batchSize, weights, chooseBackend(backend));
  return judge.judge(weights, new Turns());
}

function freshState(network: Network, weights: Named, optimizer: Optimizer, seed: number): TrainingState {
  const learnt = [...weightsOf(network)].filter(([, { trainable }]) => trainable).map(([name]) => name);
  const memory = optimizer.init(Object.fromEntries(learnt.map((name) => [name, weights[name]!])));
  return { epoch: 0, step: 0, seed, rate: 1, weights, optimizer: memory };
}

/** @throws CamadaError `fit.resume` */
function checkResume(weights: Named, state: TrainingState): void {
  const shapes = (of: Named) =>
    Object.entries(of).map(([name, { shape }]) => `${name} (${shape.join(", ")})`);
  const [found, expected] = [shapes(state.weights), shapes(weights)];
  if (found.join() !== expected.join()) throw new NetworkError("fit.resume", { found, expected });
}

function checkCount(name: string, value: number): void {
  if (!Number.isInteger(value))
    throw new NetworkError("value.integer", { op: "fit", name, value: String(value) });
  if (value < 1) throw new NetworkError("value.positive", { op: "fit", name, value });
}

function allRows(x: NDArray): Int32Array {
  return Int32Array.from({ length: x.shape[0]! }, (_, i) => i);
}

function warnOnConsole({ message }: Warning): void {
  (globalThis as unknown as { console?: { warn(text: string): void } }).console?.warn(message);
}
