import { ShapeError } from "../errors/error.js";
import { multiplyMatrices } from "../kernels/product.js";
import { type Sizes, sizeOf } from "../shape/shape.js";
import type * as signatures from "../shape/signatures.js";
import { allocate, type DType, promote, type TypedArray } from "../storage/dtype.js";
import { type AxisNames, type Recorder, type Strided, someNames } from "../storage/strided.js";
import { without } from "./axes.js";
import { type Axes, broadcast, broadcastStrides, checkDistinct, described } from "./broadcast.js";
import { contiguous, toDType } from "./copy.js";
import { emit, emitBroadcast, emitReshape } from "./primitive.js";

/**
 * Product of vectors, matrices and stacks of them: sums over the last axis of the first and the last but
 * one (of a vector: the only) of the second, as NumPy's `dot`. These two axes must have one size and, where
 * both have names, one name: else the product would be computable and mean nothing.
 * Two vectors give a number. Floats are added in float64, in the order of the axis; float32 in float32 where the
 * product is large (8000 multiplications or more) and a sum is of 4096 terms at most.
 * @throws ShapeError `dot.sizes`, `dot.axes`, `dot.scalar`, `names.repeated`
 * @example
 * const inputs = array([[1, 2, 3]], ["batch", "feature"]);
 * const weights = array([[0.1, 0.2, 0.3]], ["neuron", "feature"]);
 * dot(inputs, weights.T); // [[1.4]]
 */
export const dot = ((a: Strided, b: Strided): Strided | number => {
  const along = checkProduct("dot", a, b);
  const names = resultNames("dot", a, b, along);
  const recorder = a.recorder ?? b.recorder;
  if (recorder !== null) return traceDot(recorder, a, b, along, names);
  return isFlat(a, b) ? flat(a, b, along, names) : stacked(contiguous(a), contiguous(b), along, names);
}) as unknown as signatures.Dot;

/** Whether both are vectors or matrices: then `dot` and `matmul` are the same. */
function isFlat(a: Strided, b: Strided): boolean {
  return a.shape.length <= 2 && b.shape.length <= 2;
}

function flat(a: Strided, b: Strided, along: number, names: AxisNames): Strided | number {
  const dtype = promote(a.dtype, b.dtype);
  const last = a.shape.length - 1;
  const isMatrixA = last === 1;
  const isMatrixB = b.shape.length === 2;
  const m = isMatrixA ? a.shape[0]! : 1;
  const n = isMatrixB ? b.shape[1]! : 1;
  const k = a.shape[last]!;
  const out = allocate(accumulator(dtype), m * n);
  const rowA = isMatrixA ? a.strides[0]! : 0;
  const columnB = isMatrixB ? b.strides[1]! : 0;
  multiplyMatrices(
    out, m, n, k, a.buffer, a.offset, rowA, a.strides[last]!, b.buffer, b.offset, b.strides[along]!, columnB,
  ); // biome-ignore format: three groups
  const values = finish(out, dtype);
  if (isMatrixA) return a.make(values, isMatrixB ? [m, n] : [m], dtype, names);
  return isMatrixB ? a.make(values, [n], dtype, names) : values[0]!;
}

/** `dot` of more than two axes: every row of the first with every column of the second. */
function stacked(a: Strided, b: Strided, along: number, names: AxisNames): Strided {
  const dtype = promote(a.dtype, b.dtype);
  const k = b.shape[along]!;
  const shapeA = a.shape.slice(0, -1);
  const outerB = b.shape.slice(0, along);
  const innerB = b.shape.slice(along + 1);
  const m = sizeOf(shapeA);
  const stacks = sizeOf(outerB);
  const n = sizeOf(innerB);
  const out = allocate(accumulator(dtype), m * stacks * n);
  const one = allocate(accumulator(dtype), m * n);
  for (let s = 0; s < stacks; s++) {
    multiplyMatrices(one, m, n, k, a.buffer, a.offset, k, 1, b.buffer, b.offset + s * k * n, n, 1);
    for (let i = 0; i < m; i++) out.set(one.subarray(i * n, (i + 1) * n), (i * stacks + s) * n);
  }
  return a.make(finish(out, dtype), [...shapeA, ...outerB, ...innerB], dtype, names);
}

