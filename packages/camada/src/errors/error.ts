import { type ArrayCode, type Catalog, type Code, currentCatalog } from "./catalog.js";

/** What a sentence says of an array: its sizes, and the names of its axes where they have one. */
export interface Described {
  /** The sizes along each axis. */
  readonly shape: readonly number[];
  /** The axes' names; null for one without, or for all. */
  readonly names: readonly (string | null)[] | null;
}

/** What a sentence says of one axis. */
export interface DescribedAxis {
  /** How many values it has. */
  readonly size: number;
  /** What it is called. */
  readonly name: string | null;
}

/** Another sentence within the sentence, of the same facts, as a remedy. */
interface Nested {
  readonly code: Code;
}

type Datum = string | number | boolean | Described | DescribedAxis | Nested | readonly string[];

/** The facts of an error, by the name that its sentence has for them. */
export type ErrorData = { readonly [name: string]: Datum };

/**
 * Everything camada refuses, it refuses with this: a code and its facts, which programs read, and a
 * sentence in the reader's language (`configure({ lang })`), which is made from them.
 *
 * @example
 * try {
 *   dot(array([1, 2, 3]), array([1, 2]));
 * } catch (error) {
 *   if (error instanceof CamadaError) console.log(error.code); // dot.sizes
 * }
 */
export class CamadaError extends Error {
  /** "CamadaError", or "ShapeError". */
  override readonly name: string = "CamadaError";
  /** What is wrong, for programs. */
  readonly code: Code;
  /** What the sentence is made of. */
  readonly data: ErrorData;

  constructor(code: ArrayCode, data?: ErrorData);
  /** With a sentence from another catalog than that of arrays. */
  constructor(code: Code, data: ErrorData, message: string);
  constructor(code: Code, data: ErrorData = {}, message = sentence(code as ArrayCode, data)) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Shapes, sizes or axis names that do not fit together. */
export class ShapeError extends CamadaError {
  override readonly name = "ShapeError";
}

/** The sentence for a code and its data, in `catalog`'s language: by default the one configured now. */
export function sentence(code: ArrayCode, data: ErrorData, catalog: Catalog = currentCatalog()): string {
  return fill(code, data, (of) => catalog[of as ArrayCode]);
}

/** A template with its blanks filled in; `textOf` has the templates, as one may stand within another. */
export function fill(code: Code, data: ErrorData, textOf: (code: Code) => string): string {
  return textOf(code).replace(/\{(\w+)\}/g, (_, name: string) => {
    const datum = data[name];
    return datum === undefined ? "" : show(datum, data, textOf);
  });
}

function show(datum: Datum, data: ErrorData, textOf: (code: Code) => string): string {
  if (typeof datum !== "object") return String(datum);
  if (Array.isArray(datum)) return datum.join(", ");
  if ("code" in datum) return fill(datum.code, data, textOf);
  if ("shape" in datum) return describe(datum);
  return showAxis((datum as DescribedAxis).size, (datum as DescribedAxis).name);
}

/**
 * An array's axes as sentences show them: `(batch 4, feature 3)`.
 *
 * @example
 * describe(zeros([4, 3], ["batch", "feature"])); // "(batch 4, feature 3)"
 */
export function describe({ shape, names }: Described): string {
  return `(${shape.map((size, i) => showAxis(size, names?.[i] ?? null)).join(", ")})`;
}

function showAxis(size: number, name: string | null): string {
  return name === null ? String(size) : `${name} ${size}`;
}
