import type { Language } from "camada";
import { en } from "./en.js";
import { filled } from "./fill.js";
import { ptBR } from "./pt-BR.js";

export const langs: readonly Language[] = ["pt-BR", "en"];
export type Message = keyof typeof en;

/** A sentence of the lab in the reader's language, its {blanks} filled in. */
export function say(lang: Language, message: Message, data?: Parameters<typeof filled>[1]): string {
  return filled((lang === "en" ? en : ptBR)[message], data);
}
