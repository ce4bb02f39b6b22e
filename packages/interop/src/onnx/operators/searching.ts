import { formatShape, type NDArray } from "camada";
import * as a from "../arrays.js";
import { flag, int } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";

// What gives arrays of a shape that depends on values: these must be known, so it cannot be compiled.

/** Where values are not 0: an index along each axis for each. */
function nonZero(call: Call): NDArray {
  const { shape } = call.input(0);
  const found = call.numbers(0).flatMap((value, i) => (value !== 0 ? [i] : []));
  let step = 1;
  const rows = shape.toReversed().map((size) => {
    const row = found.map((i) => Math.floor(i / step) % size);
    step *= size;
    return row;
  });
  return a.integers(rows.toReversed().flat(), [shape.length, found.length]);
}

/** By value, what is no number last; of several, by the first that differs. */
function compared(x: readonly number[], y: readonly number[]): number {
  const i = x.findIndex((value, at) => !Object.is(value + 0, y[at]! + 0));
  if (i < 0) return 0;
  if (Number.isNaN(x[i]) || Number.isNaN(y[i])) return Number.isNaN(x[i]) ? 1 : -1;
  return x[i]! - y[i]!;
}

/** Each value, or each part along an axis, once: with where it is first, which it is for each, and how often. */
function unique(call: Call, axis: number | undefined, sorted: boolean): readonly NDArray[] {
  const x = axis === undefined ? a.reshape(call.input(0), [-1]) : call.input(0);
  const along = a.fromFront(axis ?? 0, x.ndim);
  const size = x.shape[along]!;
  const values = call.numbers(0);
  const inner = x.shape.slice(along + 1).reduce((product, each) => product * each, 1);
  const parts = Array.from({ length: size }, () => [] as number[]);
  values.forEach((value, i) => void parts[Math.floor(i / inner) % size]!.push(value));
  const order = [...parts.keys()].sort((i, j) => compared(parts[i]!, parts[j]!) || i - j);
  const groups: number[][] = [];
  for (const i of order) {
    const group = groups.at(-1);
    if (group !== undefined && compared(parts[group[0]!]!, parts[i]!) === 0) group.push(i);
    else groups.push([i]);
  }
  if (!sorted) groups.sort((one, other) => one[0]! - other[0]!);
  const which: number[] = [];
  groups.forEach((group, g) => {
    for (const i of group) which[i] = g;
  });
  const first = a.integers(groups.map(([i]) => i!));
  return [a.take(x, first, along), first, a.integers(which), a.integers(groups.map(({ length }) => length))];
}

type Box = readonly [top: number, left: number, bottom: number, right: number];

/** Two opposite corners, in either order, or a center with sizes. */
function boxOf([p, q, r, s]: readonly number[], centered: boolean): Box {
  if (centered) return [q! - s! / 2, p! - r! / 2, q! + s! / 2, p! + r! / 2];
  return [Math.min(p!, r!), Math.min(q!, s!), Math.max(p!, r!), Math.max(q!, s!)];
}

/** The share of two boxes' union that both have. */
function overlap(x: Box, y: Box): number {
  const area = ([top, left, bottom, right]: Box) => Math.max(bottom - top, 0) * Math.max(right - left, 0);
  const both = area([Math.max(x[0], y[0]), Math.max(x[1], y[1]), Math.min(x[2], y[2]), Math.min(x[3], y[3])]);
  return both === 0 ? 0 : both / (area(x) + area(y) - both);
}

/** Of boxes that lie on one another the one with the largest score, for each image and class: a greedy choice. */
function nonMaxSuppression(call: Call, centered: boolean): NDArray {
  const [boxes, scores] = [call.input(0), call.input(1)];
  const [images, classes, count] = scores.shape as [number, number, number];
  const fits = formatShape(boxes.shape) === formatShape([images, count, 4]) && scores.ndim === 3;
  if (!fits) call.refuse(`boxes${formatShape(boxes.shape)}, scores${formatShape(scores.shape)}`);
  const most = Math.min(Math.max(call.optionalNumbers(2)?.[0] ?? 0, 0), count);
  const limit = call.optionalNumbers(3)?.[0] ?? 0;
  const least = call.optionalNumbers(4)?.[0] ?? -Infinity;
  // so many pairs of boxes may be compared
  a.sized([images, classes, count, most]);
  const [corners, values] = [call.numbers(0), call.numbers(1)];
  const chosen: number[] = [];
  for (let image = 0; image < images; image++) {
    const own = Array.from({ length: count }, (_, i) => boxOf(corners.slice((image * count + i) * 4, (image * count + i + 1) * 4), centered)); // biome-ignore format: one line
    for (let kind = 0; kind < classes; kind++) {
      const score = (i: number) => values[(image * classes + kind) * count + i]!;
      const order = [...own.keys()].filter((i) => score(i) > least).sort((i, j) => score(j) - score(i));
      const kept: number[] = [];
      for (const i of order) {
        if (kept.length === most) break;
        if (kept.every((other) => overlap(own[i]!, own[other]!) <= limit)) kept.push(i);
      }
      for (const i of kept) chosen.push(image, kind, i);
    }
  }
  return a.integers(chosen, [chosen.length / 3, 3]);
}

/** Operators that find out where values are. */
export const SEARCHING: { readonly [name: string]: Operator } = {
  NonMaxSuppression: operator([2, 5], { center_point_box: flag(false) }, (call, given) =>
    nonMaxSuppression(call, given.center_point_box),
  ),
  NonZero: operator(1, {}, nonZero),
  Unique: operator(1, { axis: int(), sorted: flag(true) }, (call, { axis, sorted }) => unique(call, axis, sorted), 4), // biome-ignore format: one line
};
