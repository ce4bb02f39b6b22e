import { FigureError } from "./error.js";
import { type Lang, say } from "./messages/index.js";
import type { Kind, Mark } from "./palette.js";

/** What a figure needs of an array; camada's arrays have it. */
export interface MatrixLike {
  /** The sizes along each axis. */
  readonly shape: readonly number[];
  /** The axes' names; null for one without, or for all. */
  readonly names: readonly (string | null)[] | null;
  toArray(): unknown;
}

/** A matrix or a row of numbers as JSON and threads carry it. */
export interface PlainArray {
  readonly shape: readonly number[];
  readonly names: readonly (string | null)[] | null;
  readonly values: unknown;
}

/** What JSON and threads can carry of an array. */
export function toPlain(array: MatrixLike): PlainArray {
  return { shape: [...array.shape], names: array.names && [...array.names], values: array.toArray() };
}

/** The array that `toPlain` was given, as far as figures need it. */
export function fromPlain({ shape, names, values }: PlainArray): MatrixLike {
  return { shape, names, toArray: () => values };
}

export interface Axis {
  readonly name: string | null;
  readonly size: number;
}

export interface Matrix {
  readonly rows: Axis;
  readonly columns: Axis;
  readonly values: readonly (readonly number[])[];
}

/** An HTML table's parts: the figure for those who do not see it. */
export interface Table {
  /** What the table is of. */
  readonly caption: string;
  /** The heads of the columns. */
  readonly columns: readonly string[];
  /** The cells, row by row, the row's name first. */
  readonly rows: readonly (readonly string[])[];
}

/** Reads a matrix; throws `error.matrix` for anything else. `what` names it in the sentence. */
export function readMatrix(m: MatrixLike, what: string, lang: Lang): Matrix {
  const [rows, columns] = m.shape;
  if (m.shape.length !== 2 || !rows || !columns) {
    throw new FigureError(lang, "error.matrix", { what, shape: showShape(m.shape) });
  }
  return {
    rows: { name: m.names?.[0] ?? null, size: rows },
    columns: { name: m.names?.[1] ?? null, size: columns },
    values: m.toArray() as number[][],
  };
}

/** A shape as NumPy writes it. */
export function showShape(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** A number as short as its seven digits allow, so that float32's 0.12 is 0.12. */
export function showNumber(value: number): string {
  return String(Number(Number(value).toPrecision(7)));
}

/** An axis' name in the reader's language; a name we do not know stays as it is. */
export function axisName(name: string | null, lang: Lang): string {
  if (name === "batch" || name === "feature" || name === "neuron") return say(lang, `axis.${name}`);
  return name ?? say(lang, "axis.none");
}

export const showAxis = (axis: Axis, lang: Lang) => `${axisName(axis.name, lang)} ${axis.size}`;

export const showAxes = (m: Matrix, lang: Lang) =>
  `(${showAxis(m.rows, lang)}, ${showAxis(m.columns, lang)})`;

/** Whether an axis has colors of its own. */
export function kindOf(axis: Axis): Kind | null {
  return axis.name === "feature" || axis.name === "neuron" ? axis.name : null;
}

/**
 * Whose color a matrix's value bears. A neuron's wins over a feature's: the neuron is what the weights belong
 * to.
 */
export function markOf(m: Matrix, i: number, j: number): Mark | null {
  const [rowKind, columnKind] = [kindOf(m.rows), kindOf(m.columns)];
  if (rowKind === "neuron" || columnKind === null) return rowKind && { kind: rowKind, at: i };
  return { kind: columnKind, at: j };
}

/** The indices to draw of `size`: all, or the first ones, null for the gap, and the last. */
export function pick(size: number, most: number): (number | null)[] {
  if (size <= most) return Array.from({ length: size }, (_, i) => i);
  return [...Array.from({ length: most - 2 }, (_, i) => i), null, size - 1];
}
