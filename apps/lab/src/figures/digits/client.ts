import { type Remote, wrap } from "comlink";
import { startWorker } from "../../running/start.js";
import type { Api } from "./worker.js";
import address from "./worker.ts?worker&url";

/** A worker that has the digits, begun when it is first asked, and what ends it. */
export function digitsWorker(): { api(): Remote<Api>; end(): void } {
  let worker: Worker | null = null;
  let remote: Remote<Api> | null = null;
  return {
    api() {
      worker ??= startWorker(address, "digits");
      remote ??= wrap<Api>(worker);
      return remote;
    },
    end: () => worker?.terminate(),
  };
}

/** Where the page's host has the digits. */
export function digitsAt(data: unknown): string {
  return new URL((data as { readonly digits: string }).digits, location.href).href;
}
