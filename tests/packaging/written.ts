/// <reference types="node" />
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

/** Writes this folder's program.ts into another as JavaScript, and what calls it beside it; gives its path. */
export function writeProgram(folder: string, name: string, caller: string): string {
  const source = readFileSync(join(import.meta.dirname, "program.ts"), "utf8");
  writeFileSync(join(folder, "program.js"), transformSync(source, { loader: "ts" }).code);
  const file = join(folder, name);
  writeFileSync(file, caller);
  return file;
}
