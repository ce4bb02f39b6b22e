import { ShapeError } from "../errors/error.js";
import type { Sizes } from "../shape/shape.js";
import { type AxisNames, type Strided, someNames } from "../storage/strided.js";

/** The axes of an array, or of what an elementwise operation on several gives: sizes and names. */
export interface Axes {
  readonly shape: Sizes;
  readonly names: AxisNames;
}

/**
 * Lines the axes of two arrays up from the right. Sizes must be equal or 1, names equal or missing; an
 * axis without a name takes the other's.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 */
export function broadcast(op: string, a: Axes, b: Axes): Axes {
  if (addsNothing(a, b)) return a;
  const ndim = Math.max(a.shape.length, b.shape.length);
  const shape = new Array<number>(ndim);
  const names = new Array<string | null>(ndim);
  for (let back = 1; back <= ndim; back++) {
    const i = a.shape.length - back;
    const j = b.shape.length - back;
    const sizeA = i < 0 ? 1 : a.shape[i]!;
    const sizeB = j < 0 ? 1 : b.shape[j]!;
    const nameA = a.names === null ? null : (a.names[i] ?? null);
    const nameB = b.names === null ? null : (b.names[j] ?? null);
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      throw new ShapeError("broadcast.sizes", {
        op,
        a: { size: sizeA, name: nameA },
        b: { size: sizeB, name: nameB },
        left: described(a),
        right: described(b),
      });
    }
    if (nameA !== null && nameB !== null && nameA !== nameB) {
      throw new ShapeError("broadcast.axes", {
        op,
        a: nameA,
        b: nameB,
        left: described(a),
        right: described(b),
      });
    }
    shape[ndim - back] = sizeA === 1 ? sizeB : sizeA;
    names[ndim - back] = nameA ?? nameB;
  }
  checkDistinct(op, names);
  return { shape, names: someNames(names) };
}

/** Whether the second has no size and no name that the first does not have: biases beside a batch, say. */
function addsNothing(a: Axes, b: Axes): boolean {
  const lead = a.shape.length - b.shape.length;
  if (lead < 0) return false;
  for (let i = 0; i < b.shape.length; i++) {
    if (b.shape[i] !== 1 && b.shape[i] !== a.shape[lead + i]) return false;
    const name = b.names === null ? null : b.names[i]!;
    if (name !== null && (a.names === null || name !== a.names[lead + i])) return false;
  }
  return true;
}

/** Two axes of a result cannot have one name: positions would no longer follow from names. */
export function checkDistinct(op: string, names: readonly (string | null)[]): void {
  for (let i = 1; i < names.length; i++) {
    const name = names[i]!;
    if (name !== null && names.indexOf(name) !== i) throw new ShapeError("names.repeated", { op, name });
  }
}

export function sameShape(a: Sizes, b: Sizes): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The strides with which `a` is read as an array of `shape`: 0 where an axis is repeated. */
export function broadcastStrides(a: Strided, shape: Sizes): number[] {
  const lead = shape.length - a.ndim;
  return shape.map((_, i) => (i < lead || a.shape[i - lead] === 1 ? 0 : a.strides[i - lead]!));
}

/** The facts of an array that an error keeps. */
export function described({ shape, names }: Axes): Axes {
  return { shape, names };
}
