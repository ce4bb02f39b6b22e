import { fromTypedArray } from "../array/creation.js";
import { defaultRng } from "../array/random/index.js";
import type { Backend } from "../backends/backend.js";
import type { NetworkError } from "../errors/network.js";
import type { Named, Optimizer } from "../nn/optimizer.js";
import type { NDArray } from "../shape/types.js";
import { type BatchLog, type Callback, checkFactor, type Training } from "./callbacks.js";
import { notFinite } from "./finite.js";
import { type EpochLog, History, type Warning } from "./history.js";
import { emptyTotals, JUDGED, Judge, noneAlive } from "./judge.js";
import { Stepper } from "./programs.js";
import { indicesOf } from "./rows.js";
import type { TrainingState } from "./state.js";
import { type Data, type Recipe, readTotals, type State, traceTraining } from "./step.js";
import { seconds, Turns } from "./turn.js";
import { deadWarning } from "./warnings.js";
import { checkFinite, replaced } from "./weights.js";

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
  readonly history = new History();
  private readonly job: Job;
  private readonly turns = new Turns();
  private readonly stepper: Stepper<State>;
  private readonly judge: Judge | undefined;
  private readonly training: Training;
  private epoch: number;
  private rate: number;
  private stopped = false;
  /** Layers of which it has been said that many neurons are dead. */
  private readonly dead = new Set<string>();
  /** Seconds spent on steps, and rows learnt from meanwhile. */
  private spent = { seconds: 0, rows: 0 };

  /** Traces the step, so that what cannot be traced is refused before anything starts. */
  constructor(job: Job) {
    this.job = job;
    const { recipe, data, rows, start, backend, validation } = job;
    this.epoch = start.epoch;
    this.rate = start.rate;
    const state: State = {
      weights: start.weights,
      optimizer: start.optimizer,
      step: fromTypedArray(Int32Array.of(start.step), []) as unknown as NDArray,
      rate: this.rateArray(),
      totals: this.emptyTotals(),
    };
    this.stepper = new Stepper({
      backend,
      carried: state,
      data,
      holdsData: true,
      trace: (carried, data, indices) => {
        const graph = traceTraining(recipe, job.optimizer, carried, data, indices, start.seed);
        return { graph, guard: graph.outputs.length - 1 };
      },
    });
    this.stepper.prepare(indicesOf(rows, 0, job.batchSize));
    this.judge =
      validation === undefined
        ? undefined
        : new Judge(recipe, validation.data, validation.rows, JUDGED, start.weights, backend);
    this.training = this.access();
  }

  /** All weights as of the last step. */
  get weights(): Named {
    return this.stepper.carried.weights;
  }

  private access(): Training {
    const names = ["loss", ...this.job.recipe.metrics.map(({ name }) => name)];
    return {
      names: [...names, ...(this.judge === undefined ? [] : names.map(judgedName))],
      measured: () => readTotals(this.job.recipe.metrics, this.stepper.carried.totals) as { loss: number },
      stop: () => {
        this.stopped = true;
      },
      state: () => this.state,
      setWeights: (given) => {
        checkFinite(given);
        this.change({ weights: replaced(this.weights, given) });
      },
      scaleLearningRate: (factor) => {
        checkFactor("scaleLearningRate", factor);
        this.rate *= factor;
        this.change({ rate: this.rateArray() });
      },
    };
  }

  private change(parts: Partial<State>): void {
    this.stepper.carried = { ...this.stepper.carried, ...parts };
  }

  private get state(): TrainingState {
    const { weights, optimizer, step } = this.stepper.carried;
    const { seed } = this.job.start;
    return { epoch: this.epoch, step: step.data[0]!, seed, rate: this.rate, weights, optimizer };
  }

  private rateArray(): NDArray {
    const { dtype } = this.job.recipe.network;
    return fromTypedArray(Float64Array.of(this.rate), []).astype(dtype) as unknown as NDArray;
  }

  private emptyTotals() {
    const { recipe, data } = this.job;
    return emptyTotals(recipe, data, noneAlive(recipe.network));
  }

  /**
   * All epochs that are left, or until something ends them. The weights stay what they are at the end, however
   * it ends; every callback is told of it.
   */
  async run(): Promise<History> {
    const { history, training } = this;
    const failures: unknown[] = [];
    const noted = (error: unknown): void => {
      history.ending = "failed";
      failures.push(error);
    };
    await this.runEpochs().catch(noted);
    for (const callback of this.job.callbacks) {
      try {
        await callback.onTrainEnd?.(history, training);
      } catch (error) {
        noted(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return history;
  }

  private async runEpochs(): Promise<void> {
    const { job, history, training } = this;
    for (const callback of job.callbacks) await callback.onTrainBegin?.(training);
    while (this.epoch < job.epochs && !this.ended) {
      const log = await this.runEpoch();
      if (log === undefined) break;
      history.epochs.push(log);
      for (const callback of job.callbacks) await callback.onEpochEnd?.(log, training);
    }
    if (this.epoch < job.epochs) history.ending = this.stopped ? "stopped" : "aborted";
  }

  private get ended(): boolean {
    return this.stopped || this.job.signal?.aborted === true;
  }

  /** One epoch; undefined if it was broken off. */
  private async runEpoch(): Promise<EpochLog | undefined> {
    const { training, turns } = this;
    const { rows, batchSize, recipe, callbacks } = this.job;
    const begin = seconds();
    const order = this.orderOf(this.epoch + 1);
    this.change({ totals: this.emptyTotals() });
    for (let start = 0; start < rows.length; start += batchSize) {
      const log = this.runBatch(order, start);
      for (const callback of callbacks) {
        // small steps take less time than waiting for nothing
        const pending = callback.onBatchEnd?.(log, training);
        if (pending !== undefined) await pending;
      }
      if (turns.isDue) await turns.take();
      if (this.ended && start + batchSize < rows.length) return undefined;
    }
    this.epoch++;
    const { totals, weights } = this.stepper.carried;
    const judged = (await this.judge?.judge(weights, this.turns)) ?? {};
    const dead = this.deadRelu(totals.alive);
    return {
      epoch: this.epoch,
      ...(readTotals(recipe.metrics, totals) as { loss: number }),
      ...Object.fromEntries(Object.entries(judged).map(([name, value]) => [judgedName(name), value])),
      ...(Object.keys(dead).length === 0 ? {} : { deadRelu: dead }),
      seconds: seconds() - begin,
    };
  }

  /** A step on the rows from one on in an epoch's order. */
  private runBatch(order: Int32Array, start: number): BatchLog {
    const { job, spent } = this;
    const begin = seconds();
    const loss = this.stepper.run(indicesOf(order, start, job.batchSize));
    const total = order.length;
    const end = Math.min(start + job.batchSize, total);
    const batch = start / job.batchSize + 1;
    if (!Number.isFinite(this.stepper.guard)) throw this.notFinite(order.subarray(start, end), batch);
    spent.seconds += seconds() - begin;
    spent.rows += end - start;
    const left = (job.epochs - this.epoch) * total - end;
    const rowsPerSecond = spent.rows / spent.seconds;
    return {
      epoch: this.epoch + 1,
      epochs: job.epochs,
      batch,
      batches: Math.ceil(total / job.batchSize),
      loss,
      rowsPerSecond,
      secondsLeft: left / rowsPerSecond,
    };
  }

  /** The rows in the order of an epoch, counted from 1: it follows from the seed and the epoch alone. */
  private orderOf(epoch: number): Int32Array {
    const { rows, shuffle, start } = this.job;
    if (!shuffle) return rows;
    const order = defaultRng([start.seed, epoch]).permutation(rows.length).data;
    return rows.map((_, i) => rows[order[i]!]!);
  }

  /** The share of each relu layer's neurons that were active for no row; warns of many, once a layer. */
  private deadRelu(alive: Named): Record<string, number> {
    return Object.fromEntries(
      Object.entries(alive).map(([layer, { data }]) => {
        const share = data.filter((active: number) => active === 0).length / data.length;
        const warning = this.dead.has(layer) ? undefined : deadWarning(layer, share, this.epoch);
        if (warning !== undefined) {
          this.dead.add(layer);
          this.warn(warning);
        }
        return [layer, share];
      }),
    );
  }

  warn(warning: Warning): void {
    this.history.warnings.push(warning);
    this.job.warn(warning);
  }

  private notFinite(rows: Int32Array, batch: number): NetworkError {
    const { graph, inputs } = this.stepper.last;
    const { weights, optimizer } = this.stepper.carried;
    const kept = Object.entries(optimizer).flatMap(([group, named]) =>
      Object.keys(named).map((name) => `${group}.${name}`),
    );
    return notFinite({
      graph: graph.graph,
      inputs,
      longer: this.stepper.trace(indicesOf(new Int32Array(rows.length + 1))).graph,
      names: [...Object.keys(weights), ...kept],
      loss: graph.graph.outputs.length - 2,
      rows,
      epoch: this.epoch + 1,
      batch,
    });
  }
}

/** What a value is called in an epoch's log that is of the rows kept to judge by: "valLoss". */
function judgedName(name: string): string {
  return `val${name[0]!.toUpperCase()}${name.slice(1)}`;
}
