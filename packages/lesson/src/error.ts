import type { Language } from "camada";
import { type Facts, type LessonCode, say } from "./messages/index.js";

/** What is wrong with a lesson's file, and in which line; said in the lesson's language. */
export class LessonError extends Error {
  override readonly name = "LessonError";
  /** What is wrong, for programs. */
  readonly code: LessonCode;
  /** What the sentence is made of. */
  readonly data: Facts;

  constructor(lang: Language, code: LessonCode, data: Facts & { readonly line: number }) {
    super(say(lang, code, data));
    this.code = code;
    this.data = data;
  }
}
