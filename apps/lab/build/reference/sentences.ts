import type { Language } from "camada";
import { en as arraysEn } from "../../../../packages/camada/src/errors/messages/en.js";
import { en as networksEn } from "../../../../packages/camada/src/errors/messages/networks/en.js";
import { ptBR as networksPtBR } from "../../../../packages/camada/src/errors/messages/networks/pt-BR.js";
import { ptBR as arraysPtBR } from "../../../../packages/camada/src/errors/messages/pt-BR.js";
import { en as figuresEn } from "../../../../packages/figures/src/messages/en.js";
import { ptBR as figuresPtBR } from "../../../../packages/figures/src/messages/pt-BR.js";
import { en as interopEn } from "../../../../packages/interop/src/messages/en.js";
import { ptBR as interopPtBR } from "../../../../packages/interop/src/messages/pt-BR.js";
import { en as lessonEn } from "../../../../packages/lesson/src/messages/en.js";
import { ptBR as lessonPtBR } from "../../../../packages/lesson/src/messages/pt-BR.js";

/** Of the sentences that figures say, those that refuse. */
const refusals = (said: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(said).filter(([code]) => code.startsWith("error.")));

/** Every sentence of errors in each language, by its code. */
export const sentences: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { ...arraysEn, ...networksEn, ...interopEn, ...refusals(figuresEn), ...lessonEn },
  "pt-BR": { ...arraysPtBR, ...networksPtBR, ...interopPtBR, ...refusals(figuresPtBR), ...lessonPtBR },
};
