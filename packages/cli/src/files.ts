import { writeFileSync } from "node:fs";
import type { Say } from "./language.js";

/** Writes a text that ends in one line break. Refused in the reader's language where it cannot be. */
export function writeText(file: string, text: string, say: Say): void {
  try {
    writeFileSync(file, `${text.trimEnd()}\n`);
  } catch (error) {
    throw new Error(say("file.write", { file, reason: (error as Error).message }));
  }
}
