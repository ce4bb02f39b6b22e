import type { Language } from "camada";

/** A cell as the reader left it. */
interface SavedCell {
  readonly code: string;
  readonly lang: Language;
  /** The lesson's code when the reader began to change it: where it is another now, the lesson has a newer one. */
  readonly original: string;
}

/** What the reader wrote in a lesson, in any of its languages. */
export interface Saved {
  readonly version: 1;
  readonly lesson: string;
  readonly cells: Readonly<Record<string, SavedCell>>;
  /** Codes that cells have run with, the latest last. */
  readonly history: Readonly<Record<string, readonly Version[]>>;
  /** Answers to exercises. */
  readonly answers: Readonly<Record<string, string>>;
}

export interface Version {
  readonly code: string;
  readonly lang: Language;
  /** When it ran, in milliseconds since 1970. */
  readonly at: number;
}

/** How many versions of a cell are kept. */
const most = 20;

export const nothing = (lesson: string): Saved => ({
  version: 1,
  lesson,
  cells: {},
  history: {},
  answers: {},
});

/** A cell's versions with another one, unless it is the last one again. */
export function withVersion(history: readonly Version[], version: Version): readonly Version[] {
  return history.at(-1)?.code === version.code ? history : [...history, version].slice(-most);
}

/** What was saved, if it is that: storage and files may hold anything. Null where it is not. */
export function readSaved(value: unknown): Saved | null {
  if (!isRecord(value) || value["version"] !== 1 || typeof value["lesson"] !== "string") return null;
  const { lesson, cells, history, answers } = value;
  const good =
    isRecordOf(cells, isSavedCell) &&
    isRecordOf(history, (versions) => Array.isArray(versions) && versions.every(isVersion)) &&
    isRecordOf(answers, (answer) => typeof answer === "string");
  if (!good) return null;
  return { version: 1, lesson, cells, history, answers } as unknown as Saved;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isRecordOf = (value: unknown, each: (part: unknown) => boolean): boolean =>
  isRecord(value) && Object.values(value).every(each);
const isLang = (value: unknown): boolean => value === "en" || value === "pt-BR";
const isSavedCell = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value["code"] === "string" &&
  typeof value["original"] === "string" &&
  isLang(value["lang"]);
const isVersion = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value["code"] === "string" &&
  typeof value["at"] === "number" &&
  isLang(value["lang"]);
