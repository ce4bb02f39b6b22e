import { dirname, join } from "node:path";
import type { Language } from "camada";
import ts from "typescript";
import { type Complaint, cellsOf, type Lesson } from "./lesson.js";

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  // cells may wait even where no cell imports anything
  moduleDetection: ts.ModuleDetectionKind.Force,
  customConditions: ["camada-source"],
  skipLibCheck: true,
  types: [],
};

/**
 * Type-checks all cells of a lesson as one program, in which names cross cells, with camada's sentences in
 * the lesson's language. `root` is a folder from which `camada` can be found.
 */
export function check(lesson: Lesson, root: string): Complaint[] {
  const cells = cellsOf(lesson);
  const starts: number[] = [];
  let program = "";
  for (const { code } of cells) {
    starts.push(program.length);
    program += `${code}\n;\n`;
  }
  return diagnostics(program, root, lesson.lang).map(({ start = 0, messageText }) => {
    const at = starts.findLastIndex((from) => from <= start);
    const { id, line } = cells[at]!;
    const detail = ts.flattenDiagnosticMessageText(messageText, "\n");
    return {
      cell: id,
      line: line + program.slice(starts[at], start).split("\n").length,
      // where camada refuses an argument, the type that it should have had is the sentence
      sentence: /(?:parameter of|assignable to) type '"(.*)"'\./.exec(detail)?.[1] ?? detail,
      detail,
    };
  });
}

/** What the compiler says of a program that stands in no file. */
function diagnostics(program: string, root: string, lang: Language): readonly ts.Diagnostic[] {
  const file = join(root, "lesson.ts");
  const globals = join(root, "globals.d.ts");
  const virtual = new Map([
    [file, program],
    [
      globals,
      `interface CamadaIdioma { id: "${lang}" }
declare const console: { log(...values: unknown[]): void };`,
    ],
  ]);
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => virtual.has(name) || fileExists.call(host, name);
  host.readFile = (name) => virtual.get(name) ?? readFile.call(host, name);
  host.getSourceFile = (name, options, ...rest) => {
    const text = virtual.get(name);
    if (text === undefined) return getSourceFile.call(host, name, options, ...rest);
    return ts.createSourceFile(name, text, options, true);
  };
  host.getCurrentDirectory = () => dirname(file);
  const compiled = ts.createProgram([...virtual.keys()], OPTIONS, host);
  const source = compiled.getSourceFile(file)!;
  return [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)];
}
