import { en } from "./en.js";
import { ptBR } from "./pt-BR.js";

export type Key = keyof typeof en;
export type Messages = { readonly [key in Key]: string };
/** The languages of figures. */
export type Lang = "en" | "pt-BR";
export type Facts = { readonly [name: string]: string | number };

/** The sentence for a key, in a language, with its facts filled in. */
export function say(lang: Lang, key: Key, facts: Facts = {}): string {
  const catalog: Messages = lang === "pt-BR" ? ptBR : en;
  return catalog[key].replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ""));
}
