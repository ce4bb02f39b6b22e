import { pick, showNumber } from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import { type Mark, underline } from "./palette.js";
import { el, type Svg } from "./svg.js";

/** A number in a formula, in the color of the feature or neuron that it belongs to. */
export interface Factor {
  /** The number. */
  readonly value: number;
  /** Which feature or neuron it belongs to. */
  readonly mark: Mark | null;
}

/** How one number of a result comes about: products of pairs, a bias, and what an activation makes of them. */
export interface Formula {
  /** Pairs that are multiplied; null where a number has no partner. */
  readonly terms: readonly (readonly [Factor, Factor | null])[];
  /** What is added to the products. */
  readonly bias: Factor | null;
  /** What it comes to; null where pairs do not match. */
  readonly sum: Factor | null;
  /** What follows the sum, such as relu, and gives the result. */
  readonly activation?: { readonly name: string; readonly result: number };
  /** Whether the pairs do not belong together. */
  readonly wrong: boolean;
}

/** So many terms are written out. */
const most = 8;

/** A number as formulas have it, with a minus sign. */
const written = (value: number): string => showNumber(value).replace("-", "−");

const enclosed = (value: number): string => (value < 0 ? `(${written(value)})` : written(value));

/**
 * A formula in plain text, the values in place: three lines at most, products, their values, the activation.
 *
 * @example
 * const left = array([[0.5, -1]], ["batch", "feature"]);
 * const right = array([[2], [3]], ["feature", "neuron"]);
 * formulaText(productFormula({ left, right, lang: "en" }, 0, 0), "en");
 */
export function formulaText(formula: Formula, lang: Lang): string {
  return lines(formula, lang)
    .map((pieces) => pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join(""))
    .join("\n");
}

/** `formulaText` as HTML, each number underlined in the color and dash of its feature or neuron. */
export function formulaHtml(formula: Formula, lang: Lang): string {
  const html = lines(formula, lang).map((pieces) =>
    el("span", { style: "display:block" }, ...pieces.map((p) => (typeof p === "string" ? p : underlined(p)))),
  );
  return html.map(({ markup }) => markup).join("");
}

interface Marked {
  readonly text: string;
  readonly mark: Mark | null;
}
type Piece = string | Marked;

function underlined({ text, mark }: Marked): Svg {
  const css = mark === null ? "" : `;${underline(mark)}`;
  return el("span", { style: `white-space:nowrap${css}` }, text);
}

const marked = ({ value, mark }: Factor, text = written(value)): Marked => ({ text, mark });

function lines(formula: Formula, lang: Lang): Piece[][] {
  const { terms, bias, sum, activation, wrong } = formula;
  const shown = pick(terms.length, most);
  const first: Piece[] = [];
  for (const [place, k] of shown.entries()) {
    if (place > 0) first.push(" + ");
    const term = k === null ? undefined : terms[k];
    if (term === undefined) first.push("…");
    else {
      const [a, b] = term;
      first.push(marked(a, place === 0 ? written(a.value) : enclosed(a.value)), " · ");
      first.push(b === null ? "?" : marked(b, enclosed(b.value)));
    }
  }
  if (bias !== null) first.push(" + ", marked(bias, enclosed(bias.value)));
  if (sum === null) return [first, [say(lang, "formula.partner")]];
  const end: Piece[][] = [[`= `, marked(sum)]];
  if (activation !== undefined) {
    end.push([
      `${activation.name}(`,
      marked(sum),
      ") = ",
      { text: written(activation.result), mark: sum.mark },
    ]);
  }
  if (wrong) end.push([say(lang, "formula.nobody")]);
  // one product by itself is its value
  const steps = terms.length > 1 || bias !== null ? [["= ", ...products(terms, shown, bias)]] : [];
  return [first, ...steps, ...end];
}

/** The products by themselves: `0.1974 − 0.0924 + 0.207`. */
function products(terms: Formula["terms"], shown: readonly (number | null)[], bias: Factor | null): Piece[] {
  const values = shown.map((k) => (k === null ? null : terms[k]![0].value * (terms[k]![1]?.value ?? 0)));
  if (bias !== null) values.push(bias.value);
  return values.map((value, place) => {
    if (value === null) return " + …";
    if (place === 0) return written(value);
    return value < 0 ? ` − ${showNumber(-value)}` : ` + ${showNumber(value)}`;
  });
}
