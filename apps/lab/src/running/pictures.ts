import {
  curvesFigure,
  curvesTable,
  matrixFigure,
  matrixTable,
  networkFigure,
  networkTable,
  productFigure,
  productTable,
  type Table,
} from "@camada/figures";
import { drawingOf, LessonError, type Scope } from "@camada/lesson";
import { CamadaError, type EpochLog, History, type Language, NDArray, Sequential } from "camada";
import { type Followed, shownAs } from "../figures/shown.js";
import { say } from "../messages/index.js";

/** A drawing of a value, with what it says as a table. */
export interface Picture {
  readonly svg: string;
  readonly table: Table;
}

/** Larger arrays are shown as text only. */
const most = 600;

/** A value as a picture: arrays of one or two axes, models and histories have one. */
export function pictureOf(value: unknown, scope: Scope, id: string, lang: Language): Picture | null {
  if (value instanceof NDArray) {
    if (value.ndim < 1 || value.ndim > 2 || value.size === 0 || value.size > most) return null;
    const options = { matrix: value, label: nameOf(value, scope) ?? "array", id, lang };
    return { svg: matrixFigure(options), table: matrixTable(options) };
  }
  if (value instanceof Sequential) {
    const options = { layers: value.layers, id, lang };
    return { svg: networkFigure(options), table: networkTable(options) };
  }
  return value instanceof History ? curvesOf(value.epochs, id, lang) : null;
}

/** What training has come to, epoch by epoch. */
export function curvesOf(epochs: readonly EpochLog[], id: string, lang: Language): Picture | null {
  const history = new History();
  history.epochs.push(...epochs);
  const names = history.names.filter((name) => name !== "seconds");
  const series = names.map((label) => ({ label, values: history.series(label) }));
  if (!series.some(({ values }) => values.some(Number.isFinite))) return null;
  const options = { series, id, lang, width: 530 };
  return { svg: curvesFigure(options), table: curvesTable(options) };
}

/** A figure of the lesson as a run has left its values, or why it cannot be drawn. */
export type Redrawn = (Picture & { readonly live: unknown }) | { readonly refused: string };

/** Draws a figure of the lesson from what cells have made. */
export function redrawn(followed: Followed, scope: Scope, lang: Language): Redrawn {
  try {
    const { draw, table, live } = shownAs(drawingOf(followed, scope, lang), followed, lang);
    return { svg: draw(`${followed.id}-drawing`, 530), table, live };
  } catch (error) {
    const missing = error instanceof LessonError && error.code === "figure.value";
    const name = missing ? String(error.data["name"]) : "";
    return { refused: missing ? say(lang, "figure.missing", { name }) : (error as Error).message };
  }
}

/** The product that was refused, drawn from the variables it can only have been made of. */
export function pictureOfError(
  error: Error | null,
  scope: Scope,
  id: string,
  lang: Language,
): Picture | null {
  if (!(error instanceof CamadaError) || !/^dot\.(sizes|axes)$/.test(error.code)) return null;
  const [left, right] = [error.data["left"], error.data["right"]].map((what) => variableLike(what, scope));
  if (left == null || right == null) return null;
  const labels = { left: left.name, right: right.name };
  const options = { left: left.array, right: right.array, labels, id, lang, width: 530 };
  return { svg: productFigure(options), table: productTable(options) };
}

/** The one variable, or its transpose, that has a shape and names; null where there is none, or more than one. */
function variableLike(what: unknown, scope: Scope) {
  const wanted = JSON.stringify(what);
  const found = Object.entries(scope).flatMap(([name, value]) => {
    if (!(value instanceof NDArray) || value.ndim !== 2 || value.size > most) return [];
    const both = [
      { name, array: value as NDArray },
      { name: `${name}.T`, array: value.T as NDArray },
    ];
    return both.filter(({ array: { shape, names } }) => JSON.stringify({ shape, names }) === wanted);
  });
  return found.length === 1 ? found[0]! : null;
}

const nameOf = (value: unknown, scope: Scope): string | undefined =>
  Object.keys(scope).find((name) => scope[name] === value);
