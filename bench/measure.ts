import type { Options, Peer, Work } from "./peers/peer.js";
import type { Task } from "./tasks.js";

/** What a peer says when it is ready: its result, or why it is absent. */
export interface Prepared {
  readonly result?: readonly (readonly number[])[];
  readonly absent?: string;
  /** What runs it. */
  readonly version?: string;
}

/** Why a peer is absent that is there, and cannot do the task; python/serve.py says the same. */
export const NO_SUCH_TASK = "it has no such task";

/** How long work is done before it is measured, so that compilers have finished with it. */
const WARM_MILLISECONDS = 400;

/** One peer at one task: prepared and warm, then measured round by round. */
export class Bench {
  private work: Work | undefined;
  private count = 1;

  async prepare(peer: Peer, task: Task, options: Options): Promise<Prepared> {
    this.work = await peer.prepare(task, options);
    if (this.work === undefined) return { absent: NO_SUCH_TASK };
    const { result } = this.work;
    return result === undefined ? {} : { result: result.map((values) => Array.from(values)) };
  }

  /** Finds how many calls take about as long as a round should, and warms up meanwhile. */
  async warm(milliseconds: number): Promise<void> {
    for (let spent = 0; spent < WARM_MILLISECONDS; ) {
      const time = await this.elapsed();
      spent += time;
      const fitting = (this.count * milliseconds) / Math.max(time, 0.01);
      this.count = Math.max(1, Math.min(Math.round(fitting), this.count * 10));
    }
  }

  /** Nanoseconds a call, over one round; one before it wakes threads and fills caches: others had the machine. */
  async round(): Promise<number> {
    await this.work!.run(this.count);
    return ((await this.elapsed()) / this.count) * 1e6;
  }

  private async elapsed(): Promise<number> {
    const start = performance.now();
    await this.work!.run(this.count);
    return performance.now() - start;
  }
}
