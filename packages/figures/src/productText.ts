import { type Matrix, markOf, pick, showAxes, showAxis, showNumber } from "./matrix.js";
import { say } from "./messages/index.js";
import { ansi, inks, style } from "./palette.js";
import { type ProductOptions, readProduct } from "./product.js";

/** `productFigure` for a terminal: the matrices one under the other, in ANSI color if asked. */
export function productText(o: ProductOptions & { readonly color?: boolean }): string {
  const p = readProduct(o);
  const paint = (m: Matrix, label: string) => [
    `${label} ${showAxes(m, o.lang)}`,
    ...lines(m, o.color ?? false),
  ];
  const biases =
    p.biases === null
      ? []
      : [
          "+",
          `${say(o.lang, "product.biases")} (${showAxis(p.right.columns, o.lang)})`,
          ...lines(
            { rows: { name: null, size: 1 }, columns: p.right.columns, values: [p.biases] },
            o.color ?? false,
          ),
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
    ...biases,
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
  return rows.map(({ i, texts }) => {
    const cells = texts.map((text, c) => {
      const [j, padded] = [js[c]!, text.padStart(width)];
      const mark = i === null || j === null ? null : markOf(m, i, j);
      return color && mark !== null ? ansi(padded, style(mark.kind, mark.at).color) : padded;
    });
    return `  [ ${cells.join("  ")} ]`;
  });
}
