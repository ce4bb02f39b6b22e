import { InteropError } from "../error.js";
import type { Column, ColumnKind } from "../table/table.js";
import { type Decimal, numberIn, pairOf } from "./values.js";

/** So many different words make categories in any column; more only where they come up twice on average. */
const FEW = 20;

/** A typed array that grows by doubling. */
class Growing<T extends Float64Array | Int32Array> {
  private values: T;
  private length = 0;
  private readonly make: new (
    length: number,
  ) => T;

  constructor(make: new (length: number) => T) {
    this.make = make;
    this.values = new make(64);
  }

  push(value: number): void {
    if (this.length === this.values.length) {
      const old = this.values;
      this.values = new this.make(2 * old.length);
      this.values.set(old);
    }
    this.values[this.length++] = value;
  }

  done(): T {
    return this.values.slice(0, this.length) as T;
  }
}

export interface ColumnOptions {
  readonly name: string;
  /** What it must be; found out where it is undefined. */
  readonly kind: ColumnKind | undefined;
  readonly missing: ReadonlySet<string>;
  readonly decimals: readonly Decimal[];
  /** How many different words there may be. */
  readonly categories: number;
}

/**
 * Finds out what kind a column is as its values come in. It holds numbers while all values are numbers, and
 * words by their position in a list while there are not too many; what neither fits is held as text.
 */
export class ColumnBuilder {
  private readonly options: ColumnOptions;
  private numbers: Growing<Float64Array> | undefined;
  private codes: Growing<Int32Array> | undefined;
  private texts: (string | null)[] | undefined;
  /** Each word's position. */
  private words = new Map<string, number>();
  private count = 0;
  private missing = 0;
  /** The first row with each decimal mark. */
  private readonly marks = new Map<Decimal, number>();

  constructor(options: ColumnOptions) {
    this.options = options;
    const { kind } = options;
    if (kind === undefined || kind === "number") this.numbers = new Growing(Float64Array);
    if (kind === "text") this.texts = [];
    else if (kind !== "number") this.codes = new Growing(Int32Array);
  }

  /** @throws InteropError `csv.number`, `csv.categories` */
  add(text: string, row: number): void {
    const trimmed = text.trim();
    this.count++;
    if (this.options.missing.has(trimmed)) {
      this.missing++;
      this.numbers?.push(Number.NaN);
      this.codes?.push(-1);
      this.texts?.push(null);
      return;
    }
    if (this.numbers !== undefined) this.addNumber(trimmed, row);
    if (this.codes !== undefined) this.addWord(text, row);
    else this.texts?.push(text);
  }

  private addNumber(text: string, row: number): void {
    const number = numberIn(text, this.options.decimals);
    if (number !== undefined) {
      this.numbers!.push(number.value);
      if (number.mark !== undefined && !this.marks.has(number.mark)) this.marks.set(number.mark, row);
      return;
    }
    // either it was said to have numbers, or so many came that they are not held as words any more
    if (this.codes === undefined) {
      throw new InteropError("csv.number", { row, name: this.options.name, value: shortened(text) });
    }
    this.numbers = undefined;
  }

  private addWord(text: string, row: number): void {
    const { kind, categories, name } = this.options;
    const code = this.words.get(text) ?? this.words.size;
    this.words.set(text, code);
    this.codes!.push(code);
    if (this.words.size <= categories) return;
    if (kind !== undefined) throw new InteropError("csv.categories", { row, name, limit: categories });
    if (this.numbers === undefined) this.texts = this.asTexts();
    this.codes = undefined;
    this.words.clear();
  }

  private asTexts(): (string | null)[] {
    const words = [...this.words.keys()];
    return Array.from(this.codes!.done(), (code) => words[code] ?? null);
  }

  /** @throws InteropError `csv.decimal`, `csv.boolean` */
  done(): Column {
    const { name, kind } = this.options;
    const { missing } = this;
    if (this.numbers !== undefined) {
      this.checkMarks();
      return { name, kind: "number", values: this.numbers.done(), missing };
    }
    const pair = pairOf(new Set([...this.words.keys()].map(small)));
    if (kind === "boolean" && pair === undefined && this.words.size > 0) {
      throw new InteropError("csv.boolean", { name, values: [...this.words.keys()].slice(0, 3).join(", ") });
    }
    if (pair !== undefined && kind !== "category") {
      return { name, kind: "boolean", values: this.sorted(pair, small), categories: pair, missing };
    }
    const isText = this.words.size > FEW && 2 * this.words.size > this.count - missing;
    if (this.codes === undefined || (kind === undefined && isText)) {
      return { name, kind: "text", values: this.texts ?? this.asTexts(), missing };
    }
    const categories = [...this.words.keys()].sort();
    return { name, kind: kind === "boolean" ? kind : "category", values: this.sorted(categories), categories, missing }; // biome-ignore format: one line
  }

  /** The codes of words that stand in another order than that in which they came up. */
  private sorted(order: readonly string[], as: (word: string) => string = (word) => word): Int32Array {
    const place = new Map(order.map((word, i) => [word, i]));
    const moved = [...this.words.keys()].map((word) => place.get(as(word))!);
    return this.codes!.done().map((code) => (code < 0 ? -1 : moved[code]!));
  }

  private checkMarks(): void {
    const [comma, point] = [this.marks.get(","), this.marks.get(".")];
    if (comma === undefined || point === undefined) return;
    throw new InteropError("csv.decimal", { name: this.options.name, comma, point });
  }
}

const small = (word: string): string => word.trim().toLowerCase();

/** A value as a sentence shows it. */
function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
