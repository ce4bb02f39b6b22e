import { dirname, join } from "node:path";
import ts from "typescript";
import type { Cell, Lesson } from "./lesson.js";

/** What the compiler says of a cell before it runs: camada's own sentences, or TypeScript's. */
export interface Complaint {
  readonly cell: string;
  readonly sentence: string;
}

/**
 * Type-checks all cells of a lesson as one program, in which names cross cells, with camada's sentences in
 * the lesson's language. `root` is a folder from which `camada` can be found.
 */
export function check(lesson: Lesson, root: string): Complaint[] {
  const cells = lesson.blocks.filter((block): block is Cell => block.kind === "cell");
  const starts: number[] = [];
  let program = "";
  for (const { code } of cells) {
    starts.push(program.length);
    program += `${code}\n;\n`;
  }
  const file = join(root, "lesson.ts");
  const language = join(root, "language.d.ts");
  const virtual = new Map([
    [file, program],
    [
      language,
      `interface CamadaIdioma { id: "${lesson.lang}" }\ndeclare const console: { log(...values: unknown[]): void };`,
    ],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ["camada-source"],
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => virtual.has(name) || fileExists.call(host, name);
  host.readFile = (name) => virtual.get(name) ?? readFile.call(host, name);
  host.getSourceFile = (name, ...rest) => {
    const text = virtual.get(name);
    if (text === undefined) return getSourceFile.call(host, name, ...rest);
    return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
  };
  host.getCurrentDirectory = () => dirname(file);
  const compiled = ts.createProgram([file, language], options, host);
  const source = compiled.getSourceFile(file)!;
  const found = [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)];
  return found.map(({ start = 0, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, "\n");
    const ours = /(?:parameter of|assignable to) type '"(.*)"'\./.exec(text)?.[1];
    return { cell: cells[starts.findLastIndex((from) => from <= start)]!.id, sentence: ours ?? text };
  });
}
