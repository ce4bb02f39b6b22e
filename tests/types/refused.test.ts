/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CamadaError, configure, type Language } from "camada";
import { afterEach, describe, expect, it } from "vitest";

const HERE = new URL(".", import.meta.url).pathname;
const COMPILERS = { "TypeScript 6": "typescript", "TypeScript 7": "typescript-7" } as const;

/** The sentence that a compiler prints for each line of refused.ts that it refuses. */
function compilerSays(compiler: string, lang: Language): Map<number, string[]> {
  const folder = mkdtempSync(join(HERE, ".compile-"));
  try {
    writeFileSync(join(folder, "language.d.ts"), `interface CamadaIdioma { id: "${lang}" }`);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../../../tsconfig.base.json", files: ["../refused.ts", "language.d.ts"] }),
    );
    const bin = join(HERE, "../../node_modules", compiler, "bin/tsc");
    const { stdout } = spawnSync(process.execPath, [bin, "-p", folder, "--pretty", "false"], {
      encoding: "utf8",
    });
    const said = new Map<number, string[]>();
    for (const [, line, text] of stdout.matchAll(/refused\.ts\((\d+),\d+\): error TS\d+: (.*)/g)) {
      const sentence = /(?:parameter of|assignable to) type '"(.*)"'\.$/.exec(text!)?.[1];
      said.set(Number(line), [...(said.get(Number(line)) ?? []), sentence ?? text!]);
    }
    return said;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const lines = readFileSync(join(HERE, "refused.ts"), "utf8")
  .split("\n")
  .flatMap((line, i) => (line.startsWith("refused(") ? [i + 1] : []));

/** What running each mistake throws. */
async function runtimeSays(lang: Language): Promise<string[]> {
  // by a path that the compiler does not follow: it is not meant to compile
  const path: string = "./refused.js";
  const { mistakes } = (await import(path)) as { mistakes: readonly (() => unknown)[] };
  configure({ lang });
  return mistakes.map((mistake) => {
    try {
      mistake();
    } catch (error) {
      if (error instanceof CamadaError) return error.message;
      throw error;
    }
    return "nothing thrown";
  });
}

afterEach(() => configure({ lang: "en" }));

describe.each(Object.entries(COMPILERS))("%s", (_, compiler) => {
  it.each(["en", "pt-BR"] as const)("says before running what running says, in %s", async (lang) => {
    const compiled = compilerSays(compiler, lang);
    const thrown = await runtimeSays(lang);
    expect(thrown.length).toBe(lines.length);
    expect(lines.map((line) => compiled.get(line))).toEqual(thrown.map((sentence) => [sentence]));
    expect([...compiled.keys()].filter((line) => !lines.includes(line))).toEqual([]);
  });
});
