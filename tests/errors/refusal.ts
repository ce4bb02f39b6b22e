import type { Code } from "camada";

/** What a person may do wrong, with the exact words that they read, in English and in Portuguese. */
export type Refusal = readonly [code: Code, call: () => unknown, english: string, portuguese: string];

/** What plain JavaScript could pass, past the compiler. */
export const loose = (value: unknown) => value as never;
