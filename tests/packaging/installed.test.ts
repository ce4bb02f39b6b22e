/// <reference types="node" />
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { libraries } from "../../scripts/projects.mjs";
import { ROOT } from "../../scripts/setup.mjs";
import { exampleOf, promised, READMES, REFUSED } from "./readmes.js";

/** What the installed packages are to a program in plain Node. */

const folder = inject("folder");

/** What a program prints that runs in the folder, by plain Node. */
function printed(program: string): string {
  const file = join(folder, "program.mjs");
  writeFileSync(file, program);
  return execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
}

describe.each(libraries())("$name", ({ folder: source, entries }) => {
  it("exports what its sources export", async () => {
    for (const entry of entries) {
      const names = printed(`console.log(Object.keys(await import("${entry}")).join("\\n"))`).trim();
      const inSource = (await import(/* @vite-ignore */ entry)) as object;
      expect(names.split("\n").sort(), entry).toEqual(Object.keys(inSource).sort());
    }
  });

  it("has a README whose example prints what it says", () => {
    const { code, comments } = exampleOf(join(source, "README.md"));
    expect(comments).not.toEqual([]);
    expect(printed(code).trim()).toBe(comments.join("\n"));
  });
});

describe.each(["en", "pt-BR"] as const)("the main README's example, in %s", (lang) => {
  it("prints and throws what it says", () => {
    const { sentence, rest } = promised(READMES[lang]);
    const code = exampleOf(READMES[lang]).code;
    const caught = code.replace(REFUSED, "try { $& } catch (error) { console.log(error.message); }");
    expect(printed(caught)).toBe(`${sentence}\n${rest}\n`);
  });
});

it("lessons are type-checked against the installed library", () => {
  const lesson = join(ROOT, "lessons/03-first-layers/pt-BR.md");
  const said = printed(`
    import { readFileSync } from "node:fs";
    import { check, parse } from "@camada/lesson/build";
    const lesson = parse(readFileSync(${JSON.stringify(lesson)}, "utf8"));
    console.log(check(lesson, import.meta.dirname).map(({ sentence }) => sentence).join("\\n"));
  `);
  expect(said).toContain("Transponha o segundo array: use .T");
  expect(said.trim().split("\n")).toHaveLength(
    readFileSync(lesson, "utf8").match(/error=ShapeError/g)!.length,
  );
});
