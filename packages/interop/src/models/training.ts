import type { Config, GradientTransform, LearningRate, Loss, Metric, Optimizer } from "camada";
import * as camada from "camada";
import { InteropError } from "../error.js";

/** What a model is trained with: what `fit` takes of the kind, and a model's file can keep. */
export interface TrainedWith {
  readonly loss: Loss;
  readonly optimizer?: Optimizer;
  readonly metrics?: readonly Metric[];
}

/** What a setting is read as; undefined where it is not of its kind. */
type Read = (value: unknown) => unknown;

/** How something is made again: its settings by name, and the function of them. */
interface Maker<T> {
  readonly reads: { readonly [setting: string]: Read };
  readonly make: (settings: never) => T;
}

type Makers<T> = { readonly [name: string]: Maker<T> };

const maker = <T>(reads: Maker<T>["reads"], make: Maker<T>["make"]): Maker<T> => ({ reads, make });

const number: Read = (value) => (typeof value === "number" ? value : undefined);
const boolean: Read = (value) => (typeof value === "boolean" ? value : undefined);
const numbers: Read = (value) => (Array.isArray(value) && value.every((each) => typeof each === "number") ? value : undefined); // biome-ignore format: one line
const choice =
  (...known: readonly string[]): Read =>
  (value) =>
    known.find((each) => each === value);

const LOSSES: Makers<Loss> = {
  binaryCrossEntropy: maker({ fromLogits: boolean }, camada.binaryCrossEntropy),
  categoricalCrossEntropy: maker({ labelSmoothing: number }, camada.categoricalCrossEntropy),
  categoricalHinge: maker({}, camada.categoricalHinge),
  hinge: maker({}, camada.hinge),
  huber: maker({ delta: number }, camada.huber),
  meanAbsoluteError: maker({}, camada.meanAbsoluteError),
  meanSquaredError: maker({}, camada.meanSquaredError),
  softmaxCrossEntropy: maker({ labelSmoothing: number }, camada.softmaxCrossEntropy),
  sparseCategoricalCrossEntropy: maker({}, camada.sparseCategoricalCrossEntropy),
};

const counts = { classes: number, threshold: number };
const averaged = { ...counts, average: choice("binary", "macro", "micro") };

const METRICS: Makers<Metric> = {
  accuracy: maker({ threshold: number }, camada.accuracy),
  auc: maker({}, camada.auc),
  confusionMatrix: maker(counts, camada.confusionMatrix),
  f1: maker(averaged, camada.f1),
  meanAbsoluteError: maker({}, camada.mae),
  meanSquaredError: maker({}, camada.mse),
  precision: maker(averaged, camada.precision),
  r2: maker({}, camada.r2),
  recall: maker(averaged, camada.recall),
  topKAccuracy: maker({ k: number }, ({ k }: { k: number }) => camada.topKAccuracy(k)),
};

/** Of a rate and options. */
const decaying = (reads: Maker<unknown>["reads"], make: (rate: number, options: never) => LearningRate) =>
  maker({ rate: number, ...reads }, ({ rate, ...options }: { rate: number }) => make(rate, options as never));
const decay = { decayRate: number, decaySteps: number, staircase: boolean };

const SCHEDULES: Makers<LearningRate> = {
  constantRate: maker({ rate: number }, ({ rate }: { rate: number }) => camada.constantRate(rate)),
  cosineDecay: decaying({ decaySteps: number, alpha: number }, camada.cosineDecay),
  exponentialDecay: decaying(decay, camada.exponentialDecay),
  inverseTimeDecay: decaying(decay, camada.inverseTimeDecay),
  piecewiseConstant: maker(
    { boundaries: numbers, rates: numbers },
    ({ boundaries, rates }: { boundaries: readonly number[]; rates: readonly number[] }) =>
      camada.piecewiseConstant(boundaries, rates),
  ),
  polynomialDecay: decaying(
    { decaySteps: number, endLearningRate: number, power: number },
    camada.polynomialDecay,
  ),
  warmup: maker({ steps: number, rate }, (given: { steps: number; rate: LearningRate }) =>
    camada.warmup(given.steps, given.rate),
  ),
};

/** A rate, or a schedule of rates, of which one may hold another. */
function rate(value: unknown): LearningRate | undefined {
  return typeof value === "number" ? value : madeOf(SCHEDULES, value);
}

const descent = { learningRate: rate, momentum: number, nesterov: boolean };
const moments = { learningRate: rate, beta1: number, beta2: number, epsilon: number };

