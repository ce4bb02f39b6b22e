import type { Language } from "camada";
import { type Remote, wrap } from "comlink";
import { startWorker } from "../running/start.js";
import type { CompilerApi } from "./worker.js";
import worker from "./worker.ts?worker&url";

let api: Promise<Remote<CompilerApi>> | undefined;

/** The compiler, in a worker of its own that begins when it is first asked for. */
export function compiler(lang: Language): Promise<Remote<CompilerApi>> {
  api ??= (async () => {
    const remote = wrap<CompilerApi>(startWorker(worker, "compiler"));
    await remote.start(lang);
    return remote;
  })();
  return api;
}
