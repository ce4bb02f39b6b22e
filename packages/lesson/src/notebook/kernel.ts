import type { JsonObject } from "@camada/interop";
import type { Language } from "camada";
import { say } from "../messages/index.js";

/*
 * Deno's kernel for Jupyter, which runs TypeScript. It knows packages of npm by their names with "npm:" before them,
 * anywhere, without a file that says so; and as ours do, its cells share what they declare.
 */

export const KERNEL: JsonObject = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

const OURS = /(\bfrom\s*)(["'])camada\2/g;
const THEIRS = /(\bfrom\s*)(["'])npm:camada(?:@[\w.^~-]+)?\2/g;

/** What the kernel calls camada: of this version, where one is given. */
export const kernelName = (version: string | undefined): string =>
  version === undefined ? "npm:camada" : `npm:camada@^${version}`;

/** A lesson's code as the kernel takes it, which calls camada `name`. */
export function toKernel(code: string, name: string): string {
  return code.replace(OURS, (_, from: string, quote: string) => `${from}${quote}${name}${quote}`);
}

export function fromKernel(code: string): string {
  return code.replace(THEIRS, (_, from: string, quote: string) => `${from}${quote}camada${quote}`);
}

/**
 * What makes the kernel speak the lesson's language, and show arrays as the lesson does. It ends with what has no
 * value: the kernel shows the last one, and a class's prototype cannot be shown.
 */
export function setupCode(lang: Language, name: string): string {
  const code = `import { configure, NDArray } from "camada";

// ${say(lang, "notebook.setup", {})}
Object.defineProperty(NDArray.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value: NDArray.prototype.toString,
});
configure({ lang: "${lang}" });`;
  return toKernel(code, name);
}

/** What a notebook's code calls camada. */
export function nameIn(code: string): string {
  return /(["'])(npm:camada(?:@[\w.^~-]+)?)\1/.exec(code)?.[2] ?? kernelName(undefined);
}
