import * as camada from "camada";
import { expose } from "comlink";

type Scope = Record<string, unknown>;
type CellModule = {
  default(modules: Scope, scope: Scope, console: Pick<Console, "log">): Promise<Scope>;
};

export interface Outcome {
  readonly text: string;
  readonly failed: boolean;
  readonly cut: boolean;
}

const most = 100_000;
const scope: Scope = {};

const api = {
  language(lang: "en" | "pt-BR"): void {
    camada.configure({ lang });
  },

  /** Runs a compiled cell; what it declares stays for the cells after it. */
  async run(code: string): Promise<Outcome> {
    let text = "";
    let cut = false;
    const print = (line: string) => {
      cut ||= text.length + line.length > most;
      if (!cut) text += `${line}\n`;
    };
    const log = (...values: unknown[]) => print(values.map(String).join(" "));
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    let failed = false;
    try {
      const cell = (await import(/* @vite-ignore */ url)) as CellModule;
      Object.assign(scope, await cell.default({ camada }, scope, { log }));
    } catch (error) {
      failed = true;
      print(error instanceof camada.CamadaError ? error.message : String(error));
    } finally {
      URL.revokeObjectURL(url);
    }
    return { text: text.trimEnd(), failed, cut };
  },
};

export type Api = typeof api;
expose(api);
