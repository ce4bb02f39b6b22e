import * as camada from "camada";
import type { CompiledCell } from "./program.js";

/** What a cell did. */
export interface Result {
  readonly id: string;
  /** What it wrote to the console, and the sentence of the error that ended it, if one did. */
  readonly output: string;
  readonly error: Error | null;
}

export type Scope = { [name: string]: unknown };

/** A cell's module, imported: how depends on where it runs (a data: address in Node, a blob: in browsers). */
export type Load = (module: string) => Promise<{ default: CellFunction }>;
type CellFunction = (
  modules: Scope,
  scope: Scope,
  console: { log(...values: unknown[]): void },
) => Promise<void>;

const MODULES = { camada };

/** In Node: a module as an address that holds it. */
export const loadInNode: Load = (module) =>
  import(/* @vite-ignore */ `data:text/javascript;charset=utf-8,${encodeURIComponent(module)}`);

/**
 * Runs cells in order, each in the scope of those before it; a cell that fails does not stop the next.
 * `console.log` shows arrays as NumPy prints them.
 */
export async function* runCells(
  cells: readonly CompiledCell[],
  { load = loadInNode, scope = {} }: { readonly load?: Load; readonly scope?: Scope } = {},
): AsyncGenerator<Result> {
  for (const { id, module } of cells) {
    const lines: string[] = [];
    const console = { log: (...values: unknown[]) => void lines.push(values.map(String).join(" ")) };
    let error: Error | null = null;
    try {
      await (await load(module)).default(MODULES, scope, console);
    } catch (thrown) {
      error = thrown instanceof Error ? thrown : new Error(String(thrown));
      lines.push(error.message);
    }
    yield { id, output: lines.join("\n"), error };
  }
}

/** The value at a path of a scope's variables: `weights.T`. */
export function valueAt(scope: Scope, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => (value as Scope | undefined)?.[name], scope);
}
