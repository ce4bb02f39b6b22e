import type { Language } from "camada";
import { en } from "./en.js";
import { ptBR } from "./pt-BR.js";

export type Message = keyof typeof en;

/** A sentence of the living figures in the reader's language, its {blanks} filled in. */
export function say(
  lang: Language,
  message: Message,
  data: Readonly<Record<string, string | number>> = {},
): string {
  const sentence = (lang === "en" ? en : ptBR)[message];
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ""));
}
