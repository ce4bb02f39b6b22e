import { ShapeError } from "../errors/error.js";
import { type AxisNames, axisIndex, type Strided, shownAxis, someNames } from "../storage/strided.js";
import { described } from "./broadcast.js";

/** An array cut along one axis: `outer` blocks, each of `size` values for each of `inner` positions. */
export interface AxisWalk {
  readonly axis: number;
  readonly size: number;
  readonly outer: number;
  readonly inner: number;
}

/** How a row-major array is walked along one of its axes. */
export function alongAxis(op: string, a: Strided, axis: number | string): AxisWalk {
  const position = axisIndex(op, a, axis);
  let outer = 1;
  let inner = 1;
  for (let i = 0; i < position; i++) outer *= a.shape[i]!;
  for (let i = position + 1; i < a.ndim; i++) inner *= a.shape[i]!;
  return { axis: position, size: a.shape[position]!, outer, inner };
}

/** The names that are left without one axis, or with all if it is kept. */
export function namesWithout(a: Strided, axis: number, keep: boolean): AxisNames {
  return a.names === null || keep ? a.names : someNames(without(a.names, axis));
}

/** A list without one of its places. */
export function without<T>(list: readonly T[], place: number): T[] {
  return list.filter((_, i) => i !== place);
}

/** A list with one place more. */
export function inserted<T>(list: readonly T[], place: number, value: T): T[] {
  return [...list.slice(0, place), value, ...list.slice(place)];
}

/** A list with another value in one place. */
export function replaced<T>(list: readonly T[], place: number, value: T): T[] {
  return list.map((old, i) => (i === place ? value : old));
}

/**
 * The place of a new axis (negative from the end), before, between or behind those there are.
 * @throws ShapeError `axis.missing`
 */
export function newAxisIndex(op: string, a: Strided, axis: number): number {
  const place = axis < 0 ? a.ndim + 1 + axis : axis;
  if (!Number.isInteger(place) || place < 0 || place > a.ndim) {
    throw new ShapeError("axis.missing", { op, axis: shownAxis(axis), array: described(a) });
  }
  return place;
}

/** Positions of several axes, each given once. */
export function axisIndices(op: string, a: Strided, axes: readonly (number | string)[]): number[] {
  const positions = axes.map((axis) => axisIndex(op, a, axis));
  positions.forEach((position, i) => {
    if (positions.indexOf(position) !== i) {
      throw new ShapeError("axis.repeated", { op, axis: shownAxis(axes[i]!) });
    }
  });
  return positions;
}
