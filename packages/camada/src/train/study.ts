import type { BackendChoice } from "../backends/registry.js";
import { checkCount } from "../data/checks.js";
import { NetworkError } from "../errors/network.js";
import { accuracy } from "../nn/metrics.js";
import type { Optimizer } from "../nn/optimizer.js";
import { checkNumber } from "../nn/settings.js";
import type { NDArray } from "../shape/types.js";
import type { EpochLog } from "./history.js";
import type { Sequential } from "./model.js";
import type { LossChoice } from "./recipe.js";
import { type Spread, spreadOf } from "./spread.js";

/** Where a study stands. */
export interface StudyProgress {
  /** Which training is at work, counted from 1, and how many there will be. */
  readonly run: number;
  /** How many trainings there will be. */
  readonly runs: number;
  /** The size at hand. */
  readonly batchSize: number;
  /** The seed at hand. */
  readonly seed: number;
  /** How much of this training is done: from 0 to 1. */
  readonly share: number;
}

/** Options of `batchSizeStudy`. */
export interface StudyOptions {
  /** Makes the network: the same each time, its weights are drawn anew from each seed. */
  readonly build: () => Sequential;
  /** Rows to learn from, x and y: y has classes. */
  readonly train: readonly [NDArray, NDArray];
  /** Rows to judge by. */
  readonly test: readonly [NDArray, NDArray];
  /** The sizes to compare. */
  readonly batchSizes: readonly number[];
  /** What first weights, order and chance follow from: a training for each, at each batch size. */
  readonly seeds: readonly number[];
  /** What is made smaller. */
  readonly loss: LossChoice;
  /** Makes the optimizer, for a learning rate. */
  readonly optimizer: (learningRate: number) => Optimizer;
  /** The learning rate of the first batch size, and of all where it is not scaled. */
  readonly learningRate: number;
  /** How long each training is: as many epochs, or as many updates of the weights. */
  readonly budget: { readonly epochs: number } | { readonly updates: number };
  /**
   * How the learning rate grows with the batch size: not at all (false), in proportion to it ("linear"; Goyal et
   * al., "Accurate, large minibatch SGD", 2017) or to its root ("sqrt"; Krizhevsky, "One weird trick for
   * parallelizing convolutional neural networks", 2014). Both are meant for gradient descent, not for Adam.
   */
  readonly scaleLearningRate?: false | "linear" | "sqrt";
  /** Ends the study after the batch at hand; trainings that are complete stay. */
  readonly signal?: { readonly aborted: boolean };
  /** Told after each batch. */
  readonly onProgress?: (progress: StudyProgress) => void | Promise<void>;
  /** Told after each whole epoch, with its log: the test rows are the validation rows there. */
  readonly onEpoch?: (log: EpochLog, progress: StudyProgress) => void | Promise<void>;
  /** Told after each complete training. */
  readonly onRun?: (
    run: StudyRun,
    of: Pick<StudyResult, "batchSize" | "learningRate">,
  ) => void | Promise<void>;
  /** What runs it; the configured backend unless given. */
  readonly backend?: BackendChoice;
  /** How many threads share the work, where the backend can use them: as many as the machine has unless given. */
  readonly threads?: number;
}

/** One complete training. */
export interface StudyRun {
  /** What chance followed from. */
  readonly seed: number;
  /** How many steps it made. */
  readonly updates: number;
  /** Of learning alone, without judging. */
  readonly secondsPerEpoch: number;
  /** By the weights at the end, over all rows; so are the others. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly testLoss: number;
  readonly testAccuracy: number;
  /** Train accuracy less test accuracy. */
  readonly gap: number;
  /** The logs of whole epochs: loss and accuracy while learning, valLoss and valAccuracy of the test rows. */
  readonly curve: readonly EpochLog[];
}

