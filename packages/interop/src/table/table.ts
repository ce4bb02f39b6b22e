import { InteropError } from "../error.js";

/** Numbers as they are; two words, as true and false are; one of few words; any text, dates among it. */
export type ColumnKind = "number" | "boolean" | "category" | "text";

interface Named {
  readonly name: string;
  /** How many values are missing. */
  readonly missing: number;
}

/** A column of numbers. */
export interface NumberColumn extends Named {
  readonly kind: "number";
  /** nan where a value is missing. */
  readonly values: Float64Array;
}

/** A column of words that come again, or of yes and no: places in the list of its categories. */
export interface CategoryColumn extends Named {
  readonly kind: "boolean" | "category";
  /** For each row the position of its word in `categories`; -1 where it is missing. */
  readonly values: Int32Array;
  /** In the order of their characters; of a boolean column what stands for false, then what for true. */
  readonly categories: readonly string[];
}

/** A column of texts. */
export interface TextColumn extends Named {
  readonly kind: "text";
  /** null where a value is missing. */
  readonly values: readonly (string | null)[];
}

/** A column of a table. */
export type Column = NumberColumn | CategoryColumn | TextColumn;

/** Columns of equal length, each with values of one kind. Plain data. */
export interface Table {
  /** How many rows there are. */
  readonly rows: number;
  /** The columns, in order. */
  readonly columns: readonly Column[];
}

/**
 * A column by its name.
 * @throws InteropError `table.column`
 * @example
 * columnOf(readCsv("n,pet\n1,cat\n2,dog"), "pet").categories; // [cat, dog]
 */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((column) => column.name === name);
  if (column !== undefined) return column;
  throw new InteropError("table.column", { name, known: quoted(table.columns.map(({ name }) => name)) });
}

/**
 * Some rows of a table, by their positions, in the order given. A copy; categories stay as they are.
 * @example
 * Array.from(takeTableRows(readCsv("n\n1\n2\n3"), [2, 0]).columns[0].values); // [3, 1]
 */
export function takeTableRows(table: Table, positions: ArrayLike<number>): Table {
  const at = Int32Array.from(positions);
  return { rows: at.length, columns: table.columns.map((column) => takeFrom(column, at)) };
}

function takeFrom(column: Column, at: Int32Array): Column {
  const { name } = column;
  if (column.kind === "number") {
    const values = Float64Array.from(at, (row) => column.values[row]!);
    return { name, kind: "number", values, missing: values.filter(Number.isNaN).length };
  }
  if (column.kind === "text") {
    const values = Array.from(at, (row) => column.values[row]!);
    return { name, kind: "text", values, missing: values.filter((value) => value === null).length };
  }
  const values = Int32Array.from(at, (row) => column.values[row]!);
  const { kind, categories } = column;
  return { name, kind, values, categories, missing: values.filter((code) => code < 0).length };
}

/** A value as it is written: a number, or a text; null where it is missing. */
export function valueAt(column: Column, row: number): number | string | null {
  if (column.kind === "text") return column.values[row]!;
  const value = column.values[row]!;
  if (column.kind === "number") return Number.isNaN(value) ? null : value;
  return value < 0 ? null : column.categories[value]!;
}

/** So many names a sentence lists. */
const LISTED = 8;

/** Names in quotes with commas between them, the first ones of many. */
export function quoted(names: readonly string[]): string {
  const listed = names.slice(0, LISTED).map((name) => `'${name}'`);
  return [...listed, ...(names.length > LISTED ? [`… (${names.length})`] : [])].join(", ");
}
