import { InteropError } from "@camada/interop";
import { configure } from "camada";
import { expect, it } from "vitest";

/** The error that a file is refused with; fails where nothing is refused, or something else is thrown. */
export function refusedFile(call: () => unknown): InteropError {
  try {
    call();
  } catch (error) {
    if (error instanceof InteropError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** A call that is refused: the code, a part of the sentence in each language, and the call. */
export type Refusal = readonly [code: string, english: string, portuguese: string, call: () => unknown];

/** A test for each call: that it is refused by its code, and says so in both languages. */
export function itRefuses(refusals: readonly Refusal[]): void {
  it.each(refusals)("is refused in both languages: %s, %s", (code, english, portuguese, call) => {
    const error = refusedFile(call);
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(english)]);
    configure({ lang: "pt-BR" });
    try {
      expect(refusedFile(call).message).toContain(portuguese);
    } finally {
      configure({ lang: "en" });
    }
  });
}
