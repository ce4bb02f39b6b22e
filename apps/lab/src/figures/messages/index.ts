import type { Language } from "camada";
import { filled } from "../../messages/fill.js";
import { en } from "./en.js";
import { ptBR } from "./pt-BR.js";

export type Message = keyof typeof en;

/** A sentence of the living figures in the reader's language, its {blanks} filled in. */
export function say(lang: Language, message: Message, data?: Parameters<typeof filled>[1]): string {
  return filled((lang === "en" ? en : ptBR)[message], data);
}
