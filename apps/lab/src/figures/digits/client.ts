import { type Remote, wrap } from "comlink";
import type { Api } from "./worker.js";

/** A worker that has the digits, and what ends it. */
export function startDigits(): { readonly api: Remote<Api>; end(): void } {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return { api: wrap<Api>(worker), end: () => worker.terminate() };
}

/** Where the page's host has the digits. */
export function digitsAt(data: unknown): string {
  return new URL((data as { readonly digits: string }).digits, location.href).href;
}
