import {
  applyPreparation,
  type Column,
  type CsvOptions,
  featureNames,
  fitPreparation,
  InteropError,
  type Preparation,
  readCsv,
  readIdx,
  readPng,
  rowsWith,
  type Table,
  takeTableRows,
  targetsOf,
} from "@camada/interop";
import { fromTypedArray, type Language, type NDArray } from "camada";
import { type Message, say } from "../messages/index.js";
import { inflate } from "./inflate.js";

/** What is read of a file that the reader has brought. */
export type Own = OwnTable | OwnArray;

export interface OwnTable {
  readonly kind: "table";
  readonly table: Table;
  /** What a network learns from and what it learns; null where no column can be learnt. */
  readonly learning: Learning | null;
  /** What a person should know of how it was read. */
  readonly notes: readonly string[];
}

interface Learning {
  readonly preparation: Preparation;
  readonly x: NDArray;
  readonly y: NDArray;
}

interface OwnArray {
  readonly kind: "image" | "array";
  readonly array: NDArray;
}

/** More than this a page should not hold. */
export const LIMITS = { bytes: 2 ** 26, columns: 1000 } as const;

/** How a table is read that was refused for a reason which leaves one other way. */
const OTHERWISE: { readonly [code: string]: readonly [CsvOptions, "data.header" | "data.encoding"] } = {
  "csv.namesNumbers": [{ header: false }, "data.header"],
  "csv.encoding": [{ encoding: "windows-1252" }, "data.encoding"],
};

/**
 * Reads what the reader has brought, by how it begins: a PNG image, an array in IDX, compressed or not, or else a
 * table in CSV, whose column `target` is to be learnt (unless given, the last that can be).
 * @throws Error with a sentence in the reader's language where it is none of these
 */
export async function readOwn(file: Blob, target: string | null, lang: Language): Promise<Own> {
  const refuse = (message: Message): never => {
    throw new Error(say(lang, message, { limit: LIMITS.bytes / 2 ** 20 }));
  };
  if (file.size > LIMITS.bytes) refuse("data.large");
  const given = new Uint8Array(await file.arrayBuffer());
  const bytes = begins(given, 0x1f, 0x8b)
    ? ((await inflate(given, LIMITS.bytes).catch(() => refuse("data.gzip"))) ?? refuse("data.large"))
    : given;
  if (begins(bytes, 0x89, 0x50)) return { kind: "image", array: readPng(bytes) };
  if (begins(bytes, 0, 0)) return { kind: "array", array: readIdx(bytes) };
  return ownTable(bytes, target, lang);
}

const begins = (bytes: Uint8Array, ...first: number[]): boolean =>
  first.every((byte, at) => bytes[at] === byte);

function ownTable(bytes: Uint8Array, target: string | null, lang: Language): OwnTable {
  const notes: string[] = [];
  const table = read(bytes, {}, notes, lang);
  const names = table.columns.map(({ name }) => name);
  // what is chosen was in the table; of another file of the same name it may not be
  const asked = target !== null && names.includes(target) ? [target] : names.toReversed();
  let refused = "";
  for (const name of asked) {
    try {
      return { kind: "table", table, learning: learn(table, name, notes, lang), notes };
    } catch (error) {
      refused ||= (error as Error).message;
    }
  }
  return { kind: "table", table, learning: null, notes: [...notes, refused] };
}

/** Reads a table, where it must be in the other way that is left. */
function read(bytes: Uint8Array, options: CsvOptions, notes: string[], lang: Language): Table {
  try {
    return readCsv(bytes, { ...options, limits: LIMITS });
  } catch (error) {
    const [more, note] = (error instanceof InteropError && OTHERWISE[error.code]) || [null, null];
    if (more === null || Object.keys(more).every((name) => name in options)) throw error;
    notes.push(say(lang, note));
    return read(bytes, { ...options, ...more }, notes, lang);
  }
}

/** @throws InteropError where the column cannot be learnt, or nothing is left to learn it from */
function learn(table: Table, target: string, notes: string[], lang: Language): Learning {
  const known = rowsWith(table, target);
  const rows = known.length === table.rows ? table : takeTableRows(table, known);
  const { preparation, warnings } = fitPreparation(rows, { target });
  const { x, warnings: more } = applyPreparation(preparation, rows);
  const left = table.rows - rows.rows;
  if (left > 0) notes.push(say(lang, "data.left", { count: left, target }));
  notes.push(...warnings, ...more);
  return { preparation, x, y: targetsOf(preparation, rows) };
}

/** A column as cells see it: an array of numbers, or a list of words, null where one is missing. */
export function columnValues(column: Column): NDArray | readonly (string | null)[] {
  const { kind, values } = column;
  if (kind === "number") return fromTypedArray(values, [values.length], ["batch"]) as unknown as NDArray;
  return kind === "text" ? values : Array.from(values, (code) => column.categories[code] ?? null);
}

/** What a name stands for in cells. */
export function valueOf(own: Own): unknown {
  if (own.kind !== "table") return own.array;
  const columns = Object.create(null) as Record<string, unknown>;
  for (const column of own.table.columns) columns[column.name] = columnValues(column);
  if (own.learning === null) return { columns };
  const { preparation, x, y } = own.learning;
  return { columns, x, y, features: featureNames(preparation), classes: classesOf(preparation) };
}

/** The words that labels stand for; none where amounts are learnt. */
export const classesOf = ({ target }: Preparation): readonly string[] =>
  target.task === "classification" ? target.classes : [];

/** The type of what a name stands for in cells, as TypeScript. */
export function typeOf(own: Own): string {
  if (own.kind !== "table") return arrayType(own.array);
  const columns = own.table.columns.map(({ name, kind, values }) => {
    const type = kind === "number" ? namedType([values.length], ["batch"]) : "readonly (string | null)[]";
    return `readonly ${JSON.stringify(name)}: ${type}`;
  });
  const parts = [`readonly columns: { ${columns.join("; ")} }`];
  if (own.learning !== null) {
    parts.push(`readonly x: ${arrayType(own.learning.x)}`, `readonly y: ${arrayType(own.learning.y)}`);
    parts.push("readonly features: readonly string[]", "readonly classes: readonly string[]");
  }
  return `{ ${parts.join("; ")} }`;
}

function arrayType({ shape, names }: NDArray): string {
  return names === null ? `import("camada").NDArray<[${shape.join(", ")}]>` : namedType(shape, names);
}

const namedType = (shape: readonly number[], names: readonly (string | null)[]): string =>
  `import("camada").NamedArray<[${shape.join(", ")}], [${names.map((name) => (name === null ? "string" : JSON.stringify(name))).join(", ")}]>`;
