import { Bench } from "./measure.js";
import { PEERS } from "./peers/index.js";
import type { Options } from "./peers/peer.js";
import type { Task } from "./tasks.js";

const bench = new Bench();

/** What the run asks of a peer in a page. */
Object.assign(globalThis, {
  prepare: async (peer: string, task: Task, options: Options) =>
    bench.prepare(await PEERS[peer]!(), task, options).catch((error) => ({ absent: String(error) })),
  warm: (milliseconds: number) => bench.warm(milliseconds),
  round: () => bench.round(),
});
