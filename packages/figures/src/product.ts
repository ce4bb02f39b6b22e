import { FigureError } from "./error.js";
import {
  axisName,
  type Matrix,
  type MatrixLike,
  readMatrix,
  showAxes,
  showAxis,
  showNumber,
  showShape,
  type Table,
} from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import type { Theme } from "./svg.js";

export interface ProductOptions {
  readonly left: MatrixLike;
  readonly right: MatrixLike;
  /** What to show after the equals sign, say with biases added; by default the product. */
  readonly result?: MatrixLike;
  readonly labels?: { readonly left?: string; readonly right?: string; readonly result?: string };
  readonly lang: Lang;
  readonly title?: string;
  readonly description?: string;
  readonly theme?: Theme;
  /** Makes the ids of the SVG unique within a page. */
  readonly id?: string;
  /** Where the figure would be wider than this, in pixels, matrices go on under one another. */
  readonly width?: number;
}

/** A product as all its forms show it; `result` is null and `wrong` a sentence where pairs do not match. */
export interface Product {
  readonly left: Matrix;
  readonly right: Matrix;
  readonly result: Matrix | null;
  readonly wrong: string | null;
  readonly labels: { readonly left: string; readonly right: string; readonly result: string };
  readonly title: string;
  readonly description: string;
}

/** Reads and judges a product: the left's columns must be the right's rows, in size and in name. */
export function readProduct(o: ProductOptions): Product {
  const { lang } = o;
  const labels = {
    left: o.labels?.left ?? say(lang, "product.left"),
    right: o.labels?.right ?? say(lang, "product.right"),
    result: o.labels?.result ?? say(lang, "product.result"),
  };
  const left = readMatrix(o.left, labels.left, lang);
  const right = readMatrix(o.right, labels.right, lang);
  const a = left.columns;
  const b = right.rows;
  const wrong =
    a.size !== b.size
      ? say(lang, "product.wrong.sizes", { a: showAxis(a, lang), b: showAxis(b, lang) })
      : a.name !== null && b.name !== null && a.name !== b.name
        ? say(lang, "product.wrong.names", { a: axisName(a.name, lang), b: axisName(b.name, lang) })
        : null;
  const result = wrong
    ? null
    : o.result
      ? readResult(o.result, left, right, labels.result, lang)
      : multiply(left, right);
  const facts = { ...labels, leftShape: showAxes(left, lang), rightShape: showAxes(right, lang) };
  const right_ =
    result && say(lang, "product.description", { ...facts, resultShape: showAxes(result, lang) });
  return {
    left,
    right,
    result,
    wrong,
    labels,
    title: o.title ?? say(lang, "product.title", labels),
    description:
      o.description ??
      right_ ??
      `${labels.left} ${facts.leftShape}, ${labels.right} ${facts.rightShape}. ${wrong}`,
  };
}

function readResult(given: MatrixLike, left: Matrix, right: Matrix, what: string, lang: Lang): Matrix {
  const result = readMatrix(given, what, lang);
  if (result.rows.size !== left.rows.size || result.columns.size !== right.columns.size) {
    const expected = showShape([left.rows.size, right.columns.size]);
    throw new FigureError(lang, "error.result", { expected, shape: showShape(given.shape) });
  }
  return { rows: left.rows, columns: right.columns, values: result.values };
}

function multiply(left: Matrix, right: Matrix): Matrix {
  const values = left.values.map((row) =>
    Array.from({ length: right.columns.size }, (_, j) =>
      row.reduce((sum, x, k) => sum + x * right.values[k]![j]!, 0),
    ),
  );
  return { rows: left.rows, columns: right.columns, values };
}

/** The matrices of a product, row by row, for an HTML table. */
export function productTable(o: ProductOptions): Table {
  const p = readProduct(o);
  const width = Math.max(p.left.columns.size, p.right.columns.size);
  const rows = (label: string, m: Matrix | null) =>
    (m?.values ?? []).map((row, i) => [
      label,
      String(i + 1),
      ...Array.from({ length: width }, (_, j) => (j < row.length ? showNumber(row[j]!) : "")),
    ]);
  return {
    caption: `${p.title}. ${p.description}`,
    columns: [
      say(o.lang, "matrix"),
      say(o.lang, "row"),
      ...Array.from({ length: width }, (_, j) => String(j + 1)),
    ],
    rows: [
      ...rows(p.labels.left, p.left),
      ...rows(p.labels.right, p.right),
      ...rows(p.labels.result, p.result),
    ],
  };
}
