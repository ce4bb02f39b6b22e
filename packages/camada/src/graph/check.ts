import type { ElementwiseOperation } from "../ops/elementwise.js";
import type { ReduceOperation } from "../ops/reduce.js";
import { type Sizes, sizeOf } from "../shape/shape.js";
import { type DType, isFloat } from "../storage/dtype.js";
import type { Graph } from "./graph.js";
import { type Kind, type Node, nameOf, type StepOf } from "./node.js";

type Condition<K extends Kind> = (step: StepOf<K>, inputs: readonly Node[], node: Node) => boolean;

/** What a kind of step demands of its place in a graph: of its inputs' number first, then of the rest. */
interface Demands<K extends Kind> {
  readonly inputs: Condition<K>;
  readonly shape: Condition<K>;
  readonly dtype: Condition<K>;
}

const anything = (): boolean => true;
const exactly =
  (count: number) =>
  (_: unknown, inputs: readonly Node[]): boolean =>
    inputs.length === count;
const everyDType = (_: unknown, inputs: readonly Node[], { dtype }: Node): boolean =>
  inputs.every((x) => x.dtype === dtype);
const everyShape = (_: unknown, inputs: readonly Node[], { shape }: Node): boolean =>
  inputs.every((x) => same(x.shape, shape));

/** Said anew, not by the operations that record the steps: so that a mistake there is found here. */
const DEMANDS: { readonly [K in Kind]: Demands<K> } = {
  input: { inputs: exactly(0), shape: anything, dtype: anything },
  constant: {
    inputs: exactly(0),
    shape: ({ value }, _, { shape }) => same(value.shape, shape) && value.isContiguous,
    dtype: ({ value }, _, { dtype }) => value.dtype === dtype && value.recorder === null,
  },
  elementwise: {
    inputs: ({ operation }, inputs) => inputs.length === operation.arity,
    shape: everyShape,
    dtype: ({ operation }, inputs, { dtype }) =>
      inputs.every((x) => x.dtype === inputs[0]!.dtype) && elementwise(operation, inputs[0]!.dtype) === dtype,
  },
  where: {
    inputs: exactly(3),
    shape: everyShape,
    dtype: (step, inputs, node) => everyDType(step, inputs.slice(1), node),
  },
  cast: { inputs: exactly(1), shape: everyShape, dtype: anything },
  reduce: {
    inputs: ({ operation }, inputs) => inputs.length === 1 && operation.composed === undefined,
    shape: ({ axis }, [x], { shape }) => same(replaced(x!.shape, axis, []), shape),
    dtype: ({ operation }, [x], { dtype }) => reduced(operation, x!.dtype) === dtype,
  },
  matmul: {
    inputs: exactly(2),
    shape: (_, [a, b], { shape }) => {
      const [m, k] = a!.shape.slice(-2) as [number, number];
      const n = b!.shape.at(-1)!;
      const lead = a!.shape.slice(0, -2);
      return a!.shape.length >= 2 && same(b!.shape, [...lead, k, n]) && same(shape, [...lead, m, n]);
    },
    dtype: everyDType,
  },
  transpose: {
    inputs: exactly(1),
    shape: ({ axes }, [x], { shape }) =>
      same(
        [...axes].sort((a, b) => a - b),
        x!.shape.map((_, i) => i),
      ) &&
      same(
        axes.map((i) => x!.shape[i]!),
        shape,
      ),
    dtype: everyDType,
  },
  reshape: {
    inputs: exactly(1),
    shape: (_, [x], { shape }) => sizeOf(x!.shape) === sizeOf(shape),
    dtype: everyDType,
  },
  broadcast: {
    inputs: exactly(1),
    shape: (_, [x], { shape }) => {
      const lead = shape.length - x!.shape.length;
      return lead >= 0 && x!.shape.every((size, i) => size === 1 || size === shape[lead + i]);
    },
    dtype: everyDType,
  },
  slice: {
    inputs: exactly(1),
    shape: ({ starts, steps }, [x], { shape }) => reaches(starts, steps, shape, x!.shape),
    dtype: everyDType,
  },
  pad: {
    inputs: exactly(1),
    shape: ({ starts, steps }, [x], { shape }) => reaches(starts, steps, x!.shape, shape),
    dtype: everyDType,
  },
  concatenate: {
    inputs: (_, inputs) => inputs.length > 0,
    shape: ({ axis }, inputs, { shape }) => {
      const joined = inputs.reduce((size, x) => size + x.shape[axis]!, 0);
      return inputs.every((x) => same(replaced(x.shape, axis, [joined]), shape));
    },
    dtype: everyDType,
  },
  take: {
    inputs: exactly(2),
    shape: ({ axis }, [x, indices], { shape }) => same(replaced(x!.shape, axis, indices!.shape), shape),
    dtype: (_, [x, indices], { dtype }) => x!.dtype === dtype && isIndex(indices!.dtype),
  },
  scatterAdd: {
    inputs: exactly(2),
    shape: ({ axis }, [x, indices], { shape }) => same(replaced(shape, axis, indices!.shape), x!.shape),
    dtype: (_, [x, indices], { dtype }) => x!.dtype === dtype && isIndex(indices!.dtype),
  },
  windows: {
    inputs: exactly(1),
    shape: ({ axes }, [x], { shape }) => areWindows(axes, x!.shape, shape),
    dtype: everyDType,
  },
  overlapAdd: {
    inputs: exactly(1),
    shape: ({ axes }, [x], { shape }) => areWindows(axes, shape, x!.shape),
    dtype: everyDType,
  },
  cumsum: {
    inputs: exactly(1),
    shape: ({ axis }, [x], node) => isAxis(axis, x!.shape) && everyShape(null, [x!], node),
    dtype: (step, inputs, node) =>
      everyDType(step, inputs, node) && (isFloat(node.dtype) || node.dtype === "int32"),
  },
  argsort: {
    inputs: exactly(1),
    shape: ({ axis }, [x], node) => isAxis(axis, x!.shape) && everyShape(null, [x!], node),
    dtype: (_, __, { dtype }) => dtype === "int32",
  },
  uniform: {
    inputs: exactly(1),
    shape: (_, [key]) => same(key!.shape, [2]),
    dtype: (_, [key], { dtype }) => key!.dtype === "int32" && isFloat(dtype),
  },
};

