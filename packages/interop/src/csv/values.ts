/** What stands for a value that is missing, unless said otherwise. */
export const MISSING = ["", "?", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "None"];

/** What stands before the fraction of a number. */
export type Decimal = "." | ",";

const NUMBERS = {
  ".": /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  ",": /^[+-]?(\d+,?\d*|,\d+)(e[+-]?\d+)?$/i,
};

/** The number that a text says, and by which decimal mark, if it has one; undefined if it says none. */
export function numberIn(
  text: string,
  decimals: readonly Decimal[],
): { readonly value: number; readonly mark: Decimal | undefined } | undefined {
  const decimal = decimals.find((mark) => NUMBERS[mark].test(text));
  if (decimal === undefined) return undefined;
  const value = Number(text.replace(",", "."));
  if (!Number.isFinite(value)) return undefined;
  return { value, mark: text.includes(decimal) ? decimal : undefined };
}

/** Pairs of words for false and true. */
const PAIRS: (readonly [string, string])[] = [
  ["false", "true"],
  ["no", "yes"],
  ["não", "sim"],
  ["falso", "verdadeiro"],
];

/** The pair that all the words, in small letters, are of. */
export function pairOf(words: ReadonlySet<string>): readonly [string, string] | undefined {
  return words.size === 0 ? undefined : PAIRS.find((pair) => [...words].every((word) => pair.includes(word)));
}
