import { CamadaError, ShapeError } from "../errors/error.js";
import { checkShape, rowMajor, type Sizes, sizeOf } from "../shape/shape.js";
import type * as signatures from "../shape/signatures.js";
import { allocate, checkDType, type DType, dtypeOf, heldValue, type TypedArray } from "../storage/dtype.js";
import { checkNames } from "../storage/strided.js";
import { NDArray } from "./ndarray.js";

type AxisList = readonly (string | null)[];
type Options = { readonly dtype?: DType };
type Data = number | boolean | readonly Data[];

/**
 * An array from nested lists of numbers or booleans, copied. float64 unless the options say otherwise
 * (bool if every value is a boolean).
 * @throws CamadaError `array.ragged` (with the row and both lengths), `array.value`, `dtype.unknown`;
 * ShapeError `names.count`, `names.repeated`
 * @example
 * const batch = array([[1, 2, 3], [4, 5, 6]], ["batch", "feature"]);
 * batch.shape; // [2, 3]
 */
export const array = ((data: Data, axes?: AxisList, options?: Options) => {
  const dtype = checkOptions("array", options);
  const shape = shapeOfNested(data);
  checkShape("array", shape);
  const kind = dtype ?? (typeof firstValue(data) === "boolean" ? "bool" : "float64");
  const axisNames = axes === undefined ? null : checkNames("array", shape, axes);
  const values = allocate(kind, sizeOf(shape));
  fillNested(values, data, shape, kind);
  return new NDArray(values, shape, rowMajor(shape), 0, kind, axisNames);
}) as unknown as signatures.ArrayFunction;

function checkOptions(op: string, { dtype }: Options = {}): DType | undefined {
  if (dtype !== undefined) checkDType(op, dtype);
  return dtype;
}

function shapeOfNested(data: Data): number[] {
  const shape: number[] = [];
  for (let level = data; Array.isArray(level); level = level[0]!) shape.push(level.length);
  return shape;
}

function firstValue(data: Data): unknown {
  let level = data;
  while (Array.isArray(level)) level = level[0]!;
  return level;
}

function fillNested(values: TypedArray, data: Data, shape: Sizes, dtype: DType): void {
  let to = 0;
  const visit = (part: Data, axis: number, row: number): void => {
    if (axis === shape.length) {
      if (typeof part !== "number" && typeof part !== "boolean") {
        if (Array.isArray(part)) throw ragged(row, undefined, part.length);
        throw new CamadaError("array.value", { row });
      }
      values[to++] = heldValue("array", part, dtype);
      return;
    }
    if (!Array.isArray(part)) throw ragged(row, shape[axis], undefined);
    if (part.length !== shape[axis]) throw ragged(row, shape[axis], part.length);
    for (let i = 0; i < part.length; i++) visit(part[i]!, axis + 1, axis === 0 ? i : row);
  };
  visit(data, 0, 0);
}

function ragged(row: number, expected: number | undefined, found: number | undefined): ShapeError {
  return new ShapeError("array.ragged", {
    row,
    expected: expected ?? { code: "count.none" },
    found: found ?? { code: "count.none" },
  });
}

/**
 * An array over the values of a typed array, in row-major order: shares its memory. Its dtype is that of the
 * typed array; of bytes it may be bool, which the options say.
 * @throws ShapeError `shape.values`, `shape.size`, `names.count`, `names.repeated`
 * @example
 * fromTypedArray(Float64Array.of(1, 2, 3, 4), [2, 2]);
 */
export const fromTypedArray = ((data: TypedArray, shape: Sizes, axes?: AxisList, options?: Options) => {
  const dtype = checkOptions("fromTypedArray", options) ?? dtypeOf(data);
  checkShape("fromTypedArray", shape);
  if (sizeOf(shape) !== data.length) {
    throw new ShapeError("shape.values", {
      op: "fromTypedArray",
      left: { shape: [data.length], names: null },
      count: data.length,
      right: { shape, names: null },
      needed: sizeOf(shape),
    });
  }
  const axisNames = axes === undefined ? null : checkNames("fromTypedArray", shape, axes);
  return new NDArray(data, [...shape], rowMajor(shape), 0, dtype, axisNames);
}) as unknown as signatures.FromTypedArray;

