import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import ts from "typescript";

/*
 * Tests of time on machines that do other work meanwhile. What makes them fair without making them blind: what
 * one thread did is told by the browser, which counts the time that the thread had a processor apart from the
 * time that it waited for one (`longestTask`); where only a clock can tell, as work goes from thread to thread,
 * the clock counts. Either is held against a known piece of work, done right before and right after and told in
 * the same way: it says how much slower this machine is, just then, than the one that budgets are meant for.
 * The best of a few tries counts (`bestOf`).
 */

/** A text that a compiler is kept busy with. */
const text = readFileSync(createRequire(import.meta.url).resolve("typescript/lib/lib.dom.d.ts"), "utf8");
/** What parsing it takes on two cores that do nothing else, in milliseconds. */
const NOMINAL = 115;

const parse = () => ts.createSourceFile("text.ts", text, ts.ScriptTarget.ES2022);
// the first time engines make their code
parse();

/** How much slower this machine is, just now, than the one that budgets are meant for: at least 1. */
function pace(told: "clock" | "processor"): number {
  const now = () => (told === "clock" ? performance.now() : process.cpuUsage().user / 1000);
  const start = now();
  parse();
  return Math.max(1, (now() - start) / NOMINAL);
}

/** The least milliseconds of a few tries, as they would have been on the machine that budgets are meant for. */
export async function bestOf(
  tries: number,
  told: "clock" | "processor",
  measure: () => Promise<number>,
): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < tries; i++) {
    const before = pace(told);
    const took = await measure();
    best = Math.min(best, took / ((before + pace(told)) / 2));
  }
  return best;
}

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time, in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The longest task of the page's main thread while `act` is done: its processor time, and what it did. */
export async function longestTask(
  page: Page,
  act: () => Promise<void>,
): Promise<{ readonly milliseconds: number; readonly what: string }> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "__metadata"] });
  await act();
  // a task is in the trace when it has ended: which the one that gave the answer may not have
  await page.evaluate(() => new Promise<void>((resolve) => setTimeout(resolve)));
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const threads = new Map<string, TraceEvent[]>();
  for (const event of trace.traceEvents) {
    const id = `${event.pid} ${event.tid}`;
    threads.set(id, [...(threads.get(id) ?? []), event]);
  }
  const main = [...threads.values()].filter((events) =>
    events.some(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain"),
  );
  const tasks = main
    .flat()
    .filter(({ ph, name, tdur }) => ph === "X" && name.endsWith("RunTask") && tdur !== undefined);
  // without a count of processor time nothing would be measured
  if (tasks.length === 0) throw new Error("the trace has no tasks of the main thread");
  const longest = tasks.reduce((a, b) => (b.tdur! > a.tdur! ? b : a));
  const within = main
    .flat()
    .filter(
      ({ pid, name, ts, tdur = 0 }) =>
        pid === longest.pid && ts >= longest.ts && ts < longest.ts + longest.dur! && tdur > 2000 && !name.endsWith("RunTask"), // biome-ignore format: one condition
    )
    .map(({ name, tdur }) => `${name} ${Math.round(tdur! / 1000)} ms`);
  return { milliseconds: longest.tdur! / 1000, what: within.join(", ") };
}
