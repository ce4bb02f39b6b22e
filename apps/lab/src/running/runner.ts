import type { Language } from "camada";
import { proxy, type Remote, wrap } from "comlink";
import type { Picture } from "./pictures.js";
import { startWorker } from "./start.js";
import type { Outcome, Runnable, RunnerApi } from "./worker.js";
import worker from "./worker.ts?worker&url";

/** How a run ended: with an outcome; stopped by hand; silent for too long; the worker gone, with a reason. */
export type Ended =
  | { readonly kind: "done"; readonly outcome: Outcome }
  | { readonly kind: "stopped" | "silent" }
  | { readonly kind: "broken"; readonly reason: string };

/** A worker that says nothing for so long runs without a pause: first this is said, then it is ended. */
const silence = { said: 5_000, ended: 30_000 } as const;

/** Who is told while a cell runs: of a long silence, and of how training goes. */
interface Told {
  onSilence(): void;
  onTraining(picture: Picture): void;
}

/**
 * Runs cells in a worker. One that does not pause cannot be asked to stop: its worker is ended, with all that
 * was made in it, and another begins at once.
 */
export class Runner {
  readonly #lang: Language;
  #worker: Worker | null = null;
  #api: Remote<RunnerApi> | null = null;
  #heard = 0;

  constructor(lang: Language) {
    this.#lang = lang;
  }

  /** Begins the worker before the first run needs it. */
  warm(): void {
    if (this.#api === null) this.#start();
  }

  /** Runs a cell until it ends, `signal` stops it, or it has been silent too long. */
  async run(cell: Runnable, signal: AbortSignal, { onSilence, onTraining }: Told): Promise<Ended> {
    if (signal.aborted) return { kind: "stopped" };
    const api = this.#api ?? this.#start();
    const worker = this.#worker!;
    let settle: (ended: Ended) => void = () => {};
    const cutShort = new Promise<Ended>((resolve) => {
      settle = (ended) => {
        this.#end();
        resolve(ended);
      };
    });
    const stop = () => settle({ kind: "stopped" });
    const fail = (event: ErrorEvent) => settle({ kind: "broken", reason: event.message || event.type });
    this.#heard = performance.now();
    let said = false;
    const watch = setInterval(() => {
      const quiet = performance.now() - this.#heard;
      if (quiet >= silence.ended) settle({ kind: "silent" });
      else if (quiet >= silence.said && !said) {
        said = true;
        onSilence();
      }
    }, 500);
    signal.addEventListener("abort", stop);
    worker.addEventListener("error", fail);
    try {
      const done = api
        .run(cell, this.#lang, proxy(onTraining))
        .then((outcome): Ended => ({ kind: "done", outcome }));
      return await Promise.race([done, cutShort]);
    } catch (error) {
      return { kind: "broken", reason: String(error) };
    } finally {
      clearInterval(watch);
      signal.removeEventListener("abort", stop);
      worker.removeEventListener("error", fail);
    }
  }

  /** Checks an answer; gives what is wrong with it, or null. */
  check(module: string, answer: unknown): Promise<string | null> {
    return (this.#api ?? this.#start()).check(module, answer, this.#lang);
  }

  /** Ends the training at hand, and keeps what was learnt. */
  endTraining(): void {
    void this.#api?.endTraining();
  }

  #start(): Remote<RunnerApi> {
    this.#worker = startWorker(worker, "runner");
    this.#worker.addEventListener("message", () => {
      this.#heard = performance.now();
    });
    this.#api = wrap<RunnerApi>(this.#worker);
    return this.#api;
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = this.#api = null;
    this.warm();
  }
}
