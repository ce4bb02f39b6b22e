import { fromTypedArray } from "../array/creation.js";
import { defaultRng } from "../array/random/index.js";
import type { Backend } from "../backends/backend.js";
import type { CamadaError } from "../errors/error.js";
import { NetworkError } from "../errors/network.js";
import { BACKWARD } from "../grad/gradients.js";
import type { Named, Optimizer } from "../nn/optimizer.js";
import type { NDArray } from "../shape/types.js";
import type { Callback, Training } from "./callbacks.js";
import { originOf } from "./finite.js";
import { type EpochLog, History, type Warning } from "./history.js";
import { emptyTotals, indicesOf, Judge, noneAlive } from "./judge.js";
import { Stepper } from "./programs.js";
import type { TrainingState } from "./state.js";
import { type Data, type Recipe, readTotals, type State, traceTraining } from "./step.js";
import { seconds, Turns } from "./turn.js";
import { deadWarning } from "./warnings.js";

/** Everything that one training needs, checked and complete. */
export interface Job {
  readonly recipe: Recipe;
  readonly optimizer: Optimizer;
  readonly data: Data;
  /** Which rows of the data are learnt from. */
  readonly rows: Int32Array;
  /** What is judged by after each epoch. */
  readonly validation: { readonly data: Data; readonly rows: Int32Array } | undefined;
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly callbacks: readonly Callback[];
  readonly signal: { readonly aborted: boolean } | undefined;
  readonly backend: Backend;
  readonly start: TrainingState;
  readonly warn: (warning: Warning) => void;
}

/** One training: holds the state while it goes on. */
export class Trainer {
  private readonly job: Job;
  private readonly history = new History();
  private readonly turns = new Turns();
  private readonly stepper: Stepper<State>;
  private readonly judge: Judge | undefined;
  private readonly training: Training;
  private epoch: number;
  private rate: number;
  private stopped = false;
  /** Seconds spent on steps, and rows learnt from meanwhile. */
  private spent = { seconds: 0, rows: 0 };

  constructor(job: Job) {
    this.job = job;
    const { recipe, data, start, backend, validation } = job;
    this.epoch = start.epoch;
    this.rate = start.rate;
    const state: State = {
      weights: start.weights,
      optimizer: start.optimizer,
      step: fromTypedArray(Int32Array.of(start.step), []) as unknown as NDArray,
      totals: this.emptyTotals(),
    };
    this.stepper = new Stepper(backend, state, [data], (carried, indices) => {
      const constants = { seed: start.seed, rate: this.rate };
      const graph = traceTraining(recipe, job.optimizer, carried, data, indices, constants);
      return { graph, guard: graph.outputs.length - 1 };
    });
    this.judge =
      validation === undefined
        ? undefined
        : new Judge(recipe, validation.data, validation.rows, job.batchSize, start.weights, backend);
    this.training = {
      stop: () => {
        this.stopped = true;
      },
      state: () => this.state,
      setWeights: (weights) => {
        this.stepper.carried = { ...this.stepper.carried, weights };
      },
      scaleLearningRate: (factor) => {
        this.rate *= factor;
        this.stepper.retrace();
      },
    };
  }

  get weights(): Named {
    return this.stepper.carried.weights;
  }

  private get state(): TrainingState {
    const { weights, optimizer, step } = this.stepper.carried;
    const { seed } = this.job.start;
    return { epoch: this.epoch, step: step.data[0]!, seed, rate: this.rate, weights, optimizer };
  }

  private emptyTotals() {
    const { recipe, data } = this.job;
    return emptyTotals(recipe, data, noneAlive(recipe.network));
  }

  /**
   * All epochs that are left, or until something ends them. The weights stay what they are at the end, however
   * it ends.
   */
  async run(): Promise<History> {
    const { job, history, training } = this;
    try {
      for (const callback of job.callbacks) await callback.onTrainBegin?.(training);
      while (this.epoch < job.epochs && !this.ended) {
        const log = await this.runEpoch();
        if (log === undefined) break;
        history.epochs.push(log);
        for (const callback of job.callbacks) await callback.onEpochEnd?.(log, training);
      }
      history.ending = job.signal?.aborted ? "aborted" : this.stopped ? "stopped" : "finished";
    } finally {
      for (const callback of job.callbacks) await callback.onTrainEnd?.(history, training);
    }
    return history;
  }

