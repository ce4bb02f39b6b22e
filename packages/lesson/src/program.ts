import type { Language } from "camada";
import ts from "typescript";

/** What the compiler needs of a cell. */
export interface CellCode {
  readonly id: string;
  readonly code: string;
}

/** Where the other files of a program are: on a disk, or in a page that carries them along. */
export interface Files {
  /** The folder from which `camada` can be found. */
  readonly root: string;
  /** The folder of the compiler's own declarations, `lib.es2023.d.ts` and the rest. */
  readonly libraries: string;
  read(path: string): string | undefined;
  exists(path: string): boolean;
  hasFolder(path: string): boolean;
}

/** What the compiler says of a piece of a cell, from one place in its code to another. */
export interface Remark {
  readonly cell: string;
  readonly from: number;
  readonly to: number;
  /** camada's own sentence, or TypeScript's where there is none. */
  readonly sentence: string;
  /** All that TypeScript says. */
  readonly detail: string;
}

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
const BETWEEN = "\n;\n";

/**
 * All cells of a lesson as one program, in which names cross cells. A cell that is no program is left out, so
 * that nothing it leaves open spills over: its last version that was one stands in for it.
 */
export class CellProgram {
  readonly #service: ts.LanguageService;
  readonly #file: string;
  #cells: readonly CellCode[] = [];
  #starts: readonly number[] = [];
  #text = "";
  #version = 0;
  readonly #sound = new Map<string, string>();
  readonly #parsed = new Map<string, { readonly code: string; readonly said: readonly ts.Diagnostic[] }>();

  /** `translations` are TypeScript's own messages in another language. */
  constructor(files: Files, lang: Language, translations?: object) {
    const root = files.root.replace(/[/\\]$/, "");
    this.#file = `${root}/lesson.ts`;
    const globals = `${root}/globals.d.ts`;
    const said = `interface CamadaIdioma { id: "${lang}" }
declare const console: { log(...values: unknown[]): void };
declare const performance: { now(): number };`;
    const read = (name: string) =>
      name === this.#file ? this.#text : name === globals ? said : files.read(name);
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => OPTIONS,
      getScriptFileNames: () => [globals, this.#file],
      getScriptVersion: (name) => (name === this.#file ? String(this.#version) : "0"),
      getScriptSnapshot: (name) => {
        const text = read(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: () => `${files.libraries}/lib.es2023.d.ts`,
      readFile: read,
      fileExists: (name) => name === this.#file || name === globals || files.exists(name),
      directoryExists: (name) => files.hasFolder(name),
      getLocalizedDiagnosticMessages: () => translations,
    });
  }

  /** Takes all cells, in order, as they are now. */
  update(cells: readonly CellCode[]): void {
    this.#cells = cells;
    for (const { id, code } of cells) if (this.#syntax(id, code).length === 0) this.#sound.set(id, code);
    this.#write(null);
  }

  /** What the compiler says of every cell, in their order. */
  remarks(): Remark[] {
    const spoken = this.#cells.map(({ id, code }) =>
      this.#syntax(id, code).map((said) => remark(said, id, said.start ?? 0, code.length)),
    );
    for (const said of this.#service.getSemanticDiagnostics(this.#file)) {
      const start = said.start ?? 0;
      const at = this.#starts.findLastIndex((from) => from <= start);
      const { id, code } = this.#cells[at]!;
      // of a cell that is no program now, its last version is not what the reader sees
      if (this.#syntax(id, code).length > 0) continue;
      spoken[at]!.push(remark(said, id, start - this.#starts[at]!, code.length));
    }
    return spoken.flat();
  }

  /** What the name at a place stands for, with its type: `const x: NamedArray<[4, 3], ["batch", "neuron"]>`. */
  describe(id: string, offset: number): { readonly type: string; readonly about: string } | null {
    return this.#within(id, (start) => {
      const info = this.#service.getQuickInfoAtPosition(this.#file, start + offset);
      if (info === undefined) return null;
      const about = ts.displayPartsToString(info.documentation).split("\n\n")[0]!;
      return { type: ts.displayPartsToString(info.displayParts), about };
    });
  }

  /** The names that may be written at a place, the likeliest first. */
  suggest(id: string, offset: number): string[] {
    return this.#within(id, (start) => {
      const found = this.#service.getCompletionsAtPosition(this.#file, start + offset, {});
      return (found?.entries ?? []).map(({ name }) => name);
    });
  }

  /** Asks something of the program in which the cell stands as it is, program or not. */
  #within<T>(id: string, ask: (start: number) => T): T {
    this.#write(id);
    try {
      return ask(this.#starts[this.#cells.findIndex((cell) => cell.id === id)]!);
    } finally {
      this.#write(null);
    }
  }

  /** Joins the cells; `asIs` names one that is taken as it is. */
  #write(asIs: string | null): void {
    const starts: number[] = [];
    let text = "";
    for (const { id, code } of this.#cells) {
      starts.push(text.length);
      text += (id === asIs ? code : (this.#sound.get(id) ?? "")) + BETWEEN;
    }
    this.#starts = starts;
    if (text === this.#text) return;
    this.#text = text;
    this.#version++;
  }

  /** What is wrong with a cell alone, before anything is known of its names. */
  #syntax(id: string, code: string): readonly ts.Diagnostic[] {
    const known = this.#parsed.get(id);
    if (known?.code === code) return known.said;
    const { target, module, moduleDetection } = OPTIONS;
    const compilerOptions = { target, module, moduleDetection } as ts.CompilerOptions;
    const said = ts.transpileModule(code, { reportDiagnostics: true, compilerOptions }).diagnostics ?? [];
    this.#parsed.set(id, { code, said });
    return said;
  }
}

function remark(
  { messageText, length = 0 }: ts.Diagnostic,
  cell: string,
  start: number,
  end: number,
): Remark {
  const detail = ts.flattenDiagnosticMessageText(messageText, "\n");
  const from = Math.min(start, end);
  return {
    cell,
    from,
    to: Math.min(from + length, end),
    // where camada refuses an argument, the type that it should have had is the sentence, in any language
    sentence: /'"([^"]+ [^"]+)"'\./.exec(detail)?.[1] ?? detail,
    detail,
  };
}
