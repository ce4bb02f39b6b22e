import { CamadaError } from "../errors/error.js";
import { rowMajor } from "../shape/shape.js";
import type * as signatures from "../shape/signatures.js";
import { allocate, type TypedArray } from "../storage/dtype.js";
import { axisIndex, type Strided } from "../storage/strided.js";
import { alongAxis } from "./axes.js";
import { copyValues, toDType } from "./copy.js";
import { emit, emitReshape, needsValues } from "./primitive.js";
import { takeAlongAxis } from "./taking.js";

/**
 * Sorted along an axis (the last, unless given), nan last, as in NumPy; 0 and -0, which are equal, in any order.
 * A copy.
 * @throws ShapeError `axis.missing`
 * @example
 * sort(array([3, 1, 2])); // [1. 2. 3.]
 */
export const sort = ((a: Strided, axis: number | string = -1): Strided => {
  if (a.recorder !== null) {
    const place = axisIndex("sort", a, axis);
    return takeAlongAxis(a as never, argsort(a as never, place as never) as never, place) as never;
  }
  const out = copyValues(a);
  eachLine("sort", a, axis, (at, step, n) => {
    const line = lineOf(out, at, step, n).sort(); // a typed array sorts by value, nan last
    for (let i = 0; i < n; i++) out[at + i * step] = line[i]!;
  });
  return a.make(out, a.shape, a.dtype, a.names);
}) as unknown as signatures.Sort<"sort">;

/**
 * The positions that would sort along an axis (the last, unless given); equals keep their order, nan comes
 * last. int32.
 * @throws ShapeError `axis.missing`
 * @example
 * argsort(array([3, 1, 2])); // [1 2 0]
 */
export const argsort = ((a: Strided, axis: number | string = -1): Strided => {
  if (a.recorder !== null) {
    const step = { kind: "argsort", axis: axisIndex("argsort", a, axis) } as const;
    return emit(a.recorder, step, [a], a.shape, "int32", a.names);
  }
  const values = copyValues(a);
  const out = allocate("int32", values.length);
  eachLine("argsort", a, axis, (at, step, n) => {
    const line = lineOf(values, at, step, n);
    const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => compare(line[i]!, line[j]!));
    for (let i = 0; i < n; i++) out[at + i * step] = order[i]!;
  });
  return a.make(out, a.shape, "int32", a.names);
}) as unknown as signatures.Sort<"argsort">;

/**
 * The distinct elements, sorted, as a 1-D array without names; nan once, last. A copy.
 * @example
 * unique(array([3, 1, 3])); // [1. 3.]
 */
export const unique = ((a: Strided): Strided => {
  needsValues("unique", a);
  const sorted = copyValues(a).sort();
  const out = sorted.filter(
    (value: number, i: number) =>
      i === 0 || !(value === sorted[i - 1] || (Number.isNaN(value) && Number.isNaN(sorted[i - 1]!))),
  );
  return a.make(out, [out.length], a.dtype, null);
}) as unknown as signatures.Unique;

/**
 * Running sums along an axis, or over the flattened array. Of integers and bools int32.
 * @throws ShapeError `axis.missing`; CamadaError `dtype.overflow`
 * @example
 * cumsum(array([1, 2, 3])); // [1. 3. 6.]
 */
export const cumsum = ((a: Strided, axis?: number | string): Strided => {
  const dtype = a.dtype === "float32" || a.dtype === "float64" ? a.dtype : "int32";
  if (a.recorder !== null) {
    const line = axis === undefined ? emitReshape(a.recorder, a, [a.size], null) : a;
    const step = { kind: "cumsum", axis: axisIndex("cumsum", line, axis ?? 0) } as const;
    return emit(a.recorder, step, [toDType(line, dtype)], line.shape, dtype, line.names);
  }
  const out = copyValues(a, dtype);
  const accumulate = (at: number, step: number, n: number): void => {
    for (let i = 1; i < n; i++) {
      const value = out[at + i * step]! + out[at + (i - 1) * step]!;
      if (dtype === "int32" && value !== (value | 0)) {
        throw new CamadaError("dtype.overflow", { op: "cumsum", value });
      }
      out[at + i * step] = value;
    }
  };
  if (axis === undefined) {
    accumulate(0, 1, out.length);
    return a.make(out, [out.length], dtype, null, rowMajor([out.length]));
  }
  eachLine("cumsum", a, axis, accumulate);
  return a.make(out, a.shape, dtype, a.names);
}) as unknown as signatures.Cumulative<"cumsum">;

/** Visits each line of a row-major copy of `a` along an axis: its start, its step, its length. */
function eachLine(
  op: string,
  a: Strided,
  axis: number | string,
  visit: (at: number, step: number, n: number) => void,
): void {
  const { size, outer, inner } = alongAxis(op, a, axis);
  for (let o = 0; o < outer; o++) for (let i = 0; i < inner; i++) visit(o * size * inner + i, inner, size);
}

function lineOf(values: TypedArray, at: number, step: number, n: number): TypedArray {
  const line = values.slice(0, n);
  for (let i = 0; i < n; i++) line[i] = values[at + i * step]!;
  return line;
}

/** Which of two numbers comes first: nan last. */
export function compare(x: number, y: number): number {
  if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 1;
  return Number.isNaN(y) ? -1 : x - y || 0;
}