/**
 * Product of matrices, as NumPy's `matmul`: like `dot` up to two axes; of more, the leading axes broadcast.
 * @throws ShapeError `dot.sizes`, `dot.axes`, `dot.scalar`, `broadcast.sizes`, `broadcast.axes`,
 * `names.repeated`
 * @example
 * matmul(zeros([5, 2, 3]), zeros([5, 3, 4])).shape; // [5, 2, 4]
 */
export const matmul = ((a: Strided, b: Strided): Strided | number => {
  const along = checkProduct("matmul", a, b);
  if (isFlat(a, b)) {
    const names = resultNames("matmul", a, b, along);
    const recorder = a.recorder ?? b.recorder;
    return recorder === null ? flat(a, b, along, names) : traceDot(recorder, a, b, along, names);
  }
  const lead = broadcast("matmul", leading(a), leading(b));
  const m = a.ndim > 1 ? a.shape[a.ndim - 2]! : 1;
  const n = b.ndim > 1 ? b.shape[b.ndim - 1]! : 1;
  const k = a.shape[a.ndim - 1]!;
  const dtype = promote(a.dtype, b.dtype);
  const names = [
    ...(lead.names ?? lead.shape.map(() => null)),
    ...(a.ndim > 1 ? [a.names?.[a.ndim - 2] ?? null] : []),
    ...(b.ndim > 1 ? [b.names?.[b.ndim - 1] ?? null] : []),
  ];
  checkDistinct("matmul", names);
  const shape = [...lead.shape, ...(a.ndim > 1 ? [m] : []), ...(b.ndim > 1 ? [n] : [])];
  const recorder = a.recorder ?? b.recorder;
  if (recorder !== null) return traceMatmul(recorder, a, b, lead.shape, shape, someNames(names));
  const stacks = sizeOf(lead.shape);
  const out = allocate(accumulator(dtype), stacks * m * n);
  const one = allocate(accumulator(dtype), m * n);
  const stepsA = broadcastStrides(a, [...lead.shape, m, k]).slice(0, -2);
  const stepsB = broadcastStrides(b, [...lead.shape, k, n]).slice(0, -2);
  for (let s = 0; s < stacks; s++) {
    const atA = a.offset + position(s, lead.shape, stepsA);
    const atB = b.offset + position(s, lead.shape, stepsB);
    const rowA = a.ndim > 1 ? a.strides[a.ndim - 2]! : 0;
    const columnB = b.ndim > 1 ? b.strides[b.ndim - 1]! : 0;
    multiplyMatrices(
      one, m, n, k, a.buffer, atA, rowA, a.strides[a.ndim - 1]!, b.buffer, atB, b.strides[along]!, columnB,
    ); // biome-ignore format: three groups
    out.set(one, s * m * n);
  }
  return a.make(finish(out, dtype), shape, dtype, someNames(names));
}) as unknown as signatures.MatMul;

/** Bools are counted, so that many of them cannot wrap around to false. */
function accumulator(dtype: DType): DType {
  return dtype === "bool" ? "int32" : dtype;
}

/** Of bools the product is "or" of "and"s, as in NumPy. */
function finish(values: TypedArray, dtype: DType): TypedArray {
  return dtype === "bool" ? Uint8Array.from(values, (count) => Number(count !== 0)) : values;
}

/** The axes before a matrix's two. */
function leading(a: Strided): Axes {
  const n = Math.max(a.ndim - 2, 0);
  return { shape: a.shape.slice(0, n), names: a.names === null ? null : a.names.slice(0, n) };
}

/** `dot` as a step of a graph: of matrices, every other axis folded into the rows or the columns. */
function traceDot(recorder: Recorder, a: Strided, b: Strided, along: number, names: AxisNames): Strided {
  const k = a.shape[a.ndim - 1]!;
  const rows = a.shape.slice(0, -1);
  const columns = without(b.shape, along);
  const dtype = promote(a.dtype, b.dtype);
  const left = emitReshape(recorder, toDType(a, dtype), [sizeOf(rows), k], null);
  // the summed axis of the second comes first
  const order = [along, ...without(b.shape, along).map((_, i) => (i < along ? i : i + 1))];
  const second = along === 0 ? toDType(b, dtype) : transposed(recorder, toDType(b, dtype), order);
  const right = emitReshape(recorder, second, [k, sizeOf(columns)], null);
  const shape = [sizeOf(rows), sizeOf(columns)];
  const product = emit(recorder, { kind: "matmul" }, [left, right], shape, dtype, null);
  return emitReshape(recorder, product, [...rows, ...columns], names);
}

