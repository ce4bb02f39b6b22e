import type { Table } from "@camada/figures";
import { featureNames, type Table as Rows } from "@camada/interop";
import type { Language, NDArray } from "camada";
import { say } from "../messages/index.js";
import { classesOf, columnValues, type Own, type OwnTable, typeOf } from "./read.js";

/** What the page shows of what was read: plain data, in the reader's language. */
export interface Look {
  /** Its type in cells, as TypeScript. */
  readonly type: string;
  readonly about: string;
  /** Columns with their kinds, what is missing, and the first rows. */
  readonly table: Table | null;
  /** An array as it is printed. */
  readonly printed: string | null;
  /** An image, made small where it is large. */
  readonly image: Image | null;
  /** What cells can write, and what that is. */
  readonly uses: readonly (readonly [code: string, is: string])[];
  readonly notes: readonly string[];
  /** The columns, and which of them is learnt. */
  readonly columns: readonly string[];
  readonly target: string | null;
}

/** What a canvas draws. */
export interface Image {
  readonly width: number;
  /** Red, green, blue and opacity of each pixel, row by row. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** So many rows, columns and words are shown. */
const SHOWN = { rows: 5, columns: 30, words: 12, pixels: 256 } as const;

/** What there is to say of a file that was read, which cells call `name`. */
export function lookAt(own: Own, file: string, name: string, lang: Language): Look {
  const type = typeOf(own);
  if (own.kind !== "table") {
    const { array, kind } = own;
    return {
      type,
      about: say(lang, `data.${kind}`, { file }),
      table: null,
      printed: kind === "image" ? null : String(array),
      image: kind === "image" ? imageOf(array) : null,
      uses: [[name, axesOf(array)]],
      notes: [],
      columns: [],
      target: null,
    };
  }
  const { table, notes, learning } = own;
  const columns = table.columns.map((column) => column.name);
  return {
    type,
    about: say(lang, "data.table", { file, rows: table.rows, columns: columns.length }),
    table: firstRows(table, file, lang),
    printed: null,
    image: null,
    uses: usesOf(own, name, lang),
    notes:
      columns.length > SHOWN.columns ? [...notes, say(lang, "data.cut", { count: SHOWN.columns })] : notes,
    columns,
    target: learning?.preparation.target.column ?? null,
  };
}

/** The pixels of an image, of which every second, third or so is taken where it is large. */
export function imageOf({ shape, data, dtype }: NDArray): Image {
  const [rows, columns, channels = 1] = shape as unknown as [number, number, number?];
  const step = Math.ceil(Math.max(rows, columns) / SHOWN.pixels);
  const [height, width] = [Math.ceil(rows / step), Math.ceil(columns / step)];
  const rgba = new Uint8ClampedArray(4 * width * height);
  // 16 bits are brought to 8
  const scale = dtype === "uint8" ? 1 : 1 / 257;
  const gray = channels < 3;
  for (let at = 0; at < width * height; at++) {
    const from = (Math.floor(at / width) * step * columns + (at % width) * step) * channels;
    for (let color = 0; color < 3; color++) rgba[4 * at + color] = data[from + (gray ? 0 : color)]! * scale;
    rgba[4 * at + 3] = channels % 2 === 0 ? data[from + channels - 1]! * scale : 255;
  }
  return { width, rgba };
}

function firstRows({ columns, rows }: Rows, file: string, lang: Language): Table {
  const shown = columns.slice(0, SHOWN.columns);
  const line = (label: string, cells: readonly string[]) => [label, ...cells];
  const values = shown.map((column) => {
    const all = columnValues(column) as { at(row: number): unknown };
    return (row: number): string => {
      const value = all.at(row);
      return value === null || Number.isNaN(value) ? "–" : String(value);
    };
  });
  return {
    caption: say(lang, "data.rows", { file }),
    columns: line(say(lang, "data.of"), shown.map(({ name }) => name)), // biome-ignore format: a list
    rows: [
      line(say(lang, "data.kind"), shown.map(({ kind }) => say(lang, `data.kind.${kind}`))), // biome-ignore format: a list
      line(say(lang, "data.missing"), shown.map(({ missing }) => String(missing))), // biome-ignore format: a list
      ...Array.from({ length: Math.min(rows, SHOWN.rows) }, (_, row) =>
        line(
          say(lang, "data.row", { row: row + 1 }),
          values.map((value) => value(row)),
        ),
      ),
    ],
  };
}

function usesOf({ table, learning }: OwnTable, name: string, lang: Language): (readonly [string, string])[] {
  const [first] = table.columns;
  const column = `${name}.columns[${JSON.stringify(first!.name)}]`;
  const uses: (readonly [string, string])[] = [[column, say(lang, "data.column")]];
  if (learning === null) return uses;
  const { preparation, x, y } = learning;
  const { target } = preparation;
  const classes = classesOf(preparation);
  const learnt =
    target.task === "classification"
      ? say(lang, "data.classes", { classes: listed(classes.map((word, label) => `${label} ${word}`)) })
      : say(lang, "data.amounts", { column: target.column });
  return [
    [`${name}.x`, `${axesOf(x)}: ${listed(featureNames(preparation))}`],
    [`${name}.y`, `${axesOf(y)}: ${learnt}`],
    ...uses,
  ];
}

/** Sizes with the names of their axes, as the library writes them: (batch 150, feature 4). */
const axesOf = ({ shape, names }: NDArray): string =>
  `(${shape.map((size, axis) => (names?.[axis] == null ? size : `${names[axis]} ${size}`)).join(", ")})`;

const listed = (words: readonly string[]): string =>
  words.length <= SHOWN.words ? words.join(", ") : `${words.slice(0, SHOWN.words).join(", ")}, …`;
