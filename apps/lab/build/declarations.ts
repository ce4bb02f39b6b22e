import { readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { Plugin } from "vite";

const id = "virtual:declarations";
const source = fileURLToPath(new URL("../../../packages/camada/src", import.meta.url));

/** Gives the module `virtual:declarations`: what the compiler in the page reads, by the paths it looks for. */
export function declarations(): Plugin {
  let module: string | undefined;
  return {
    name: "declarations",
    resolveId: (asked) => (asked === id ? id : null),
    load(asked) {
      if (asked !== id) return null;
      // parsed as JSON a text this long is ready sooner than as a program
      module ??= `export default JSON.parse(${JSON.stringify(JSON.stringify(read()))});`;
      return module;
    },
  };
}

/** TypeScript's own declarations, and camada's as its package has them. */
function read(): Record<string, string> {
  const found: Record<string, string> = {
    "/node_modules/camada/package.json": '{ "name": "camada", "types": "./index.d.ts" }',
  };
  const config = ts.readConfigFile(join(source, "../tsconfig.build.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, join(source, ".."));
  const program = ts.createProgram([join(source, "index.ts")], { ...options, outDir: source });
  const write: ts.WriteFileCallback = (file, text) => {
    if (file.endsWith(".d.ts"))
      found[`/node_modules/camada/${relative(source, file).replaceAll("\\", "/")}`] = text;
  };
  program.emit(undefined, write, undefined, true);
  for (const file of program.getSourceFiles()) {
    if (!program.isSourceFileDefaultLibrary(file)) continue;
    found[`/libraries/${basename(file.fileName)}`] = readFileSync(file.fileName, "utf8");
  }
  return found;
}
