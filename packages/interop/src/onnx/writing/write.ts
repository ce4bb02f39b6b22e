import type { Sequential } from "camada";
import { InteropError } from "../../error.js";
import type { NamedArrays } from "../model.js";
import { Builder } from "./builder.js";
import { type NamedFunction, writeFunction } from "./functions.js";
import { type Flow, ordered, writeLayer } from "./layers.js";

type Model = Pick<Sequential, "network" | "weights">;

/**
 * The bytes of an ONNX file (opset 17), for inference: of a `sequential` model, or of any function of named
 * arrays made of operations on arrays.
 *
 * A model has an operator or two for each layer, called as the layer, and its weights as constants, called as
 * the model calls them. Its input is "input", of a batch of any size, its output "output"; images have their
 * channels last, as here. Dropout does nothing and is left out.
 *
 * A function is traced for the arrays that are given with it, so their shapes stay what they are; inputs and
 * outputs have the names that it has for them.
 * @throws InteropError `onnx.layer` for a layer of somebody's own, `onnx.step` for a step that ONNX has no
 * operator for, `onnx.results` for a function that gives anything but named arrays
 * @example
 * const model = sequential(dense({ weights: array([[1, 2]]) }));
 * readOnnx(writeOnnx(model)).operators.get("Gemm"); // 1
 * const bytes = writeOnnx(({ x }) => ({ y: exp(x) }), { x: zeros([2]) });
 * readOnnx(bytes).run({ x: array([0, 1]) }).y; // [1.         2.71828183]
 */
export function writeOnnx(model: Model): Uint8Array<ArrayBuffer>;
export function writeOnnx(f: NamedFunction, inputs: NamedArrays): Uint8Array<ArrayBuffer>;
export function writeOnnx(given: Model | NamedFunction, inputs: NamedArrays = {}): Uint8Array<ArrayBuffer> {
  return typeof given === "function" ? writeFunction(given, inputs) : writeModel(given);
}

function writeModel({ network, weights }: Model): Uint8Array<ArrayBuffer> {
  const builder = new Builder(["input", "output"]);
  let flow: Flow = { value: "input", axes: network.input.shape.length, channelsFirst: false };
  for (const placed of network.layers) {
    const after = writeLayer({ placed, weights, dtype: network.dtype, builder, flow });
    if (after === undefined) {
      throw new InteropError("onnx.layer", { layer: placed.name, kind: placed.layer.kind });
    }
    flow = after;
  }
  const { value } = ordered(builder, flow, false);
  const takesIndices = network.first.layer.indicesBelow !== undefined;
  const { dtype, input, output } = network;
  return builder.finish(
    [{ name: "input", dtype: takesIndices ? "int32" : dtype, shape: ["batch", ...input.shape] }],
    [{ name: "output", value, dtype, shape: ["batch", ...output.shape] }],
  );
}
