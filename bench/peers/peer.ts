/** The same work by one system: what the benchmark compares. */
export interface Peer {
  readonly name: string;
  /** Nanoseconds a run of a task takes, the best of a short series; undefined if the peer cannot do it here. */
  time(task: Task): Promise<number | undefined>;
  close?(): void;
}

export type Task = "layer" | "product" | "step";

/** The best of `series` runs of `count` calls, in nanoseconds a call. */
export function best(f: () => unknown, count: number, series = 7): number {
  let least = Infinity;
  for (let s = 0; s < series; s++) {
    const start = performance.now();
    for (let i = 0; i < count; i++) f();
    least = Math.min(least, (performance.now() - start) / count);
  }
  return least * 1e6;
}
