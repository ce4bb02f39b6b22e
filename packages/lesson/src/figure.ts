import {
  decisionsOf,
  extentOf,
  type LayerLike,
  type MatrixLike,
  type PlaygroundOptions,
  type ResultLike,
  regionsOf,
  type Series,
  type Strokes,
} from "@camada/figures";
import { array, History, type Language, type NDArray, Sequential } from "camada";
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
  | ({ readonly figure: "playground" } & Omit<PlaygroundOptions, "lang">)
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
  const made = <T extends object>(
    path: string,
    kind: string,
    of: abstract new (...some: never[]) => T,
  ): T => {
    const found = find(path);
    if (found instanceof of) return found;
    throw new LessonError(lang, "figure.type", { line, name: path, kind });
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
    case "playground": {
      const [model, points, labels] = [
        made(values.model!, "Sequential", Sequential),
        array(values.points!),
        array(values.labels!),
      ];
      const history = values.history === undefined ? undefined : made(values.history, "History", History);
      return { figure, points, labels, layers: model.layers, ...parted(model, points), ...grown(history) };
    }
    case "strokes":
      return { figure, ...file<{ readonly strokes: Strokes }>().strokes };
    case "study":
      return { figure, results: file<{ readonly results: readonly ResultLike[] }>().results };
    case "confusion":
      return { figure, matrix: array(values.matrix!), ...(labels === undefined ? {} : { labels }) };
  }
}

/** How a network parts a plane, and what it takes points for. */
function parted(model: Sequential, points: MatrixLike) {
  const scores = (places: unknown) =>
    model.forward(array(places as number[][], ["batch", "feature"]) as unknown as NDArray) as NDArray;
  const all = points.toArray() as [number, number][];
  const extent = extentOf(all);
  return { extent, regions: regionsOf(scores, extent), predicted: decisionsOf(scores(all)).classes };
}

/** How the loss has gone down. */
function grown(history: History | undefined): Pick<PlaygroundOptions, "curves"> {
  if (history === undefined) return {};
  const names = ["loss", "valLoss"].filter((name) => history.names.includes(name));
  return { curves: { series: names.map((label) => ({ label, values: history.series(label) })) } };
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
