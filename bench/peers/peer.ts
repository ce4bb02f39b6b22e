import type { Task } from "../tasks.js";

/** A system that is compared: its way of doing each task that it can do. */
export interface Peer {
  /** Makes everything ready, and computes once what is compared; undefined if it has no such thing. */
  prepare(task: Task, options: Options): Promise<Work | undefined>;
}

export interface Work {
  /**
   * What it computes, array by array, to be compared with the others' before anything is timed. Only what is no
   * peer, but a measure of the machine, has none.
   */
  readonly result?: readonly ArrayLike<number>[];
  /** Does it `count` times. */
  run(count: number): void | Promise<void>;
}

export interface Options {
  readonly threads?: number;
  /** Of camada: what runs programs, and how. */
  readonly backend?: string;
  readonly tier?: string;
  /** Where the peers' packages are, as a path or a URL. */
  readonly packages: string;
}

/** Work that is one call at a time. */
export function repeated(f: () => unknown): Work["run"] {
  return (count) => {
    for (let i = 0; i < count; i++) f();
  };
}

/** Work of which each call waits for the one before. */
export function awaited(f: () => Promise<unknown>): Work["run"] {
  return async (count) => {
    for (let i = 0; i < count; i++) await f();
  };
}
