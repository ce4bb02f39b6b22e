import type { View } from "../../compile/view.js";
import type { Sizes } from "../../shape/shape.js";

/** The axes of a loop in the order in which it runs, the innermost last, and how its views step along them. */
export interface Nest {
  readonly sizes: Sizes;
  /** How many of the axes are those that had to stay outside. */
  readonly fixed: number;
  /** In values. */
  readonly stepsOf: (view: View) => Sizes;
}

/**
 * The fewest loops over a shape, by way of the first of some views, from its longest strides to its shortest: axes of
 * one place are left out, and such as follow each other evenly in all views become one. The first `fixed` axes
 * keep their order and stay outside.
 */
export function nestOf(shape: Sizes, views: readonly View[], fixed = 0): Nest {
  const along = (view: View, axis: number): number => Math.abs(view.strides[axis]!);
  const order = shape
    .map((_, axis) => axis)
    .filter((axis) => shape[axis] !== 1)
    .sort((a, b) => {
      if (a < fixed || b < fixed) return a - b;
      // what the first does not tell apart, the others do
      for (const view of views) {
        const difference = along(view, b) - along(view, a);
        if (difference !== 0) return difference;
      }
      return a - b;
    });
  const groups: number[][] = [];
  for (const axis of order) {
    const group = groups.at(-1);
    const outer = group?.at(-1);
    const follows =
      outer !== undefined &&
      outer < fixed === axis < fixed &&
      views.every(({ strides }) => strides[outer] === strides[axis]! * shape[axis]!);
    if (follows) group!.push(axis);
    else groups.push([axis]);
  }
  // one loop there always is
  if (groups.length === 0 || groups.at(-1)![0]! < fixed) groups.push([]);
  return {
    sizes: groups.map((axes) => axes.reduce((size, axis) => size * shape[axis]!, 1)),
    fixed: groups.filter(([axis]) => axis !== undefined && axis < fixed).length,
    stepsOf: ({ strides }) => groups.map((axes) => (axes.length === 0 ? 0 : strides[axes.at(-1)!]!)),
  };
}
