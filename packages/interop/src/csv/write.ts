import Papa from "papaparse";
import { type Table, valueAt } from "../table/table.js";
import type { Separator } from "./records.js";

/** Options of `writeCsv`. */
export interface WriteCsvOptions {
  /** A comma unless given. */
  readonly separator?: Separator;
  /**
   * Whether a spreadsheet program may take words for formulas. Unless given, words that begin with = + - @, a
   * tab or a carriage return are written with a ' in front, so that what somebody else has typed is not run
   * there (OWASP, "CSV Injection"); numbers are not changed.
   */
  readonly formulas?: boolean;
}

/**
 * A table as CSV (RFC 4180), in UTF-8, with a row of names; what is missing is written as nothing. Numbers are
 * written so that they are read back as they are.
 * @example
 * const bytes = writeCsv(readCsv("n,word\n0.5,=1+1\nNA,\"a, b\""));
 * new TextDecoder().decode(bytes).split("\r\n"); // [n,word, 0.5,"'=1+1", ,"a, b", ]
 */
export function writeCsv(table: Table, options: WriteCsvOptions = {}): Uint8Array<ArrayBuffer> {
  const { separator = ",", formulas = false } = options;
  const { columns, rows } = table;
  const fields = columns.map(({ name }) => name);
  const data = Array.from({ length: rows }, (_, row) => columns.map((column) => valueAt(column, row)));
  const text = Papa.unparse({ fields, data }, { delimiter: separator, escapeFormulae: !formulas });
  return new TextEncoder().encode(`${text}\r\n`);
}
