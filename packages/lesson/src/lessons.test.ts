/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CamadaError, configure } from "camada";
import { afterAll, describe, expect, it } from "vitest";
import { type Cell, check, compileCells, type Lesson, parse, runCells } from "./index.js";

const ROOT = join(import.meta.dirname, "../../..");
const folders = readdirSync(join(ROOT, "lessons"));
const read = (folder: string, lang: string): Lesson =>
  parse(readFileSync(join(ROOT, "lessons", folder, `${lang}.md`), "utf8"));
const cellsOf = (lesson: Lesson) => lesson.blocks.filter((block): block is Cell => block.kind === "cell");

afterAll(() => configure({ lang: "en" }));

describe.each(folders)("lesson %s", (folder) => {
  it("is there in both languages", () => {
    for (const lang of ["en", "pt-BR"])
      expect(existsSync(join(ROOT, "lessons", folder, `${lang}.md`))).toBe(true);
  });

  describe.each(["en", "pt-BR"] as const)("in %s", (lang) => {
    const lesson = read(folder, lang);
    const cells = cellsOf(lesson);

    it("has a language, and says which", () => {
      expect(lesson.lang).toBe(lang);
      expect(cells.length).toBeGreaterThan(3);
    });

    it("compiles but for the declared errors, which say what the lesson says", () => {
      const declared = cells.filter(({ error }) => error !== null);
      expect(check(lesson, join(ROOT, "packages/lesson"))).toEqual(
        declared.map(({ id, output }) => ({ cell: id, sentence: output })),
      );
    });

    it("runs, and every output is the one it says", async () => {
      configure({ lang });
      for await (const { id, output, error } of runCells(compileCells(cells))) {
        const cell = cells.find((c) => c.id === id)!;
        expect(error?.name ?? null, `${id}: ${error?.message}`).toBe(cell.error);
        expect(output, id).toBe(cell.output ?? "");
      }
    });
  });

  it("is the same lesson in both languages", async () => {
    const [en, pt] = [cellsOf(read(folder, "en")), cellsOf(read(folder, "pt-BR"))];
    expect(pt.map(({ id, error }) => ({ id, error }))).toEqual(en.map(({ id, error }) => ({ id, error })));
    const fine = (cells: Cell[]) => cells.filter(({ error }) => error === null).map(({ output }) => output);
    expect(fine(pt)).toEqual(fine(en));
    const facts = async (cells: Cell[]) => {
      const found: unknown[] = [];
      for await (const { error } of runCells(compileCells(cells))) {
        if (error instanceof CamadaError)
          found.push(JSON.parse(JSON.stringify({ code: error.code, data: error.data })));
      }
      return found;
    };
    expect(await facts(pt)).toEqual(await facts(en));
  });
});
