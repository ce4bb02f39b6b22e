import { en } from "./messages/en.js";
import type { en as networks } from "./messages/networks/en.js";

/** The code of every sentence that is said of arrays. */
export type ArrayCode = keyof typeof en;

/** The code of every sentence that is said of networks, and of what is around them. */
export type NetworkCode = keyof typeof networks;

/** The code of every sentence. */
export type Code = ArrayCode | NetworkCode;

/** One language's sentences of arrays: the same codes in every language, or it does not compile. */
export type Catalog = { readonly [K in ArrayCode]: string };

export type Language = "en" | "pt-BR";

/** The language that errors speak now. English is built in; `configure` brings the others. */
let language: Language = "en";
let current: Catalog = en;

export function useCatalog(lang: Language, catalog: Catalog): void {
  language = lang;
  current = catalog;
}

export function currentCatalog(): Catalog {
  return current;
}

/**
 * The language that `configure` has set: what packages around camada say their own sentences in.
 * @example
 * configure({ lang: "pt-BR" });
 * currentLanguage(); // pt-BR
 */
export function currentLanguage(): Language {
  return language;
}
