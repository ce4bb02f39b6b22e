import { type Remote, wrap } from "comlink";
import { startWorker } from "../running/start.js";
import type { DataApi } from "./worker.js";
import worker from "./worker.ts?worker&url";

/** Asks a worker of its own, which ends with it, and sends nothing anywhere. */
export async function asking<T>(ask: (reader: Remote<DataApi>) => Promise<T>): Promise<T> {
  const reader = startWorker(worker, "data");
  try {
    return await ask(wrap<DataApi>(reader));
  } finally {
    reader.terminate();
  }
}