/** What trainings at one batch size came to. */
export interface StudyResult {
  /** How many rows made one step. */
  readonly batchSize: number;
  /** The rate, scaled if asked. */
  readonly learningRate: number;
  readonly secondsPerEpoch: Spread;
  readonly trainLoss: Spread;
  readonly trainAccuracy: Spread;
  readonly testLoss: Spread;
  readonly testAccuracy: Spread;
  readonly gap: Spread;
  /** Each training. */
  readonly runs: readonly StudyRun[];
  /** Seeds whose training ran away to values that are not finite: they are in no other number. */
  readonly ranAway: readonly number[];
}

/** What each batch size came to, as `batchSizeStudy` gives it. */
export interface Study {
  /** One for each batch size, in their order. */
  readonly results: readonly StudyResult[];
  /** How much each training was given. */
  readonly budget: StudyOptions["budget"];
  /** How the rate grew with the size. */
  readonly scaleLearningRate: false | "linear" | "sqrt";
  /** Whether all trainings were done, or a signal ended the study. */
  readonly complete: boolean;
}

/**
 * Trains one network at several batch sizes, from the same weights for the same seed, and says what differs:
 * time per epoch, loss and accuracy on train and test rows, and the generalization gap, train less test accuracy
 * (Kevin Shen, "Effect of batch size on training dynamics", 2018), each with its spread over the seeds.
 *
 * What the numbers show is this network, on this data, with this optimizer and these seeds. A difference that is
 * not clearly larger than the spreads may be chance, and three seeds tell a spread only roughly. At equal epochs
 * a large batch makes fewer updates, at equal updates it sees more data: neither is the fair comparison, so look
 * at both (`budget`). A learning rate suits one batch size better than another: a lead at one rate may be gone at
 * another (`scaleLearningRate`). The gap of a network that has hardly learnt is small, and no merit. Seconds are
 * those of this machine and backend, with whatever else ran on it. Whoever chooses a batch size by the test rows
 * has no test rows left to judge the choice by.
 * @throws CamadaError `study.none`, `study.scale`, `study.budget`, `number.positive`, `value.integer`,
 * `value.positive`; and what `fit` refuses
 * @example
 * const { x, y } = spiral({ points: 20, seed: 0 });
 * const study = await batchSizeStudy({
 *   build: () => sequential(input(2), dense(8), relu(), dense(3)),
 *   train: [x, y], test: [x, y], batchSizes: [4, 16], seeds: [0, 1],
 *   loss: softmaxCrossEntropy(), optimizer: sgd, learningRate: 0.1, budget: { epochs: 2 },
 * });
 * study.results.map((result) => result.gap.values); // [[0,0],[0,0]]
 */
export async function batchSizeStudy(options: StudyOptions): Promise<Study> {
  const { batchSizes, seeds, budget, scaleLearningRate = false, signal } = checked(options);
  const done = batchSizes.map(() => ({ runs: [] as StudyRun[], ranAway: [] as number[] }));
  let run = 0;
  // seed by seed, so that a study that is ended early has much the same seeds for each batch size
  for (const seed of seeds) {
    for (const [i, batchSize] of batchSizes.entries()) {
      if (signal?.aborted) break;
      const place = { run: ++run, runs: seeds.length * batchSizes.length, batchSize, seed };
      const outcome = await trainOnce(options, place);
      if (outcome === "ran away") done[i]!.ranAway.push(seed);
      else if (outcome !== "aborted") {
        done[i]!.runs.push(outcome);
        await options.onRun?.(outcome, { batchSize, learningRate: rateOf(options, batchSize) });
      }
    }
  }
  const results = batchSizes.map((batchSize, i) => ({
    batchSize,
    learningRate: rateOf(options, batchSize),
    ...summed(done[i]!.runs),
    ...done[i]!,
  }));
  const count = done.reduce((sum, { runs, ranAway }) => sum + runs.length + ranAway.length, 0);
  return { results, budget, scaleLearningRate, complete: count === seeds.length * batchSizes.length };
}

