import { ShapeError } from "../errors/error.js";
import { type AxisNames, axisIndex, type Strided, someNames } from "../storage/strided.js";

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

/** A list with another value in one place. */
export function replaced<T>(list: readonly T[], place: number, value: T): T[] {
  return list.map((old, i) => (i === place ? value : old));
}

/** Positions of several axes, each given once. */
export function axisIndices(op: string, a: Strided, axes: readonly (number | string)[]): number[] {
  const positions = axes.map((axis) => axisIndex(op, a, axis));
  positions.forEach((position, i) => {
    if (positions.indexOf(position) !== i) {
      throw new ShapeError("axis.repeated", { op, axis: String(axes[i]) });
    }
  });
  return positions;
}
