import { currentLanguage } from "camada";
import { type Facts, type InteropCode, say } from "./messages/index.js";

/** What a file is refused for: a code and its facts for programs, a sentence in camada's language for people. */
export class InteropError extends Error {
  override readonly name = "InteropError";
  /** What is wrong, for programs. */
  readonly code: InteropCode;
  /** What the sentence is made of. */
  readonly data: Facts;

  constructor(code: InteropCode, data: Facts = {}) {
    super(sentence(code, data));
    this.code = code;
    this.data = data;
  }
}

/** What is no error, but should be known. */
export function sentence(code: InteropCode, data: Facts): string {
  return say(currentLanguage(), code, data);
}
