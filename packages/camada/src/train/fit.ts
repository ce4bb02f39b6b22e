import { random } from "../array/random/index.js";
import { type BackendChoice, chooseBackend } from "../backends/registry.js";
import { checkCount } from "../data/checks.js";
import { NetworkError } from "../errors/network.js";
import { warnOnConsole } from "../errors/warn.js";
import type { Metric } from "../nn/metrics.js";
import type { Network } from "../nn/network.js";
import type { Named, Optimizer } from "../nn/optimizer.js";
import { adam } from "../nn/optimizers.js";
import { checkOptions } from "../nn/settings.js";
import type { NDArray } from "../shape/types.js";
import { type Callback, callbacksWith } from "./callbacks.js";
import type { Warning } from "./history.js";
import { checkMade, checkPair, type LossChoice, recipeOf } from "./recipe.js";
import { allRows, partRows } from "./rows.js";
import { freshState, MAX_SEED, resumedState, type TrainingState } from "./state.js";
import type { Data, Recipe } from "./step.js";
import { Trainer } from "./trainer.js";
import { scaleWarning } from "./warnings.js";
import { type ClassWeight, rowWeightsOf } from "./weighting.js";
import { checkFinite } from "./weights.js";

/** Options of `fit`, a method of models. */
export interface FitOptions {
  /** What is made smaller: a loss, or a function of the truth and the result that gives each row's. */
  readonly loss: LossChoice;
  /** How: Adam unless given. */
  readonly optimizer?: Optimizer;
  /** What else is measured. */
  readonly metrics?: readonly Metric[];
  /** How often all rows are learnt from: once unless given. */
  readonly epochs?: number;
  /** How many rows make one step: 32 unless given. The last batch of an epoch has what is left. */
  readonly batchSize?: number;
  /** The share of the rows kept from training, to judge by: shuffled, and with each class's share. */
  readonly validationSplit?: number;
  /** Other rows to judge by, x and y. */
  readonly validationData?: readonly [NDArray, NDArray];
  /** "time": rows are in the order of time: the last ones are kept to judge by, and nothing is shuffled. */
  readonly order?: "time";
  /** Whether each epoch takes the rows in another order: true unless given. */
  readonly shuffle?: boolean;
  /** What all chance follows from: order, split, dropout. The same seed gives the same bits. */
  readonly seed?: number;
  /** How much each row counts, in training and in the validation split: (batch). As in Keras, see `classWeight`. */
  readonly sampleWeight?: NDArray;
  /**
   * How much the rows of each class count in training, by label. As in Keras the weighted losses' sum is
   * divided by the number of rows, not of weights: 2 for all rows doubles loss and gradient.
   */
  readonly classWeight?: ClassWeight;
  /** Who is told of what happens, and may end it. */
  readonly callbacks?: readonly Callback[];
  /** Ends training after the batch at hand; what was learnt stays. */
  readonly signal?: { readonly aborted: boolean };
  /**
   * Where a training stood, to go on from: with the same data and options, as if it had never stopped. Its seed
   * and weights are taken.
   */
  readonly resume?: TrainingState;
  /** What runs it; the configured backend unless given. */
  readonly backend?: BackendChoice;
  /** How many threads share the work, where the backend can use them: as many as the machine has unless given. */
  readonly threads?: number;
  /** Told of what will probably spoil training; by default the console is. */
  readonly onWarning?: (warning: Warning) => void;
}

const OPTIONS: readonly (keyof FitOptions)[] = [
  "loss", "optimizer", "metrics", "epochs", "batchSize", "validationSplit", "validationData", "order", "shuffle",
  "seed", "sampleWeight", "classWeight", "callbacks", "signal", "resume", "backend", "threads", "onWarning",
]; // biome-ignore format: a list

/** Prepares a training: everything is checked before anything changes. */
export function prepareFit(
  network: Network,
  weights: Named,
  x: NDArray,
  y: NDArray,
  options: FitOptions,
): Trainer {
  checkOptions("fit", options, OPTIONS);
  const recipe = recipeOf("fit", network, options);
  const { epochs = 1, batchSize = 32, optimizer = adam(), callbacks = [], signal, resume } = options;
  const { shuffle = options.order === undefined } = options;
  checkMade("fit", "optimizer", optimizer.init, optimizer, "adam()");
  checkCount("fit", "epochs", epochs);
  checkCount("fit", "batchSize", batchSize);
  checkPair("fit", recipe, x, y);
  const seed = seedOf(resume?.seed ?? options.seed ?? random.randint(MAX_SEED));
  const fresh = freshState(network, weights, optimizer, seed);
  const start = resume === undefined ? fresh : resumedState(fresh, resume);
  for (const named of [start.weights, ...Object.values(start.optimizer)]) checkFinite(named);
  const trainer = new Trainer({
    recipe,
    optimizer,
    ...dataOf(recipe, x, y, seed, options),
    epochs,
    batchSize,
    shuffle,
    callbacks: callbacksWith(callbacks),
    signal,
    backend: chooseBackend("fit", options),
    start,
    warn: options.onWarning ?? (({ message }) => warnOnConsole(message)),
  });
  const warning = scaleWarning(network, x);
  if (warning !== undefined) trainer.warn(warning);
  return trainer;
}

/** The data with its weights, which rows are learnt from, and what is judged by. */
function dataOf(recipe: Recipe, x: NDArray, y: NDArray, seed: number, options: FitOptions) {
  const { validationSplit = 0, validationData, sampleWeight, classWeight, order } = options;
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    const value = String(validationSplit);
    throw new NetworkError("value.rate", { op: "fit", name: "validationSplit", value });
  }
  if (validationData !== undefined && validationSplit > 0) throw new NetworkError("fit.validation");
  const weighted = (rowWeights: NDArray | undefined): Data =>
    rowWeights === undefined ? { x, y } : { x, y, rowWeights };
  const data = weighted(rowWeightsOf(recipe.network, y, sampleWeight, classWeight));
  const { expects, targets } = recipe.loss;
  const labeled = targets === undefined ? expects !== "values" : targets !== "numbers";
  const { train, validation: judged } = partRows(y, { validationSplit, seed, order, labeled });
  if (validationData !== undefined) {
    const [x, y] = validationData;
    checkPair("fit", recipe, x, y);
    return { data, rows: train, validation: { data: { x, y }, rows: allRows(x) } };
  }
  // as in Keras, classes are weighed only to learn from
  const validation = {
    data: weighted(rowWeightsOf(recipe.network, y, sampleWeight, undefined)),
    rows: judged,
  };
  return { data, rows: train, validation: judged.length === 0 ? undefined : validation };
}

/** @throws CamadaError `fit.seed` */
function seedOf(seed: number): number {
  if (Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED) return seed;
  throw new NetworkError("fit.seed", { max: MAX_SEED, seed: String(seed) });
}
