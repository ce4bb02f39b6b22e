import { FigureError } from "./error.js";
import type { Factor, Formula } from "./formula.js";
import {
  axisName,
  type Matrix,
  type MatrixLike,
  markOf,
  readMatrix,
  showAxes,
  showAxis,
  showNumber,
  showShape,
  type Table,
} from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import type { Theme } from "./svg.js";

/** What a product is drawn from. */
export interface ProductOptions {
  /** The first factor. */
  readonly left: MatrixLike;
  /** The second factor. */
  readonly right: MatrixLike;
  /** One number per column of the result, added to each row: a bias per neuron. */
  readonly biases?: MatrixLike;
  /** What to show after the equals sign; by default the product, with the biases. */
  readonly result?: MatrixLike;
  /** What the matrices are called. */
  readonly labels?: { readonly left?: string; readonly right?: string; readonly result?: string };
  /** The language of its words. */
  readonly lang: Lang;
  /** What it is called: its own title unless given. */
  readonly title?: string;
  /** What it shows, for those who do not see it: its own words unless given. */
  readonly description?: string;
  /** Light, dark, or as the page is ("auto"). */
  readonly theme?: Theme;
  /** Makes the ids of the SVG unique within a page. */
  readonly id?: string;
  /** Where the figure would be wider than this, in pixels, matrices go on under one another. */
  readonly width?: number;
  /**
   * The row and column of the result that is looked at: what it comes from is framed, and each value can be
   * found by its place, in `data-at="left 0 1"`.
   */
  readonly step?: readonly [row: number, column: number];
}

/** A product as all its forms show it; `result` is null and `wrong` a sentence where pairs do not match. */
export interface Product {
  readonly left: Matrix;
  readonly right: Matrix;
  readonly biases: readonly number[] | null;
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
  const biases = readBiases(o.biases, right, labels.result, lang);
  const result = wrong
    ? null
    : o.result
      ? readResult(o.result, left, right, labels.result, lang)
      : multiply(left, right, biases);
  const facts = { ...labels, leftShape: showAxes(left, lang), rightShape: showAxes(right, lang) };
  const right_ =
    result && say(lang, "product.description", { ...facts, resultShape: showAxes(result, lang) });
  return {
    left,
    right,
    biases,
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

function readBiases(given: MatrixLike | undefined, right: Matrix, what: string, lang: Lang) {
  const neurons = right.columns.size;
  if (given === undefined) return null;
  if (given.shape.length !== 1 || given.shape[0] !== neurons) {
    throw new FigureError(lang, "error.biases", { what, neurons, shape: showShape(given.shape) });
  }
  return given.toArray() as number[];
}

function multiply(left: Matrix, right: Matrix, biases: readonly number[] | null): Matrix {
  const values = left.values.map((row) =>
    Array.from({ length: right.columns.size }, (_, j) => {
      const product = row.reduce((sum, x, k) => sum + x * right.values[k]![j]!, 0);
      return biases === null ? product : product + biases[j]!;
    }),
  );
  return { rows: left.rows, columns: right.columns, values };
}

/**
 * How the result's number in a row and a column comes about: each value of the left's row with its partner in
 * the right's column, and the bias. Of a wrong product, which pairs would meet.
 */
export function productFormula(o: ProductOptions, row: number, column: number): Formula {
  const { left, right, biases, result, wrong } = readProduct(o);
  const factor = (m: Matrix, i: number, j: number): Factor => ({
    value: m.values[i]![j]!,
    mark: markOf(m, i, j),
  });
  const terms = left.values[row]!.map((_, k): Formula["terms"][number] => [
    factor(left, row, k),
    k < right.rows.size ? factor(right, k, column) : null,
  ]);
  const bias = biases === null ? 0 : biases[column]!;
  const own = result === null ? null : markOf(result, row, column);
  const sum = terms.reduce((total, [a, b]) => total + a.value * (b?.value ?? Number.NaN), bias);
  return {
    terms,
    bias: biases === null ? null : { value: bias, mark: own },
    sum:
      result === null ? (Number.isNaN(sum) ? null : { value: sum, mark: null }) : factor(result, row, column),
    wrong: wrong !== null,
  };
}

/** The matrices of a product, row by row, for an HTML table. */
export function productTable(o: ProductOptions): Table {
  const p = readProduct(o);
  const width = Math.max(p.left.columns.size, p.right.columns.size);
  const rows = (label: string, values: Matrix["values"] = []) =>
    values.map((row, i) => [
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
      ...rows(p.labels.left, p.left.values),
      ...rows(p.labels.right, p.right.values),
      ...rows(say(o.lang, "product.biases"), p.biases === null ? [] : [p.biases]),
      ...rows(p.labels.result, p.result?.values),
    ],
  };
}
