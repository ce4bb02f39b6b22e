import { checkCount } from "../data/checks.js";
import { NetworkError } from "../errors/network.js";
import type { Backend } from "./backend.js";
import { reference } from "./reference/index.js";
import { wasm } from "./wasm/index.js";
import { isOffered } from "./wasm/target.js";

const BACKENDS: ReadonlyMap<string, Backend> = new Map(
  [wasm, reference].map((backend) => [backend.name, backend]),
);

/** The name of a backend, or one of somebody's own. */
export type BackendChoice = "wasm" | "reference" | Backend;

let current: Backend = isOffered("simd") ? wasm : reference;
let currentThreads: number | undefined;

/** Makes a backend the one that is used where none is asked for. @throws CamadaError `backend.unknown` */
export function useBackend(choice: BackendChoice): void {
  current = backendOf(choice);
}

/** Sets how many threads are used where none are asked for. @throws CamadaError `value.integer`, `value.positive` */
export function useThreads(threads: number): void {
  checkCount("configure", "threads", threads);
  currentThreads = threads;
}

/**
 * The backend asked for, or the current one, with as many threads as are asked for.
 * @throws CamadaError `backend.unknown`, `value.integer`, `value.positive`
 */
export function chooseBackend(
  op: string,
  {
    backend,
    threads = currentThreads,
  }: { backend?: BackendChoice | undefined; threads?: number | undefined },
): Backend {
  const chosen = backendOf(backend);
  if (threads === undefined) return chosen;
  checkCount(op, "threads", threads);
  return chosen.withThreads?.(threads) ?? chosen;
}

function backendOf(choice: BackendChoice | undefined): Backend {
  if (choice === undefined) return current;
  if (typeof choice !== "string") return choice;
  const found = BACKENDS.get(choice);
  if (found === undefined) {
    throw new NetworkError("backend.unknown", { backend: choice, known: [...BACKENDS.keys()] });
  }
  return found;
}
