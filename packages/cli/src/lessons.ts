import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Figure,
  type Lesson,
  type ReadSaved,
  type Result,
  runLesson as run,
  type Scope,
} from "@camada/lesson";
import { compile, parse } from "@camada/lesson/build";
import type { Language } from "camada";
import type { Say } from "./language.js";

/** The lessons that come along: beside the built program, or in the repository. */
const FOLDER = [
  fileURLToPath(new URL("./lessons", import.meta.url)),
  fileURLToPath(new URL("../../../lessons", import.meta.url)),
].find(existsSync);

/** The lesson of a number or a name, `03` or `03-first-layers`; undefined if there is none. */
export function findLesson(name: string, lang: Language): Lesson | undefined {
  const folder = names().find((known) => known === name || known.split("-")[0] === name.padStart(2, "0"));
  if (folder === undefined) return undefined;
  return parse(readFileSync(join(FOLDER!, folder, `${lang}.md`), "utf8"));
}

/** The lesson, or an error that names those there are. */
export function lessonCalled(name: string, lang: Language, say: Say): Lesson {
  const lesson = findLesson(name, lang);
  if (lesson === undefined) throw new Error(say("lesson.unknown", { name, known: names().join(", ") }));
  return lesson;
}

/** What reads the files that are saved beside a lesson that comes along. */
export const savedBeside = ({ id }: Lesson): ReadSaved => savedIn(join(FOLDER!, id));

/** What reads the files that are saved beside a lesson in a folder. */
export function savedIn(folder: string): ReadSaved {
  return (file) => {
    const path = join(folder, basename(file));
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  };
}

function names(): string[] {
  return FOLDER === undefined ? [] : readdirSync(FOLDER).sort();
}

export const figuresOf = (lesson: Lesson): Figure[] =>
  lesson.blocks.filter((block): block is Figure => block.kind === "figure");

/** Runs a lesson's cells in its language; gives what they leave behind. */
export function runLesson(lesson: Lesson, scope: Scope): AsyncGenerator<Result> {
  return run(compile(lesson), { scope });
}
