import type { GrowingLike, ResultLike, Strokes } from "@camada/figures";
import {
  accuracy,
  capabilities,
  configure,
  type EpochLog,
  type Language,
  type NDArray,
  type Sequential,
  softmaxCrossEntropy,
} from "camada";
import { expose } from "comlink";
import { fetchSets, type Sets } from "./files.js";
import { first, type StudySettings, seeingNetwork, seenIn, studyDigits, trainSeeing } from "./training.js";

/** How far something has come: a share from 0 to 1, and the accuracy as of the last epoch. */
export type Progress = (share: number, accuracy: number | null) => void;

/** What a study has come to: trainings that are done, and all epochs. */
export interface StudySoFar {
  readonly results: readonly ResultLike[];
  readonly growing: readonly GrowingLike[];
}

/** How often a study is shown anew, in milliseconds. */
const FRAME = 200;

// nobody has asked for threads here, so nobody is told where there are none
configure({ threads: capabilities().threads });
let sets: { readonly whole: boolean; readonly loaded: Promise<Sets> } | null = null;
let model: Sequential | null = null;
let work = new AbortController();

/** The digits, fetched once; the whole set where that has been asked for. */
function digits(base: string, whole: boolean): Promise<Sets> {
  if (sets === null || (whole && !sets.whole)) {
    const loaded = fetchSets(base, whole);
    sets = { whole, loaded };
    // a failed fetch is tried again
    loaded.catch(() => {
      sets = null;
    });
  }
  return sets.loaded;
}

function begin(lang: Language): AbortSignal {
  configure({ lang });
  work.abort();
  work = new AbortController();
  return work.signal;
}

const api = {
  /** Ends what is at work after the batch at hand. */
  stop: () => work.abort(),

  /** Pixels and label of a test digit, the `at`-th. */
  async digit(base: string, at: number): Promise<{ readonly pixels: number[]; readonly label: number }> {
    const { test } = await digits(base, false);
    return { pixels: (test.x.at(at) as NDArray).toArray() as number[], label: Number(test.y.at(at)) };
  },

  /** Trains the network whose layers are looked at; what share of test digits it has right, null if stopped. */
  async learn(
    base: string,
    lang: Language,
    whole: boolean,
    epochs: number,
    tell: Progress,
  ): Promise<number | null> {
    const signal = begin(lang);
    const { train, test } = await digits(base, whole);
    const fresh = seeingNetwork(0);
    let last: number | null = null;
    await trainSeeing(fresh, train, {
      epochs,
      seed: 0,
      signal,
      callbacks: [
        {
          onBatchEnd: ({ epoch, epochs, batch, batches }) => {
            if (batch % 8 === 0) tell((epoch - 1 + batch / batches) / epochs, last);
          },
          onEpochEnd: ({ accuracy }) => {
            last = accuracy as number;
          },
        },
      ],
    });
    if (signal.aborted) return null;
    model = fresh;
    const judged = await fresh.evaluate(test.x, test.y, {
      loss: softmaxCrossEntropy(),
      metrics: [accuracy()],
    });
    return judged.accuracy as number;
  },

  /** What the trained network sees in an image; null before it is trained. */
  seen: (pixels: readonly number[], label: number | null): Strokes | null =>
    model && seenIn(model, pixels, label ?? undefined),

  /** Compares batch sizes; `tell` gets the share done, `show` what it has come to. False where it was stopped. */
  async study(
    base: string,
    lang: Language,
    settings: StudySettings,
    tell: Progress,
    show: (soFar: StudySoFar) => void,
  ): Promise<boolean> {
    const signal = begin(lang);
    const { train, test } = await digits(base, settings.rows > 10_000);
    const done = new Map<number, ResultLike>();
    const curves = new Map<number, EpochLog[][]>();
    let [told, shown] = [0, 0];
    const showNow = (): void => {
      shown = performance.now();
      const sizes = [...curves.keys()].sort((a, b) => a - b);
      show({
        results: sizes.flatMap((size) => done.get(size) ?? []),
        growing: sizes.map((batchSize) => ({
          batchSize,
          runs: curves.get(batchSize)!.map((curve) => ({ curve })),
        })),
      });
    };
    const { complete } = await studyDigits(first(train, settings.rows), test, settings, {
      signal,
      onProgress: ({ run, runs, share }) => {
        if (performance.now() - told < 100) return;
        told = performance.now();
        tell((run - 1 + share) / runs, null);
      },
      onEpoch: (log, { batchSize }) => {
        const runs = curves.get(batchSize) ?? [];
        curves.set(batchSize, runs);
        // the first epoch begins another training
        if (log.epoch === 1) runs.push([]);
        runs.at(-1)!.push(log);
        if (performance.now() - shown > FRAME) showNow();
      },
      onRun: (run, of) => {
        done.set(of.batchSize, { ...of, runs: [...(done.get(of.batchSize)?.runs ?? []), run] });
        // a training of a few updates has no whole epoch
        if (!curves.has(of.batchSize)) curves.set(of.batchSize, []);
        showNow();
      },
    });
    if (curves.size > 0) showNow();
    return complete;
  },
};

export type Api = typeof api;
expose(api);
