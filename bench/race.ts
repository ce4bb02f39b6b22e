import { setTimeout } from "node:timers/promises";
import { agreement, type Result } from "./compare.js";
import type { Pages } from "./engines.js";
import type { Entry } from "./roster.js";
import { open, type Session } from "./session.js";
import type { Task } from "./tasks.js";

/** What a peer came to at a task: nanoseconds a call, or why there are none. */
export interface Outcome {
  readonly label: string;
  readonly median?: number;
  readonly best?: number;
  /** Its result has the digits of single precision where the task asks for double. */
  readonly single?: true;
  readonly absent?: string;
  /** It computes something else: a fault of a peer, or of the benchmark. */
  readonly differs?: true;
  readonly version?: string;
}

export interface Pace {
  readonly rounds: number;
  readonly milliseconds: number;
}

/**
 * Milliseconds between two turns: so long threads of the one before may spin before they sleep. OpenBLAS's look for
 * work for a tenth of a second, and would have a core that the next needs.
 */
const REST = { alone: 30, together: 150 } as const;

/** A peer while it runs; its outcome gets a reason where it cannot go on. */
interface Runner {
  readonly session: Session;
  /** How many threads it was asked to use, if it was. */
  readonly threads: number | undefined;
  readonly times: number[];
  outcome: Outcome;
  result?: Result;
}

/**
 * All peers at one task. Each has a process or page of its own, new for every task, so that no task depends on
 * those before; its result must be the first one's before any is timed; then each has its turn, round after
 * round, so that a machine that slows down does so for all.
 */
export async function race(
  task: Task,
  entries: readonly Entry[],
  { rounds, milliseconds }: Pace,
  pages: () => Promise<Pages>,
): Promise<readonly Outcome[]> {
  const runners: Runner[] = [];
  try {
    for (const entry of entries) runners.push(await begin(entry, task, pages));
    const first = runners.find(({ result }) => result !== undefined);
    for (const runner of runners) compare(runner, first, task);
    for (const runner of running(runners)) await attempt(runner, () => runner.session.warm(milliseconds));
    for (let round = 0; round < rounds; round++) {
      for (const runner of running(runners)) {
        await attempt(runner, async () => runner.times.push(await runner.session.round()));
        await setTimeout((runner.threads ?? 1) > 1 ? REST.together : REST.alone);
      }
    }
  } finally {
    await Promise.all(runners.map(({ session }) => session.close()));
  }
  return runners.map(({ outcome, times }) => {
    if (outcome.absent !== undefined) return outcome;
    const sorted = times.toSorted((x, y) => x - y);
    return { ...outcome, median: sorted[sorted.length >> 1]!, best: sorted[0]! };
  });
}

async function begin(entry: Entry, task: Task, pages: () => Promise<Pages>): Promise<Runner> {
  const { label } = entry;
  const { threads } = entry.options;
  const session = await open(entry, task, pages);
  const runner: Runner = { session, threads, times: [], outcome: { label } };
  await attempt(runner, async () => {
    const { result, ...said } = await runner.session.prepare();
    runner.outcome = { label, ...said };
    if (result !== undefined) runner.result = result;
  });
  return runner;
}

const running = (runners: readonly Runner[]) => runners.filter(({ outcome }) => outcome.absent === undefined);

/** A peer that fails is left out from then on; the others go on. */
async function attempt(runner: Runner, f: () => Promise<unknown>): Promise<void> {
  try {
    await f();
  } catch (error) {
    runner.outcome = { ...runner.outcome, absent: (error as Error).message.split("\n")[0]! };
  }
}

/** What computes something else than the first is not timed. */
function compare(runner: Runner, first: Runner | undefined, task: Task): void {
  if (runner.result === undefined || first?.result === undefined) return;
  const agrees = agreement(runner.result, first.result);
  if (agrees === "float32" && isDouble(task)) runner.outcome = { ...runner.outcome, single: true };
  if (agrees !== "no") return;
  const absent = `it computes something else than ${first.outcome.label}`;
  runner.outcome = { ...runner.outcome, absent, differs: true };
}

function isDouble(task: Task): boolean {
  return task.kind === "product" ? task.dtype === "float64" : ["layer", "layers", "tiny"].includes(task.kind);
}
