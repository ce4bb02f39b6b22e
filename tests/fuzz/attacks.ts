/// <reference types="node" />
import { deflateRawSync, deflateSync } from "node:zlib";
import { writeNpz, writeSafetensors } from "@camada/interop";
import { type NDArray, ones } from "camada";
import { encode } from "../../packages/interop/src/onnx/message.js";
import { MODEL, type NodeDraft } from "../../packages/interop/src/onnx/schema.js";
import { int64Tensor } from "../../packages/interop/src/onnx/tensor.js";
import { crc32 } from "../../packages/interop/src/zip/crc32.js";

/*
 * Files made to do harm, each small, by what it tries: those that have broken other readers (needs.md lists whom), made
 * anew. Attacks on single rules of a format stand in its own tests.
 */

export type Attack = "bomb" | "cycle" | "depth" | "lie" | "names" | "overlap" | "path" | "repetition";

interface Attempt {
  /** The reader's name among `PARSERS`. */
  readonly reader: string;
  readonly attack: Attack;
  readonly what: string;
  readonly bytes: Uint8Array;
}

const text = (content: string): Uint8Array => Buffer.from(content);
const one = ones([1]) as NDArray;

/** An .npy file whose header says what it likes. */
function npy(header: string, values = 8): Uint8Array {
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0, 0]);
  start.writeUInt16LE(header.length + 1, 8);
  return Buffer.concat([start, Buffer.from(`${header}\n`), Buffer.alloc(values)]);
}

const shaped = (shape: string, descr = "<f8") =>
  npy(`{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`);

/** A safetensors file of a header and as many bytes of values. */
function safetensors(header: string, values = 0, length = BigInt(header.length)): Uint8Array {
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(length);
  return Buffer.concat([start, Buffer.from(header), Buffer.alloc(values)]);
}

interface Entry {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly size: number;
  readonly crc: number;
  readonly offset?: number;
}

/** A zip archive of deflated entries that says of them what it likes. */
function zip(entries: readonly Entry[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, packed, size, crc, offset = at } of entries) {
    const numbers = Buffer.alloc(26);
    numbers.writeUInt16LE(20, 0);
    numbers.writeUInt16LE(8, 4);
    for (const [i, value] of [crc, packed.length, size].entries()) numbers.writeUInt32LE(value, 10 + 4 * i);
    numbers.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    parts.push(text("PK\u0003\u0004"), numbers, text(name), packed);
    directory.push(text("PK\u0001\u0002\u0014\u0000"), numbers, place, text(name));
    at += 30 + name.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, central, text("PK\u0005\u0006"), end]);
}

const MIB = 2 ** 20;
const zeros = Buffer.alloc(2 * MIB);
const deflated = deflateRawSync(zeros);
const entry = (name: string, size = zeros.length): Entry => ({
  name,
  packed: deflated,
  size,
  crc: crc32(zeros),
});

/** An image whose chunks say what they like. */
function png(width: number, height: number, pixels: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const chunk = (kind: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]); // biome-ignore format: one line
}

const float = { tensorType: { elemType: 1 } };

/** A model of ONNX from its nodes. */
function onnx(node: readonly NodeDraft[], more: object = {}): Uint8Array {
  return encode(MODEL, {
    irVersion: 8,
    opsetImport: [{ domain: "", version: 17 }],
    graph: { node, input: [{ name: "x", type: float }], output: [{ name: "y", type: float }], ...more },
  });
}

const relu = (input: string, output: string): NodeDraft => ({
  opType: "Relu",
  input: [input],
  output: [output],
});
const tensor = (more: object) => ({
  initializer: [{ name: "w", dims: [1], dataType: 1, rawData: new Uint8Array(4), ...more }],
});
const doubling = Array.from({ length: 60 }, (_, i): NodeDraft => ({
  opType: "Concat",
  input: [i === 0 ? "x" : `v${i}`, i === 0 ? "x" : `v${i}`],
  output: [i === 59 ? "y" : `v${i + 1}`],
  attribute: [{ name: "axis", i: 0, type: 2 }],
})); // biome-ignore format: one node
const filled = (shape: readonly number[], then: NodeDraft): Uint8Array =>
  onnx([{ opType: "ConstantOfShape", input: ["s"], output: ["c"] }, then], {
    initializer: [int64Tensor("s", shape)],
  });

/** A model's file that describes itself as it likes. */
const model = (description: string, more: { [key: string]: string } = {}): Uint8Array =>
  writeSafetensors(
    { "dense1.weights": one },
    { format: "camada", "camada.version": "1", "camada.model": description, ...more },
  );
