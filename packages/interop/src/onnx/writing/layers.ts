import { fromTypedArray, type NDArray, type Sequential } from "camada";
import { transpose } from "../arrays.js";
import { codeOfDType } from "../tensor.js";
import type { Builder, Settings } from "./builder.js";

type Network = Sequential["network"];
type Placed = Network["layers"][number];

/**
 * The value that layers hand on. ONNX's images have their channels first, camada's last: values stay as the
 * layer before left them until a layer needs the other order, so that there are few transpositions.
 */
export interface Flow {
  readonly value: string;
  /** How many axes an observation has. */
  readonly axes: number;
  readonly channelsFirst: boolean;
}

/** A layer to write: what it is, its weights, and what comes in. */
export interface Writing {
  readonly placed: Placed;
  readonly weights: { readonly [name: string]: NDArray };
  readonly dtype: Network["dtype"];
  readonly builder: Builder;
  readonly flow: Flow;
}

/** Which order of axes a layer takes and leaves, channels first or last, or whichever there is; and its nodes. */
interface Entry {
  readonly order: "any" | "first" | "last";
  readonly write: (writing: Writing) => string;
}

/** The value with channels first, or last. */
export function ordered(builder: Builder, flow: Flow, channelsFirst: boolean): Flow {
  const { axes, value } = flow;
  // of one axis both are the same
  if (flow.channelsFirst === channelsFirst || axes < 2) return { ...flow, channelsFirst };
  const between = Array.from({ length: axes - 1 }, (_, i) => i + 1);
  const perm = channelsFirst ? [0, axes, ...between] : [0, ...between.map((axis) => axis + 1), 1];
  return { value: builder.add("Transpose", [value], { perm }), axes, channelsFirst };
}

/** Adds a layer's nodes; undefined where there is nothing that says what it is in ONNX. */
export function writeLayer(writing: Writing): Flow | undefined {
  const entry = LAYERS.get(writing.placed.layer.kind);
  if (entry === undefined) return undefined;
  const { builder, flow, placed } = writing;
  const taken = entry.order === "any" ? flow : ordered(builder, flow, entry.order === "first");
  const value = entry.write({ ...writing, flow: taken });
  // what an observation is without its axes has no channels apart
  const axes = placed.plan.output.shape.length;
  return { value, axes, channelsFirst: axes < 2 ? false : taken.channelsFirst };
}

const any = (write: Entry["write"]): Entry => ({ order: "any", write });
const first = (write: Entry["write"]): Entry => ({ order: "first", write });
const last = (write: Entry["write"]): Entry => ({ order: "last", write });

/** One operator on the value alone, with those of the layer's settings that it knows, as floats. */
const simple = (opType: string, attributes: { readonly [attribute: string]: string } = {}): Entry =>
  any((writing) => {
    const settings = Object.entries(attributes).map(([attribute, setting]) => [attribute, { float: number(writing, setting) }]); // biome-ignore format: one line
    return node(writing, opType, [writing.flow.value], Object.fromEntries(settings));
  });

const unchanged = any(({ flow }) => flow.value);

function node(
  { builder, placed }: Writing,
  opType: string,
  inputs: readonly string[],
  settings: Settings = {},
): string {
  return builder.add(opType, inputs, { name: placed.name, ...settings });
}

function number({ placed }: Writing, setting: string): number {
  return placed.layer.config[setting] as number;
}

function pair({ placed }: Writing, setting: string): readonly [number, number] {
  return placed.layer.config[setting] as unknown as readonly [number, number];
}

/** A weight as a constant, called as the model calls it. */
function weight({ placed, weights, builder }: Writing, name: string, order?: readonly number[]): string {
  const full = `${placed.name}.${name}`;
  const values = weights[full]!.unnamed() as NDArray;
  return builder.constant(order === undefined ? values : transpose(values, order), full);
}

const has = ({ placed }: Writing, name: string): boolean => Object.hasOwn(placed.plan.weights, name);

/** A number beside the network's values. */
function constant({ dtype, builder, placed }: Writing, value: number): string {
  const data = dtype === "float64" ? Float64Array.of(value) : Float32Array.of(value);
  return builder.constant(fromTypedArray(data, []) as NDArray, `${placed.name}.number`);
}

/** Of rows a Gemm; where there are axes between, a product and a sum. */
function dense(writing: Writing): string {
  const { flow } = writing;
  const biases = has(writing, "biases") ? [weight(writing, "biases")] : [];
  if (flow.axes === 1) return node(writing, "Gemm", [flow.value, weight(writing, "weights"), ...biases], { transB: 1 }); // biome-ignore format: one line
  const product = node(writing, "MatMul", [flow.value, weight(writing, "weights", [1, 0])]);
  return biases.length === 0 ? product : node(writing, "Add", [product, ...biases]);
}

