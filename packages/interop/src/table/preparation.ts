import { InteropError } from "../error.js";
import type { ColumnKind } from "./table.js";

/** Numbers brought to mean 0 and standard deviation 1; what is missing becomes the mean. */
export interface NumberFeature {
  readonly column: string;
  readonly kind: "number";
  readonly mean: number;
  /** 0 where the column never changes: then it becomes 0. */
  readonly std: number;
  /** Whether one more number says for each row that the value is missing. */
  readonly missing: boolean;
}

/** Words, each a number that is 1 where the word stands, else 0; what is missing has none. */
export interface WordFeature {
  readonly column: string;
  readonly kind: "boolean" | "category";
  readonly categories: readonly string[];
  readonly missing: boolean;
}

/** How a column becomes one or more features. */
export type Feature = NumberFeature | WordFeature;

/** What is learnt: classes, or an amount. */
export type Target =
  | {
      readonly task: "classification";
      readonly column: string;
      readonly kind: Exclude<ColumnKind, "text">;
      /** As they are written, in the order of their labels. */
      readonly classes: readonly string[];
    }
  | {
      readonly task: "regression";
      readonly column: string;
      readonly mean: number;
      readonly std: number;
    };

/** How a table becomes arrays for a network: plain data that JSON can hold, found by `fitPreparation`. */
export interface Preparation {
  /** How each column becomes features, in order. */
  readonly features: readonly Feature[];
  /** What is learnt. */
  readonly target: Target;
}

/**
 * What each column must be for a preparation to be applied to it: for `types` of `readCsv`.
 * @example
 * const { preparation } = fitPreparation(readCsv("a,b\n1,yes\n2,no\n"), { target: "b" });
 * typesOf(preparation); // {"a":"number"}
 */
export function typesOf({ features }: Preparation): { readonly [column: string]: ColumnKind } {
  return Object.fromEntries(features.map(({ column, kind }) => [column, kind]));
}

/**
 * What each of the numbers says that a row becomes: a column's name, a word of a column as `pet=cat`, or that
 * a value is missing, as `weight?`.
 * @example
 * const { preparation } = fitPreparation(readCsv("a,b,c\n1,x,0.5\n,y,1.5\n"), { target: "c" });
 * featureNames(preparation); // [a, a?, b=x, b=y]
 */
export function featureNames({ features }: Preparation): string[] {
  return features.flatMap((feature) => {
    const { column, kind, missing } = feature;
    const own = kind === "number" ? [column] : feature.categories.map((word) => `${column}=${word}`);
    return missing ? [...own, `${column}?`] : own;
  });
}

/**
 * A preparation from plain data, as a file holds it.
 * @throws InteropError `preparation.form`
 * @example
 * const { preparation } = fitPreparation(readCsv("a,b\n1,2.5\n3,4.5\n"), { target: "b" });
 * readPreparation(JSON.parse(JSON.stringify(preparation))).features[0].mean; // 2
 */
export function readPreparation(data: unknown): Preparation {
  const { features, target } = object(data, "preparation", ["features", "target"]);
  return {
    features: list(features, "features").map((feature, i) => featureOf(feature, `features[${i}]`)),
    target: targetOf(target),
  };
}

function featureOf(data: unknown, at: string): Feature {
  const kind = (data as { readonly kind?: unknown } | null)?.kind;
  if (kind === "number") {
    const { column, mean, std, missing } = object(data, at, ["column", "kind", "mean", "std", "missing"]);
    return {
      column: text(column, at),
      kind,
      mean: number(mean, at),
      std: deviation(std, at),
      missing: boolean(missing, at),
    };
  }
  if (kind !== "boolean" && kind !== "category") return refuse(at);
  const { column, categories, missing } = object(data, at, ["column", "kind", "categories", "missing"]);
  return { column: text(column, at), kind, categories: words(categories, at), missing: boolean(missing, at) };
}

function targetOf(data: unknown): Target {
  const task = (data as { readonly task?: unknown } | null)?.task;
  if (task === "regression") {
    const { column, mean, std } = object(data, "target", ["task", "column", "mean", "std"]);
    return {
      task,
      column: text(column, "target"),
      mean: number(mean, "target"),
      std: deviation(std, "target"),
    };
  }
  if (task !== "classification") return refuse("target");
  const { column, kind, classes } = object(data, "target", ["task", "column", "kind", "classes"]);
  if (kind !== "number" && kind !== "boolean" && kind !== "category") return refuse("target");
  return { task, column: text(column, "target"), kind, classes: words(classes, "target") };
}

function refuse(at: string): never {
  throw new InteropError("preparation.form", { at });
}

/** An object with exactly these entries. */
function object(data: unknown, at: string, keys: readonly string[]): { readonly [key: string]: unknown } {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return refuse(at);
  const found = Object.keys(data);
  if (found.length !== keys.length || !keys.every((key) => Object.hasOwn(data, key))) return refuse(at);
  return data as { readonly [key: string]: unknown };
}

const list = (data: unknown, at: string): readonly unknown[] => (Array.isArray(data) ? data : refuse(at));
const text = (data: unknown, at: string): string => (typeof data === "string" ? data : refuse(at));
const boolean = (data: unknown, at: string): boolean => (typeof data === "boolean" ? data : refuse(at));
const number = (data: unknown, at: string): number =>
  typeof data === "number" && Number.isFinite(data) ? data : refuse(at);
const deviation = (data: unknown, at: string): number =>
  number(data, at) >= 0 ? (data as number) : refuse(at);

/** Texts, each once. */
function words(data: unknown, at: string): readonly string[] {
  const found = list(data, at).map((word) => text(word, at));
  return new Set(found).size === found.length ? found : refuse(at);
}
