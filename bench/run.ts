import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chart } from "./chart.js";
import { bundleHost, openPages, type Pages, PEER_PACKAGES } from "./engines.js";
import { race } from "./race.js";
import { markdown, type Report, type Reports, type TaskReport, taskLines } from "./report.js";
import { type Engine, type Entry, entryOf, everyone, NAMES, THIS_NODE, takesPart } from "./roster.js";
import { selectTasks, TASKS } from "./tasks.js";

const USAGE = `npm run bench -- [task ...] [options]

Peers: ${NAMES.join(", ")}.
Tasks: ${[...new Set(TASKS.map(({ id }) => id.split("-")[0]))].join(", ")}; all unless named. One of them: ${TASKS[3]!.id}.
  --batch N, --size N, --dtype NAME   only tasks of this batch, size or dtype
  --peers a,b:threads=2,...           who takes part; ratios are to the first. camada and others take options:
                                      threads, and camada backend and tier; engine=node-24, =chromium
  --rounds N --milliseconds N         how many rounds, and how long one is (25, 40); on a busy machine look at the
                                      best of many short ones: --rounds 100 --milliseconds 1
  --node N                            the peers in JavaScript on Node N, installed if need be
  --browser [--plain]                 in Chromium, cross-origin isolated unless --plain
  --backend, --threads, --tier        what camada is set to where the entry does not say
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    batch: { type: "string" },
    size: { type: "string" },
    dtype: { type: "string" },
    peers: { type: "string" },
    rounds: { type: "string", default: "25" },
    // a turn's first round is not timed: threads that slept take ten milliseconds and more to wake on some machines
    milliseconds: { type: "string", default: "40" },
    node: { type: "string" },
    browser: { type: "boolean", default: false },
    plain: { type: "boolean", default: false },
    backend: { type: "string" },
    threads: { type: "string" },
    tier: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const { batch, size, dtype, peers, rounds, milliseconds, node, browser, plain, help } = values;
const selection = { names: positionals, batch: number(batch), size: number(size), dtype };
const engine = engineAsked();
const pace = { rounds: Number(rounds), milliseconds: Number(milliseconds) };
const entries = (peers?.split(",") ?? everyone(engine)).map((label): Entry => {
  const { backend, threads, tier } = values;
  const defaults = {
    ...(backend && { backend }),
    ...(threads && { threads: Number(threads) }),
    ...(tier && { tier }),
  };
  return entryOf(label, engine, defaults);
});
const tasks = selectTasks(selection);
const unknown = entries.find(({ peer }) => !NAMES.includes(peer));
if (help || tasks.length === 0 || unknown !== undefined) {
  console.log(USAGE);
  process.exit(help ? 0 : 1);
}

const report = await measure();
// a part of the tasks or peers is looked at, not kept
const everything = tasks.length === TASKS.length && peers === undefined;
const differing = report.tasks.flatMap(({ id, outcomes }) =>
  outcomes.flatMap((o) => (o.differs ? `${id}: ${o.label}` : [])),
);
if (differing.length > 0) {
  console.error(`These compute something else than the first, so nothing is kept: ${differing.join("; ")}`);
  process.exitCode = 1;
} else if (everything) {
  keep(report);
}

function engineAsked(): Engine {
  if (browser) return plain ? "chromium-plain" : "chromium";
  return node === undefined ? THIS_NODE : `node-${node}`;
}

async function measure(): Promise<Report> {
  const load = loadavg()[0]!;
  await bundleHost();
  let opened: Promise<Pages> | undefined;
  const pages = () => (opened ??= openPages());
  const reports: TaskReport[] = [];
  try {
    for (const task of tasks) {
      const outcomes = await race(
        task,
        entries.filter((entry) => takesPart(entry, task)),
        pace,
        pages,
      );
      reports.push({ id: task.id, title: task.title, outcomes });
      console.log(`${taskLines(reports.at(-1)!)}\n`);
    }
  } finally {
    await (await opened)?.close();
  }
  const [processor] = cpus();
  return {
    ...pace,
    processor: processor?.model.trim() ?? "unknown",
    cores: cpus().length,
    load,
    packages: PEER_PACKAGES,
    tasks: reports,
  };
}

/** Keeps a run of everything beside those on other engines, and writes the table and the figure of them all. */
function keep(report: Report): void {
  const path = (...parts: string[]) => join(import.meta.dirname, ...parts);
  const results = path("results.json");
  const old: Reports = existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : {};
  const reports = Object.fromEntries(
    Object.entries({ ...old, [engine]: report }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeFileSync(results, `${JSON.stringify(reports, null, 2)}\n`);
  writeFileSync(path("RESULTS.md"), markdown(reports));
  const newest = Object.keys(reports)
    .filter((name) => name.startsWith("node"))
    .at(-1);
  if (newest === undefined) return;
  writeFileSync(path("..", "docs", "bench.svg"), chart(reports[newest]!, "en"));
  writeFileSync(path("..", "docs", "comparacao.svg"), chart(reports[newest]!, "pt-BR"));
}