const layers = (...rest: readonly string[]) =>
  `{"layers":[{"kind":"input","name":"input","shape":[1],"dtype":"float32"}${rest.map((layer) => `,${layer}`).join("")}]}`;
const nested = (open: string, close: string, depth = 1e5) => `${open.repeat(depth)}1${close.repeat(depth)}`;

export const ATTEMPTS: readonly Attempt[] = [
  { reader: "csv", attack: "lie", what: "a quote that never ends", bytes: text(`a,b\n1,"${"x,\n".repeat(MIB)}`) },
  { reader: "csv", attack: "repetition", what: "a million columns", bytes: text(`${"a,".repeat(MIB)}\n`) },
  { reader: "idx", attack: "lie", what: "sizes beyond all memory", bytes: Buffer.from([0, 0, 14, 3, ...Array(12).fill(0xff)]) },
  { reader: "idx", attack: "lie", what: "255 axes", bytes: Buffer.from([0, 0, 8, 255, ...Array(1020).fill(1)]) },
  { reader: "kerasConfig", attack: "depth", what: "lists within lists", bytes: text(nested("[", "]")) },
  { reader: "kerasConfig", attack: "depth", what: "inputs within inputs", bytes: text(`{"class_name":"Functional","config":{"layers":[{"class_name":"Dense","config":{"name":"a"},"inbound_nodes":${nested('[{"a":', "}]")}}]}}`) },
  { reader: "kerasConfig", attack: "repetition", what: "a hundred thousand layers", bytes: text(`{"class_name":"Sequential","config":{"layers":[${Array(1e5).fill('{"class_name":"ReLU","config":{"name":"a"}}').join()}]}}`) },
  { reader: "kerasConfig", attack: "names", what: "a layer that is code", bytes: text('{"class_name":"Sequential","config":{"layers":[{"class_name":"Lambda","config":{"name":"a","function":"exit()"}}]}}') },
  { reader: "kerasWeights", attack: "lie", what: "a signature, and addresses beyond the end", bytes: Buffer.concat([Buffer.from("\x89HDF\r\n\x1a\n", "latin1"), Buffer.alloc(200, 0xff)]) },
  { reader: "kerasWeights", attack: "cycle", what: "a signature, and addresses of the beginning", bytes: Buffer.concat([Buffer.from("\x89HDF\r\n\x1a\n", "latin1"), Buffer.from([0, 0, 0, 0, 0, 8, 8, 0, 4, 0, 16, 0]), Buffer.alloc(300)]) },
  { reader: "model", attack: "depth", what: "settings within settings", bytes: model(layers(`{"kind":"dense","name":"dense1","neurons":1,"regularizer":${nested('{"name":', "}")}}`)) },
  { reader: "model", attack: "depth", what: "schedules within schedules", bytes: model(layers(), { "camada.trainedWith": `{"loss":{"name":"huber"},"metrics":[],"optimizer":{"name":"sgd","learningRate":${nested('{"name":"warmup","steps":1,"rate":', "}")}}}` }) },
  { reader: "model", attack: "names", what: "a prototype's name for a kind of layer", bytes: model(layers('{"kind":"__proto__","name":"constructor"}')) },
  { reader: "model", attack: "names", what: "a prototype in a layer", bytes: model(layers('{"kind":"relu","name":"r","__proto__":{"apply":1}}')) },
  { reader: "model", attack: "lie", what: "neurons beyond all memory", bytes: model(layers('{"kind":"dense","name":"dense1","neurons":1000000000000,"useBias":false,"weightsInitializer":{"name":"heNormal"},"biasesInitializer":{"name":"constant","value":0},"regularizer":null}')) },
  { reader: "notebook", attack: "depth", what: "outputs within outputs", bytes: text(`{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"code","id":"a","metadata":{},"source":"","execution_count":null,"outputs":${nested("[", "]")}}]}`) },
  { reader: "notebook", attack: "names", what: "a prototype in the metadata", bytes: text('{"nbformat":4,"nbformat_minor":5,"metadata":{"__proto__":{"polluted":1}},"cells":[{"cell_type":"lambda"}]}') },
  { reader: "npy", attack: "lie", what: "a shape whose product overflows", bytes: shaped("(4294967296, 4294967296)") },
  { reader: "npy", attack: "lie", what: "a shape of all memory, beside an axis of 0", bytes: shaped("(0, 9007199254740993)") },
  { reader: "npy", attack: "lie", what: "a terabyte in eight bytes", bytes: shaped("(137438953472,)") },
  { reader: "npy", attack: "depth", what: "tuples within tuples", bytes: npy(nested("(", ")", 4000)) },
  { reader: "npy", attack: "names", what: "Python objects, pickled", bytes: shaped("(1,)", "|O") },
  { reader: "npz", attack: "bomb", what: "more than it says", bytes: zip([entry("a.npy", 100)]) },
  { reader: "npz", attack: "bomb", what: "two gigabytes in two kilobytes", bytes: zip([entry("a.npy", 2 ** 31)]) },
  { reader: "npz", attack: "bomb", what: "300 MiB of zeros, said truly", bytes: zip(Array.from({ length: 150 }, (_, i) => entry(`${i}.npy`))) },
  { reader: "npz", attack: "overlap", what: "a thousand entries of one entry's bytes", bytes: zip(Array.from({ length: 1000 }, (_, i) => ({ ...entry("a.npy"), ...(i > 0 ? { name: "b.npy", packed: new Uint8Array(0), offset: 0 } : {}) }))) },
  { reader: "npz", attack: "names", what: "one name twice", bytes: zip([entry("a.npy"), entry("a.npy")]) },
  { reader: "npz", attack: "path", what: "no array, but a path", bytes: zip([entry("../../etc/passwd")]) },
  { reader: "onnx", attack: "cycle", what: "a node that takes what it gives", bytes: onnx([relu("y", "y")]) },
  { reader: "onnx", attack: "cycle", what: "two nodes that take from one another", bytes: onnx([relu("b", "a"), relu("a", "b"), relu("b", "y")]) },
  { reader: "onnx", attack: "path", what: "weights in another file, up the folders", bytes: onnx([relu("w", "y")], tensor({ rawData: undefined, dataLocation: 1, externalData: [{ key: "location", value: "../../../etc/passwd" }] })) },
  { reader: "onnx", attack: "lie", what: "sizes whose product overflows", bytes: onnx([relu("w", "y")], tensor({ dims: [2 ** 40, 2 ** 40] })) },
  { reader: "onnx", attack: "bomb", what: "an array that is doubled sixty times", bytes: onnx(doubling) },
  { reader: "onnx", attack: "bomb", what: "a tile of a tile", bytes: filled([1e5, 1e5], relu("c", "y")) },
  { reader: "onnx", attack: "bomb", what: "an image made a million times larger", bytes: filled([1, 1, 200, 200], { opType: "Resize", input: ["c", "", "", "t"], output: ["y"] }) },
  { reader: "onnx", attack: "repetition", what: "a sequence of sixty thousand steps", bytes: onnx([{ opType: "ConstantOfShape", input: ["s"], output: ["c"] }, { opType: "ConstantOfShape", input: ["w"], output: ["d"] }, { opType: "LSTM", input: ["c", "d", "d"], output: ["y"] }], { initializer: [int64Tensor("s", [60_000, 1, 1]), int64Tensor("w", [1, 4, 1])] }) },
  { reader: "onnx", attack: "names", what: "a prototype's name for an operator", bytes: onnx([{ opType: "constructor", input: ["x"], output: ["y"] }]) },
  { reader: "png", attack: "bomb", what: "an image of 100 MiB in 100 KB", bytes: png(10, 10, deflateSync(Buffer.alloc(100 * MIB))) },
  { reader: "png", attack: "lie", what: "sizes beyond all memory", bytes: png(2 ** 31 - 1, 2 ** 31 - 1, deflateSync(zeros.subarray(0, 100))) },
  { reader: "pytorch", attack: "names", what: "names that are no modules", bytes: writeNpz({ "__proto__.weight": one, "constructor.bias": one }) },
  { reader: "safetensors", attack: "depth", what: "lists within lists", bytes: safetensors(`{"a":${nested("[", "]")}}`) },
  { reader: "safetensors", attack: "lie", what: "a header beyond all memory", bytes: safetensors("{}", 0, 2n ** 63n) },
  { reader: "safetensors", attack: "overlap", what: "two tensors of the same bytes", bytes: safetensors('{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}', 4) },
  { reader: "safetensors", attack: "names", what: "one name twice", bytes: safetensors('{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}') },
  { reader: "safetensors", attack: "lie", what: "sizes whose product overflows", bytes: safetensors('{"a":{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,8]}}', 8) },
]; // biome-ignore format: a table
