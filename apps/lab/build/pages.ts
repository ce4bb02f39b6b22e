import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CompiledLesson } from "@camada/lesson";
import { check, compile, parse } from "@camada/lesson/build";
import { langs } from "../src/messages/index.js";
import { digitFiles } from "./digits.js";
import { indexPage } from "./layout.js";
import { lessonPage } from "./lessonPage.js";
import { notebookFile } from "./notebook.js";
import { playgroundPage } from "./playgroundPage.js";

/** Reads what is saved beside a lesson. */
const savedIn =
  (folder: string) =>
  (file: string): unknown => {
    const path = join(folder, basename(file));
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  };

/**
 * Every page's HTML by its path: each lesson in each language that it has, and the index. And the files beside
 * them: the digits that pages train on, and each lesson as a notebook.
 */
async function makePages(folder: string) {
  const files = new Map<string, Uint8Array>(
    [...digitFiles()].map(([name, file]) => [`digits/${name}`, file]),
  );
  const pages = new Map<string, string>();
  const found: CompiledLesson[] = [];
  for (const name of readdirSync(folder).sort()) {
    const has = langs.filter((lang) => existsSync(join(folder, name, `${lang}.md`)));
    const lessons = has.map((lang) => {
      const parsed = parse(readFileSync(join(folder, name, `${lang}.md`), "utf8"));
      const lesson = compile(parsed, check(parsed, folder));
      return lesson;
    });
    for (const lesson of lessons) {
      const others = lessons.filter((other) => other !== lesson);
      const place = `${lesson.lang}/${lesson.id}`;
      const read = savedIn(join(folder, name));
      pages.set(`${place}/index.html`, await lessonPage(lesson, others, read));
      files.set(`${place}/lesson.ipynb`, await notebookFile(lesson, read));
    }
    found.push(...lessons);
  }
  for (const lang of langs) pages.set(`${lang}/playground/index.html`, await playgroundPage(lang));
  pages.set("index.html", indexPage(found));
  return { pages, files };
}

/** Made while this module loads: Vite closes the runner that loads it right after. */
export const { pages, files } = await makePages(fileURLToPath(new URL("../../../lessons", import.meta.url)));
