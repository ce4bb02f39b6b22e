import { FigureError } from "./error.js";
import { type MatrixLike, pick, readMatrix, showNumber, showShape, type Table } from "./matrix.js";
import { type Lang, say } from "./messages/index.js";
import type { Theme } from "./svg.js";

/** What a network says at the middles of a square grid's cells, row by row from the top left. */
export interface Regions {
  /** How many cells lie along a side. */
  readonly side: number;
  /** The class of each cell. */
  readonly classes: ArrayLike<number>;
  /** How sure it is, from 0 to 1. */
  readonly certainty: ArrayLike<number>;
}

/** What points and regions are drawn from. */
export interface RegionsOptions {
  /** Places in the plane, (batch, 2). */
  readonly points: MatrixLike;
  /** The class of each, a whole number from 0. */
  readonly labels: MatrixLike;
  /** The class that the network gives each. */
  readonly predicted?: ArrayLike<number>;
  /** What a network gives each cell of a grid. */
  readonly regions?: Regions;
  /** What the plane shows, left, right, bottom and top; by default all points with a margin. */
  readonly extent?: Extent;
  /** The language of its words. */
  readonly lang: Lang;
  /** What it is called: its own title unless given. */
  readonly title?: string;
  /** What it shows, for those who do not see it: its own words unless given. */
  readonly description?: string;
  /** Light, dark, or as the page is ("auto"). */
  readonly theme?: Theme;
  /** Makes the ids of the SVG unique within a page. */
  readonly id?: string;
  /** How wide the drawing is: 420. */
  readonly width?: number;
}

/** The part of a plane that is drawn. */
export type Extent = readonly [left: number, right: number, bottom: number, top: number];

/** Points with their classes, and the plane they lie in. */
export interface Plane {
  readonly points: readonly (readonly [x: number, y: number, label: number])[];
  readonly classes: number;
  readonly extent: Extent;
  readonly title: string;
  readonly description: string;
}

/** So many classes can be told apart. */
export const mostClasses = 6;

/** Reads points and classes; throws FigureError for what are none. */
export function readPlane(o: RegionsOptions): Plane {
  const { lang, regions, predicted } = o;
  const title = o.title ?? say(lang, "regions.title");
  const count = o.points.shape[0] ?? 0;
  if (count > 0 || o.points.shape.length !== 2) {
    const { columns } = readMatrix(o.points, title, lang);
    if (columns.size !== 2) throw new FigureError(lang, "error.plane", { shape: showShape(o.points.shape) });
  }
  if (o.labels.shape.length !== 1 || o.labels.shape[0] !== count) {
    throw new FigureError(lang, "error.labels", { classes: count, given: showShape(o.labels.shape) });
  }
  const labels = o.labels.toArray() as number[];
  const wrong = labels.find((label) => !Number.isInteger(label) || label < 0 || label >= mostClasses);
  if (wrong !== undefined) throw new FigureError(lang, "error.classes", { most: mostClasses, value: wrong });
  if (regions !== undefined && regions.classes.length !== regions.side ** 2) {
    throw new FigureError(lang, "error.regions", { side: regions.side, given: regions.classes.length });
  }
  const points = (o.points.toArray() as [number, number][]).map(([x, y], i) => [x, y, labels[i]!] as const);
  const classes = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const right = predicted === undefined ? 0 : labels.filter((label, i) => label === predicted[i]).length;
  const said = say(lang, "regions.description", { points: count, classes });
  return {
    points,
    classes,
    extent: o.extent ?? extentOf(points),
    title,
    description:
      o.description ??
      (predicted === undefined ? said : `${said} ${say(lang, "regions.right", { right, points: count })}`),
  };
}

/** A square around all points, with a margin; around 0 where there are none. */
export function extentOf(points: readonly (readonly [number, number, ...unknown[]])[]): Extent {
  const range = (axis: 0 | 1) => {
    const finite = points.map((point) => point[axis]).filter(Number.isFinite);
    if (finite.length === 0) return [0, 0] as const;
    return [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))] as const;
  };
  const [[left, right], [bottom, top]] = [range(0), range(1)];
  const half = 0.55 * Math.max(right - left, top - bottom) || 1;
  const [x, y] = [(left + right) / 2, (bottom + top) / 2];
  return [x - half, x + half, y - half, y + half];
}

