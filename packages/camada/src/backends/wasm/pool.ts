import type { EngineMemory } from "./engine.js";

/** What a thread needs to take part in a program's runs. */
export interface Joined {
  readonly module: object;
  readonly memory: EngineMemory;
}

// words that pool and threads share; thread.js has the same
const [GO, PROGRAM, MESSAGES, AWAY, WORDS] = [0, 1, 2, 3, 4] as const;

/**
 * Threads that help to run programs, on memory that they share. Nothing waits for them to come: what they have not
 * claimed of a run (sharing.ts) the first thread does, with the same result.
 *
 * A run is one step of the word GO, which threads look at for a while and then sleep on (Atomics.wait).
 */
export class Pool {
  readonly threads: number;
  private readonly control = new Int32Array(new SharedArrayBuffer(4 * WORDS));
  private readonly workers: readonly Thread[];
  private next = 1;
  private readonly dropped: number[] = [];
  /** Whether a thread has stopped: then none does anything any more. */
  isBroken = false;

  private constructor(workers: readonly Thread[]) {
    this.workers = workers;
    this.threads = workers.length + 1;
    this.control[AWAY] = workers.length;
    workers.forEach((worker, i) => {
      worker.whenItStops(() => this.giveUp());
      worker.post({ control: this.control, thread: i + 1 });
    });
  }

  private static readonly pools = new Map<number, Pool>();

  /** The pool of so many threads, the caller's own among them; undefined where there can be none. */
  static of(threads: number): Pool | undefined {
    let pool = Pool.pools.get(threads);
    if (pool === undefined || pool.isBroken) {
      if (threads < 2 || !canShare()) return undefined;
      const workers = Array.from({ length: threads - 1 }, startThread);
      if (!workers.every((worker) => worker !== undefined)) return undefined;
      pool = new Pool(workers);
      Pool.pools.set(threads, pool);
    }
    return pool;
  }

  /** Tells the threads of a program; its number. */
  join(joined: Joined): number {
    const id = this.next++;
    const drop = this.dropped.splice(0);
    for (const worker of this.workers) worker.post({ join: { id, ...joined }, drop });
    // out of the loop in which they wait for work, to where they receive messages
    Atomics.add(this.control, MESSAGES, 1);
    this.go();
    return id;
  }

  /** Has the threads forget a program. */
  leave(id: number): void {
    this.dropped.push(id);
  }

  /** Calls the threads to a program's run. */
  start(id: number): void {
    // the other threads look at this word's cache line all the time: writing to it waits for them
    if (this.control[PROGRAM] !== id) Atomics.store(this.control, PROGRAM, id);
    this.go();
  }

  /** Whether all threads look for work: none sleeps, starts, or receives a message. */
  get isThere(): boolean {
    return Atomics.load(this.control, AWAY) === 0;
  }

  /** A thread has stopped, or did not finish what it had claimed: none is waited for any more. */
  giveUp(): void {
    if (this.isBroken) return;
    this.isBroken = true;
    for (const worker of this.workers) worker.stop();
  }

  private go(): void {
    const { control } = this;
    Atomics.add(control, GO, 1);
    if (!this.isThere) Atomics.notify(control, GO);
  }
}

/** A worker, the same for all hosts. */
interface Thread {
  post(message: unknown): void;
  stop(): void;
  whenItStops(then: () => void): void;
}

interface NodeWorker {
  postMessage(message: unknown): void;
  terminate(): unknown;
  unref(): void;
  on(event: "error" | "exit", then: () => void): void;
}

interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onerror: (() => void) | null;
}

/** Bundlers look for a URL of just this form, and take the file along. */
interface Meta {
  readonly url: string;
}

/** What hosts have, of which we ask by name: neither Node's types nor the DOM's are needed. */
interface Host {
  readonly process?: {
    getBuiltinModule?(
      name: "node:worker_threads",
    ): { Worker: new (url: object, options: { execArgv: readonly string[] }) => NodeWorker } | undefined;
    getBuiltinModule?(name: "node:os"): { availableParallelism(): number } | undefined;
  };
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly crossOriginIsolated?: boolean;
  readonly SharedArrayBuffer?: unknown;
  readonly window?: unknown;
}

const host = globalThis as unknown as Host;

declare const URL: new (path: string, base: string) => object;
declare const Worker: new (url: object, options: { type: "module" }) => WebWorker;

/** Whether memory can be shared here: pages must be isolated from other origins for it. */
export function canShare(): boolean {
  return host.SharedArrayBuffer !== undefined && host.crossOriginIsolated !== false;
}

/** Whether this thread may sleep: a page's own may not. */
export const maySleep = host.window === undefined;

/** As many threads as the machine runs at once, but no more than 8. */
export function threadsHere(): number {
  const os = host.process?.getBuiltinModule?.("node:os" as never) as
    | { availableParallelism(): number }
    | undefined;
  const cores = os?.availableParallelism() ?? host.navigator?.hardwareConcurrency ?? 1;
  return Math.min(cores, 8);
}

function startThread(): Thread | undefined {
  try {
    const inNode = host.process?.getBuiltinModule?.("node:worker_threads");
    if (inNode !== undefined) {
      // flags of the process may be such as only a program from its command line can have
      const worker = new inNode.Worker(new URL("./thread.js", (import.meta as unknown as Meta).url), {
        execArgv: [],
      });
      // it keeps no program alive that has nothing else to do
      worker.unref();
      return {
        post: (message) => worker.postMessage(message),
        stop: () => void worker.terminate(),
        whenItStops: (then) => {
          worker.on("error", then);
          worker.on("exit", then);
        },
      };
    }
    const worker = new Worker(new URL("./thread.js", (import.meta as unknown as Meta).url), {
      type: "module",
    });
    return {
      post: (message) => worker.postMessage(message),
      stop: () => worker.terminate(),
      whenItStops: (then) => {
        worker.onerror = then;
      },
    };
  } catch {
    return undefined;
  }
}
