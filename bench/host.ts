import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { Bench, type Prepared } from "./measure.js";
import { PEERS } from "./peers/index.js";
import type { Options } from "./peers/peer.js";
import type { Task } from "./tasks.js";

/** What the run asks of a peer in a process of its own, a line each; the answers go to descriptor 3. */
export type Request =
  | { readonly ask: "prepare"; readonly task: Task; readonly options: Options }
  | { readonly ask: "warm"; readonly milliseconds: number }
  | { readonly ask: "round" };

const bench = new Bench();
const peer = process.argv[2]!;

async function answer(request: Request): Promise<Prepared | number | null> {
  if (request.ask === "round") return bench.round();
  if (request.ask === "warm") return bench.warm(request.milliseconds).then(() => null);
  try {
    const prepared = await bench.prepare(await PEERS[peer]!(), request.task, request.options);
    return { ...prepared, version: `Node ${process.version}` };
  } catch (error) {
    return { absent: String(error).split("\n")[0]! };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  writeSync(3, `${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
process.exit(0);
