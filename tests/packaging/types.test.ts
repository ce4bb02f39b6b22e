/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { libraries } from "../../scripts/projects.mjs";
import { ROOT } from "../../scripts/setup.mjs";
import { fetched, foundOrSkipped, typescript } from "../fetched.js";
import { exampleOf, promised, READMES, REFUSED } from "./readmes.js";

/** What the installed declarations are to compilers: checked themselves, without the types of Node or the DOM. */

const COMPILERS = {
  "TypeScript 5.9": () => fetched(typescript("5.9")),
  "TypeScript 6": () => join(ROOT, "node_modules/typescript/bin/tsc"),
  "TypeScript 7": () => join(ROOT, "node_modules/typescript-7/bin/tsc"),
} as const;
const RESOLUTIONS = { nodenext: "nodenext", bundler: "esnext" } as const;

/** The READMEs' examples, and a program that imports all there is; each language has its own. */
const CASES = [
  { lang: "en", resolution: "nodenext" },
  { lang: "pt-BR", resolution: "bundler" },
] as const;

const OPTIONS = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
  target: "es2022",
  lib: ["es2022"],
  moduleDetection: "force",
  types: ["./console.d.ts"],
};

describe.each(Object.entries(COMPILERS))("%s", (compiler, find) => {
  it.for(CASES)(
    "refuses what the main README says, and nothing else: $lang, $resolution",
    {
      timeout: 180_000,
    },
    ({ lang, resolution }, { skip }) => {
      const tsc = foundOrSkipped(find, skip);
      const programs = join(inject("folder"), `${compiler} ${lang}`);
      mkdirSync(programs, { recursive: true });
      const write = (file: string, text: string) => writeFileSync(join(programs, file), text);
      const { code } = exampleOf(READMES[lang]);
      write("main.ts", code);
      write("language.d.ts", `interface CamadaIdioma { id: "${lang}" }`);
      write("console.d.ts", "declare const console: { log(...values: unknown[]): void };");
      libraries().forEach(({ folder, entries }, i) => {
        write(`readme${i}.ts`, exampleOf(join(folder, "README.md")).code);
        write(`all${i}.ts`, entries.map((entry) => `export * from "${entry}";`).join("\n"));
      });
      const compilerOptions = { ...OPTIONS, module: RESOLUTIONS[resolution], moduleResolution: resolution };
      write("tsconfig.json", JSON.stringify({ compilerOptions }));
      const args = [tsc, "-p", programs, "--pretty", "false"];
      const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
      const said = [...stdout.matchAll(/^(.*)\((\d+),\d+\): error TS\d+: (.*)$/gm)].map(
        ([, file, line, text]) => ({
          file: file!.split("/").at(-1),
          line: code.split("\n")[Number(line) - 1],
          sentence: /parameter of type '"(.*)"'\.$/.exec(text!)?.[1] ?? text,
        }),
      );
      const { sentence } = promised(READMES[lang]);
      expect(said, stdout).toEqual([{ file: "main.ts", line: REFUSED.exec(code)![0], sentence }]);
    },
  );
});
