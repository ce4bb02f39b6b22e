import { type CompiledCell, loadInBrowser, runCell, type Scope } from "@camada/lesson";
import { configure, type Language } from "camada";
import { expose } from "comlink";

/** What it takes to run a cell. */
export type Runnable = Pick<CompiledCell, "id" | "module">;

export interface Outcome {
  readonly output: string;
  readonly failed: boolean;
  readonly cut: boolean;
  /** What an error that JavaScript words badly comes from, if it is one. */
  readonly cause: "memory" | "recursion" | null;
  readonly milliseconds: number;
}

/** More than anyone reads, and less than makes a page slow. */
const outputLimit = 100_000;
const scope: Scope = {};

// Signs of life: a cell that pauses, as training does, lets them through.
setInterval(() => postMessage("alive"), 1000);

const api = {
  /** Runs a cell; what it declares stays for the cells after it. */
  async run(cell: Runnable, lang: Language): Promise<Outcome> {
    configure({ lang });
    const start = performance.now();
    const { output, error, cut } = await runCell(cell, { load: loadInBrowser, scope, outputLimit });
    const milliseconds = performance.now() - start;
    return { output, failed: error !== null, cut, cause: causeOf(error), milliseconds };
  },
};

/** Engines say these in words of their own; all of them make them of RangeError. */
function causeOf(error: Error | null): Outcome["cause"] {
  if (!(error instanceof RangeError)) return null;
  return /stack|recursion/i.test(error.message)
    ? "recursion"
    : /alloc|length|memory/i.test(error.message)
      ? "memory"
      : null;
}

export type RunnerApi = typeof api;
expose(api);
