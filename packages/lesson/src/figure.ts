import type { LayerLike, MatrixLike, ResultLike, Series, Strokes } from "@camada/figures";
import type { Language } from "camada";
import { LessonError } from "./error.js";
import { flow } from "./flow.js";
import type { Figure } from "./lesson.js";
import { type Scope, valueAt } from "./run.js";

/** What a figure is drawn from: the options that `@camada/figures` takes for its kind. */
export type Drawing =
  | {
      readonly figure: "product";
      readonly left: MatrixLike;
      readonly right: MatrixLike;
      readonly biases?: MatrixLike;
      readonly result?: MatrixLike;
    }
  | {
      readonly figure: "network";
      readonly layers: readonly LayerLike[];
      /** What comes in, an observation or a batch, and what flows through the network for the first of them. */
      readonly input?: MatrixLike;
      readonly values?: readonly (readonly number[])[];
    }
  | { readonly figure: "curves"; readonly series: readonly Series[]; readonly measure?: string }
  | { readonly figure: "confusion"; readonly matrix: MatrixLike; readonly labels?: readonly string[] }
  | ({ readonly figure: "strokes" } & Strokes)
  | { readonly figure: "study"; readonly results: readonly ResultLike[] };

/** Reads a file that is saved beside the lesson, as JSON; undefined where there is none. */
export type ReadSaved = (file: string) => unknown;

/**
 * Finds what a figure is drawn from among the names that the cells have made, or in a file beside the lesson.
 * @throws LessonError `figure.value` where a cell failed before it made one of them, `figure.saved`
 */
export function drawingOf(
  { figure, values, words, saved, line }: Pick<Figure, "figure" | "values" | "words" | "saved" | "line">,
  scope: Scope,
  lang: Language,
  read: ReadSaved = () => undefined,
): Drawing {
  const find = (path: string): unknown => {
    const found = valueAt(scope, path);
    if (found === undefined) throw new LessonError(lang, "figure.value", { line, name: path });
    return found;
  };
  const array = (path: string): MatrixLike => find(path) as MatrixLike;
  const optional = <N extends string>(name: N): { readonly [name in N]?: MatrixLike } =>
    (values[name] === undefined ? {} : { [name]: array(values[name]) }) as { [name in N]?: MatrixLike };
  const labels = words.labels === undefined ? undefined : listed(words.labels);
  const file = <T>(): T => {
    const found = read(saved ?? "");
    if (found === undefined) throw new LessonError(lang, "figure.saved", { line, name: saved ?? "" });
    return found as T;
  };
  switch (figure) {
    case "product":
      return {
        figure,
        left: array(values.left!),
        right: array(values.right!),
        ...optional("biases"),
        ...optional("result"),
      };
    case "network": {
      const layers = listed(values.layers!).map((layer) => layerOf(layer, array));
      const { input } = optional("input");
      return { figure, layers, ...(input === undefined ? {} : { input, values: flow(layers, input) }) };
    }
    case "curves":
      return {
        figure,
        series: listed(values.series!).map((path, i) => ({
          label: labels?.[i] ?? path,
          values: numbers(find(path)),
        })),
        ...(words.measure === undefined ? {} : { measure: words.measure }),
      };
    case "strokes":
      return { figure, ...file<{ readonly strokes: Strokes }>().strokes };
    case "study":
      return { figure, results: file<{ readonly results: readonly ResultLike[] }>().results };
    case "confusion":
      return { figure, matrix: array(values.matrix!), ...(labels === undefined ? {} : { labels }) };
  }
}

/** One layer after the other: `weights1 biases1, weights2`. */
function layerOf(text: string, array: (path: string) => MatrixLike): LayerLike {
  const [weights, biases] = text.split(/\s+/);
  return { weights: array(weights!), ...(biases === undefined ? {} : { biases: array(biases) }) };
}

const listed = (text: string): string[] => text.split(",").map((part) => part.trim());

/** Values of a list, or of an array of one or two axes. */
function numbers(value: unknown): Series["values"] {
  return (Array.isArray(value) ? value : (value as MatrixLike).toArray()) as Series["values"];
}
