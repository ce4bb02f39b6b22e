import { type DType, formatShape, fromTypedArray, type NDArray, type TypedArray } from "camada";
import { InteropError } from "../error.js";
import { decodeValues, ENCODINGS, type EncodingCode } from "../values.js";
import { MOST_AXES } from "./arrays.js";
import type { TensorDraft, TensorProto } from "./schema.js";

/** ONNX's types of values in the order of their codes, which begin at 1. */
const TYPE_NAMES = [
  "float", "uint8", "int8", "uint16", "int16", "int32", "int64", "string", "bool", "float16", "double", "uint32",
  "uint64", "complex64", "complex128", "bfloat16", "float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz",
  "uint4", "int4", "float4e2m1", "float8e8m0", "uint2", "int2",
] as const; // biome-ignore format: a list

/**
 * The types of values that files have and camada can hold, by what they are held in. It has no integers of 64 bits:
 * those of files must fit in 32 where they become an array, and what is computed of them is computed in 32. Halves
 * are computed in float32, and keep digits that they would lose in a half.
 */
const HELD = {
  float: "f4",
  double: "f8",
  float16: "f2",
  bfloat16: "bf2",
  int8: "i1",
  int16: "i2",
  int32: "i4",
  int64: "i8",
  uint8: "u1",
  uint16: "u2",
  uint32: "u4",
  uint64: "u8",
  bool: "b1",
} as const satisfies { readonly [type: string]: EncodingCode };

/** The types of values that ONNX files have and are read here. */
export type OnnxType = keyof typeof HELD;

/** The least and the largest integer of types that are held in one that has more. */
const RANGES: { readonly [type in OnnxType]?: readonly [number, number] } = {
  int8: [-(2 ** 7), 2 ** 7 - 1],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  uint16: [0, 2 ** 16 - 1],
  uint32: [0, 2 ** 31 - 1],
  uint64: [0, 2 ** 31 - 1],
};

/** The first of some values that its type does not have, and where it stands; -1 where there is none. */
export function outside(type: OnnxType, values: TypedArray): number {
  const range = RANGES[type];
  return range === undefined ? -1 : values.findIndex((value: number) => value < range[0] || value > range[1]);
}

/** What a file's values of each dtype are; int32 is written as it is. */
const WRITTEN: { readonly [dtype in DType]: OnnxType } = {
  float32: "float",
  float64: "double",
  int32: "int32",
  uint8: "uint8",
  bool: "bool",
};

export const dtypeOfType = (type: OnnxType): DType => ENCODINGS[HELD[type]].dtype;
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
    if (!Object.hasOwn(WIDE, type)) return values as TypedArray;
    const out = new Int32Array(values.length);
    for (let i = 0; i < out.length; i++) {
      const value = Number(values[i]!);
      out[i] = value;
      if (out[i] !== value) throw new InteropError("onnx.range", { tensor: name, value, index: i });
    }
    return out;
  }
}

type Values = TypedArray | BigInt64Array | BigUint64Array | Uint32Array | readonly number[];

/** Integers that may not fit in 32 bits: they stay as they are in the file until an array is asked for. */
const WIDE = { int64: BigInt64Array, uint64: BigUint64Array, uint32: Uint32Array } as const;

/** What holds numbers that a file writes one by one, as it would hold them in a row. */
const NARROW = {
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
} as const;

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
    case "uint32":
    case "uint64":
      return proto.uint64Data;
    case "bool":
      return Uint8Array.from(proto.int32Data, (value) => Number(value !== 0));
    default:
      return fromBytes(fitting(proto.int32Data, new NARROW[type](proto.int32Data.length), tensor), type, tensor); // biome-ignore format: one line
  }
}

function fitting(
  numbers: readonly number[],
  out: InstanceType<(typeof NARROW)[keyof typeof NARROW]>,
  tensor: string,
): Uint8Array {
  numbers.forEach((value, index) => {
    out[index] = value;
    if (out[index] !== value) throw new InteropError("onnx.range", { tensor, value, index });
  });
  return new Uint8Array(out.buffer);
}

/** Values as they lie in a file, little-endian, as in every engine's memory: copied, so that they are aligned. */
function fromBytes(raw: Uint8Array, type: OnnxType, tensor: string): Values {
  const { size: bytes } = ENCODINGS[HELD[type]];
  if (raw.length % bytes !== 0) throw new InteropError("onnx.bytesOf", { tensor, found: raw.length, bytes });
  // not slice: of one of Node's Buffers that would be a view
  const { buffer } = new Uint8Array(raw);
  if (type === "bool") return new Uint8Array(buffer).map((value) => Number(value !== 0));
  if (Object.hasOwn(WIDE, type)) return new WIDE[type as keyof typeof WIDE](buffer);
  return decodeValues(tensor, HELD[type], buffer);
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
