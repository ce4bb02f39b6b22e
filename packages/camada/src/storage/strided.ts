import { ShapeError } from "../errors/error.js";
import { rowMajor, type Sizes, sizeOf } from "../shape/shape.js";
import type { DType, TypedArray } from "./dtype.js";

/** Axis names by position; null where an axis has none. A whole null: no axis has one. */
export type AxisNames = readonly (string | null)[] | null;

/**
 * What takes note of operations instead of computing them, while a function is traced: gives back an array
 * that stands for the step's result.
 */
export interface Recorder {
  record(
    step: { readonly kind: string },
    inputs: readonly Strided[],
    shape: Sizes,
    dtype: DType,
    names: AxisNames,
  ): Strided;
}

/**
 * Values in a typed array, seen through a shape, strides and an offset (all in elements). It holds and
 * finds values; it computes nothing. Views share `buffer`.
 */
export class Strided {
  readonly buffer: TypedArray;
  readonly shape: Sizes;
  readonly strides: Sizes;
  readonly offset: number;
  readonly dtype: DType;
  readonly names: AxisNames;

  constructor(
    buffer: TypedArray,
    shape: Sizes,
    strides: Sizes,
    offset: number,
    dtype: DType,
    names: AxisNames,
  ) {
    this.buffer = buffer;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.dtype = dtype;
    this.names = names;
  }

  /** What records operations on this array; null where it holds values, and they are computed. */
  get recorder(): Recorder | null {
    return null;
  }

  /** How many values there are. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** How many axes there are. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Whether the values lie one after the other in row-major (C) order. */
  get isContiguous(): boolean {
    let step = 1;
    for (let i = this.shape.length - 1; i >= 0; i--) {
      const size = this.shape[i]!;
      if (size === 0) return true;
      if (size !== 1 && this.strides[i] !== step) return this.size === 0;
      step *= size;
    }
    return true;
  }

  /**
   * Another array of the same class over other values: what an operation gives back is of the class of
   * what it was given, so that operations need not know the class that has them as methods.
   */
  make(
    buffer: TypedArray,
    shape: Sizes,
    dtype: DType,
    names: AxisNames,
    strides: Sizes = rowMajor(shape),
    offset = 0,
  ): this {
    const Same = this.constructor as new (...args: ConstructorParameters<typeof Strided>) => this;
    return new Same(buffer, shape, strides, offset, dtype, names);
  }

  /** The same values seen otherwise: shares memory. */
  view(shape: Sizes, strides: Sizes, offset: number, names: AxisNames): this {
    return this.make(this.buffer, shape, this.dtype, names, strides, offset);
  }

  /** The axes' names, one entry an axis. */
  get axisNames(): readonly (string | null)[] {
    return this.names ?? this.shape.map(() => null);
  }
}

/** Names where at least one axis has one, else null. */
export function someNames(names: readonly (string | null)[]): AxisNames {
  return names.some((name) => name !== null) ? names : null;
}

/** Refuses a wrong number of names, empty ones, and the same name twice. */
export function checkNames(op: string, shape: Sizes, names: readonly (string | null)[]): AxisNames {
  if (names.length !== shape.length) {
    throw new ShapeError("names.count", {
      op,
      array: { shape, names: null },
      ndim: shape.length,
      count: names.length,
    });
  }
  names.forEach((name, i) => {
    if (name === null) return;
    if (typeof name !== "string" || name === "") throw new ShapeError("names.empty", { op });
    if (names.indexOf(name) !== i) throw new ShapeError("names.repeated", { op, name });
  });
  return someNames([...names]);
}

/** An axis as sentences show what was given for it. */
export function shownAxis(axis: number | string): string {
  return typeof axis === "string" ? `'${axis}'` : String(axis);
}

/**
 * The position of an axis given by index (negative from the end) or by name.
 * @throws ShapeError `axis.missing`
 */
export function axisIndex(op: string, a: Strided, axis: number | string): number {
  const position =
    typeof axis === "string" ? a.axisNames.indexOf(axis) : axis < 0 ? a.shape.length + axis : axis;
  if (!Number.isInteger(position) || position < 0 || position >= a.shape.length) {
    throw new ShapeError("axis.missing", {
      op,
      axis: shownAxis(axis),
      array: { shape: a.shape, names: a.names },
    });
  }
  return position;
}
