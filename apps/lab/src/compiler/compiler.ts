import type { Language } from "camada";
import { type Remote, wrap } from "comlink";
import { startWorker } from "../running/start.js";
import type { CompilerApi } from "./worker.js";
import worker from "./worker.ts?worker&url";

let api: Promise<Remote<CompilerApi>> | undefined;

/** The compiler, in a worker of its own that begins when it is first asked for; rejects where it cannot be loaded. */
export function compiler(lang: Language): Promise<Remote<CompilerApi>> {
  api ??= start(lang).catch((error: unknown) => {
    // the next to ask tries again
    api = undefined;
    throw error;
  });
  return api;
}

async function start(lang: Language): Promise<Remote<CompilerApi>> {
  const started = startWorker(worker, "compiler");
  const unloaded = new Promise<never>((_, reject) => started.addEventListener("error", reject));
  const remote = wrap<CompilerApi>(started);
  await Promise.race([remote.start(lang), unloaded]);
  return remote;
}
