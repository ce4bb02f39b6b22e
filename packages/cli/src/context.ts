import type { StricliProcess } from "@stricli/core";

/** Where text goes: what Node's streams know of their terminal, and others may leave out. */
export interface Stream {
  write(text: string): void;
  readonly isTTY?: boolean;
  readonly columns?: number;
  getColorDepth?(env?: Readonly<Partial<Record<string, string>>>): number;
}

/** What commands use of their process. */
export interface Context {
  readonly process: StricliProcess & {
    readonly stdout: Stream;
    readonly stderr: Stream;
    once(signal: "SIGINT", listener: () => void): unknown;
    off(signal: "SIGINT", listener: () => void): unknown;
  };
}

/** Whether a stream's terminal shows colors. */
export function hasColors({ process: { stdout, env } }: Context): boolean {
  return (stdout.getColorDepth?.(env) ?? 1) >= 4;
}

/** Whether lines can be changed after they were written: a terminal, and not one that says it cannot. */
export function canRewrite({ process: { stdout, env } }: Context): boolean {
  return stdout.isTTY === true && env?.["TERM"] !== "dumb";
}
