import { EventEmitter } from "node:events";
import type { Language } from "camada";
import { runCamada } from "../packages/cli/src/application.js";

/** A process that keeps what is written, for the command line to run in. */
export class Shell extends EventEmitter {
  out = "";
  error = "";
  exitCode: number | string | null = null;
  readonly env = { TERM: "xterm" };
  readonly stdout;
  readonly stderr;

  /** A terminal if it has columns, else a pipe. */
  constructor(columns?: number) {
    super();
    const terminal = columns === undefined ? {} : { isTTY: true, columns };
    const stream = (name: "out" | "error") => ({
      ...terminal,
      write: (text: string) => {
        this[name] += text;
        this.emit("written", text);
      },
    });
    this.stdout = stream("out");
    this.stderr = stream("error");
  }
}

/** Runs the command line; gives what a person sees. */
export async function camada(args: readonly string[], lang: Language = "en", shell = new Shell()) {
  await runCamada(args, lang, "0.0.0", shell);
  const { out, error, exitCode: code } = shell;
  return { out, error, code };
}