  private get ended(): boolean {
    return this.stopped || this.job.signal?.aborted === true;
  }

  /** One epoch; undefined if it was broken off. */
  private async runEpoch(): Promise<EpochLog | undefined> {
    const { rows, batchSize } = this.job;
    const begin = seconds();
    const order = this.orderOf(this.epoch);
    this.stepper.carried = { ...this.stepper.carried, totals: this.emptyTotals() };
    for (let start = 0; start < rows.length; start += batchSize) {
      await this.runBatch(order.subarray(start, start + batchSize), start / batchSize + 1);
      if (this.ended && start + batchSize < rows.length) return undefined;
    }
    this.epoch++;
    const { totals } = this.stepper.carried;
    const judged = (await this.judge?.judge(this.weights, this.turns)) ?? {};
    const dead = this.deadRelu(totals.alive);
    return {
      epoch: this.epoch,
      ...(readTotals(this.job.recipe.metrics, totals) as { loss: number }),
      ...Object.fromEntries(
        Object.entries(judged).map(([name, value]) => [
          `val${name[0]!.toUpperCase()}${name.slice(1)}`,
          value,
        ]),
      ),
      ...(Object.keys(dead).length === 0 ? {} : { deadRelu: dead }),
      seconds: seconds() - begin,
    };
  }

  private async runBatch(rows: Int32Array, batch: number): Promise<void> {
    const { job, spent } = this;
    const begin = seconds();
    const loss = this.stepper.run(indicesOf(rows));
    if (!Number.isFinite(this.stepper.guard)) throw this.notFinite(rows, batch);
    spent.seconds += seconds() - begin;
    spent.rows += rows.length;
    const batches = Math.ceil(job.rows.length / job.batchSize);
    const left =
      (job.epochs - this.epoch) * job.rows.length - Math.min(batch * job.batchSize, job.rows.length);
    const rowsPerSecond = spent.rows / spent.seconds;
    const log = {
      epoch: this.epoch + 1,
      epochs: job.epochs,
      batch,
      batches,
      loss,
      rowsPerSecond,
      secondsLeft: left / rowsPerSecond,
    };
    for (const callback of job.callbacks) await callback.onBatchEnd?.(log, this.training);
    await this.turns.take();
  }

  /** The rows in the order of an epoch: it follows from the seed and the epoch alone. */
  private orderOf(epoch: number): Int32Array {
    const { rows, shuffle, start } = this.job;
    if (!shuffle) return rows;
    const order = defaultRng([start.seed, epoch]).permutation(rows.length).data;
    return rows.map((_, i) => rows[order[i]!]!);
  }

  /** The share of each relu layer's neurons that were never active; warns of many. */
  private deadRelu(alive: Named): Record<string, number> {
    return Object.fromEntries(
      Object.entries(alive).map(([layer, { data }]) => {
        const share = data.filter((active: number) => active === 0).length / data.length;
        const warning = deadWarning(layer, share, this.epoch);
        if (warning !== undefined) this.warn(warning);
        return [layer, share];
      }),
    );
  }

  warn(warning: Warning): void {
    this.history.warnings.push(warning);
    this.job.warn(warning);
  }

  /** Finds, by running the last step again, where the first value came up that is not finite. */
  private notFinite(rows: Int32Array, batch: number): CamadaError {
    const { graph, inputs } = this.stepper.last;
    const origin = originOf(graph.graph, inputs, graph.guard!)!;
    const { scope } = origin.node;
    const facts = { value: String(origin.value), epoch: this.epoch + 1, batch };
    if (scope === "optimizer" || origin.operation === "input") {
      return new NetworkError("fit.notFiniteWeights", { ...facts, layer: scope });
    }
    const isRow = origin.node.shape[0] === rows.length;
    const backward = scope.startsWith(BACKWARD);
    return new NetworkError(backward ? "fit.notFiniteGradient" : "fit.notFinite", {
      ...facts,
      operation: origin.operation,
      layer: scope.replace(BACKWARD, "").trim(),
      row: isRow ? rows[origin.row]! : "?",
    });
  }
}
