import { en } from "./messages/en.js";

/** The code of every sentence. */
export type Code = keyof typeof en;

/** One language's sentences: the same codes in every language, or it does not compile. */
export type Catalog = { readonly [K in Code]: string };

export type Language = "en" | "pt-BR";

/** The language that errors speak now. English is built in; `configure` brings the others. */
let current: Catalog = en;

export function useCatalog(catalog: Catalog): void {
  current = catalog;
}

export function currentCatalog(): Catalog {
  return current;
}