/** How windows lie: their sizes, steps, and what is added around, all of axes (row, column). */
function slide(writing: Writing, size: readonly [number, number], dilation: readonly [number, number]) {
  const strides = pair(writing, "strides");
  const around = [0, 1].map((i) => {
    if (writing.placed.layer.config["padding"] === "valid") return [0, 0] as const;
    const [length, stride, span] = [writing.placed.input.shape[i]!, strides[i]!, dilation[i]! * (size[i]! - 1) + 1]; // biome-ignore format: one line
    const missing = Math.max((Math.ceil(length / stride) - 1) * stride + span - length, 0);
    return [Math.floor(missing / 2), missing - Math.floor(missing / 2)] as const;
  });
  const pads = [0, 1].flatMap((end) => around.map((both) => both[end as 0 | 1]));
  return { kernel_shape: size, strides, pads };
}

function conv2d(writing: Writing): string {
  const dilations = pair(writing, "dilation");
  const settings = { ...slide(writing, pair(writing, "kernelSize"), dilations), dilations };
  const biases = has(writing, "biases") ? [weight(writing, "biases")] : [];
  const inputs = [writing.flow.value, weight(writing, "weights", [0, 3, 1, 2]), ...biases];
  return node(writing, "Conv", inputs, settings);
}

const pooling = (opType: string): Entry =>
  first((writing) => node(writing, opType, [writing.flow.value], slide(writing, pair(writing, "poolSize"), [1, 1]))); // biome-ignore format: one line

const globalPooling = (opType: string): Entry =>
  first((writing) => {
    const pooled = node(writing, opType, [writing.flow.value]);
    return node(writing, "Flatten", [pooled]);
  });

function batchNorm(writing: Writing): string {
  const names = ["gamma", "beta", "movingMean", "movingVariance"];
  const inputs = [writing.flow.value, ...names.map((name) => weight(writing, name))];
  return node(writing, "BatchNormalization", inputs, { epsilon: { float: number(writing, "epsilon") } });
}

function layerNorm(writing: Writing): string {
  const inputs = [writing.flow.value, weight(writing, "gamma"), weight(writing, "beta")];
  return node(writing, "LayerNormalization", inputs, { epsilon: { float: number(writing, "epsilon") } });
}

/** x times the chance that a normal deviate is below x: before opset 20 there is no operator for it. */
function gelu(writing: Writing): string {
  const { value } = writing.flow;
  const scaled = node(writing, "Mul", [value, constant(writing, Math.SQRT1_2)]);
  const chance = node(writing, "Add", [node(writing, "Erf", [scaled]), constant(writing, 1)]);
  const half = node(writing, "Mul", [value, constant(writing, 0.5)]);
  return node(writing, "Mul", [half, chance]);
}

function step(writing: Writing): string {
  const { flow, dtype } = writing;
  const holds = node(writing, "GreaterOrEqual", [flow.value, constant(writing, 0)]);
  return node(writing, "Cast", [holds], { to: codeOfDType(dtype) });
}

function softmax(writing: Writing): string {
  return node(writing, "Softmax", [writing.flow.value], { axis: number(writing, "axis") });
}

function rescaling(writing: Writing): string {
  const scaled = node(writing, "Mul", [writing.flow.value, constant(writing, number(writing, "scale"))]);
  return node(writing, "Add", [scaled, constant(writing, number(writing, "offset"))]);
}

/** The batch's size stays as it is, which ONNX says by a 0. */
function reshapeTo(writing: Writing): string {
  const { builder, placed, flow } = writing;
  const shape = builder.integers([0, ...placed.plan.output.shape], `${placed.name}.shape`);
  return node(writing, "Reshape", [flow.value, shape]);
}

/** What each kind of layer is in ONNX, for inference. */
const LAYERS: ReadonlyMap<string, Entry> = new Map([
  ["averagePooling2d", pooling("AveragePool")],
  ["batchNorm", first(batchNorm)],
  ["conv2d", first(conv2d)],
  ["dense", last(dense)],
  ["dropout", unchanged],
  ["elu", simple("Elu", { alpha: "alpha" })],
  ["embedding", last((writing) => node(writing, "Gather", [weight(writing, "weights"), writing.flow.value]))],
  ["flatten", last((writing) => node(writing, "Flatten", [writing.flow.value]))],
  ["gelu", any(gelu)],
  ["globalAveragePooling2d", globalPooling("GlobalAveragePool")],
  ["globalMaxPooling2d", globalPooling("GlobalMaxPool")],
  ["input", unchanged],
  ["layerNorm", last(layerNorm)],
  ["leakyRelu", simple("LeakyRelu", { alpha: "slope" })],
  ["linear", unchanged],
  ["maxPooling2d", pooling("MaxPool")],
  ["relu", simple("Relu")],
  ["rescaling", any(rescaling)],
  ["reshapeTo", last(reshapeTo)],
  ["sigmoid", simple("Sigmoid")],
  ["softmax", last(softmax)],
  ["softplus", simple("Softplus")],
  ["step", any(step)],
  ["tanh", simple("Tanh")],
]);
