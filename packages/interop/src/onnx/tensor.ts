import { type DType, formatShape, fromTypedArray, type NDArray, type TypedArray } from "camada";
import { InteropError } from "../error.js";
import { MOST_AXES } from "./arrays.js";
import type { TensorDraft, TensorProto } from "./schema.js";

/** ONNX's types of values in the order of their codes, which begin at 1. */
const TYPE_NAMES = [
  "float", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "double", "uint32",
  "uint64", "complex64", "complex128", "bfloat16", "float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz",
  "uint4", "int4", "float4e2m1", "float8e8m0", "uint2", "int2",
] as const; // biome-ignore format: a list

/** A type of values that files have and camada can hold. */
export type OnnxType = "float" | "double" | "int32" | "int64" | "uint8" | "bool";

/**
 * What camada holds each type in. It has no integers of 64 bits: those of files must fit in 32 where they
 * become an array, and what is computed of them is computed in 32.
 */
const HELD: { readonly [type in OnnxType]: { readonly dtype: DType; readonly bytes: number } } = {
  float: { dtype: "float32", bytes: 4 },
  double: { dtype: "float64", bytes: 8 },
  int32: { dtype: "int32", bytes: 4 },
  int64: { dtype: "int32", bytes: 8 },
  uint8: { dtype: "uint8", bytes: 1 },
  bool: { dtype: "bool", bytes: 1 },
};

/** What a file's values of each dtype are; int32 is written as it is. */
const WRITTEN: { readonly [dtype in DType]: OnnxType } = {
  float32: "float",
  float64: "double",
  int32: "int32",
  uint8: "uint8",
  bool: "bool",
};

export const dtypeOfType = (type: OnnxType): DType => HELD[type].dtype;
const codeOf = (type: OnnxType): number => TYPE_NAMES.indexOf(type) + 1;
export const codeOfDType = (dtype: DType): number => codeOf(WRITTEN[dtype]);

/** The type of a code. @throws InteropError `onnx.type` for what camada cannot hold; `where` has the values */
export function typeOfCode(code: number | undefined, where: string): OnnxType {
  const type = TYPE_NAMES[(code ?? 0) - 1];
  if (type !== undefined && Object.hasOwn(HELD, type)) return type as OnnxType;
  throw new InteropError("onnx.type", { where, type: type ?? `${code ?? 0}?` });
}

/** A dtype that a cast names. @throws InteropError `onnx.type` */
export function dtypeOfCode(code: number, where: string): DType {
  return dtypeOfType(typeOfCode(code, where));
}

/** The files beside a model that hold its large tensors, by the names that it has for them. */
export type ExternalData = ReadonlyMap<string, Uint8Array>;

/** More values than that no typed array holds. */
const MAX_VALUES = 2 ** 32 - 1;

/** A constant of a file: its type and shape are known, its values become an array when they are asked for. */
export class OnnxTensor {
  readonly name: string;
  readonly type: OnnxType;
  readonly shape: readonly number[];
  private readonly values: Values;
  private made: NDArray | undefined;

  constructor(name: string, type: OnnxType, shape: readonly number[], values: Values) {
    this.name = name;
    this.type = type;
    this.shape = shape;
    this.values = values;
  }

  /**
   * The values as numbers: those of 64 bits too, exact up to 2^53, and beyond as near as numbers come. Files
   * say "to the end" with the largest of them.
   */
  get numbers(): readonly number[] {
    return Array.from(this.values, Number);
  }

  /** @throws InteropError `onnx.range` where an integer of 64 bits does not fit in 32 */
  get array(): NDArray {
    this.made ??= fromTypedArray(this.held(), this.shape, undefined, {
      dtype: dtypeOfType(this.type),
    }) as NDArray;
    return this.made;
  }

  private held(): TypedArray {
    const { values, type, name } = this;
    if (type !== "int64") return values as TypedArray;
    const out = new Int32Array(values.length);
    for (let i = 0; i < out.length; i++) {
      const value = Number(values[i]!);
      out[i] = value;
      if (out[i] !== value) throw new InteropError("onnx.range", { tensor: name, value, index: i });
    }
    return out;
  }
}

type Values = TypedArray | BigInt64Array | readonly number[];

/**
 * A tensor of a file, checked: as many values as its sizes need, of a type that camada can hold.
 * @throws InteropError `onnx.type`, `onnx.dims`, `onnx.size`, `onnx.bytesOf`, `onnx.range`, `onnx.external`,
 * `onnx.externalRange`
 */
