import { type Extent, gridPlaces, type PlainArray, type Regions, toPlain } from "@camada/figures";
import { array, type EpochLog, type NDArray, type Sequential } from "camada";
import type { Settings } from "./settings.js";
import { extentFor, judge, networkOf, type Points, pointsOf, SIDE, train } from "./training.js";

/** What the page is told of a training. */
export type News =
  | { readonly kind: "points"; readonly x: PlainArray; readonly y: PlainArray; readonly extent: Extent }
  | Frame
  /** Training ended by itself: it ran away, or something was refused. */
  | { readonly kind: "ended"; readonly words: string };

/** How a training stands after an epoch. */
export interface Frame {
  readonly kind: "frame";
  readonly epoch: number;
  /** The epochs since the last frame. */
  readonly logs: readonly Log[];
  readonly regions: Regions;
  /** The class that it gives each point. */
  readonly predicted: readonly number[];
  readonly layers: readonly { readonly weights: PlainArray; readonly biases: PlainArray }[];
}

export type Log = Pick<EpochLog, "loss" | "valLoss"> & {
  readonly accuracy: number;
  readonly valAccuracy?: number;
};

/** More epochs than anyone waits for. */
const ENDLESS = 100_000;
/** How often the page hears of a training that runs, in milliseconds. */
const PERIOD = 120;

/** One training of the playground, that can be run, paused and taken an epoch at a time. */
export class Session {
  private readonly tell: (news: News) => void;
  private readonly points: Points;
  private readonly model: Sequential;
  private readonly places: NDArray;
  private readonly end = new AbortController();
  private logs: Log[] = [];
  private epoch = 0;
  private running = false;
  private steps = 0;
  private told = 0;
  private wake: () => void = () => {};

  constructor(settings: Settings, tell: (news: News) => void) {
    this.tell = tell;
    this.points = pointsOf(settings);
    this.model = networkOf(settings);
    const { x, y } = this.points.train;
    const extent = extentFor(settings, this.points);
    this.places = array(gridPlaces(extent, SIDE), ["batch", "feature"]) as unknown as NDArray;
    tell({ kind: "points", x: toPlain(x), y: toPlain(y), extent });
    this.show();
    void this.train(settings);
  }

  private async train(settings: Settings): Promise<void> {
    const callbacks = [
      { onTrainBegin: () => this.gate(), onEpochEnd: (log: EpochLog) => this.after(log as EpochLog & Log) },
    ];
    try {
      await train(this.model, this.points, settings, ENDLESS, callbacks, this.end.signal);
    } catch (error) {
      this.show();
      this.tell({ kind: "ended", words: (error as Error).message });
    }
  }

  run(): void {
    this.running = true;
    this.wake();
  }

  pause(): void {
    this.running = false;
  }

  /** Goes on for one epoch. */
  step(): void {
    this.steps++;
    this.wake();
  }

  close(): void {
    this.end.abort();
    this.wake();
  }

  private async after({ epoch, loss, valLoss, accuracy, valAccuracy }: EpochLog & Log): Promise<void> {
    this.epoch = epoch;
    const judged = valLoss === undefined ? {} : { valLoss, valAccuracy: valAccuracy! };
    this.logs.push({ loss, accuracy, ...judged });
    const waits = !this.running && this.steps === 0;
    if (waits || performance.now() - this.told > PERIOD) {
      this.show();
      // what the page has asked for meanwhile gets its turn
      await new Promise((resolve) => setTimeout(resolve));
    }
    await this.gate();
  }

  /** Waits until it is to go on. */
  private async gate(): Promise<void> {
    while (!this.running && this.steps === 0 && !this.end.signal.aborted) {
      if (this.logs.length > 0) this.show();
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    if (!this.running && this.steps > 0) this.steps--;
  }

  private show(): void {
    const { model, epoch, logs } = this;
    const layers = model.layers.filter(({ weights }) => weights !== undefined);
    const asked = judge(model, this.places);
    const { x } = this.points.train;
    const predicted = x.shape[0] === 0 ? [] : [...judge(model, x as NDArray).classes];
    this.tell({
      kind: "frame",
      epoch,
      logs,
      regions: { side: SIDE, ...asked },
      predicted,
      layers: layers.map(({ weights, biases }) => ({ weights: toPlain(weights!), biases: toPlain(biases!) })),
    });
    this.logs = [];
    this.told = performance.now();
  }
}