const OPTIMIZERS: Makers<Optimizer> = {
  adagrad: maker({ learningRate: rate, initialAccumulator: number, epsilon: number }, camada.adagrad),
  adam: maker(moments, camada.adam),
  adamw: maker({ ...moments, weightDecay: number }, camada.adamw),
  chain: maker(
    { transforms, optimizer: (value) => madeOf(OPTIMIZERS, value) },
    (given: { transforms: readonly GradientTransform[]; optimizer: Optimizer }) =>
      camada.chain(...given.transforms, given.optimizer),
  ),
  momentum: maker(descent, camada.momentum),
  nesterov: maker(descent, camada.nesterov),
  rmsprop: maker({ learningRate: rate, rho: number, epsilon: number }, camada.rmsprop),
  sgd: maker(descent, camada.sgd),
};

const clipping = (clip: (limit: number) => GradientTransform) =>
  maker({ limit: number }, ({ limit }: { limit: number }) => clip(limit));

const TRANSFORMS: Makers<GradientTransform> = {
  clipByGlobalNorm: clipping(camada.clipByGlobalNorm),
  clipByNorm: clipping(camada.clipByNorm),
  clipByValue: clipping(camada.clipByValue),
  weightDecay: maker({ rate: number }, ({ rate }: { rate: number }) => camada.weightDecay(rate)),
};

function transforms(value: unknown): readonly GradientTransform[] | undefined {
  return all(TRANSFORMS, value);
}

/** A list of things of the same kind; undefined where one of them is not. */
function all<T>(makers: Makers<T>, value: unknown): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const made = value.map((each) => madeOf(makers, each));
  return made.includes(undefined) ? undefined : (made as T[]);
}

/** What a name and settings stand for, if all of them are known: of fixed lists, so that no file names code. */
function madeOf<T>(makers: Makers<T>, value: unknown): T | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { name, ...given } = value as { readonly [setting: string]: unknown };
  if (typeof name !== "string" || !Object.hasOwn(makers, name)) return undefined;
  const { reads, make } = makers[name]!;
  const settings = Object.entries(given).map(([setting, said]) => [
    setting,
    Object.hasOwn(reads, setting) ? reads[setting]!(said) : undefined,
  ]);
  if (settings.some(([, read]) => read === undefined)) return undefined;
  return make(Object.fromEntries(settings) as never);
}

const PARTS = { loss: "loss", optimizer: "optimizer", metrics: "metrics" } as const;

/**
 * As JSON, what a model is trained with.
 * @throws InteropError `model.own` for what is somebody's own: a loss as a function, say
 */
export function describeTraining({ loss, optimizer, metrics = [] }: TrainedWith): string {
  const described = (part: string, of: { readonly name?: string; readonly config?: Config | undefined }) => {
    if (of?.config === undefined) throw new InteropError("model.own", { op: "saveModel", part, name: of?.name || "?" }); // biome-ignore format: one line
    return of.config;
  };
  return JSON.stringify({
    [PARTS.loss]: described(PARTS.loss, loss),
    ...(optimizer === undefined ? {} : { [PARTS.optimizer]: described(PARTS.optimizer, optimizer) }),
    [PARTS.metrics]: metrics.map((metric) => described(PARTS.metrics, metric)),
  });
}

/** Warmups within warmups go no deeper. */
const MAX_DEPTH = 50;

/** How deep the lists and objects of a JSON text are; of brackets within texts it may be more. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    most = Math.max(most, depth);
  }
  return most;
}

/**
 * What such JSON says.
 * @throws InteropError `model.training`; CamadaError where a setting is of its kind but out of its bounds
 */
export function trainedWith(op: string, description: string): TrainedWith {
  const wrong = (part: string) => new InteropError("model.training", { op, part });
  let parts: { readonly [part: string]: unknown };
  if (depthOf(description) > MAX_DEPTH) throw wrong(PARTS.optimizer);
  try {
    parts = Object(JSON.parse(description));
  } catch {
    throw wrong(PARTS.loss);
  }
  const extra = Object.keys(parts).find((part) => !Object.hasOwn(PARTS, part));
  if (extra !== undefined) throw wrong(extra.slice(0, 60));
  const [loss, metrics] = [madeOf(LOSSES, parts[PARTS.loss]), all(METRICS, parts[PARTS.metrics])];
  if (loss === undefined) throw wrong(PARTS.loss);
  if (metrics === undefined) throw wrong(PARTS.metrics);
  if (parts[PARTS.optimizer] === undefined) return { loss, metrics };
  const optimizer = madeOf(OPTIMIZERS, parts[PARTS.optimizer]);
  if (optimizer === undefined) throw wrong(PARTS.optimizer);
  return { loss, metrics, optimizer };
}