/** `matmul` of stacks as a step of a graph: both repeated to the same leading axes. */
function traceMatmul(
  recorder: Recorder,
  a: Strided,
  b: Strided,
  lead: Sizes,
  shape: Sizes,
  names: AxisNames,
): Strided {
  const dtype = promote(a.dtype, b.dtype);
  const matrices = [
    a.ndim === 1 ? [1, a.shape[0]!] : a.shape.slice(-2),
    b.ndim === 1 ? [b.shape[0]!, 1] : b.shape.slice(-2),
  ];
  const [left, right] = [a, b].map((x, i) => {
    const matrix =
      x.ndim === 1 ? emitReshape(recorder, toDType(x, dtype), matrices[i]!, null) : toDType(x, dtype);
    return emitBroadcast(recorder, matrix, [...lead, ...matrices[i]!]);
  }) as [Strided, Strided];
  const whole = [...lead, matrices[0]![0]!, matrices[1]![1]!];
  const product = emit(recorder, { kind: "matmul" }, [left, right], whole, dtype, null);
  return emitReshape(recorder, product, shape, names);
}

function transposed(recorder: Recorder, a: Strided, axes: readonly number[]): Strided {
  return emit(
    recorder,
    { kind: "transpose", axes },
    [a],
    axes.map((i) => a.shape[i]!),
    a.dtype,
    null,
  );
}

/** Where the values begin that a row-major position stands for. */
function position(index: number, shape: Sizes, strides: Sizes): number {
  let at = 0;
  for (let i = shape.length - 1; i >= 0; i--) {
    at += (index % shape[i]!) * strides[i]!;
    index = Math.floor(index / shape[i]!);
  }
  return at;
}

/** Checks that a product means something; gives the axis of `b` that it sums over. */
function checkProduct(op: string, a: Strided, b: Strided): number {
  const last = a.ndim - 1;
  const along = b.ndim === 1 ? 0 : b.ndim - 2;
  const sizeA = a.shape[last];
  const sizeB = b.shape[along];
  if (sizeA === undefined || sizeB === undefined) {
    throw new ShapeError("dot.scalar", { op, left: described(a), right: described(b) });
  }
  const nameA = a.names === null ? null : a.names[last]!;
  const nameB = b.names === null ? null : b.names[along]!;
  const clash = nameA !== null && nameB !== null && nameA !== nameB;
  if (sizeA === sizeB && !clash) return along;
  const facts = {
    op,
    left: described(a),
    right: described(b),
    remedy: { code: wouldFitTransposed(sizeA, nameA, b) ? "remedy.transposeSecond" : "remedy.none" },
  } as const;
  if (sizeA !== sizeB) {
    throw new ShapeError("dot.sizes", {
      ...facts,
      a: { size: sizeA, name: nameA },
      b: { size: sizeB, name: nameB },
    });
  }
  throw new ShapeError("dot.axes", { ...facts, a: nameA!, b: nameB! });
}

function wouldFitTransposed(size: number, name: string | null, b: Strided): boolean {
  if (b.ndim !== 2 || b.shape[1] !== size) return false;
  const other = b.names?.[1] ?? null;
  return name === null || other === null || name === other;
}

function resultNames(op: string, a: Strided, b: Strided, along: number): AxisNames {
  if (a.names === null && b.names === null) return null;
  const names: (string | null)[] = [];
  for (let i = 0; i < a.shape.length - 1; i++) names.push(a.names === null ? null : a.names[i]!);
  for (let i = 0; i < b.shape.length; i++) {
    if (i !== along) names.push(b.names === null ? null : b.names[i]!);
  }
  checkDistinct(op, names);
  return someNames(names);
}
