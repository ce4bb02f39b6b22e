import Papa from "papaparse";
import { InteropError } from "../error.js";
import { checkBeginning } from "./text.js";

/** What stands between the fields of a CSV file. */
export type Separator = "," | ";" | "\t";
const SEPARATORS: Separator[] = [",", ";", "\t"];

/** How much text is looked at before anything is decided. */
const HEAD = 2 ** 16;

/** Told each row's fields, and its number as a spreadsheet counts: the first line is row 1. */
export type Row = (fields: string[], row: number) => void;

/**
 * Takes CSV apart as its text comes in: each row is told as soon as it is whole. The work is papaparse's; here
 * is what its parser of whole texts leaves open: parts, limits, and refusals.
 */
export class Records {
  /** Known after the first row has been told. */
  separator: Separator | undefined;
  private readonly tell: Row;
  private readonly longest: number;
  private parser: Papa.Parser | undefined;
  /** Text that is not taken apart yet: the row that is not whole, and at first all of it. */
  private rest = "";
  /** A carriage return at the end of a part: what follows decides. */
  private held = "";
  private row = 0;
  private ended = false;

  constructor(tell: Row, separator: Separator | undefined, longest: number) {
    this.tell = tell;
    this.separator = separator;
    this.longest = longest;
  }

  /** @throws InteropError `csv.html`, `csv.binary`, `csv.quotes`, `csv.long` */
  push(part: string): void {
    const text = this.held + part;
    this.held = text.endsWith("\r") ? "\r" : "";
    // one kind of line end, within quotes too, as files mix them
    this.rest += (this.held === "" ? text : text.slice(0, -1)).replace(/\r\n?/g, "\n");
    if (this.parser === undefined && this.rest.length < HEAD) return;
    this.take();
    if (this.rest.length > this.longest) {
      throw new InteropError("csv.long", { row: this.row + 1, limit: this.longest });
    }
  }

  end(): void {
    this.ended = true;
    if (this.held !== "") this.rest += "\n";
    this.take();
  }

  private take(): void {
    this.parser ??= this.start();
    const { data, errors, meta } = this.parser.parse(this.rest, 0, !this.ended) as Papa.ParseResult<string[]>;
    const malformed = errors.find(({ type }) => type === "Quotes");
    // the row that is not whole yet may still become so
    if (malformed !== undefined && (this.ended || malformed.row! < data.length)) {
      throw new InteropError("csv.quotes", { row: this.row + 1 + malformed.row! });
    }
    // a line end at the very end begins no row
    if (this.ended && isEmpty(data.at(-1))) data.pop();
    this.rest = this.rest.slice(meta.cursor);
    for (const fields of data) this.tell(fields, ++this.row);
  }

  private start(): Papa.Parser {
    checkBeginning(this.rest);
    this.rest = this.rest.replace(/^\uFEFF/, "");
    this.separator ??= separatorOf(this.rest);
    return new Papa.Parser({ delimiter: this.separator, newline: "\n" });
  }
}

/** Whether a line has nothing in it. */
export function isEmpty(fields: readonly string[] | undefined): boolean {
  return fields?.length === 1 && fields[0] === "";
}

/** The separator by which the first rows have as many fields as one another: a comma where none has. */
function separatorOf(text: string): Separator {
  const whole = text.length < HEAD ? text : text.slice(0, text.lastIndexOf("\n") + 1);
  const look = { preview: 10, delimitersToGuess: SEPARATORS, newline: "\n", skipEmptyLines: true } as const;
  const found = Papa.parse(whole, look);
  return found.meta.delimiter as Separator;
}