/** The middles of a grid's cells, in the order in which `Regions` has them: what to ask a network. */
export function gridPlaces([left, right, bottom, top]: Extent, side: number): [number, number][] {
  return Array.from({ length: side * side }, (_, cell) => {
    const [row, column] = [Math.floor(cell / side), cell % side];
    return [left + ((column + 0.5) / side) * (right - left), top - ((row + 0.5) / side) * (top - bottom)];
  });
}

/**
 * The class that a network gives each row of scores, one a class, and its share by softmax. Where there is no
 * highest score, as training has run away, nothing is certain.
 *
 * @example
 * [...decisionsOf(array([[2, 0], [0, 1]])).classes]; // [0, 1]
 */
export function decisionsOf(scores: MatrixLike): { classes: Uint8Array; certainty: Float32Array } {
  const rows = scores.toArray() as number[][];
  const found = { classes: new Uint8Array(rows.length), certainty: new Float32Array(rows.length) };
  rows.forEach((row, i) => {
    const highest = Math.max(...row);
    found.classes[i] = Math.max(row.indexOf(highest), 0);
    found.certainty[i] = 1 / row.reduce((sum, score) => sum + Math.exp(score - highest), 0) || 0;
  });
  return found;
}

/**
 * What a network says of a part of the plane: `scores` gives, for places, (batch, 2), a row of scores each.
 *
 * @example
 * const right = (places) => array(places.map(([x]) => [-x, x]));
 * [...regionsOf(right, [-1, 1, -1, 1], 2).classes]; // [0, 1, 0, 1]
 */
export function regionsOf(
  scores: (places: [number, number][]) => MatrixLike,
  extent: Extent,
  side = 40,
): Regions {
  return { side, ...decisionsOf(scores(gridPlaces(extent, side))) };
}

/** The points, their classes, and what the network takes them for, up to `most` of them. */
export function regionsTable(o: RegionsOptions, most = 40): Table {
  const { points, title, description } = readPlane(o);
  const predicted = o.predicted;
  return {
    caption: `${title}. ${description}`,
    columns: [
      "x",
      "y",
      say(o.lang, "regions.class"),
      ...(predicted === undefined ? [] : [say(o.lang, "regions.predicted")]),
    ],
    rows: pick(points.length, most).map((i) => {
      if (i === null) return predicted === undefined ? ["⋮", "⋮", "⋮"] : ["⋮", "⋮", "⋮", "⋮"];
      const [x, y, label] = points[i]!;
      const row = [short(x), short(y), String(label + 1)];
      return predicted === undefined ? row : [...row, String(predicted[i]! + 1)];
    }),
  };
}

const short = (value: number): string => showNumber(Number(value.toPrecision(4)));

/** `regionsFigure` for a terminal: the class of each cell of the grid, dots where the network is not sure. */
export function regionsText(o: RegionsOptions): string {
  const { title, description, extent, points } = readPlane(o);
  const [columns, rows] = [48, 24];
  const [left, right, bottom, top] = extent;
  const cells = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => {
      if (o.regions === undefined) return " ";
      const { side, classes, certainty } = o.regions;
      const cell = Math.floor(((r + 0.5) * side) / rows) * side + Math.floor(((c + 0.5) * side) / columns);
      return certainty[cell]! < 0.7 ? "·" : String(classes[cell]! + 1);
    }),
  );
  const letters = "ABCDEF";
  for (const [x, y, label] of points) {
    const r = Math.floor(((top - y) / (top - bottom)) * rows);
    const c = Math.floor(((x - left) / (right - left)) * columns);
    if (cells[r]?.[c] !== undefined) cells[r]![c] = letters[label]!;
  }
  const legend = say(o.lang, "regions.legend");
  return [`${title}. ${description}`, legend, "", ...cells.map((row) => row.join("").trimEnd())].join("\n");
}
