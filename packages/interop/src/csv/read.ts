import { InteropError } from "../error.js";
import { isStream, streamed, type TextStream } from "../stream.js";
import { type ColumnKind, quoted, type Table } from "../table/table.js";
import { ColumnBuilder } from "./column.js";
import { isEmpty, Records, type Separator } from "./records.js";
import { Decoder, partsOf } from "./text.js";
import { type Decimal, MISSING } from "./values.js";

/** How much of a CSV file is read before it is refused. */
export interface CsvLimits {
  /** Of the whole file, or characters of a text: 512 MiB unless given. */
  readonly bytes?: number;
  /** 10,000 unless given. */
  readonly columns?: number;
  /** Different words of one column: 1,000 unless given. A column that has more is text. */
  readonly categories?: number;
  /** Characters of one row: 1 Mi unless given. */
  readonly row?: number;
}

/** Options of `readCsv`: what is not given is found in the file. */
export interface CsvOptions {
  /** What stands between fields: found out unless given. */
  readonly separator?: Separator;
  /** Whether the first row has the columns' names: true unless given. Without, they are column1, column2, ... */
  readonly header?: boolean;
  /** What stands for a value that is missing: unless given nothing at all, ?, NA, N/A, NaN, null, None. */
  readonly missing?: readonly string[];
  /** What a column must be, by its name: found out unless given. */
  readonly types?: { readonly [column: string]: ColumnKind };
  /** The decimal mark: unless given the point, and where semicolons separate the comma too. */
  readonly decimal?: Decimal;
  /** Of bytes: UTF-8 unless given; a mark at the beginning is believed. */
  readonly encoding?: string;
  /** How much is read at most. */
  readonly limits?: CsvLimits;
}

/**
 * The table in a CSV file (RFC 4180), given as bytes, as text, or as a stream, of which no more is held than the
 * table and one row. Fields are separated by commas, semicolons or tabs, and quoted where they hold
 * these, quotes, or line ends (which all become \n). Each column is of one kind: numbers where all its values
 * are numbers, else boolean (true and false, yes and no, sim and não), categories (words that come up again)
 * or text, dates among it. Empty lines are skipped.
 * @throws InteropError `csv.source`, `csv.large`, `csv.encoding`, `csv.unknownEncoding`, `csv.html`,
 * `csv.binary`, `csv.empty`, `csv.quotes`, `csv.long`, `csv.ragged`, `csv.columns`, `csv.names`,
 * `csv.namesNumbers`, `csv.types`, `csv.number`, `csv.boolean`, `csv.decimal`, `csv.categories`
 * @example
 * const table = readCsv("name;weight;kind\nAna;3,5;cat\nBob;NA;dog\nLia;4,25;cat");
 * table.columns.map(({ kind }) => kind); // [category, number, category]
 * Array.from(table.columns[1].values); // [3.5, NaN, 4.25]
 */
export function readCsv(source: Uint8Array | string, options?: CsvOptions): Table;
export function readCsv(source: TextStream, options?: CsvOptions): Promise<Table>;
export function readCsv(
  source: Uint8Array | string | TextStream,
  options: CsvOptions = {},
): Table | Promise<Table> {
  const reading = new Reading(options);
  if (typeof source === "string" || source instanceof Uint8Array) {
    for (const part of partsOf(source)) reading.take(part);
    return reading.table();
  }
  if (!isStream(source)) throw new InteropError("csv.source");
  return readStream(source, reading);
}

async function readStream(source: TextStream, reading: Reading): Promise<Table> {
  for await (const part of streamed(source)) reading.take(part);
  return reading.table();
}

/** A table in the making. */
class Reading {
  private readonly options: CsvOptions;
  private readonly limits: Required<CsvLimits>;
  private readonly decoder: Decoder;
  private readonly records: Records;
  private readonly builders: ColumnBuilder[] = [];
  private rows = 0;

  constructor(options: CsvOptions) {
    this.options = options;
    this.limits = { bytes: 2 ** 29, columns: 10_000, categories: 1000, row: 2 ** 20, ...options.limits };
    this.decoder = new Decoder(options.encoding ?? "utf-8", this.limits.bytes);
    const tell = (fields: string[], row: number) => this.add(fields, row);
    this.records = new Records(tell, options.separator, this.limits.row);
  }

  take(part: Uint8Array | string): void {
    this.records.push(this.decoder.decode(part));
  }

  table(): Table {
    this.records.push(this.decoder.end());
    this.records.end();
    if (this.builders.length === 0) throw new InteropError("csv.empty");
    return { rows: this.rows, columns: this.builders.map((builder) => builder.done()) };
  }

  private add(fields: string[], row: number): void {
    if (this.builders.length === 0) {
      if (isEmpty(fields)) return;
      this.begin(fields);
      if (this.options.header ?? true) return;
    }
    const expected = this.builders.length;
    if (expected > 1 && isEmpty(fields)) return;
    if (fields.length !== expected) {
      throw new InteropError("csv.ragged", { row, expected, found: fields.length });
    }
    this.rows++;
    for (let i = 0; i < expected; i++) this.builders[i]!.add(fields[i]!, row);
  }

  /** Makes the columns, of which the first row says how many there are. */
  private begin(first: readonly string[]): void {
    const { header = true, decimal, types = {}, missing = MISSING } = this.options;
    const { columns, categories } = this.limits;
    if (first.length > columns)
      throw new InteropError("csv.columns", { found: first.length, limit: columns });
    const names = first.map((name, i) => (header && name.trim() !== "" ? name.trim() : `column${i + 1}`));
    if (header) checkNames(first, names);
    const unknown = Object.keys(types).find((name) => !names.includes(name));
    if (unknown !== undefined) throw new InteropError("csv.types", { name: unknown, known: quoted(names) });
    const decimals: Decimal[] = decimal !== undefined ? [decimal] : this.records.separator === ";" ? [",", "."] : ["."]; // biome-ignore format: one line
    for (const name of names) {
      const kind = Object.hasOwn(types, name) ? types[name] : undefined;
      this.builders.push(new ColumnBuilder({ name, kind, missing: new Set(missing), decimals, categories }));
    }
  }
}

/** @throws InteropError `csv.names`, `csv.namesNumbers` */
function checkNames(first: readonly string[], names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InteropError("csv.names", { name: twice });
  if (first.every((name) => name.trim() !== "" && Number.isFinite(Number(name.replace(",", "."))))) {
    throw new InteropError("csv.namesNumbers", { first: quoted(names) });
  }
}
