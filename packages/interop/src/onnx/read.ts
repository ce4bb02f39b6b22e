import { InteropError } from "../error.js";
import { Damaged, decode, TooMany } from "./message.js";
import { OnnxModel, type OnnxValue } from "./model.js";
import { opsetsOf, planOf } from "./plan.js";
import { type GraphProto, MODEL, type ValueInfoProto } from "./schema.js";
import { dtypeOfType, type ExternalData, type OnnxTensor, readTensor, typeOfCode } from "./tensor.js";

/** Options of `readOnnx`. */
export interface ReadOnnxOptions {
  /**
   * The contents of the files that hold a model's large tensors, by the names that it has for them. Nothing
   * else is ever opened: a model that names other files is refused.
   */
  readonly externalData?: ExternalData;
  /** How many bytes a file may have: 2^31 - 1, protobuf's own limit, unless given. */
  readonly maxBytes?: number;
  /** Of how many messages and numbers written one by one a file may be made: 2^20 unless given. */
  readonly maxParts?: number;
  /** How many values an array may have that `run` makes of little, as by repeating: 2^28 unless given. */
  readonly maxValues?: number;
}

/**
 * A model from the bytes of an ONNX file: of the operators that camada's operations can mean, up to opset 23.
 * Everything is checked before there is a model: names, order, operators, attributes and tensors. The file's
 * numbers are copied.
 * @throws InteropError `onnx.bytes`, `onnx.large`, `onnx.damaged`, `onnx.parts`, `onnx.graph`, `onnx.functions`,
 * `onnx.training`, `onnx.sparse`, `onnx.version`, `onnx.operators`, and other words on nodes, tensors and names
 * @example
 * const model = readOnnx(writeOnnx(sequential(dense({ weights: array([[1, 2]]) }))));
 * model.run({ input: array([[3, 4]]) }).output; // [[11.]]
 */
export function readOnnx(
  bytes: Uint8Array,
  {
    externalData = new Map(),
    maxBytes = 2 ** 31 - 1,
    maxParts = 2 ** 20,
    maxValues = 2 ** 28,
  }: ReadOnnxOptions = {},
): OnnxModel {
  if (!(bytes instanceof Uint8Array)) throw new InteropError("onnx.bytes");
  if (bytes.length > maxBytes) throw new InteropError("onnx.large", { found: bytes.length, most: maxBytes });
  const proto = decoded(bytes, maxParts);
  const { graph } = proto;
  if (graph === undefined) throw new InteropError("onnx.graph");
  if (proto.functions.length > 0) throw new InteropError("onnx.functions", { count: proto.functions.length });
  if (proto.trainingInfo.length > 0) throw new InteropError("onnx.training");
  if (graph.sparseInitializer.length > 0) throw new InteropError("onnx.sparse");
  const opsets = opsetsOf(proto.opsetImport);
  const initializers = named("initializer", initializersOf(graph, externalData));
  const inputs = named("input", graph.input.map(valueOf));
  const outputs = named("output", graph.output.map(valueOf));
  if (outputs.size === 0) throw new InteropError("onnx.nothing");
  const steps = planOf(graph, opsets, initializers, [...inputs.keys()], [...outputs.keys()], externalData);
  const producer = [proto.producerName, proto.producerVersion].filter(Boolean).join(" ");
  return new OnnxModel({ inputs, outputs, initializers, opsets, producer, steps, most: maxValues });
}

function decoded(bytes: Uint8Array, parts: number) {
  try {
    return decode(MODEL, bytes, parts);
  } catch (error) {
    if (error instanceof TooMany) throw new InteropError("onnx.parts", { most: parts });
    if (error instanceof Damaged) throw new InteropError("onnx.damaged", { at: error.at });
    throw error;
  }
}

function initializersOf({ initializer }: GraphProto, external: ExternalData): OnnxTensor[] {
  return initializer.map((proto) => readTensor(proto, external));
}

function valueOf({ name = "", type }: ValueInfoProto): OnnxValue {
  const tensor = type?.tensorType;
  if (tensor === undefined) throw new InteropError("onnx.kind", { value: name });
  const shape =
    tensor.shape?.dim.map(({ dimValue, dimParam }) =>
      (dimValue ?? -1) >= 0 ? dimValue! : dimParam || null,
    ) ?? null;
  const valueType = typeOfCode(tensor.elemType, name);
  return { name, type: valueType, dtype: dtypeOfType(valueType), shape };
}

/** By name; refuses names that are empty or there twice. */
function named<T extends { readonly name: string }>(kind: string, all: readonly T[]): Map<string, T> {
  const byName = new Map<string, T>();
  for (const each of all) {
    if (each.name === "" || byName.has(each.name))
      throw new InteropError("onnx.twice", { kind, value: each.name });
    byName.set(each.name, each);
  }
  return byName;
}
