import type { CompiledCell } from "@camada/lesson";
import type { Language } from "camada";
import { type Remote, wrap } from "comlink";
import type { Api, Outcome } from "./worker.js";

/** Runs cells in a worker, which begins with the first cell and ends when a cell is stopped. */
export class Runner {
  readonly #lang: Language;
  #worker: Worker | null = null;
  #api: Remote<Api> | null = null;

  constructor(lang: Language) {
    this.#lang = lang;
  }

  /** The cell's outcome; null where `signal` stopped it, and everything made so far is gone. */
  async run(cell: CompiledCell, signal: AbortSignal): Promise<Outcome | null> {
    if (signal.aborted) return null;
    const api = this.#api ?? this.#start();
    const worker = this.#worker!;
    let settle: (end: null) => void = () => {};
    let refuse: (reason: unknown) => void = () => {};
    const ended = new Promise<null>((resolve, reject) => {
      settle = resolve;
      refuse = reject;
    });
    const stop = () => {
      this.#end();
      settle(null);
    };
    const fail = (event: ErrorEvent) => {
      this.#end();
      refuse(event.message || event.type);
    };
    signal.addEventListener("abort", stop);
    worker.addEventListener("error", fail);
    try {
      return await Promise.race([api.run(cell, this.#lang), ended]);
    } finally {
      signal.removeEventListener("abort", stop);
      worker.removeEventListener("error", fail);
    }
  }

  #start(): Remote<Api> {
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    this.#api = wrap<Api>(this.#worker);
    return this.#api;
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = this.#api = null;
  }
}
