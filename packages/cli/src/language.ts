import type { Language } from "camada";
import { en } from "./messages/en.js";
import { ptBR } from "./messages/pt-BR.js";

/** The code of each sentence. */
export type Key = keyof typeof en;

const CATALOGS: { readonly [L in Language]: { readonly [K in Key]: string } } = { en, "pt-BR": ptBR };

/** Says a sentence in one language. */
export type Say = (key: Key, data?: { readonly [name: string]: string | number }) => string;

export function sayIn(lang: Language): Say {
  return (key, data = {}) =>
    CATALOGS[lang][key].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name]));
}

/**
 * The language of a run: the one asked for with `--lang`, else the machine's (LC_ALL, LC_MESSAGES, LANG, in
 * that order, as POSIX has it). Any Portuguese is taken for pt-BR, anything else for English.
 */
export function chooseLanguage(
  args: readonly string[],
  env: { readonly [name: string]: string | undefined },
): Language {
  const at = args.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const asked =
    at < 0 ? undefined : args[at]!.includes("=") ? args[at]!.slice("--lang=".length) : args[at + 1];
  const locale = asked ?? (env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "en");
  return locale.toLowerCase().startsWith("pt") ? "pt-BR" : "en";
}
