import type { Table } from "@camada/interop";
import { columnValues } from "./read.js";

/** Which columns are across, up, and the class; those that are not chosen are found. */
export interface Choice {
  readonly x?: string;
  readonly y?: string;
  readonly label?: string;
}

/** A point in a plane from −1 to 1, with its class from 0. */
type Point = readonly [x: number, y: number, label: number];

/** Points of a table, and how they came about. */
export interface TablePoints {
  readonly points: readonly Point[];
  readonly rows: number;
  /** The columns taken, and what the ends of the plane, −1 and 1, stand for. */
  readonly x: Scale;
  readonly y: Scale;
  readonly label: string;
  readonly classes: readonly string[];
  /** The columns that there are to choose from. */
  readonly numbers: readonly string[];
  readonly labels: readonly string[];
}

interface Scale {
  readonly column: string;
  readonly low: number;
  readonly high: number;
}

/**
 * Two columns of numbers and a class of each row as points: each column is brought to −1 to 1, rows that lack a
 * value are left out, and of more than `most` rows every second, third or so is taken. Null where the table has
 * no two columns of numbers beside one of at most `classes` values.
 */
export function tablePoints(
  { columns, rows }: Table,
  choice: Choice,
  most: number,
  classes: number,
): TablePoints | null {
  const all = columns.map((column) => {
    const list = columnValues(column) as { at(row: number): number | string | null };
    const values = Array.from({ length: rows }, (_, row) => list.at(row));
    const known = [...new Set(values.filter((value) => value !== null && !Number.isNaN(value)))];
    return { name: column.name, kind: column.kind, values, known };
  });
  const labels = all.filter(
    ({ kind, known }) => kind !== "text" && known.length > 0 && known.length <= classes,
  );
  const chosen = (name: string | undefined) => all.find((column) => column.name === name);
  const label = chosen(choice.label) ?? labels.at(-1);
  const numbers = all.filter(({ kind, known }) => kind === "number" && known.length > 0);
  const free = numbers.filter((column) => column !== label);
  const x = chosen(choice.x) ?? free[0];
  const y = chosen(choice.y) ?? free.find((column) => column !== x);
  if (label === undefined || x === undefined || y === undefined) return null;
  const names = [...label.known].sort((a, b) => (typeof a === "number" ? a - Number(b) : 0));
  const whole = Array.from({ length: rows }, (_, row) => row).filter((row) =>
    [x, y, label].every(({ values }) => values[row] !== null && !Number.isNaN(values[row])),
  );
  const count = Math.min(whole.length, most);
  const taken = Array.from({ length: count }, (_, i) => whole[Math.floor((i * whole.length) / count)]!);
  const [across, up] = [scaleOf(x.name, x.values, whole), scaleOf(y.name, y.values, whole)];
  const place = ({ low, high }: Scale, value: unknown): number =>
    high === low ? 0 : Math.round(200 * (((value as number) - low) / (high - low) - 0.5)) / 100;
  return {
    points: taken.map((row) => [
      place(across, x.values[row]),
      place(up, y.values[row]),
      names.indexOf(label.values[row]!),
    ]),
    rows,
    x: across,
    y: up,
    label: label.name,
    classes: names.map(String),
    numbers: numbers.map(({ name }) => name),
    labels: labels.map(({ name }) => name),
  };
}

function scaleOf(column: string, values: readonly unknown[], rows: readonly number[]): Scale {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    low = Math.min(low, values[row] as number);
    high = Math.max(high, values[row] as number);
  }
  return { column, low, high };
}
