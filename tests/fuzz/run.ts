/// <reference types="node" />
import { fork } from "node:child_process";
import { writeSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { base64, fuzz, type Outcome } from "./fuzz.js";
import { PARSERS } from "./parsers.js";

/*
 * `npm run fuzz -- npy --runs 100000 --seed 1`: gives each reader that is named, or all, changed files, in a
 * process of its own, which is watched: no crash, no hang, no memory beyond the limit, nothing read wrongly.
 */

/** The longest that one file may take, in milliseconds. */
const MAX_MS = 5000;
/** The most memory that the process of a reader may come to, in MiB; about 150 of them are Node's and tsx's. */
const MAX_MIB = 768;
/** The file descriptor that the process says on which file it is at. */
const PROGRESS = 4;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
    child: { type: "boolean", default: false },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const names = positionals.length > 0 ? positionals : Object.keys(PARSERS);
const unknown = names.find((name) => !Object.hasOwn(PARSERS, name));
if (unknown !== undefined || !Number.isInteger(runs) || !Number.isInteger(seed)) {
  console.error(`npm run fuzz -- [${Object.keys(PARSERS).join(" | ")}] [--runs 2000] [--seed 1]`);
  process.exit(2);
}

if (values.child) {
  const outcome = await fuzz(PARSERS[names[0]!]!, runs, seed, (run, bytes) => {
    writeSync(PROGRESS, `${run} ${base64(bytes)}\n`);
  });
  process.send!({ outcome, peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) });
  process.disconnect();
} else {
  for (const name of names) if (!(await watch(name))) process.exitCode = 1;
}

interface Watched {
  readonly outcome: Outcome | undefined;
  /** The run that was begun last, and its file. */
  readonly last: string;
  readonly peakMiB: number;
  readonly ended: string;
}

/** Runs a reader in a process of its own, and says what came of it; gives whether all was well. */
async function watch(name: string): Promise<boolean> {
  const { outcome, last, peakMiB, ended } = await watched(name);
  const problems = (outcome?.failures ?? []).map(
    ({ run, reason, bytes }) => `run ${run}: ${reason}\n${bytes}`,
  );
  if (outcome === undefined) {
    const [run, bytes] = last.split(" ");
    problems.push(`run ${run}: ${ended}\n${bytes}`);
  }
  if (peakMiB > MAX_MIB) problems.push(`${peakMiB} MiB of memory, more than ${MAX_MIB}`);
  const { read = 0, refused = 0, slowestMs = 0, largestMiB = 0, ways = [0, 0] } = outcome ?? {};
  console.log(
    `${name}: ${read} read, ${refused} refused, ${ways.join(" to ")} ways, ` +
      `a file at most ${slowestMs.toFixed(0)} ms and ${largestMiB.toFixed(1)} MiB, peak ${peakMiB} MiB`,
  );
  for (const problem of problems) console.error(`${name}, seed ${seed}, ${problem}`);
  return problems.length === 0;
}

function watched(name: string): Promise<Watched> {
  const child = fork(
    fileURLToPath(import.meta.url),
    [name, "--child", "--runs", `${runs}`, "--seed", `${seed}`],
    {
      stdio: ["ignore", "inherit", "inherit", "ipc", "pipe"],
    },
  );
  let [outcome, last, peakMiB, ended]: [Outcome | undefined, string, number, string] = [undefined, "", 0, ""];
  let begun = "";
  const hung = () => {
    ended = `it took more than ${MAX_MS} ms`;
    child.kill("SIGKILL");
  };
  // the first time has to do with starting up
  let timer = setTimeout(hung, 6 * MAX_MS);
  child.stdio[PROGRESS]!.on("data", (text: Buffer) => {
    clearTimeout(timer);
    timer = setTimeout(hung, MAX_MS);
    const lines = `${begun}${text}`.split("\n");
    begun = lines.pop()!;
    last = lines.at(-1) ?? last;
  });
  child.on("message", (message: { outcome: Outcome; peakMiB: number }) => {
    outcome = message.outcome;
    peakMiB = message.peakMiB;
  });
  return new Promise((resolve) =>
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ outcome, last, peakMiB, ended: ended || `the process ended by ${signal ?? code}` });
    }),
  );
}