/**
 * Checks that a graph is one: its nodes in order, its inputs first, nothing in it twice or for nothing, and
 * each node of the inputs, shape and dtype that its step demands. What it finds is a mistake of ours, so it
 * is for tests: it throws a plain Error, with the node.
 */
export function checkGraph({ inputs, outputs, nodes }: Graph): void {
  const numbers = new Map(nodes.map((node, i) => [node, i]));
  must(numbers.size === nodes.length, "a node is in it twice");
  must(
    inputs.every((node, i) => nodes[i] === node),
    "the inputs are not its first nodes",
  );
  must(
    outputs.every((node) => numbers.has(node)),
    "an output is not in it",
  );
  nodes.forEach((node, i) => {
    const name = shown(node, numbers);
    must((node.step.kind === "input") === i < inputs.length, `${name} stands among others`);
    const before = node.inputs.every((input) => (numbers.get(input) ?? nodes.length) < i);
    must(before, `${name} stands before what it works on`);
    checkNode(node, name);
  });
  const needed = new Set([...inputs, ...outputs]);
  for (const node of [...nodes].reverse()) {
    must(needed.has(node), `nothing needs ${shown(node, numbers)}`);
    for (const input of node.inputs) needed.add(input);
  }
}

function checkNode(node: Node, name: string): void {
  const demands = DEMANDS[node.step.kind] as Demands<Kind>;
  const holds = (condition: Condition<Kind>) => condition(node.step as never, node.inputs, node);
  must(holds(demands.inputs), `${name} has other inputs than it should`);
  must(node.shape.every((size) => Number.isInteger(size) && size >= 0) && holds(demands.shape), `${name} has the wrong shape`); // biome-ignore format: one line
  must(holds(demands.dtype), `${name} has the wrong dtype`);
  const named = node.names?.filter((axis) => axis !== null) ?? [];
  const fit = node.names === null || node.names.length === node.shape.length;
  must(fit && new Set(named).size === named.length, `${name} has the wrong names`);
}

function must(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(`not a graph: ${otherwise}`);
}

function shown(node: Node, numbers: ReadonlyMap<Node, number>): string {
  const inputs = node.inputs.map((input) => ` %${numbers.get(input) ?? "?"}`).join("");
  return `%${numbers.get(node)} = ${nameOf(node)}${inputs} : ${node.dtype} (${node.shape.join(", ")})`;
}

function same(a: Sizes, b: Sizes): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

function isAxis(axis: number, shape: Sizes): boolean {
  return Number.isInteger(axis) && axis >= 0 && axis < shape.length;
}

/** The sizes with others in the place of one axis; none that any shape could equal if there is no such axis. */
function replaced(shape: Sizes, axis: number, by: Sizes): Sizes {
  return isAxis(axis, shape) ? [...shape.slice(0, axis), ...by, ...shape.slice(axis + 1)] : [Number.NaN];
}

function isIndex(dtype: DType): boolean {
  return dtype === "int32" || dtype === "uint8";
}

/** The dtype of an elementwise step of inputs of a dtype; null where it is not defined on them. */
function elementwise({ gives, bools }: ElementwiseOperation, dtype: DType): DType | null {
  if (dtype === "bool" && (bools === "refused" || bools === "int32")) return null;
  if (gives === "bool") return "bool";
  return gives === "same" || isFloat(dtype) ? dtype : null;
}

function reduced({ gives }: ReduceOperation, dtype: DType): DType {
  if (gives === "bool") return "bool";
  if (gives === "index") return "int32";
  if (gives === "same" || isFloat(dtype)) return dtype;
  return gives === "sum" ? "int32" : "float64";
}

/** Whether `count` steps from the starts stay within the sizes. */
function reaches(starts: Sizes, steps: Sizes, count: Sizes, sizes: Sizes): boolean {
  const lengths = [starts, steps, count].every(({ length }) => length === sizes.length);
  const within = (at: number, size: number) => Number.isInteger(at) && at >= 0 && at < size;
  return (
    lengths &&
    sizes.every((size, i) => {
      const last = starts[i]! + (count[i]! - 1) * steps[i]!;
      return count[i] === 0 || (steps[i] !== 0 && within(starts[i]!, size) && within(last, size));
    })
  );
}

/** Whether `windows` is the shape of all windows along the axes of an array of a shape. */
function areWindows(axes: readonly number[], shape: Sizes, windows: Sizes): boolean {
  const sizes = windows.slice(shape.length);
  const positions = shape.map((size, axis) => {
    const i = axes.indexOf(axis);
    return i < 0 ? size : size - sizes[i]! + 1;
  });
  return new Set(axes).size === axes.length && sizes.length === axes.length && same(windows, [...positions, ...sizes]); // biome-ignore format: one line
}
