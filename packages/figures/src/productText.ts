import { kindOf, type Matrix, pick, showAxes, showNumber } from "./matrix.js";
import { say } from "./messages/index.js";
import { ansi, inks, style } from "./palette.js";
import { type ProductOptions, readProduct } from "./product.js";

/** `productFigure` for a terminal: the matrices one under the other, in ANSI colour if asked. */
export function productText(o: ProductOptions & { readonly color?: boolean }): string {
  const p = readProduct(o);
  const paint = (m: Matrix, label: string) => [
    `${label} ${showAxes(m, o.lang)}`,
    ...lines(m, o.color ?? false),
  ];
  const red = (text: string) => (o.color ? ansi(text, inks.wrong[1]) : text);
  const end = p.result
    ? paint(p.result, p.labels.result)
    : [red(`× ${say(o.lang, "product.impossible")}`), red(p.wrong!)];
  return [
    p.title,
    "",
    ...paint(p.left, p.labels.left),
    "·",
    ...paint(p.right, p.labels.right),
    "=",
    ...end,
  ].join("\n");
}

function lines(m: Matrix, color: boolean): string[] {
  const js = pick(m.columns.size, 8);
  const rows = pick(m.rows.size, 10).map((i) => ({
    i,
    texts: js.map((j) => (i === null ? "⋮" : j === null ? "…" : showNumber(m.values[i]![j]!))),
  }));
  const width = Math.max(...rows.flatMap(({ texts }) => texts.map((text) => text.length)));
  const [rowKind, columnKind] = [kindOf(m.rows), kindOf(m.columns)];
  return rows.map(({ i, texts }) => {
    const cells = texts.map((text, c) => {
      const [kind, at] = rowKind === "neuron" || columnKind === null ? [rowKind, i] : [columnKind, js[c]!];
      const padded = text.padStart(width);
      return color && kind !== null && at !== null ? ansi(padded, style(kind, at).color) : padded;
    });
    return `  [ ${cells.join("  ")} ]`;
  });
}
