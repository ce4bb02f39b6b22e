import { CamadaError, describe } from "../errors/error.js";
import { add, divide, multiply, subtract } from "../ops/arithmetic.js";
import { cast, copyValues } from "../ops/copy.js";
import { reshape, transpose } from "../ops/movement.js";
import { needsValues } from "../ops/primitive.js";
import { dot, matmul } from "../ops/product.js";
import { argmax, max, mean, min, sum } from "../ops/reductions.js";
import type { Shape } from "../shape/tuples.js";
import type * as types from "../shape/types.js";
import { checkDType, type DType, heldValue, type TypedArray } from "../storage/dtype.js";
import { axisIndex, checkNames, Strided, someNames } from "../storage/strided.js";
import { checkIndexCount, resolveIndex, type SliceArgument, sliceView } from "./indexing.js";
import { print } from "./print/index.js";

type Axis = number | string;
type Options = { readonly keepdims?: boolean };
type Operand = ArrayWithMethods | number;

/** The functions, seen without their types: a method's own types are those of the NDArray interface. */
type Loose = (...args: unknown[]) => never;

/**
 * An array of numbers with a shape and, if wanted, a name for each axis: storage with methods. The methods
 * are the functions of the same name, for convenience; none changes the array, but `set` and `fill`.
 */
class ArrayWithMethods extends Strided {
  /** The values in row-major order: shares memory where they lie so, else a copy. */
  get data(): TypedArray {
    if (!this.isContiguous) return copyValues(this);
    const { buffer, offset, size } = this;
    return offset === 0 && size === buffer.length ? buffer : buffer.subarray(offset, offset + size);
  }

  /** The axes in reverse order. A view. */
  get T(): this {
    return (transpose as unknown as Loose)(this);
  }

  transpose(...axes: Axis[]): this {
    return (transpose as unknown as Loose)(this, ...axes);
  }

  reshape(shape: readonly number[]): this {
    return (reshape as unknown as Loose)(this, shape);
  }

  dot(other: ArrayWithMethods): Operand {
    return (dot as unknown as Loose)(this, other);
  }

  matmul(other: ArrayWithMethods): Operand {
    return (matmul as unknown as Loose)(this, other);
  }

  add(other: Operand): this {
    return (add as unknown as Loose)(this, other);
  }

  subtract(other: Operand): this {
    return (subtract as unknown as Loose)(this, other);
  }

  multiply(other: Operand): this {
    return (multiply as unknown as Loose)(this, other);
  }

  divide(other: Operand): this {
    return (divide as unknown as Loose)(this, other);
  }

  sum(axis?: Axis, options?: Options): Operand {
    return (sum as unknown as Loose)(this, axis, options);
  }

  mean(axis?: Axis, options?: Options): Operand {
    return (mean as unknown as Loose)(this, axis, options);
  }

  max(axis?: Axis, options?: Options): Operand {
    return (max as unknown as Loose)(this, axis, options);
  }

  min(axis?: Axis, options?: Options): Operand {
    return (min as unknown as Loose)(this, axis, options);
  }

  argmax(axis?: Axis, options?: Options): Operand {
    return (argmax as unknown as Loose)(this, axis, options);
  }

  /** What stands at the given indices (negative from the end): a number for all of them, else a view. */
  at(...indices: number[]): Operand {
    checkIndexCount("at", indices.length, this);
    if (this.recorder !== null) return sliceView("at", this, indices);
    const { shape, strides, names } = this;
    let { offset } = this;
    for (let i = 0; i < indices.length; i++) offset += resolveIndex("at", indices[i]!, i, this) * strides[i]!;
    const n = indices.length;
    if (n === shape.length) return this.buffer[offset]!;
    const rest = names === null ? null : someNames(names.slice(n));
    return this.view(shape.slice(n), strides.slice(n), offset, rest);
  }

  /** A part: for each axis an index, `[start, stop, step?]` or null for all of it. A view. */
  slice(...args: SliceArgument[]): Operand {
    const part = sliceView("slice", this, args);
    if (this.recorder !== null) return part;
    return part.ndim === 0 && this.ndim > 0 ? part.buffer[part.offset]! : part;
  }

  /** Changes one value in place, and with it every view of the same memory. */
  set(value: number | boolean, ...indices: number[]): this {
    if (indices.length !== this.ndim) {
      throw new CamadaError("index.count", {
        op: "set",
        array: { shape: this.shape, names: this.names },
        ndim: this.ndim,
        count: indices.length,
      });
    }
    needsValues("set", this);
    let at = this.offset;
    indices.forEach((index, i) => {
      at += resolveIndex("set", index, i, this) * this.strides[i]!;
    });
    this.buffer[at] = heldValue("set", value, this.dtype);
    return this;
  }

  /** The same values with these axis names, one an axis (null: none). A view. */
  named(...names: (string | null)[]): this {
    return this.view(this.shape, this.strides, this.offset, checkNames("named", this.shape, names));
  }

  /** The same values with some axes called otherwise. A view. */
  rename(map: { readonly [name: string]: string }): this {
    for (const name of Object.keys(map)) axisIndex("rename", this, name);
    const renamed = this.axisNames.map((name) =>
      name !== null && Object.hasOwn(map, name) ? map[name]! : name,
    );
    return this.view(this.shape, this.strides, this.offset, checkNames("rename", this.shape, renamed));
  }

  /** The same values without axis names. A view. */
  unnamed(): this {
    return this.view(this.shape, this.strides, this.offset, null);
  }

  /** The values as another dtype; a fraction is cut to an integer as in C. A copy. */
  astype(dtype: DType): this {
    checkDType("astype", dtype);
    return cast(this, dtype);
  }

  /** A copy with memory of its own. */
  copy(): this {
    return cast(this, this.dtype);
  }

  /** Nested plain arrays; booleans of a bool array; the value itself of a 0-d array. */
  toArray(): unknown {
    const { buffer, shape, strides, dtype } = this;
    const nest = (axis: number, at: number): unknown => {
      if (axis === shape.length) return dtype === "bool" ? buffer[at] !== 0 : buffer[at]!;
      return Array.from({ length: shape[axis]! }, (_, i) => nest(axis + 1, at + i * strides[axis]!));
    };
    return nest(0, this.offset);
  }

  /** What NumPy's `print` shows. */
  override toString(): string {
    return print(this);
  }

  /** What NumPy's `print` shows and, on a line of its own, the axes with their names and the dtype. */
  inspect(): string {
    return `${print(this)}\n${describe(this)} ${this.dtype}`;
  }

  /** `console.log` in Node and Deno: as NumPy prints; an array with names shows them too. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.names === null ? print(this) : this.inspect();
  }

  /** Plain nested arrays in JSON. */
  toJSON(): unknown {
    return this.toArray();
  }

  /** The rows, as views; the numbers (or booleans) of a 1-D array. */
  *[Symbol.iterator](): IterableIterator<unknown> {
    if (this.ndim === 0) throw new CamadaError("index.scalar", {});
    const size = this.shape[0]!;
    const isBool = this.dtype === "bool" && this.ndim === 1 && this.recorder === null;
    for (let i = 0; i < size; i++) yield isBool ? this.at(i) !== 0 : this.at(i);
  }
}

/**
 * An array of numbers with a shape and, if wanted, a name for each axis. Made by `array`, `zeros`,
 * `random.randn`, ...
 */
export const NDArray = ArrayWithMethods as unknown as {
  new (...args: ConstructorParameters<typeof Strided>): types.NDArray;
  readonly prototype: types.NDArray;
};
export type NDArray<S extends Shape = Shape> = types.NDArray<S>;
