/// <reference types="node" />
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Example {
  readonly where: string;
  readonly code: string;
}

function examplesOf(file: string): Example[] {
  const blocks = readFileSync(file, "utf8").match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return blocks.flatMap((block) => {
    const [, code] = block.split(/@example\s*\n/);
    if (code === undefined) return [];
    const lines = code
      .replace(/\s*\*\/$/, "")
      .split("\n")
      .map((line) => line.replace(/^\s*\* ?/, ""));
    const end = lines.findIndex((line) => line.startsWith("@"));
    return [{ where: file, code: lines.slice(0, end < 0 ? lines.length : end).join("\n") }];
  });
}

const PACKAGES = ["camada", "interop", "figures", "lesson"];
const files = PACKAGES.map((name) => `packages/${name}/src`).flatMap((source) =>
  (readdirSync(source, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".ts") && !file.includes(".test."))
    .map((file) => join(source, file)),
);

/** Every `@example` in the docstrings of the packages. */
export const examples: readonly Example[] = files.flatMap(examplesOf);