function checked(options: StudyOptions): StudyOptions {
  const { batchSizes, seeds, budget, scaleLearningRate, learningRate } = options;
  for (const [name, list] of Object.entries({ batchSizes, seeds })) {
    if (list.length === 0) throw new NetworkError("study.none", { name });
  }
  for (const batchSize of batchSizes) checkCount("batchSizeStudy", "batchSize", batchSize);
  const [[name, count], ...more] = Object.entries(budget) as [[string, number], ...unknown[]];
  if (more.length > 0 || !(name === "epochs" || name === "updates")) throw new NetworkError("study.budget");
  checkCount("batchSizeStudy", name, count);
  checkNumber("batchSizeStudy", "learningRate", learningRate, "positive");
  if (![undefined, false, "linear", "sqrt"].includes(scaleLearningRate)) {
    throw new NetworkError("study.scale", { value: String(scaleLearningRate) });
  }
  return options;
}

function rateOf({ batchSizes, learningRate, scaleLearningRate }: StudyOptions, batchSize: number): number {
  const times = batchSize / batchSizes[0]!;
  if (scaleLearningRate === "linear") return learningRate * times;
  return scaleLearningRate === "sqrt" ? learningRate * Math.sqrt(times) : learningRate;
}

/** One training, from first weights to the last judgement. */
async function trainOnce(
  options: StudyOptions,
  place: Omit<StudyProgress, "share">,
): Promise<StudyRun | "aborted" | "ran away"> {
  const { build, train, test, loss, optimizer, budget, signal, onProgress, onEpoch, backend, threads } =
    options;
  const { batchSize, seed } = place;
  const own = { ...(backend && { backend }), ...(threads && { threads }) };
  const rows = train[0].shape[0]!;
  const perEpoch = Math.ceil(rows / batchSize);
  const updates = "updates" in budget ? budget.updates : budget.epochs * perEpoch;
  const model = build().initialize(seed);
  let count = 0;
  let secondsPerEpoch = 0;
  try {
    await model.fit(train[0], train[1], {
      ...own,
      loss,
      optimizer: optimizer(rateOf(options, batchSize)),
      metrics: [accuracy()],
      validationData: test,
      batchSize,
      epochs: Math.ceil(updates / perEpoch),
      seed,
      ...(signal === undefined ? {} : { signal }),
      // said once of each training it would drown the study's own progress
      onWarning: () => {},
      callbacks: [
        {
          onBatchEnd: async ({ rowsPerSecond }, training) => {
            secondsPerEpoch = rows / rowsPerSecond;
            if (++count === updates) training.stop();
            await onProgress?.({ ...place, share: count / updates });
          },
          onEpochEnd: (log) => onEpoch?.(log, { ...place, share: count / updates }),
        },
      ],
    });
  } catch (error) {
    if (error instanceof NetworkError && error.code.startsWith("fit.notFinite")) return "ran away";
    throw error;
  }
  if (count < updates) return "aborted";
  const judge = async ([x, y]: StudyOptions["test"]) => {
    const result = await model.evaluate(x, y, { ...own, loss, metrics: [accuracy()] });
    return result as { readonly loss: number; readonly accuracy: number };
  };
  const [learnt, judged] = [await judge(train), await judge(test)];
  return {
    seed,
    updates,
    secondsPerEpoch,
    trainLoss: learnt.loss,
    trainAccuracy: learnt.accuracy,
    testLoss: judged.loss,
    testAccuracy: judged.accuracy,
    gap: learnt.accuracy - judged.accuracy,
    curve: model.history!.epochs,
  };
}

/** Each number over all runs. */
function summed(runs: readonly StudyRun[]) {
  const of = (name: keyof Omit<StudyRun, "curve">) => spreadOf(runs.map((run) => run[name]));
  return {
    secondsPerEpoch: of("secondsPerEpoch"),
    trainLoss: of("trainLoss"),
    trainAccuracy: of("trainAccuracy"),
    testLoss: of("testLoss"),
    testAccuracy: of("testAccuracy"),
    gap: of("gap"),
  };
}
