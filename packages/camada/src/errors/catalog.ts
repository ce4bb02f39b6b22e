import { en } from "./messages/en.js";

/** The code of every sentence. */
export type Code = keyof typeof en;

/** One language's sentences: the same codes in every language, or it does not compile. */
export type Catalog = { readonly [K in Code]: string };

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
