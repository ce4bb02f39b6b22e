import { bytes, type DraftFor, float, int, type MessageOf, many, message, one, text } from "./message.js";

/*
 * What ONNX files are made of: onnx.proto of version 1.12 to 1.18, the fields that matter. What would hold a
 * graph within a graph, and all else that is refused, is read as bytes that nobody looks into.
 */

const stringEntry = message({ key: one(1, text), value: one(2, text) });

const tensor = message({
  dims: many(1, int),
  dataType: one(2, int),
  segment: one(3, bytes),
  /** Numbers in a row, 4 bytes each. */
  floatData: one(4, bytes),
  int32Data: many(5, int),
  stringData: many(6, bytes),
  int64Data: many(7, int),
  name: one(8, text),
  rawData: one(9, bytes),
  /** Numbers in a row, 8 bytes each. */
  doubleData: one(10, bytes),
  uint64Data: many(11, int),
  externalData: many(13, stringEntry),
  dataLocation: one(14, int),
});

const attribute = message({
  name: one(1, text),
  f: one(2, float),
  i: one(3, int),
  s: one(4, bytes),
  t: one(5, tensor),
  g: one(6, bytes),
  floats: many(7, float),
  ints: many(8, int),
  strings: many(9, bytes),
  graphs: many(11, bytes),
  type: one(20, int),
  refAttrName: one(21, text),
});

const node = message({
  input: many(1, text),
  output: many(2, text),
  name: one(3, text),
  opType: one(4, text),
  attribute: many(5, attribute),
  domain: one(7, text),
});

const dimension = message({ dimValue: one(1, int), dimParam: one(2, text) });
const shape = message({ dim: many(1, dimension) });
const tensorType = message({ elemType: one(1, int), shape: one(2, shape) });
const valueInfo = message({ name: one(1, text), type: one(2, message({ tensorType: one(1, tensorType) })) });

const graph = message({
  node: many(1, node),
  name: one(2, text),
  initializer: many(5, tensor),
  input: many(11, valueInfo),
  output: many(12, valueInfo),
  sparseInitializer: many(15, bytes),
});

/** The file's outermost message. */
export const MODEL = message({
  irVersion: one(1, int),
  producerName: one(2, text),
  producerVersion: one(3, text),
  graph: one(7, graph),
  opsetImport: many(8, message({ domain: one(1, text), version: one(2, int) })),
  trainingInfo: many(20, bytes),
  functions: many(25, bytes),
});

/** A file of one tensor, as ONNX's tests have them. */
export const TENSOR = tensor;

export type TensorProto = MessageOf<typeof tensor>;
export type AttributeProto = MessageOf<typeof attribute>;
export type NodeProto = MessageOf<typeof node>;
export type GraphProto = MessageOf<typeof graph>;
export type ValueInfoProto = MessageOf<typeof valueInfo>;
export type ModelDraft = DraftFor<typeof MODEL>;
export type GraphDraft = DraftFor<typeof graph>;
export type NodeDraft = DraftFor<typeof node>;
export type AttributeDraft = DraftFor<typeof attribute>;
export type TensorDraft = DraftFor<typeof tensor>;

/** The values of `AttributeProto.type`. */
export const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, tensor: 4, graph: 5, floats: 6, ints: 7, strings: 8 } as const; // biome-ignore format: a list
