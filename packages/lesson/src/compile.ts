import ts from "typescript";
import { CHECK_NAMES } from "./answer.js";
import { dissect } from "./dissect.js";
import { LessonError } from "./error.js";
import type { CompiledCell, CompiledCode, CompiledLesson, Complaint, Lesson } from "./lesson.js";
import type { LessonCode } from "./messages/index.js";

/**
 * Compiles a lesson to plain data that runs without a compiler: each cell becomes a module of JavaScript.
 * So cells run by importing modules, and nothing is ever evaluated from text. `complaints` are what `check`
 * has found.
 * @throws LessonError where a cell imports what it cannot, or a figure shows what no cell makes
 */
export function compile(lesson: Lesson, complaints: readonly Complaint[] = []): CompiledLesson {
  const made = new Set<string>();
  const blocks = lesson.blocks.map((block) => {
    const fail = (code: LessonCode, line: number, name = ""): never => {
      throw new LessonError(lesson.lang, code, { line, name });
    };
    if (block.kind === "figure") {
      for (const name of variables(Object.values(block.values))) {
        if (!made.has(name)) fail("figure.value", block.line, name);
      }
    }
    if (block.kind === "exercise") {
      if (block.check === null) return { ...block, module: null, takes: [] };
      const known = new Set([...made, ...CHECK_NAMES]);
      const refuse = (code: LessonCode) => fail(code, block.line);
      const { module, takes } = compileCell(block.check, known, refuse);
      return { ...block, module, takes: takes.filter((name) => made.has(name)) };
    }
    if (block.kind !== "cell") return block;
    const compiled = compileCell(block.code, made, (code, line) => fail(code, block.line + line));
    for (const name of compiled.makes) made.add(name);
    const cell: CompiledCell = {
      ...block,
      ...compiled,
      complaints: complaints.filter(({ cell }) => cell === block.id),
    };
    return cell;
  });
  return { ...lesson, blocks };
}

/** Compiles one cell. `made` are the names of the cells before it; `fail` refuses a line of it, from 1. */
export function compileCell(
  code: string,
  made: ReadonlySet<string>,
  fail: (code: LessonCode, line: number) => never,
): CompiledCode {
  const { body, makes, takes } = dissect(code, made, fail);
  return { module: moduleOf(body), makes, takes };
}

/** The variables that a figure's paths begin with: `weights1` and `b` of `weights1.T b`. */
function variables(paths: readonly string[]): string[] {
  return paths.flatMap((list) => list.split(/[\s,]+/)).map((path) => path.split(".")[0]!);
}

function moduleOf(body: string): string {
  return ts.transpileModule(`export default async ($modules, $scope, console) => {\n${body}\n};\n`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  }).outputText;
}
