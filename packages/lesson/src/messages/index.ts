import type { Language } from "camada";
import { en } from "./en.js";
import { ptBR } from "./pt-BR.js";

/** The code of every sentence that refuses a lesson. */
export type LessonCode = keyof typeof en;
export type Messages = { readonly [code in LessonCode]: string };
export type Facts = { readonly [name: string]: string | number };

const CATALOGS: { readonly [lang in Language]: Messages } = { en, "pt-BR": ptBR };

/** The sentence for a code, in a language, with its facts filled in. */
export function say(lang: Language, code: LessonCode, facts: Facts): string {
  return CATALOGS[lang][code].replace(/\{(\w+)\}/g, (all, name: string) => String(facts[name] ?? all));
}
