import { fromTypedArray, type NDArray } from "camada";
import { InteropError, sentence } from "../error.js";
import { isConstant } from "./fit.js";
import type { Feature, Preparation, Target } from "./preparation.js";
import { type Column, columnOf, quoted, type Table, valueAt } from "./table.js";

/**
 * The rows of a table as numbers for a network: float32 (batch, feature), a copy; `featureNames` says what each
 * number is. The table may have more columns, and rows that are new: a word that was not there when the
 * preparation was found makes no number 1, and a value that is missing for the first time becomes the mean;
 * `warnings` says so.
 * @throws InteropError `table.column`, `prepare.kind`
 * @example
 * const { preparation } = fitPreparation(readCsv("a,b\n1,x\n3,y\n"), { target: "b" });
 * applyPreparation(preparation, readCsv("a\n5\n")).x; // [[3.]]
 */
export function applyPreparation(
  { features }: Preparation,
  table: Table,
): { readonly x: NDArray; readonly warnings: readonly string[] } {
  const columns = features.map((feature) => checkedColumn(table, feature.column, feature.kind));
  const widths = features.map(widthOf);
  const width = widths.reduce((sum, size) => sum + size, 0);
  const values = new Float32Array(table.rows * width);
  const warnings: string[] = [];
  let start = 0;
  features.forEach((feature, i) => {
    warnings.push(...fill(values, feature, columns[i]!, start, width));
    start += widths[i]!;
  });
  return { x: fromTypedArray(values, [table.rows, width], ["batch", "feature"]) as NDArray, warnings };
}

function widthOf(feature: Feature): number {
  return (feature.kind === "number" ? 1 : feature.categories.length) + (feature.missing ? 1 : 0);
}

/** @throws InteropError `table.column`, `prepare.kind` */
function checkedColumn(table: Table, name: string, kind: Feature["kind"]): Column {
  const column = columnOf(table, name);
  const fits =
    kind === "number" ? column.kind === "number" : column.kind !== "number" && column.kind !== "text";
  // a column of which nothing is known has numbers in name only
  const empty = column.missing === table.rows;
  if (!fits && !empty) throw new InteropError("prepare.kind", { name, expected: kind, found: column.kind });
  return column;
}

/** Writes what a feature makes of a column into each row from `start`; gives what is strange about it. */
function fill(
  values: Float32Array,
  feature: Feature,
  column: Column,
  start: number,
  width: number,
): string[] {
  const missed = start + widthOf(feature) - 1;
  const unknown = new Map<string, number>();
  let missing = 0;
  const constant = isConstant(feature);
  const places = new Map(
    feature.kind === "number" ? [] : feature.categories.map((word, i) => [word, start + i]),
  );
  for (let row = 0; row < column.values.length; row++) {
    const value = valueAt(column, row);
    if (value === null) {
      missing++;
      if (feature.missing) values[row * width + missed] = 1;
    } else if (feature.kind === "number") {
      if (feature.std > 0) values[row * width + start] = ((value as number) - feature.mean) / feature.std;
    } else {
      const place = places.get(value as string);
      if (place === undefined) unknown.set(value as string, unknown.get(value as string) ?? row);
      else if (!constant) values[row * width + place] = 1;
    }
  }
  const facts = { name: feature.column };
  return [
    ...(unknown.size === 0 ? [] : [sentence("prepare.unknown", { ...facts, words: quoted([...unknown.keys()]), row: 1 + [...unknown.values()][0]! })]), // biome-ignore format: a list
    ...(missing === 0 || feature.missing || constant ? [] : [sentence("prepare.newMissing", { ...facts, count: missing })]), // biome-ignore format: a list
  ];
}

/**
 * The target of each row: labels, int32 (batch), in the order of `target.classes`; or amounts, float32
 * (batch, 1), with the mean and deviation of those that the preparation was found by brought to 0 and 1.
 * @throws InteropError `table.column`, `prepare.missing`, `prepare.kind`, `prepare.class`
 * @example
 * const table = readCsv("a,b\n1,x\n3,y\n");
 * targetsOf(fitPreparation(table, { target: "b" }).preparation, table); // [0 1]
 */
export function targetsOf({ target }: Preparation, table: Table): NDArray {
  const column = columnOf(table, target.column);
  if (column.missing > 0)
    throw new InteropError("prepare.missing", { name: column.name, count: column.missing });
  return target.task === "regression" ? amounts(target, column) : labels(target, column);
}

function amounts({ mean, std }: Target & { readonly task: "regression" }, column: Column): NDArray {
  if (column.kind !== "number") {
    throw new InteropError("prepare.kind", { name: column.name, expected: "number", found: column.kind });
  }
  const values = Float32Array.from(column.values, (value) => (std === 0 ? 0 : (value - mean) / std));
  return fromTypedArray(values, [values.length, 1]) as NDArray;
}

function labels({ classes }: Target & { readonly task: "classification" }, column: Column): NDArray {
  const label = new Map(classes.map((word, i) => [word, i]));
  const values = Int32Array.from({ length: column.values.length }, (_, row) => {
    const word = String(valueAt(column, row));
    const found = label.get(word);
    if (found !== undefined) return found;
    throw new InteropError("prepare.class", {
      name: column.name,
      word,
      row: row + 1,
      known: quoted(classes),
    });
  });
  return fromTypedArray(values, [values.length], ["batch"]) as NDArray;
}

/**
 * What a network's results say: of classes the word that it takes for the likeliest, of amounts the amount, in
 * the units of the table.
 * @example
 * const { preparation } = fitPreparation(readCsv("a,b\n1,x\n3,y\n"), { target: "b" });
 * predictionsOf(preparation, array([[0.2, 1.5], [3, -1]])); // [y, x]
 */
export function predictionsOf({ target }: Preparation, results: NDArray): (string | number)[] {
  if (target.task === "regression")
    return Array.from(results.data, (value) => value * target.std + target.mean);
  return Array.from((results.argmax(1) as NDArray).data, (label) => target.classes[label]!);
}
