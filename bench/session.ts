import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { HOST, nodeOf, PACKAGES, type Pages } from "./engines.js";
import type { Request } from "./host.js";
import type { Prepared } from "./measure.js";
import type { Options } from "./peers/peer.js";
import type { Entry } from "./roster.js";
import type { Task } from "./tasks.js";

/** A peer that has a process or a page to itself, for one task. */
export interface Session {
  prepare(): Promise<Prepared>;
  warm(milliseconds: number): Promise<unknown>;
  round(): Promise<number>;
  close(): Promise<unknown>;
}

const PYTHON: { readonly [peer: string]: { readonly script: string; readonly needs: string } } = {
  numpy: { script: "by_hand.py", needs: "numpy" },
  torch: { script: "by_torch.py", needs: "torch" },
};
/** Debian's own Python has Debian's python3-torch; another may come first. */
const PYTHONS = ["python3", "/usr/bin/python3"];

export async function open(entry: Entry, task: Task, pages: () => Promise<Pages>): Promise<Session> {
  const options = { ...(task.threads && { threads: task.threads }), ...entry.options, packages: PACKAGES };
  const python = PYTHON[entry.peer];
  if (python !== undefined) return pythonSession(python, task, options);
  if (entry.engine.startsWith("chromium")) return pageSession(entry, task, options, await pages());
  return processSession(nodeOf(entry.engine), [HOST, entry.peer], process.env, {
    ask: "prepare",
    task,
    options,
  });
}

function pythonSession({ script, needs }: (typeof PYTHON)[string], task: Task, options: Options): Session {
  const found = PYTHONS.find((python) => spawnSync(python, ["-c", `import ${needs}`]).status === 0);
  if (found === undefined) return nobody(`no Python here has ${needs}`);
  const threads = String(options.threads ?? 1);
  const env: NodeJS.ProcessEnv = { ...process.env, OPENBLAS_NUM_THREADS: threads, OMP_NUM_THREADS: threads };
  // OpenBLAS shall choose by itself what suits the processor
  delete env["OPENBLAS_CORETYPE"];
  delete env["OPENBLAS_L2_SIZE"];
  const path = join(import.meta.dirname, "python", script);
  return processSession(found, ["-B", path], env, { ask: "prepare", task, options });
}

function nobody(absent: string): Session {
  const never = () => Promise.reject(new Error(absent));
  return { prepare: async () => ({ absent }), warm: never, round: never, close: async () => {} };
}

/** A process that reads requests, a line each, and answers on descriptor 3, as what packages print is theirs. */
function processSession(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  first: Request,
): Session {
  const child = spawn(command, args, { env, stdio: ["pipe", "ignore", "pipe", "pipe"] });
  let complaint = "";
  child.stderr!.on("data", (text) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  const answers = createInterface({ input: child.stdio[3] as Readable })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) =>
    child.on("close", () => resolve()).on("error", () => resolve()),
  );
  const ask = async (request: Request): Promise<unknown> => {
    // a process that has ended says why on its standard error
    if (child.exitCode === null) child.stdin!.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await answers.next();
    if (!done) return JSON.parse(value);
    await ended;
    throw new Error(
      complaint.trim().split("\n").at(-1) || `it ended with ${child.exitCode ?? child.signalCode}`,
    );
  };
  child.stdin!.on("error", () => {});
  return {
    prepare: () => ask(first) as Promise<Prepared>,
    warm: (milliseconds) => ask({ ask: "warm", milliseconds }),
    round: () => ask({ ask: "round" }) as Promise<number>,
    close: () => {
      child.kill();
      return ended;
    },
  };
}

/** What page.ts puts into the page. */
interface InPage {
  prepare(peer: string, task: Task, options: Options): Promise<Prepared>;
  warm(milliseconds: number): Promise<void>;
  round(): Promise<number>;
}
declare const globalThis: InPage;

async function pageSession(
  { peer, engine }: Entry,
  task: Task,
  options: Options,
  pages: Pages,
): Promise<Session> {
  // a context of its own has a process of its own
  const context = await pages.browser.newContext();
  const page = await context.newPage();
  const address = pages.address(engine);
  await page.goto(address);
  const given = { ...options, packages: `${address}/packages` };
  return {
    prepare: async () => ({
      ...(await page.evaluate((all) => globalThis.prepare(...all), [peer, task, given] as const)),
      version: `Chromium ${pages.browser.version()}`,
    }),
    warm: (milliseconds) => page.evaluate((time) => globalThis.warm(time), milliseconds),
    round: () => page.evaluate(() => globalThis.round()),
    close: () => context.close(),
  };
}