export function readTensor(proto: TensorProto, external: ExternalData, name = proto.name ?? ""): OnnxTensor {
  const type = typeOfCode(proto.dataType, name);
  const shape = checkDims(proto.dims, name);
  const values = valuesOf(proto, type, external, name);
  const needed = shape.reduce((product, size) => product * size, 1);
  if (needed !== values.length) {
    throw new InteropError("onnx.size", { tensor: name, shape: formatShape(shape), needed, found: values.length }); // biome-ignore format: one line
  }
  return new OnnxTensor(name, type, shape, values);
}

function checkDims(dims: readonly number[], tensor: string): readonly number[] {
  const values = dims.reduce((product, size) => product * Math.max(size, 1), 1);
  if (dims.every((size) => size >= 0) && values <= MAX_VALUES && dims.length <= MOST_AXES) return dims;
  throw new InteropError("onnx.dims", { tensor, shape: formatShape(dims.slice(0, MOST_AXES)) });
}

function valuesOf(proto: TensorProto, type: OnnxType, external: ExternalData, tensor: string): Values {
  const location = proto.dataLocation === 1 || proto.externalData.length > 0;
  const raw = location ? externalBytes(proto, external, tensor) : proto.rawData;
  if (raw !== undefined) return fromBytes(raw, type, tensor);
  switch (type) {
    case "float":
      return fromBytes(proto.floatData ?? new Uint8Array(0), type, tensor);
    case "double":
      return fromBytes(proto.doubleData ?? new Uint8Array(0), type, tensor);
    case "int64":
      return proto.int64Data;
    case "int32":
      return fitting(proto.int32Data, new Int32Array(proto.int32Data.length), tensor);
    case "uint8":
      return fitting(proto.int32Data, new Uint8Array(proto.int32Data.length), tensor);
    case "bool":
      return Uint8Array.from(proto.int32Data, (value) => Number(value !== 0));
  }
}

function fitting(numbers: readonly number[], out: TypedArray, tensor: string): TypedArray {
  numbers.forEach((value, index) => {
    out[index] = value;
    if (out[index] !== value) throw new InteropError("onnx.range", { tensor, value, index });
  });
  return out;
}

/** Values as they lie in a file, little-endian, as in every engine's memory: copied, so that they are aligned. */
function fromBytes(raw: Uint8Array, type: OnnxType, tensor: string): Values {
  const { bytes } = HELD[type];
  if (raw.length % bytes !== 0) throw new InteropError("onnx.bytesOf", { tensor, found: raw.length, bytes });
  // not slice: of one of Node's Buffers that would be a view
  const { buffer } = new Uint8Array(raw);
  switch (type) {
    case "float":
      return new Float32Array(buffer);
    case "double":
      return new Float64Array(buffer);
    case "int32":
      return new Int32Array(buffer);
    case "int64":
      return new BigInt64Array(buffer);
    case "uint8":
      return new Uint8Array(buffer);
    case "bool":
      return new Uint8Array(buffer).map((value) => Number(value !== 0));
  }
}

/** The bytes that a tensor has in another file, of those that were given: no path is ever followed. */
function externalBytes(proto: TensorProto, external: ExternalData, tensor: string): Uint8Array {
  const entries = new Map(proto.externalData.map(({ key, value }) => [key, value ?? ""]));
  const location = entries.get("location") ?? "";
  const file = external.get(location);
  if (file === undefined) throw new InteropError("onnx.external", { tensor, location });
  const offset = Number(entries.get("offset") ?? 0);
  const length = Number(entries.get("length") ?? file.length - offset);
  const within = [offset, length].every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!within || offset + length > file.length) {
    throw new InteropError("onnx.externalRange", { tensor, location, offset, length, found: file.length });
  }
  return file.subarray(offset, offset + length);
}

/** An array as a file holds it. */
export function tensorOf(name: string, { data, shape, dtype }: NDArray): TensorDraft {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return { name, dims: shape, dataType: codeOfDType(dtype), rawData };
}

/** Whole numbers as a file holds shapes and axes: 64 bits each. */
export function int64Tensor(name: string, numbers: readonly number[], dims = [numbers.length]): TensorDraft {
  return { name, dims, dataType: codeOf("int64"), int64Data: [...numbers] };
}
