import { CamadaError, ShapeError } from "../errors/error.js";

/** Sizes along each axis, the first axis first. */
export type Sizes = readonly number[];

/** The longest typed array that every engine we know makes. */
const MAX_SIZE = 2 ** 32 - 1;

/** How many values a shape holds: the product of its sizes; 1 for no axes. */
export function sizeOf(shape: Sizes): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i]!;
  return size;
}

/** Strides, in elements, of a row-major (C order) array. */
export function rowMajor(shape: Sizes): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i]!;
  }
  return strides;
}

/**
 * Refuses what is no list, as NumPy's `zeros(3)` has it.
 * @throws ShapeError `shape.list`
 */
export function checkIsList(op: string, shape: unknown): void {
  if (!Array.isArray(shape)) throw new ShapeError("shape.list", { op, shape: String(shape) });
}

/** Refuses sizes that are not whole, are negative, or whose product no typed array can hold. */
export function checkShape(op: string, shape: Sizes): void {
  checkIsList(op, shape);
  for (const size of shape) {
    if (!Number.isInteger(size) || size < 0) throw new ShapeError("shape.size", { op, size: String(size) });
  }
  if (sizeOf(shape) > MAX_SIZE) {
    throw new CamadaError("shape.overflow", { op, shape: { shape, names: null }, limit: MAX_SIZE });
  }
}

/**
 * A shape as NumPy prints a tuple.
 *
 * @example
 * formatShape([3]); // "(3,)"
 * formatShape([2, 3]); // "(2, 3)"
 */
export function formatShape(shape: Sizes): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}
