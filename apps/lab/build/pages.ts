import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CompiledLesson } from "@camada/lesson";
import { check, compile, parse } from "@camada/lesson/build";
import { langs } from "../src/messages/index.js";
import { digitFiles } from "./digits.js";
import { indexPage } from "./layout.js";
import { lessonPage } from "./lessonPage.js";
import { playgroundPage } from "./playgroundPage.js";

/** Reads what is saved beside a lesson. */
const savedIn =
  (folder: string) =>
  (file: string): unknown => {
    const path = join(folder, basename(file));
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  };

/** Every page's HTML by its path: each lesson in each language that it has, and the index. */
async function makePages(folder: string): Promise<Map<string, string>> {
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
      pages.set(
        `${lesson.lang}/${lesson.id}/index.html`,
        await lessonPage(lesson, others, savedIn(join(folder, name))),
      );
    }
    found.push(...lessons);
  }
  for (const lang of langs) pages.set(`${lang}/playground/index.html`, await playgroundPage(lang));
  pages.set("index.html", indexPage(found));
  return pages;
}

/** Made while this module loads: Vite closes the runner that loads it right after. */
export const pages = await makePages(fileURLToPath(new URL("../../../lessons", import.meta.url)));

/** The digits that pages train on, as files. */
export const digits = digitFiles();
