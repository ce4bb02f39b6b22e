import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** What others import, and the file in which it is exported. */
const MODULES = {
  camada: "packages/camada/src/index.ts",
  "@camada/interop": "packages/interop/src/index.ts",
  "@camada/interop/node": "packages/interop/src/node.ts",
  "@camada/figures": "packages/figures/src/index.ts",
  "@camada/lesson": "packages/lesson/src/index.ts",
  "@camada/lesson/build": "packages/lesson/src/build.ts",
  "@camada/lesson/compiler": "packages/lesson/src/compiler.ts",
} as const;
export type Module = keyof typeof MODULES;

/**
 * The compiler's own answer to what a signature comes to where nothing is known of shapes: in place of a
 * generic function it compares that function of its type parameters' bounds.
 */
const PROBE = join(root, "packages/camada/src/probe.ts");
const PROBE_TEXT = `import type * as all from "./index.js";
type Given<T> = { [K in keyof T]: T[K] extends (...args: infer A) => unknown ? A : never };
type Gives<T> = { [K in keyof T]: T[K] extends (...args: never) => infer R ? R : never };
export type Functions = [Given<typeof all>, Gives<typeof all>];
export type Methods = [Given<all.NDArray>, Gives<all.NDArray>];
`;

/** A type of what goes into a function, as a tuple, and of what comes out. */
export interface Instance {
  readonly given: ts.Type;
  readonly gives: ts.Type;
}

export interface Library {
  readonly checker: ts.TypeChecker;
  /** All that a module exports, by the names under which it does. */
  readonly exports: ReadonlyMap<Module, ReadonlyMap<string, ts.Symbol>>;
  /** What a function of camada, or a method of its arrays, comes to. */
  instance(of: "function" | "method", name: string): Instance | undefined;
}

/** The packages as the compiler sees them. */
export function readLibrary(): Library {
  const config = ts.readConfigFile(join(root, "tsconfig.base.json"), ts.sys.readFile).config;
  const compilerOptions = { ...config.compilerOptions, types: ["node"] };
  const { options } = ts.parseJsonConfigFileContent({ compilerOptions, files: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === PROBE || fileExists(file);
  host.getSourceFile = (file, target, ...rest) =>
    file === PROBE
      ? ts.createSourceFile(file, PROBE_TEXT, target)
      : getSourceFile.call(host, file, target, ...rest);
  const files = Object.values(MODULES).map((file) => join(root, file));
  const program = ts.createProgram([...files, PROBE], options, host);
  const checker = program.getTypeChecker();
  const exportsOf = (file: string): Map<string, ts.Symbol> => {
    const symbol = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
    return new Map(checker.getExportsOfModule(symbol).map((found) => [found.name, meant(found, checker)]));
  };
  const probe = exportsOf(PROBE);
  const pair = (name: string) =>
    checker.getTypeArguments(checker.getDeclaredTypeOfSymbol(probe.get(name)!) as ts.TypeReference);
  const answers = { function: pair("Functions"), method: pair("Methods") };
  return {
    checker,
    exports: new Map(
      Object.entries(MODULES).map(([name, file]) => [name as Module, exportsOf(join(root, file))]),
    ),
    instance(of, name) {
      const [given, gives] = answers[of].map((type) => type.getProperty(name));
      if (given === undefined || gives === undefined) return undefined;
      return { given: checker.getTypeOfSymbol(given), gives: checker.getTypeOfSymbol(gives) };
    },
  };
}

/** What an export stands for, through however many files it is passed on. */
function meant(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
