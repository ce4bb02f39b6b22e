import { type CompiledCell, loadInBrowser, runCell, type Scope } from "@camada/lesson";
import { configure, type Language } from "camada";
import { expose } from "comlink";

export interface Outcome {
  readonly output: string;
  readonly failed: boolean;
  readonly cut: boolean;
}

/** More than anyone reads, and less than makes a page slow. */
const outputLimit = 100_000;
const scope: Scope = {};

const api = {
  /** Runs a cell; what it declares stays for the cells after it. */
  async run(cell: CompiledCell, lang: Language): Promise<Outcome> {
    configure({ lang });
    const { output, error, cut } = await runCell(cell, { load: loadInBrowser, scope, outputLimit });
    return { output, failed: error !== null, cut };
  },
};

export type Api = typeof api;
expose(api);
