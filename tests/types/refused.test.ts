/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CamadaError, configure, type Language } from "camada";
import { afterEach, describe, expect, it } from "vitest";

const HERE = new URL(".", import.meta.url).pathname;
const FILES = ["refused", "refused-networks"] as const;
const COMPILERS = { "TypeScript 6": "typescript", "TypeScript 7": "typescript-7" } as const;

/** The sentence that a compiler prints for each line that it refuses: "refused.ts 12". */
function compilerSays(compiler: string, lang: Language): Map<string, string[]> {
  const folder = mkdtempSync(join(HERE, ".compile-"));
  try {
    writeFileSync(join(folder, "language.d.ts"), `interface CamadaIdioma { id: "${lang}" }`);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: "../../../tsconfig.base.json",
        files: [...FILES.map((file) => `../${file}.ts`), "language.d.ts"],
      }),
    );
    const bin = join(HERE, "../../node_modules", compiler, "bin/tsc");
    const { stdout } = spawnSync(process.execPath, [bin, "-p", folder, "--pretty", "false"], {
      encoding: "utf8",
    });
    const said = new Map<string, string[]>();
    for (const [, file, line, text] of stdout.matchAll(/([\w-]+)\.ts\((\d+),\d+\): error TS\d+: (.*)/g)) {
      const place = `${file}.ts ${line}`;
      const sentence = /(?:parameter of|assignable to) type '"(.*)"'\.$/.exec(text!)?.[1];
      said.set(place, [...(said.get(place) ?? []), sentence ?? text!]);
    }
    return said;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const lines = FILES.flatMap((file) =>
  readFileSync(join(HERE, `${file}.ts`), "utf8")
    .split("\n")
    .flatMap((line, i) => (line.startsWith("refused(") ? [`${file}.ts ${i + 1}`] : [])),
);

/** What running each mistake throws. */
async function runtimeSays(lang: Language): Promise<string[]> {
  // by a path that the compiler does not follow: it is not meant to compile
  const files = await Promise.all(FILES.map((file) => import(join(HERE, `${file}.ts`))));
  configure({ lang });
  const mistakes = files.flatMap(({ mistakes }) => mistakes as readonly (() => unknown)[]);
  const said: string[] = [];
  for (const mistake of mistakes) {
    try {
      await mistake();
      said.push("nothing thrown");
    } catch (error) {
      if (!(error instanceof CamadaError)) throw error;
      said.push(error.message);
    }
  }
  return said;
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
