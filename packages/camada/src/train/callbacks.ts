import { NetworkError } from "../errors/network.js";
import type { EpochLog, History } from "./history.js";
import type { TrainingState } from "./state.js";

/** How far an epoch has come. */
export interface BatchLog {
  /** Counted from 1, as `batches` counts. */
  readonly epoch: number;
  readonly epochs: number;
  readonly batch: number;
  readonly batches: number;
  /** The loss of this batch. */
  readonly loss: number;
  /** Rows a second, since training began, without validation. */
  readonly rowsPerSecond: number;
  /** An estimate of the seconds left, of all epochs. */
  readonly secondsLeft: number;
}

/** What callbacks may ask of training, and tell it. */
export interface Training {
  /** Ends training after this batch. */
  stop(): void;
  /** Where it stands: a copy, to go on from later. */
  state(): TrainingState;
  /** Replaces the weights; optimizer, order and counts stay. */
  setWeights(weights: TrainingState["weights"]): void;
  /** Multiplies the learning rate from now on. */
  scaleLearningRate(factor: number): void;
}

/** Is told how training goes. Every part may be left out, and may take its time: training waits. */
export interface Callback {
  onTrainBegin?(training: Training): void | Promise<void>;
  onBatchEnd?(log: BatchLog, training: Training): void | Promise<void>;
  onEpochEnd?(log: EpochLog, training: Training): void | Promise<void>;
  /** Told at every ending, also after an error. */
  onTrainEnd?(history: History, training: Training): void | Promise<void>;
}

export interface MonitorOptions {
  /** What to watch in the epochs' logs: "valLoss" unless given. */
  readonly monitor?: string;
  /** Whether less or more is better: less for names that end in "loss" or "error", more for others. */
  readonly mode?: "min" | "max";
  /** How much better counts as better: anything (0). */
  readonly minDelta?: number;
  /** After how many epochs in a row without getting better it is enough: 0, as 1, means the first. */
  readonly patience?: number;
}

/** Watches one value of the logs. */
function watch(op: string, { monitor = "valLoss", mode, minDelta = 0 }: MonitorOptions) {
  const sign = (mode ?? (/(loss|error)$/i.test(monitor) ? "min" : "max")) === "min" ? -1 : 1;
  let best = -Infinity;
  let waited = 0;
  return {
    /** How many epochs it has not got better for; 0 if it has now. */
    see(log: EpochLog): number {
      const value = log[monitor];
      if (typeof value !== "number") {
        const known = Object.keys(log).filter((key) => typeof log[key] === "number");
        throw new NetworkError("callback.monitor", { op, monitor, known });
      }
      if (sign * value > best + minDelta) {
        best = sign * value;
        waited = 0;
      } else waited++;
      return waited;
    },
    start(): void {
      best = -Infinity;
      waited = 0;
    },
    patient(): void {
      waited = 0;
    },
  };
}

/**
 * Ends training when a value has not got better for `patience` epochs, and puts the weights back to those of
 * the best epoch, unless `restoreBest` is false (Prechelt, "Early stopping, but when?", 1998).
 * @throws CamadaError `callback.monitor` where the logs do not have the value
 * @example
 * earlyStopping({ patience: 3 }).onEpochEnd !== undefined; // true
 */
export function earlyStopping(options: MonitorOptions & { readonly restoreBest?: boolean } = {}): Callback {
  const { patience = 0, restoreBest = true } = options;
  const watched = watch("earlyStopping", options);
  let best: TrainingState["weights"] | undefined;
  return {
    onTrainBegin: () => {
      watched.start();
      best = undefined;
    },
    onEpochEnd: (log, training) => {
      const waited = watched.see(log);
      if (waited === 0 && restoreBest) best = training.state().weights;
      if (waited > 0 && waited >= patience) training.stop();
    },
    onTrainEnd: (_, training) => {
      if (best !== undefined) training.setWeights(best);
    },
  };
}

/**
 * Multiplies the learning rate by `factor` (0.1) whenever a value has not got better for `patience` epochs.
 * @throws CamadaError `callback.monitor` where the logs do not have the value
 * @example
 * reduceLearningRate({ factor: 0.5 }).onEpochEnd !== undefined; // true
 */
export function reduceLearningRate(options: MonitorOptions & { readonly factor?: number } = {}): Callback {
  const { patience = 0, factor = 0.1 } = options;
  const watched = watch("reduceLearningRate", options);
  return {
    onTrainBegin: () => watched.start(),
    onEpochEnd: (log, training) => {
      const waited = watched.see(log);
      if (waited === 0 || waited < patience) return;
      training.scaleLearningRate(factor);
      watched.patient();
    },
  };
}

/**
 * Hands over where training stands after every `every` epochs (1), to keep and to resume from.
 * @example
 * const kept = [];
 * checkpoint((state) => kept.push(state)).onEpochEnd !== undefined; // true
 */
export function checkpoint(
  save: (state: TrainingState, log: EpochLog) => unknown,
  { every = 1 }: { readonly every?: number } = {},
): Callback {
  return {
    onEpochEnd: async (log, training) => {
      if (log.epoch % every === 0) await save(training.state(), log);
    },
  };
}
