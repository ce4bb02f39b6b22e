/// <reference types="node" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../scripts/setup.mjs";

export const READMES = { en: "README.md", "pt-BR": "README.pt-BR.md" } as const;

/** A README's first example, and the lines of its comments. */
export function exampleOf(readme: string): { readonly code: string; readonly comments: readonly string[] } {
  const code = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(join(ROOT, readme), "utf8"))?.[1] ?? "";
  return { code, comments: [...code.matchAll(/^\/\/ ?(.*)$/gm)].map(([, text]) => text!) };
}

/** The statement of the main READMEs that is refused. */
export const REFUSED = /^dot\(.*\);$/m;

/** What a main README says that it is refused with, and what it says that the rest prints. */
export function promised(readme: string): { readonly sentence: string; readonly rest: string } {
  const [, first, second, ...rest] = exampleOf(readme).comments;
  return { sentence: `${first} ${second}`, rest: rest.join("\n") };
}
