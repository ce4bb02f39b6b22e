import * as camada from "camada";
import { type CompiledCell, type CompiledLesson, cellsOf } from "./lesson.js";
import { show } from "./show.js";

/** What a cell did. */
export interface Result {
  readonly id: string;
  /** What it wrote to the console, and the sentence of the error that ended it, if one did. */
  readonly output: string;
  /** Whether it wrote more than `outputLimit`: what followed is left out. */
  readonly cut: boolean;
  readonly error: Error | null;
}

/** The names that cells have made, with their values. */
export type Scope = { [name: string]: unknown };

/** A cell's module, imported: how depends on where it runs (a data: address in Node, a blob: in browsers). */
export type Load = (module: string) => Promise<{ default: CellFunction }>;
type CellFunction = (
  modules: { readonly [name: string]: object },
  scope: Scope,
  console: { log(...values: unknown[]): void },
) => Promise<void>;

/** As much of an AbortSignal as is used here, so that neither Node's types nor the DOM's are needed to read it. */
interface Signal {
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Options of `runLesson` and `runCell`. */
export interface RunOptions {
  readonly load?: Load;
  /** Where names go: give one to draw figures from it. */
  readonly scope?: Scope;
  /** Stops between cells, and cells that wait; one that never rests ends only with its thread. */
  readonly signal?: Signal;
  /** Is told of each line as it is written. */
  readonly onOutput?: (id: string, line: string) => void;
  /** Is told of the values themselves, of each call of `console.log`. */
  readonly onValues?: (values: readonly unknown[]) => void;
  /** How many characters a cell may write; by default any number. */
  readonly outputLimit?: number;
}

/** In Node: a module as an address that holds it. */
export const loadInNode: Load = (module) =>
  import(/* @vite-ignore */ `data:text/javascript;charset=utf-8,${encodeURIComponent(module)}`);

/** In browsers: a module as a blob, which a strict content security policy can allow. */
export const loadInBrowser: Load = async (module) => {
  const address = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  try {
    return await import(/* @vite-ignore */ address);
  } finally {
    URL.revokeObjectURL(address);
  }
};

/**
 * Runs a lesson's cells in order and in its language, each in the scope of those before it; a cell that
 * fails does not stop the next. `console.log` shows arrays as NumPy prints them.
 * @throws what `signal` was aborted with
 */
export async function* runLesson(lesson: CompiledLesson, options: RunOptions = {}): AsyncGenerator<Result> {
  const { scope = {} } = options;
  camada.configure({ lang: lesson.lang });
  for (const cell of cellsOf(lesson)) yield await runCell(cell, { ...options, scope });
}

/**
 * Runs one cell, in the language that camada is set to. It takes names from `scope`, and leaves its own there.
 * @throws what `signal` was aborted with
 */
export async function runCell(
  { id, module }: Pick<CompiledCell, "id" | "module">,
  options: RunOptions = {},
): Promise<Result> {
  const { load = loadInNode, scope = {}, signal, onOutput, onValues } = options;
  const { outputLimit = Number.POSITIVE_INFINITY } = options;
  signal?.throwIfAborted();
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
    onOutput?.(id, line);
  };
  let [size, cut] = [0, false];
  const log = (...values: unknown[]): void => {
    onValues?.(values);
    const line = values.map(show).join(" ");
    size += line.length + 1;
    cut ||= size > outputLimit;
    if (!cut) write(line);
  };
  let error: Error | null = null;
  try {
    const cell = await load(module);
    await unlessAborted(cell.default({ camada }, scope, { log }), signal);
  } catch (thrown) {
    signal?.throwIfAborted();
    error = thrown instanceof Error ? thrown : new Error(show(thrown));
    write(error instanceof camada.CamadaError ? error.message : String(error));
  }
  return { id, output: lines.join("\n"), cut, error };
}

/** The value at a path of a scope's variables: `weights.T`. */
export function valueAt(scope: Scope, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => (value as Scope | undefined)?.[name], scope);
}

async function unlessAborted(running: Promise<void>, signal: Signal | undefined): Promise<void> {
  if (signal === undefined) return running;
  let stop = () => {};
  const aborted = new Promise<void>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
  });
  await Promise.race([running, aborted]).finally(() => signal.removeEventListener("abort", stop));
}
