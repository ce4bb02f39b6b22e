import { type DType, fromTypedArray, full, type Graph, type NDArray } from "camada";
import { InteropError } from "../../error.js";
import { integers } from "../arrays.js";
import { codeOfDType } from "../tensor.js";
import type { Builder } from "./builder.js";
import { ELEMENTWISE } from "./elementwise.js";

export type Node = Graph["nodes"][number];
type Kind = Node["step"]["kind"];
type StepOf<K extends Kind> = Extract<Node["step"], { readonly kind: K }>;

/** A step to write: the names of its inputs, and where nodes go. */
interface Writing {
  readonly builder: Builder;
  readonly inputs: readonly string[];
  readonly node: Node;
}

type Write<K extends Kind> = (step: StepOf<K>, writing: Writing) => string;

const shapeOf = ({ node }: Writing, i = 0): readonly number[] => node.inputs[i]!.shape;
const zeros = (count: number): number[] => new Array<number>(count).fill(0);

function cast(builder: Builder, value: string, from: DType, to: DType): string {
  return from === to ? value : builder.add("Cast", [value], { to: codeOfDType(to) });
}

function reshaped(builder: Builder, value: string, shape: readonly number[]): string {
  return builder.add("Reshape", [value, builder.integers(shape)], { allowzero: 1 });
}

function transposed(builder: Builder, value: string, perm: readonly number[]): string {
  return perm.every((axis, i) => axis === i) ? value : builder.add("Transpose", [value], { perm });
}

/** All reductions of camada's graphs: of one axis, which is gone then. */
function reduce({ operation, axis }: StepOf<"reduce">, { builder, inputs, node }: Writing): string {
  const given = node.inputs[0]!.dtype;
  const settings = { keepdims: 0 };
  switch (operation.name) {
    case "sum": {
      const x = cast(builder, inputs[0]!, given, node.dtype);
      return builder.add("ReduceSum", [x, builder.integers([axis])], settings);
    }
    case "prod":
      return builder.add("ReduceProd", [cast(builder, inputs[0]!, given, node.dtype)], { ...settings, axes: [axis] }); // biome-ignore format: one line
    case "max":
    case "min":
    case "any":
    case "all": {
      // of bools the largest is whether there is one that holds, the smallest whether all do
      const isBool = node.dtype === "bool";
      const truth = cast(builder, inputs[0]!, given, node.dtype);
      const x = isBool ? cast(builder, truth, "bool", "int32") : truth;
      const opType = operation.name === "max" || operation.name === "any" ? "ReduceMax" : "ReduceMin";
      const value = builder.add(opType, [x], { ...settings, axes: [axis] });
      return isBool ? cast(builder, value, "int32", "bool") : value;
    }
    case "argmax":
    case "argmin": {
      const opType = operation.name === "argmax" ? "ArgMax" : "ArgMin";
      const x = given === "bool" ? cast(builder, inputs[0]!, "bool", "int32") : inputs[0]!;
      const position = builder.add(opType, [x], { ...settings, axis });
      return builder.add("Cast", [position], { to: codeOfDType("int32") });
    }
    default:
      throw new InteropError("onnx.step", { step: operation.name });
  }
}

/** An end before the first place is said by a number that is far below all. */
const BEFORE_ALL = -(2 ** 31);

function slice({ starts, steps }: StepOf<"slice">, { builder, inputs, node }: Writing): string {
  if (node.shape.length === 0) return inputs[0]!;
  const ends = node.shape.map((count, i) => starts[i]! + count * steps[i]!);
  const numbers = [starts, ends.map((end) => (end < 0 ? BEFORE_ALL : end)), starts.map((_, i) => i), steps];
  return builder.add("Slice", [inputs[0]!, ...numbers.map((each) => builder.integers(each))]);
}

/** Zeros around the values, and where they lie apart, zeros between. */
function pad({ starts, steps }: StepOf<"pad">, writing: Writing): string {
  const { builder, node } = writing;
  if (node.shape.length === 0) return writing.inputs[0]!;
  const sizes = [...shapeOf(writing)];
  const from = [...starts];
  let value = writing.inputs[0]!;
  steps.forEach((step, axis) => {
    const size = sizes[axis]!;
    if (step === 1 || size < 2) return;
    if (step < 0) {
      value = builder.add("Slice", [value, ...[[size - 1], [BEFORE_ALL], [axis], [-1]].map((each) => builder.integers(each))]); // biome-ignore format: one line
      from[axis] = from[axis]! + (size - 1) * step;
    }
    const apart = Math.abs(step);
    const column = reshaped(builder, value, [...sizes.slice(0, axis + 1), 1, ...sizes.slice(axis + 1)]);
    const widths = [...zeros(sizes.length + 1), ...zeros(sizes.length + 1)];
    widths[sizes.length + 1 + axis + 1] = apart - 1;
    sizes[axis] = size * apart;
    value = reshaped(builder, builder.add("Pad", [column, builder.integers(widths)]), sizes);
  });
  // less than nothing cuts off the zeros behind the last value
  const after = node.shape.map((size, axis) => size - from[axis]! - sizes[axis]!);
  return builder.add("Pad", [value, builder.integers([...from, ...after])]);
}

/** Which places each window along an axis has: a row for each window. */
function windowIndices(windows: number, size: number): NDArray {
  const places = Array.from({ length: windows * size }, (_, i) => Math.floor(i / size) + (i % size));
  return integers(places, [windows, size]);
}

