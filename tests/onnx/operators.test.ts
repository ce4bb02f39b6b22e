/// <reference types="node" />
import { readOnnx } from "@camada/interop";
import { fromTypedArray, type NDArray, random } from "camada";
import { describe, expect, it } from "vitest";
import { encode } from "../../packages/interop/src/onnx/message.js";
import { ATTRIBUTE_TYPES, type AttributeDraft, MODEL } from "../../packages/interop/src/onnx/schema.js";
import { int64Tensor, tensorOf } from "../../packages/interop/src/onnx/tensor.js";
import { runBy } from "./runtimes.js";

/** What ONNX's own tests leave out of operators with many settings, held against ONNX Runtime. */

type Setting = number | string | readonly string[];

const bytesOf = (text: string) => new TextEncoder().encode(text);

function attribute([name, value]: [string, Setting]): AttributeDraft {
  if (typeof value === "number") {
    return Number.isInteger(value)
      ? { name, i: value, type: ATTRIBUTE_TYPES.int }
      : { name, f: value, type: ATTRIBUTE_TYPES.float };
  }
  if (typeof value === "string") return { name, s: bytesOf(value), type: ATTRIBUTE_TYPES.string };
  return { name, strings: value.map(bytesOf), type: ATTRIBUTE_TYPES.strings };
}

interface Case {
  readonly name: string;
  readonly opType: string;
  readonly settings: { readonly [name: string]: Setting };
  /** Constants of the file: arrays; whole numbers as int64, or as int32; null where one is left out. */
  readonly constants: readonly (NDArray | readonly number[] | null)[];
  readonly outputs?: number;
  readonly opset?: number;
}

const rng = random.defaultRng(2);
const drawn = (...shape: number[]) => rng.standardNormal(shape).astype("float32") as NDArray;
const int32 = (...values: number[]) => fromTypedArray(Int32Array.from(values), [values.length]) as NDArray;
const bytes = (shape: number[]) => rng.integers(0, 255, shape).astype("uint8") as NDArray;
const float = (value: number) => fromTypedArray(Float32Array.of(value), []) as NDArray;
const point = (value: number) => fromTypedArray(Uint8Array.of(value), []) as NDArray;

/** Of 5 steps, 3 rows, 4 features and 2 neurons. */
const recurrent = (opType: string, gates: number, settings: Case["settings"], directions: number): Case => ({
  name: `${opType} ${JSON.stringify(settings)}`,
  opType,
  settings: { hidden_size: 2, ...settings },
  constants: [
    drawn(5, 3, 4),
    drawn(directions, gates * 2, 4),
    drawn(directions, gates * 2, 2),
    drawn(directions, gates * 4),
    int32(5, 2, 3),
    drawn(directions, 3, 2),
    ...(opType === "LSTM" ? [drawn(directions, 3, 2), drawn(directions, 6)] : []),
  ],
  outputs: opType === "LSTM" ? 3 : 2,
  opset: 14,
});

const resize = (
  settings: Case["settings"],
  scales: readonly number[],
  sizes: readonly number[] = [],
): Case => ({
  name: `Resize ${JSON.stringify(settings)} ${scales} ${sizes}`,
  opType: "Resize",
  settings,
  constants: [
    drawn(1, 2, 4, 5),
    fromTypedArray(Float32Array.of(0, 0, 0.2, 0.1, 1, 1, 0.8, 1.3), [8]) as NDArray,
    scales.length === 0 ? null : (fromTypedArray(Float32Array.from(scales), [4]) as NDArray),
    ...(sizes.length === 0 ? [] : [sizes]),
  ],
  opset: 13,
});

