import { type Load, loadInNode, runCell, type Scope } from "./run.js";

/** What a check may use besides the names of cells: the answer, a comparison, and what says what is wrong. */
export const CHECK_NAMES = ["answer", "close", "fail"];

class WrongAnswer extends Error {}

/**
 * Runs an exercise's check on an answer, in the scope that the lesson's cells have left. Gives what is wrong with
 * it, in the words of the check, or null where nothing is; what the check itself stumbles over is thrown.
 */
export async function checkAnswer(
  module: string,
  answer: unknown,
  { scope = {}, load = loadInNode }: { readonly scope?: Scope; readonly load?: Load } = {},
): Promise<string | null> {
  const helpers = {
    answer,
    // as near as a number that was rounded to four digits
    close: (a: number, b: number) => Math.abs(a - b) <= 5e-4 * Math.max(1, Math.abs(b)),
    fail: (words: string) => {
      throw new WrongAnswer(words);
    },
  };
  const { error } = await runCell(
    { id: "check", module },
    { load, scope: Object.assign(Object.create(scope), helpers) as Scope },
  );
  if (error === null || error instanceof WrongAnswer) return error?.message ?? null;
  throw error;
}
