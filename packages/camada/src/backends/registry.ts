import { checkCount } from "../data/checks.js";
import { NetworkError } from "../errors/network.js";
import { warnOnce } from "../errors/warn.js";
import type { Backend } from "./backend.js";
import { reference } from "./reference/index.js";
import { wasm } from "./wasm/index.js";
import { canShare, threadsHere } from "./wasm/pool.js";
import { canCompile, defaultTier, type Tier, tiersHere } from "./wasm/target.js";

const BACKENDS: ReadonlyMap<string, Backend> = new Map(
  [wasm, reference].map((backend) => [backend.name, backend]),
);

/** The name of a backend, or one of somebody's own. */
export type BackendChoice = "wasm" | "reference" | Backend;

let current: Backend | undefined;
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

/** What the engine has for compiled programs, and what of it is used where nothing is asked for. */
export interface Capabilities {
  /** The backend's name. */
  readonly backend: string;
  /** The tier that the wasm backend uses; undefined if the engine has no vectors, without which it cannot run. */
  readonly tier: Tier | undefined;
  /** All tiers that `wasmBackend` can be asked for. Only then is "wide" tested, so that it may still be refused. */
  readonly tiers: readonly Tier[];
  /** Whether threads can share memory; where they cannot, there is one. */
  readonly sharesMemory: boolean;
  /** How many threads are used. */
  readonly threads: number;
}

/**
 * What the engine offers to compiled programs, and which backend, tier and number of threads are used where none are
 * asked for.
 * @example
 * capabilities().sharesMemory; // true
 * capabilities().tiers.includes("simd"); // true
 */
export function capabilities(): Capabilities {
  const sharesMemory = canShare();
  return {
    backend: backendOf(undefined).name,
    tier: defaultTier(),
    tiers: tiersHere(),
    sharesMemory,
    threads: sharesMemory ? (currentThreads ?? threadsHere()) : 1,
  };
}

function backendOf(choice: BackendChoice | undefined): Backend {
  if (choice === undefined) {
    current ??= best();
    return current;
  }
  if (typeof choice !== "string") return choice;
  const found = BACKENDS.get(choice);
  if (found === undefined) {
    throw new NetworkError("backend.unknown", { backend: choice, known: [...BACKENDS.keys()] });
  }
  return found;
}

/** The fastest backend that there is here. That it is not the usual one is said once. */
function best(): Backend {
  if (canCompile()) return wasm;
  warnOnce("warning.reference");
  return reference;
}
