import files from "virtual:declarations";
import type { CompiledCode } from "@camada/lesson";
import { CellProgram, compileCell, LessonError, type Remark } from "@camada/lesson/compiler";
import type { Language } from "camada";
import { expose } from "comlink";

interface CellText {
  readonly id: string;
  readonly code: string;
}

/** What the compiler made of a cell, or why it could not: a sentence, and the line that it is about. */
type Compiled = CompiledCode | { readonly refused: string; readonly line: number };

const folders = new Set(Object.keys(files).flatMap(foldersOf));
let lang: Language = "en";
let program: CellProgram | undefined;

const api = {
  /** Makes the compiler ready, in the reader's language. */
  async start(language: Language): Promise<void> {
    lang = language;
    const translations = language === "pt-BR" ? (await translated()).default : undefined;
    program = new CellProgram(
      {
        root: "",
        libraries: "/libraries",
        read: (path) => files[path],
        exists: (path) => Object.hasOwn(files, path),
        hasFolder: (path) => folders.has(path),
      },
      language,
      translations,
    );
  },

  /** What the compiler says of all cells as they are now. */
  check(cells: readonly CellText[]): Remark[] {
    program!.update(cells);
    const said = program!.remarks();
    const refused = api.compile(cells).flatMap((compiled, at) => {
      if (!("refused" in compiled)) return [];
      const { id, code } = cells[at]!;
      const from = code.split("\n", compiled.line - 1).join("\n").length + (compiled.line > 1 ? 1 : 0);
      const to = from + code.slice(from).split("\n")[0]!.length;
      return { cell: id, from, to, sentence: compiled.refused, detail: compiled.refused };
    });
    const order = cells.map(({ id }) => id);
    return [...said, ...refused].sort(
      (a, b) => order.indexOf(a.cell) - order.indexOf(b.cell) || a.from - b.from,
    );
  },

  /** A module of JavaScript for each cell, with the names that it makes and takes. */
  compile(cells: readonly CellText[]): Compiled[] {
    const made = new Set<string>();
    return cells.map(({ code }) => {
      try {
        const compiled = compileCell(code, made, (refusal, line) => {
          throw new LessonError(lang, refusal, { line });
        });
        for (const name of compiled.makes) made.add(name);
        return compiled;
      } catch (error) {
        if (!(error instanceof LessonError)) throw error;
        return { refused: error.message, line: Number(error.data["line"]) };
      }
    });
  },

  describe: (id: string, offset: number) => program!.describe(id, offset),
  suggest: (id: string, offset: number): string[] => program!.suggest(id, offset),
};

export type CompilerApi = typeof api;
expose(api);

const translated = () => import("typescript/lib/pt-br/diagnosticMessages.generated.json");

/** All folders that a file stands in: `/a` and `/a/b` of `/a/b/c`. */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
