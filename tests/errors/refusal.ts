import { CamadaError, type Code, configure, type Language } from "camada";

/** What a person may do wrong, with the exact words that they read, in English and in Portuguese. */
export type Refusal = readonly [code: Code, call: () => unknown, english: string, portuguese: string];

/** What plain JavaScript could pass, past the compiler. */
export const loose = (value: unknown) => value as never;

/** What a call, or the promise that it gives, is refused with. */
export async function refusalOf(call: () => unknown, lang: Language = "en"): Promise<CamadaError> {
  configure({ lang });
  try {
    await call();
  } catch (error) {
    if (error instanceof CamadaError) return error;
    throw error;
  } finally {
    configure({ lang: "en" });
  }
  throw new Error("nothing was refused");
}