const BOTH = { direction: "bidirectional" };
const CASES: readonly Case[] = [
  ...["forward", "reverse"].flatMap((direction) => [
    recurrent("RNN", 1, { direction }, 1),
    recurrent("GRU", 3, { direction }, 1),
    recurrent("LSTM", 4, { direction }, 1),
  ]),
  recurrent("RNN", 1, { ...BOTH, activations: ["Relu", "Sigmoid"] }, 2),
  recurrent("GRU", 3, { ...BOTH, linear_before_reset: 1 }, 2),
  recurrent(
    "LSTM",
    4,
    { ...BOTH, activations: ["Sigmoid", "Softsign", "Tanh", "Sigmoid", "Tanh", "Relu"] },
    2,
  ),
  ...["half_pixel", "asymmetric", "pytorch_half_pixel", "align_corners"].flatMap((mode) => [
    resize({ coordinate_transformation_mode: mode, mode: "linear" }, [], [1, 2, 7, 3]),
    resize({ coordinate_transformation_mode: mode, mode: "nearest", nearest_mode: "floor" }, [1, 1, 2, 1.6]),
    resize({ coordinate_transformation_mode: mode, mode: "cubic", cubic_coeff_a: -0.5 }, [], [1, 2, 3, 8]),
  ]),
  resize(
    { coordinate_transformation_mode: "tf_crop_and_resize", mode: "linear", extrapolation_value: 9.5 },
    [],
    [1, 2, 5, 6],
  ),
  {
    name: "QLinearConv by channel",
    opType: "QLinearConv",
    settings: {},
    constants: [
      bytes([1, 2, 5, 5]),
      float(0.02),
      point(120),
      bytes([3, 2, 2, 2]),
      float(0.01),
      point(130),
      float(0.5),
      point(90),
      int32(100, -2000, 3000),
    ],
    opset: 13,
  },
  {
    name: "ScatterND, several at a place",
    opType: "ScatterND",
    settings: { reduction: "add" },
    constants: [drawn(4, 3), [1, 1, 3, 1], drawn(4, 3)],
    opset: 16,
  },
  {
    name: "ScatterElements, the smallest",
    opType: "ScatterElements",
    settings: { axis: -1, reduction: "min" },
    constants: [drawn(2, 4), [0, -1, 0, 3, 3, 3], drawn(2, 3)],
    opset: 18,
  },
];

/** Where a case's whole numbers have more axes than one. */
const SHAPES: { readonly [name: string]: readonly number[] } = { ScatterND: [4, 1], ScatterElements: [2, 3] };

function fileOf({ opType, settings, constants, outputs = 1, opset = 17 }: Case): Uint8Array {
  const input = constants.map((constant, i) => (constant === null ? "" : `c${i}`));
  const output = Array.from({ length: outputs }, (_, i) => `y${i}`);
  const elemType = opType.startsWith("Q") ? 2 : 1;
  return encode(MODEL, {
    irVersion: 8,
    opsetImport: [{ domain: "", version: opset }],
    graph: {
      name: "g",
      node: [{ opType, input, output, attribute: Object.entries(settings).map(attribute) }],
      initializer: constants.flatMap((constant, i) => {
        if (constant === null) return [];
        const name = `c${i}`;
        if (!Array.isArray(constant)) return [tensorOf(name, constant as NDArray)];
        return [int64Tensor(name, constant, [...(SHAPES[opType] ?? [constant.length])])];
      }),
      output: output.map((name) => ({ name, type: { tensorType: { elemType } } })),
    },
  });
}

describe("operators give what ONNX Runtime gives", () => {
  it.each(CASES)("$name", async (one) => {
    const file = fileOf(one);
    const [ours, theirs] = [readOnnx(file).run({}), await runBy("onnxruntime-node", file, {})];
    expect(Object.keys(ours)).toEqual(Object.keys(theirs));
    for (const [name, a] of Object.entries(theirs)) {
      expect(ours[name]!.shape).toEqual(a.shape);
      const far = Math.max(...Array.from(a.data, (value, i) => Math.abs(value - ours[name]!.data[i]!)));
      expect(far, `${one.name}: ${name}`).toBeLessThan(2e-5);
    }
  });
});