function filled(op: string, value: number, shape: Sizes, axes?: AxisList, options?: Options) {
  const dtype = checkOptions(op, options) ?? "float64";
  checkShape(op, shape);
  const axisNames = axes === undefined ? null : checkNames(op, shape, axes);
  const values = allocate(dtype, sizeOf(shape));
  if (value !== 0) values.fill(heldValue(op, value, dtype));
  return new NDArray(values, [...shape], rowMajor(shape), 0, dtype, axisNames);
}

/**
 * An array of zeros of a shape, with names for its axes if given; float64 unless the options say otherwise.
 * @throws ShapeError `shape.size`, `names.count`; CamadaError `shape.overflow`
 * @example
 * zeros([4, 3], ["batch", "feature"]);
 */
export const zeros = ((shape: Sizes, axes?: AxisList, options?: Options) =>
  filled("zeros", 0, shape, axes, options)) as unknown as signatures.Zeros<"zeros">;

/**
 * An array of ones of a shape, with names for its axes if given; float64 unless the options say otherwise.
 * @throws ShapeError `shape.size`, `names.count`; CamadaError `shape.overflow`
 * @example
 * ones([3]); // [1. 1. 1.]
 */
export const ones = ((shape: Sizes, axes?: AxisList, options?: Options) =>
  filled("ones", 1, shape, axes, options)) as unknown as signatures.Zeros<"ones">;

/**
 * An array of one value throughout, of a shape, with names for its axes if given; float64 unless the options say
 * otherwise.
 * @throws ShapeError `shape.size`, `names.count`; CamadaError `shape.overflow`
 * @example
 * full([2], 0.5); // [0.5 0.5]
 */
export const full = ((shape: Sizes, value: number, axes?: AxisList, options?: Options) =>
  filled("full", value, shape, axes, options)) as unknown as signatures.Full;

/**
 * The identity matrix, of shape (rows, rows): ones on the diagonal, zeros elsewhere. float64 unless the options
 * say otherwise.
 * @throws ShapeError `shape.size`
 * @example
 * eye(2); // [[1. 0.]
 *         //  [0. 1.]]
 */
export const eye = ((rows: number, options?: Options) => {
  const matrix = filled("eye", 0, [rows, rows], undefined, options);
  for (let i = 0; i < rows; i++) (matrix.data as TypedArray)[i * rows + i] = 1;
  return matrix;
}) as unknown as signatures.Eye;

/**
 * Numbers from start (0) up to, but without, stop, `step` (1) apart. float64 unless the options say otherwise.
 * @throws CamadaError `value.zero`; ShapeError `shape.size` for numbers without an end
 * @example
 * arange(3); // [0. 1. 2.]
 * arange(1, 2, 0.5); // [1.  1.5]
 */
export const arange = ((...args: (number | Options)[]) => {
  const last = args.at(-1);
  const options = typeof last === "object" ? last : {};
  const numbers = args.filter((value): value is number => typeof value === "number");
  const [start, stop, step] =
    numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
  if (step === 0) throw new CamadaError("value.zero", { op: "arange", name: "step" });
  const out = filled("arange", 0, [Math.max(Math.ceil((stop - start) / step), 0)], undefined, options);
  const values = out.data as TypedArray;
  for (let i = 0; i < values.length; i++) values[i] = start + i * step;
  return out;
}) as unknown as signatures.Arange;

/**
 * `count` (50) numbers evenly spread from start to stop, both included. float64 unless the options say otherwise.
 * @throws ShapeError `shape.size`
 * @example
 * linspace(0, 1, 3); // [0.  0.5 1. ]
 */
export const linspace = ((start: number, stop: number, count = 50, options?: Options) => {
  const out = filled("linspace", 0, [count], undefined, options);
  const values = out.data as TypedArray;
  const step = count > 1 ? (stop - start) / (count - 1) : 0;
  for (let i = 0; i < count; i++) values[i] = i * step + start;
  if (count > 1) values[count - 1] = stop;
  return out;
}) as unknown as signatures.Linspace;
