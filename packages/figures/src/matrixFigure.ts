import { type MatrixLike, readMatrix, showAxes, showAxis, showNumber, type Table } from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import { matrixBlock } from "./productFigure.js";
import { page, safeId, type Theme } from "./svg.js";

/** What a matrix is drawn from. */
export interface MatrixOptions {
  /** A matrix, or a vector, which is drawn as one row. */
  readonly matrix: MatrixLike;
  /** What it is called. */
  readonly label: string;
  /** The language of its words. */
  readonly lang: Lang;
  /** Light, dark, or as the page is ("auto"). */
  readonly theme?: Theme;
  /** Makes the ids of the SVG unique within a page. */
  readonly id?: string;
}

/**
 * An array of one or two axes with their names, as SVG: a color and a dash for each feature and neuron.
 * @throws FigureError for any other
 * @example
 * matrixFigure({ matrix: array([[0.42, -0.22]], ["neuron", "feature"]), label: "weights", lang: "en" });
 */
export function matrixFigure(o: MatrixOptions): string {
  const { matrix, axes } = read(o);
  const block = matrixBlock(matrix, { label: o.label, axes, bad: null, step: null }, o.lang);
  return page(
    {
      id: safeId(o.id ?? "matrix"),
      width: block.width + 16,
      height: block.height + 12,
      lang: o.lang,
      title: o.label,
      description: `${o.label} ${axes}`,
      theme: o.theme ?? "auto",
    },
    block.svg(8, 4),
  );
}

/** The numbers of the array, row by row. */
export function matrixTable(o: MatrixOptions): Table {
  const { matrix, axes } = read(o);
  return {
    caption: `${o.label} ${axes}`,
    columns: [say(o.lang, "row"), ...matrix.values[0]!.map((_, j) => String(j + 1))],
    rows: matrix.values.map((row, i) => [String(i + 1), ...row.map(showNumber)]),
  };
}

function read({ matrix: given, label, lang }: MatrixOptions) {
  if (given.shape.length !== 1) {
    const matrix = readMatrix(given, label, lang);
    return { matrix, axes: showAxes(matrix, lang) };
  }
  const row = {
    shape: [1, given.shape[0]!],
    names: given.names && [null, given.names[0]!],
    toArray: () => [given.toArray()],
  };
  const matrix = readMatrix(row, label, lang);
  return { matrix, axes: `(${showAxis(matrix.columns, lang)})` };
}
