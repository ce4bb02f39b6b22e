import { copyValues } from "../../ops/copy.js";
import { walkRows } from "../../ops/walk.js";
import { type Sizes, sizeOf } from "../../shape/shape.js";
import { allocate } from "../../storage/dtype.js";
import { type AxisNames, type Strided, someNames } from "../../storage/strided.js";
import type { Indices } from "./stream.js";

/**
 * The rows (along the first axis) at the given positions, in a copy: `shape` takes the first axis's place.
 * The other axes keep their names; so does the first where one axis takes its place.
 */
export function takeRows<A extends Strided>(a: A, positions: Indices, shape: Sizes): A {
  const row = sizeOf(a.shape.slice(1));
  const from = copyValues(a);
  const to = allocate(a.dtype, positions.length * row);
  for (let i = 0; i < positions.length; i++) {
    const start = positions[i]! * row;
    if (row === 1) to[i] = from[start]!;
    else to.set(from.subarray(start, start + row), i * row);
  }
  const [first, ...others] = a.axisNames;
  const names: AxisNames = someNames([...shape.map(() => (shape.length === 1 ? first! : null)), ...others]);
  return a.make(to, [...shape, ...a.shape.slice(1)], a.dtype, names);
}

/** Puts the rows of an array, or of a view, in the given order: changes its memory. */
export function reorderRows(a: Strided, positions: Indices): void {
  const { buffer: values } = takeRows(a, positions, [a.shape[0]!]);
  const size = a.shape[a.ndim - 1]!;
  const step = a.strides[a.ndim - 1]!;
  let from = 0;
  walkRows(
    a.shape,
    (at) => {
      for (let i = 0; i < size; i++) a.buffer[at + i * step] = values[from++]!;
    },
    a.strides,
    a.offset,
  );
}
