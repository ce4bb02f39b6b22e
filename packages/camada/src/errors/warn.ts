import type { Code } from "./catalog.js";
import { sentence } from "./network.js";

/** Says something on the console, where there is one. */
export function warnOnConsole(message: string): void {
  (globalThis as unknown as { console?: { warn(text: string): void } }).console?.warn(message);
}

const said = new Set<Code>();

/** Says a sentence on the console, unless it has been said before. */
export function warnOnce(code: Code): void {
  if (said.has(code)) return;
  said.add(code);
  warnOnConsole(sentence(code));
}
