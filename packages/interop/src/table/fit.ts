import { InteropError, sentence } from "../error.js";
import type { Feature, Preparation, Target } from "./preparation.js";
import { type Column, columnOf, type NumberColumn, quoted, type Table, valueAt } from "./table.js";

/** Options of `fitPreparation`. */
export interface PreparationOptions {
  /** The column to be learnt. */
  readonly target: string;
  /** Columns that nothing is learnt from. */
  readonly ignore?: readonly string[];
  /**
   * Whether the target's values are classes or amounts. Unless given, words are classes, and so are whole numbers
   * if there are at most 10 different ones that come up 5 times on average; other numbers are amounts.
   */
  readonly task?: "classification" | "regression";
}

/** A preparation, and what there is to say of the table that it was found from. */
export interface Fitted {
  /** How the table becomes arrays. */
  readonly preparation: Preparation;
  /** What a person should know, in sentences: columns that never change, and columns of text, which are left out. */
  readonly warnings: readonly string[];
}

const CLASSES = { most: 10, times: 5 };

/**
 * Finds out from the rows to learn from how they become arrays: the mean and deviation of each column of
 * numbers, the words of each column of categories, what may be missing, and what the target's classes are. Rows
 * whose target is missing are to be left out before: see `rowsWith`. Columns of text are left out.
 * @throws InteropError `table.column`, `prepare.empty`, `prepare.target`, `prepare.classes`, `prepare.amounts`,
 * `prepare.features`
 * @example
 * const table = readCsv("height,color,kind\n1,red,a\n3,blue,b\n,red,a\n");
 * const { preparation } = fitPreparation(table, { target: "kind" });
 * applyPreparation(preparation, table).x; // [[-1.  0.  0.  1.]
 *                                         //  [ 1.  0.  1.  0.]
 *                                         //  [ 0.  1.  0.  1.]]
 */
export function fitPreparation(table: Table, options: PreparationOptions): Fitted {
  const { ignore = [] } = options;
  const target = columnOf(table, options.target);
  for (const name of ignore) columnOf(table, name);
  if (table.rows === 0) throw new InteropError("prepare.empty");
  const columns = table.columns.filter((column) => column !== target && !ignore.includes(column.name));
  const features = columns.flatMap(featureOf);
  if (features.every(isConstant)) throw new InteropError("prepare.features", { name: target.name });
  const texts = columns.filter(({ kind }) => kind === "text").map(({ name }) => name);
  const constant = features.filter(isConstant).map(({ column }) => column);
  return {
    preparation: { features, target: targetOf(target, options) },
    warnings: [
      ...(constant.length === 0 ? [] : [sentence("prepare.constant", { columns: quoted(constant) })]),
      ...(texts.length === 0 ? [] : [sentence("prepare.text", { columns: quoted(texts) })]),
    ],
  };
}

/** Whether a feature is the same in all rows: nothing can be learnt from it. */
export function isConstant(feature: Feature): boolean {
  if (feature.missing) return false;
  return feature.kind === "number" ? feature.std === 0 : feature.categories.length <= 1;
}

function featureOf(column: Column): Feature[] {
  const { name, kind } = column;
  if (kind === "text") return [];
  // a value that is always missing is as good as one that never changes
  const missing = column.missing > 0 && column.missing < column.values.length;
  if (kind === "number") return [{ column: name, kind, ...momentsOf(column), missing }];
  return [{ column: name, kind, categories: present(column), missing }];
}

/** Mean and standard deviation of what is not missing, in two passes. */
function momentsOf({ values }: NumberColumn): { readonly mean: number; readonly std: number } {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return { mean: 0, std: 0 };
  // halves, so that no sum of large values is infinite
  const mean = 2 * known.reduce((sum, value) => sum + value / 2 / known.length, 0);
  const largest = known.reduce((most, value) => Math.max(most, Math.abs(value - mean)), 0);
  // rounding gives even equal values a mean beside them
  if (largest === 0 || known.every((value) => value === known[0])) return { mean, std: 0 };
  const squares = known.reduce((sum, value) => sum + ((value - mean) / largest) ** 2, 0);
  return { mean, std: largest * Math.sqrt(squares / known.length) };
}

/** The words that come up. */
function present(column: Column & { readonly kind: "boolean" | "category" }): string[] {
  const found = new Set<number>(column.values);
  return column.categories.filter((_, code) => found.has(code));
}

function targetOf(column: Column, { task }: PreparationOptions): Target {
  const { name, kind } = column;
  if (kind === "text") throw new InteropError("prepare.target", { name });
  if (column.missing > 0) throw new InteropError("prepare.missing", { name, count: column.missing });
  if (kind !== "number" && task === "regression") throw new InteropError("prepare.amounts", { name });
  if (kind === "number" && (task === "regression" || (task === undefined && !seemClasses(column.values)))) {
    return { task: "regression", column: name, ...momentsOf(column) };
  }
  const classes =
    kind === "number" ? [...new Set(column.values)].sort((a, b) => a - b).map(String) : present(column);
  if (classes.length < 2) throw new InteropError("prepare.classes", { name, value: classes[0]! });
  return { task: "classification", column: name, kind, classes };
}

function seemClasses(values: Float64Array): boolean {
  const different = new Set(values).size;
  return (
    values.every(Number.isInteger) && different <= CLASSES.most && values.length >= CLASSES.times * different
  );
}

/**
 * The positions of the rows in which a column's value is not missing.
 * @throws InteropError `table.column`
 * @example
 * rowsWith(readCsv("a,b\n1,x\n2,\n3,y\n"), "b"); // [0, 2]
 */
export function rowsWith(table: Table, name: string): number[] {
  const column = columnOf(table, name);
  return Array.from({ length: table.rows }, (_, row) => row).filter((row) => valueAt(column, row) !== null);
}
