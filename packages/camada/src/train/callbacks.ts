import { checkCount } from "../data/checks.js";
import { NetworkError } from "../errors/network.js";
import type { NDArray } from "../shape/types.js";
import type { EpochLog, History } from "./history.js";
import type { TrainingState } from "./state.js";

/** How far an epoch has come. */
export interface BatchLog {
  /** Counted from 1, as `batches` counts. */
  readonly epoch: number;
  /** How many epochs there will be. */
  readonly epochs: number;
  /** Which batch of the epoch, from 1. */
  readonly batch: number;
  /** How many batches an epoch has. */
  readonly batches: number;
  /** The loss of this batch. */
  readonly loss: number;
  /** Rows a second, since training began, without validation. */
  readonly rowsPerSecond: number;
  /** An estimate of the seconds that the steps left will take, of all epochs, without validation. */
  readonly secondsLeft: number;
}

/** What callbacks may ask of training, and tell it. */
export interface Training {
  /** What each epoch's log will have: "loss", each metric, and the same of validation, "valLoss". */
  readonly names: readonly string[];
  /** What the epoch has come to so far, as its log will say it: the mean loss, and each metric, by name. */
  measured(): { readonly loss: number; readonly [metric: string]: number | NDArray };
  /** Ends training after this batch. */
  stop(): void;
  /**
   * Where it stands: a copy, to go on from later, exactly if between two epochs: an epoch that is under way is
   * begun again.
   */
  state(): TrainingState;
  /**
   * Replaces weights by name, by copies; optimizer, order and counts stay.
   * @throws CamadaError `weights.unknown`, `weights.finite`; ShapeError `weights.shape`
   */
  setWeights(weights: TrainingState["weights"]): void;
  /** Multiplies the learning rate from now on. @throws CamadaError `callback.factor` */
  scaleLearningRate(factor: number): void;
}

/**
 * Is told how training goes. Every part may be left out, and may take its time: training waits. What it throws
 * ends training, and comes out of `fit`; the weights stay.
 */
export interface Callback {
  onTrainBegin?(training: Training): void | Promise<void>;
  onBatchEnd?(log: BatchLog, training: Training): void | Promise<void>;
  onEpochEnd?(log: EpochLog, training: Training): void | Promise<void>;
  /** Told at every ending, also after an error. */
  onTrainEnd?(history: History, training: Training): void | Promise<void>;
}

let everywhere: readonly Callback[] = [];

/** Sets the callbacks that every training has, before its own. */
export function useCallbacks(callbacks: readonly Callback[]): void {
  everywhere = callbacks;
}

/** All callbacks of a training: those that every one has, then its own. */
export const callbacksWith = (own: readonly Callback[]): readonly Callback[] => [...everywhere, ...own];

/** What a callback watches, and when it has waited long enough. */
export interface MonitorOptions {
  /** What to watch in the epochs' logs: "valLoss" unless given. */
  readonly monitor?: string;
  /** Whether less or more is better: less for names that end in "loss" or "error", more for others. */
  readonly mode?: "min" | "max";
  /** How much better counts as better: anything (0). */
  readonly minDelta?: number;
  /** After how many epochs in a row without getting better it is enough: 1 unless given, as is 0. */
  readonly patience?: number;
}

/**
 * Watches one value of the logs.
 * @throws CamadaError `callback.patience`
 */
function watch(op: string, { monitor = "valLoss", mode, minDelta = 0, patience = 1 }: MonitorOptions) {
  if (!(patience >= 0)) throw new NetworkError("callback.patience", { op, value: String(patience) });
  const sign = (mode ?? (/(loss|error)$/i.test(monitor) ? "min" : "max")) === "min" ? -1 : 1;
  let best = -Infinity;
  let waited = 0;
  return {
    start({ names }: Training): void {
      if (!names.includes(monitor)) throw new NetworkError("callback.monitor", { op, monitor, known: names });
      best = -Infinity;
      waited = 0;
    },
    /** Whether it has got better, and whether it has not for long enough. */
    see(log: EpochLog): { readonly better: boolean; readonly enough: boolean } {
      const value = log[monitor];
      if (typeof value !== "number") throw new NetworkError("callback.number", { op, monitor });
      const better = sign * value > best + minDelta;
      if (better) best = sign * value;
      waited = better ? 0 : waited + 1;
      return { better, enough: !better && waited >= patience };
    },
    /** Begins to wait anew. */
    again(): void {
      waited = 0;
    },
  };
}

/**
 * Ends training when a value has not got better for `patience` epochs, and puts the weights back to those of
 * the best epoch, however training ends, unless `restoreBest` is false (Prechelt, "Early stopping, but when?",
 * 1998).
 * @throws CamadaError `callback.patience`; when training begins `callback.monitor`, where the logs will not
 * have the value
 * @example
 * earlyStopping({ patience: 3 }).onEpochEnd !== undefined; // true
 */
export function earlyStopping(options: MonitorOptions & { readonly restoreBest?: boolean } = {}): Callback {
  const { restoreBest = true } = options;
  const watched = watch("earlyStopping", options);
  let best: TrainingState["weights"] | undefined;
  return {
    onTrainBegin: (training) => watched.start(training),
    onEpochEnd: (log, training) => {
      const { better, enough } = watched.see(log);
      if (better && restoreBest) best = training.state().weights;
      if (enough) training.stop();
    },
    onTrainEnd: (_, training) => {
      if (best !== undefined) training.setWeights(best);
      best = undefined;
    },
  };
}

/**
 * Multiplies the learning rate by `factor` (0.1) whenever a value has not got better for `patience` epochs.
 * @throws CamadaError `callback.patience`, `callback.factor`; when training begins `callback.monitor`, where
 * the logs will not have the value
 * @example
 * reduceLearningRate({ factor: 0.5 }).onEpochEnd !== undefined; // true
 */
export function reduceLearningRate(options: MonitorOptions & { readonly factor?: number } = {}): Callback {
  const { factor = 0.1 } = options;
  checkFactor("reduceLearningRate", factor);
  const watched = watch("reduceLearningRate", options);
  return {
    onTrainBegin: (training) => watched.start(training),
    onEpochEnd: (log, training) => {
      if (!watched.see(log).enough) return;
      training.scaleLearningRate(factor);
      watched.again();
    },
  };
}

/** @throws CamadaError `callback.factor` */
export function checkFactor(op: string, factor: number): void {
  if (!(factor > 0 && factor < Infinity)) {
    throw new NetworkError("callback.factor", { op, value: String(factor) });
  }
}

/**
 * Hands over where training stands after every `every` epochs (1), to keep and to resume from.
 * @throws CamadaError `value.integer`, `value.positive`
 * @example
 * const kept = [];
 * checkpoint((state) => kept.push(state)).onEpochEnd !== undefined; // true
 */
export function checkpoint(
  save: (state: TrainingState, log: EpochLog) => unknown,
  { every = 1 }: { readonly every?: number } = {},
): Callback {
  checkCount("checkpoint", "every", every);
  return {
    onEpochEnd: async (log, training) => {
      if (log.epoch % every === 0) await save(training.state(), log);
    },
  };
}
