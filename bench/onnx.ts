/** Bytes of ONNX models, as far as the benchmark needs them (onnx.proto3, and protobuf's wire format). */

export interface OnnxTensor {
  readonly name: string;
  readonly values: Float32Array | Float64Array;
  readonly shape: readonly number[];
}

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly integers?: { readonly [name: string]: number };
}

export interface OnnxGraph {
  readonly inputs: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
  readonly output: string;
}

const OPSET = 13;
const IR_VERSION = 8;

export function onnxModel({ inputs, nodes, constants, output }: OnnxGraph): Uint8Array {
  const graph = [
    ...nodes.map((node) => bytes(1, nodeOf(node))),
    text(2, "bench"),
    ...constants.map((tensor) => bytes(5, tensorOf(tensor))),
    ...inputs.map(({ name, values, shape }) => bytes(11, valueOf(name, values, shape))),
    bytes(12, valueOf(output, inputs[0]!.values, [])),
  ];
  return joined([integer(1, IR_VERSION), bytes(7, graph), bytes(8, [text(1, ""), integer(2, OPSET)])]);
}

function nodeOf({ type, inputs, output, integers = {} }: OnnxNode): Uint8Array[] {
  const INTEGER = 2;
  return [
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(4, type),
    ...Object.entries(integers).map(([name, value]) =>
      bytes(5, [text(1, name), integer(3, value), integer(20, INTEGER)]),
    ),
  ];
}

function tensorOf({ name, values, shape }: OnnxTensor): Uint8Array[] {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [
    ...shape.map((size) => integer(1, size)),
    integer(2, dtypeOf(values)),
    text(8, name),
    bytes(9, [raw]),
  ];
}

/** An input's or output's name and type. An output's shape follows from the graph. */
function valueOf(name: string, values: OnnxTensor["values"], shape: readonly number[]): Uint8Array[] {
  const sizes = bytes(
    2,
    shape.map((size) => bytes(1, [integer(1, size)])),
  );
  const type = [integer(1, dtypeOf(values)), ...(shape.length === 0 ? [] : [sizes])];
  return [text(1, name), bytes(2, [bytes(1, type)])];
}

const dtypeOf = (values: OnnxTensor["values"]) => (values instanceof Float64Array ? 11 : 1);

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
}

const integer = (field: number, value: number) => Uint8Array.from([...varint(field * 8), ...varint(value)]);

function bytes(field: number, parts: readonly Uint8Array[]): Uint8Array {
  const body = joined(parts);
  return joined([Uint8Array.from([...varint(field * 8 + 2), ...varint(body.length)]), body]);
}

const text = (field: number, value: string) => bytes(field, [new TextEncoder().encode(value)]);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
