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

/** The languages that camada speaks. */
export type Language = "en" | "pt-BR";

/** One language's sentences of networks. */
export type NetworkCatalog = { readonly [K in NetworkCode]: string };

/** The language that errors speak now. English is built in; `configure` brings the others. */
let language: Language = "en";
let current: Catalog = en;
/** Undefined until a language is chosen: those who speak of networks have English with them. */
let currentNetworks: NetworkCatalog | undefined;

export function useCatalog(lang: Language, catalog: Catalog, networks: NetworkCatalog): void {
  language = lang;
  current = catalog;
  currentNetworks = networks;
}

export function currentCatalog(): Catalog {
  return current;
}

export function currentNetworkCatalog(): NetworkCatalog | undefined {
  return currentNetworks;
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
