/// <reference types="node" />
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CamadaError, configure } from "camada";
import { afterAll, describe, expect, it } from "vitest";
import { check, compile, parse, serialize } from "./build.js";
import { type Cell, cellsOf, type Lesson, runLesson } from "./index.js";

const ROOT = join(import.meta.dirname, "../../..");
const folders = readdirSync(join(ROOT, "lessons"));
const file = (folder: string, lang: string): string =>
  readFileSync(join(ROOT, "lessons", folder, `${lang}.md`), "utf8");
const read = (folder: string, lang: string): Lesson => parse(file(folder, lang));

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
      expect(lesson.id).toBe(folder);
      expect(cells.length).toBeGreaterThan(3);
    });

    it("is written back byte for byte", () => {
      expect(serialize(lesson)).toBe(file(folder, lang));
    });

    it("compiles but for the declared errors, which say what the lesson says", () => {
      const declared = cells.filter(({ error }) => error !== null);
      const said = check(lesson, join(ROOT, "packages/lesson"));
      expect(said.map(({ cell, sentence }) => ({ cell, sentence }))).toEqual(
        declared.map(({ id, output }) => ({ cell: id, sentence: output })),
      );
    });

    it("runs, and every output is the one it says", async () => {
      let count = 0;
      for await (const { id, output, error } of runLesson(compile(lesson))) {
        count++;
        const cell = cells.find((c) => c.id === id)!;
        expect(error?.name ?? null, `${id}: ${error?.message}`).toBe(cell.error);
        expect(output, id).toBe(cell.output ?? "");
      }
      expect(count).toBe(cells.length);
    });
  });

  it("is the same lesson in both languages", async () => {
    const [inEnglish, inPortuguese] = [read(folder, "en"), read(folder, "pt-BR")];
    const [en, pt] = [cellsOf(inEnglish), cellsOf(inPortuguese)];
    const shape = ({ blocks }: Lesson) => blocks.map(({ kind }) => kind);
    expect(shape(inPortuguese)).toEqual(shape(inEnglish));
    expect(pt.map(({ id, error }) => ({ id, error }))).toEqual(en.map(({ id, error }) => ({ id, error })));
    const fine = (cells: Cell[]) => cells.filter(({ error }) => error === null).map(({ output }) => output);
    expect(fine(pt)).toEqual(fine(en));
    const facts = async (lesson: Lesson) => {
      const found: unknown[] = [];
      for await (const { error } of runLesson(compile(lesson))) {
        if (error instanceof CamadaError)
          found.push(JSON.parse(JSON.stringify({ code: error.code, data: error.data })));
      }
      return found;
    };
    const found = await facts(inEnglish);
    expect(found).toHaveLength(en.filter(({ error }) => error !== null).length);
    expect(await facts(inPortuguese)).toEqual(found);
  });
});
