import { type Facts, type Key, type Lang, say } from "./messages/index.js";

/** The code of every sentence that refuses a figure. */
export type FigureCode = Extract<Key, `error.${string}`>;

/** What a figure refuses: a code and its facts for programs, a sentence in the figure's language for people. */
export class FigureError extends Error {
  override readonly name = "FigureError";
  /** What is wrong, for programs. */
  readonly code: FigureCode;
  /** What the sentence is made of. */
  readonly data: Facts;

  constructor(lang: Lang, code: FigureCode, data: Facts = {}) {
    super(say(lang, code, data));
    this.code = code;
    this.data = data;
  }
}