/** One axis after the other: its windows taken, and the places in a window put last. */
function windows({ axes }: StepOf<"windows">, writing: Writing): string {
  const { builder, inputs, node } = writing;
  const own = shapeOf(writing).length;
  return axes.reduce((value, axis, i) => {
    const indices = windowIndices(node.shape[axis]!, node.shape[own + i]!);
    const taken = builder.add("Gather", [value, builder.constant(indices)], { axis });
    const axesNow = Array.from({ length: own + i + 1 }, (_, at) => at);
    return transposed(builder, taken, [...axesNow.filter((at) => at !== axis + 1), axis + 1]);
  }, inputs[0]!);
}

/** Zeros, to which each part of a value is added at its index along an axis. */
function scattered(
  builder: Builder,
  value: string,
  of: readonly number[],
  indices: { readonly name: string; readonly shape: readonly number[] },
  axis: number,
  to: { readonly shape: readonly number[]; readonly dtype: DType },
): string {
  const count = indices.shape.reduce((n, size) => n * size, 1);
  const middle = indices.shape.map((_, i) => axis + i);
  const lead = of.slice(0, axis).map((_, i) => i);
  const rest = of.slice(axis + middle.length);
  const others = [...lead, ...rest.map((_, i) => axis + middle.length + i)];
  const rows = transposed(builder, value, [...middle, ...others]);
  const sizes = others.map((i) => of[i]!);
  const updates = reshaped(builder, rows, [count, ...sizes]);
  const at = builder.add("Cast", [reshaped(builder, indices.name, [count, 1])], { to: INT64 });
  const nothing = builder.constant(full([], 0, undefined, { dtype: to.dtype }) as unknown as NDArray);
  const zero = builder.add("Expand", [nothing, builder.integers([to.shape[axis]!, ...sizes])]);
  const sums = builder.add("ScatterND", [zero, at, updates], { reduction: "add" });
  return transposed(builder, sums, [
    ...lead.map((i) => i + 1),
    0,
    ...rest.map((_, i) => lead.length + 1 + i),
  ]);
}

const INT64 = 7;

function overlapAdd({ axes }: StepOf<"overlapAdd">, writing: Writing): string {
  const { builder, inputs, node } = writing;
  let sizes = shapeOf(writing);
  return axes.reduceRight((value, axis, i) => {
    const window = sizes[node.shape.length + i]!;
    const ndim = sizes.length;
    const order = Array.from({ length: ndim - 1 }, (_, at) => at);
    // a window's places, the last axis, go behind the windows
    const perm = [...order.slice(0, axis + 1), ndim - 1, ...order.slice(axis + 1)];
    const arranged = perm.map((at) => sizes[at]!);
    const indices = windowIndices(sizes[axis]!, window);
    const next = sizes.slice(0, -1).map((size, at) => (at === axis ? node.shape[axis]! : size));
    const result = scattered(builder, transposed(builder, value, perm), arranged, { name: builder.constant(indices), shape: indices.shape }, axis, { shape: next, dtype: node.dtype }); // biome-ignore format: one line
    sizes = next;
    return result;
  }, inputs[0]!);
}

/** The positions of all values from the smallest on. */
function argsort({ axis }: StepOf<"argsort">, writing: Writing): string {
  const { builder, inputs } = writing;
  const count = builder.integers([shapeOf(writing)[axis]!]);
  const [, positions] = builder.addAll("TopK", [inputs[0]!, count], 2, { axis, largest: 0 });
  return builder.add("Cast", [positions!], { to: codeOfDType("int32") });
}

/** What each kind of step is in ONNX. */
const STEPS: { readonly [K in Exclude<Kind, "input">]: Write<K> } = {
  constant: ({ value: { buffer, offset, size, shape, dtype } }, { builder }) =>
    builder.constant(
      fromTypedArray(buffer.subarray(offset, offset + size), [...shape], undefined, { dtype }) as NDArray,
    ),
  elementwise: ({ operation }, { builder, inputs, node }) => {
    const write = ELEMENTWISE.get(operation.name);
    if (write === undefined) throw new InteropError("onnx.step", { step: operation.name });
    return write({ builder, inputs, dtype: node.inputs[0]!.dtype });
  },
  where: (_, { builder, inputs, node }) =>
    builder.add("Where", [cast(builder, inputs[0]!, node.inputs[0]!.dtype, "bool"), ...inputs.slice(1)]),
  cast: (_, { builder, inputs, node }) => cast(builder, inputs[0]!, node.inputs[0]!.dtype, node.dtype),
  reduce,
  matmul: (_, { builder, inputs }) => builder.add("MatMul", inputs),
  transpose: ({ axes }, { builder, inputs }) => transposed(builder, inputs[0]!, axes),
  reshape: (_, { builder, inputs, node }) => reshaped(builder, inputs[0]!, node.shape),
  broadcast: (_, { builder, inputs, node }) =>
    builder.add("Expand", [inputs[0]!, builder.integers(node.shape)]),
  slice,
  pad,
  concatenate: ({ axis }, { builder, inputs }) => builder.add("Concat", inputs, { axis }),
  take: ({ axis }, { builder, inputs, node }) =>
    builder.add("Gather", [inputs[0]!, cast(builder, inputs[1]!, node.inputs[1]!.dtype, "int32")], { axis }),
  scatterAdd: ({ axis }, { builder, inputs, node }) =>
    scattered(builder, inputs[0]!, node.inputs[0]!.shape, { name: inputs[1]!, shape: node.inputs[1]!.shape }, axis, node), // biome-ignore format: one line
  windows,
  overlapAdd,
  cumsum: ({ axis }, { builder, inputs }) => builder.add("CumSum", [inputs[0]!, builder.integers([axis])]),
  argsort,
  uniform: () => {
    throw new InteropError("onnx.step", { step: "uniform" });
  },
};

/** Adds a step's nodes; gives back the name of its value. */
export function writeStep(writing: Writing): string {
  const { step } = writing.node;
  const write = STEPS[step.kind as Exclude<Kind, "input">] as Write<Kind>;
  return write(step as never, writing);
}
