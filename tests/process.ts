/// <reference types="node" />
import { spawnSync } from "node:child_process";

/**
 * Runs JavaScript in a process of its own, with all of the library as `camada`, and gives back what it leaves
 * in `result` as JSON carries it.
 */
export function inProcess<T>(code: string, flags: readonly string[] = []): T {
  const module = `import * as camada from "camada"; let result; ${code}; process.stdout.write(JSON.stringify(result));`;
  const sources = ["--import", "tsx", "--conditions=camada-source", "--input-type=module"];
  const run = spawnSync(process.execPath, [...flags, ...sources, "-e", module], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`the process failed:\n${run.stderr}`);
  return JSON.parse(run.stdout) as T;
}
