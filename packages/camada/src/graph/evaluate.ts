import { cast } from "../ops/copy.js";
import { uniformFrom } from "../ops/counting-random.js";
import { constant } from "../ops/elementwise.js";
import { concatenate } from "../ops/joining.js";
import { broadcastTo, reshape, sliceAt, transpose } from "../ops/movement.js";
import { matmul } from "../ops/product.js";
import { argsort, cumsum } from "../ops/sorting.js";
import { scatterAdd, take } from "../ops/taking.js";
import { where } from "../ops/where.js";
import { overlapAdd, placeAt, slidingWindowView } from "../ops/windows.js";
import type { Strided } from "../storage/strided.js";
import type { Graph } from "./graph.js";
import type { Kind, Node, StepOf } from "./node.js";

type Value = Strided;
type Meaning<K extends Kind> = (step: StepOf<K>, inputs: readonly Value[], node: Node) => Value | number;

/** The public functions, seen without their types of shapes and names. */
type Loose = (...args: unknown[]) => Value | number;

/** What each step means: what the operation of that name gives, on arrays that have values. */
const MEANINGS: { readonly [K in Kind]: Meaning<K> } = {
  input: () => {
    throw new Error("an input has its value before a graph is evaluated");
  },
  constant: ({ value }) => value,
  elementwise: ({ operation }, [x, y]) => operation.apply(x!, y!),
  where: (_, inputs) => (where as unknown as Loose)(...inputs),
  cast: (_, [x], { dtype }) => cast(x!, dtype),
  reduce: ({ operation, axis }, [x]) => operation.apply(x!, axis),
  matmul: (_, inputs) => (matmul as unknown as Loose)(...inputs),
  transpose: ({ axes }, [x]) => (transpose as unknown as Loose)(x, ...axes),
  reshape: (_, [x], { shape }) => (reshape as unknown as Loose)(x, shape),
  broadcast: (_, [x], { shape }) => (broadcastTo as unknown as Loose)(x, shape),
  slice: ({ starts, steps }, [x], { shape }) => sliceAt(x!, starts, steps, shape, null),
  pad: ({ starts, steps }, [x], { shape }) => placeAt(x!, starts, steps, shape),
  concatenate: ({ axis }, inputs) => (concatenate as unknown as Loose)(inputs, axis),
  take: ({ axis }, [x, indices]) => (take as unknown as Loose)(x, indices, axis),
  scatterAdd: ({ axis }, [x, indices], { shape }) => scatterAdd(x!, indices!, axis, shape),
  windows: ({ axes }, [x], { shape }) =>
    (slidingWindowView as unknown as Loose)(x, shape.slice(x!.ndim), axes),
  overlapAdd: ({ axes }, [x], { shape }) => overlapAdd(x!, axes, shape),
  cumsum: ({ axis }, [x]) => (cumsum as unknown as Loose)(x, axis),
  argsort: ({ axis }, [x]) => (argsort as unknown as Loose)(x, axis),
  uniform: ({ stream }, [key], { shape, dtype }) => uniformFrom(key!, stream, shape, dtype),
};

/**
 * The outputs of a graph for values of its inputs: one step after the other, each by the operation that it
 * is named after. This is what a graph means; every backend must give the same. `seen` is told each node's
 * value, and may stop the evaluation by giving back true.
 */
export function evaluate(
  { nodes, inputs, outputs }: Graph,
  values: readonly Value[],
  seen?: (node: Node, value: Value) => boolean | undefined,
): readonly Value[] {
  // names have done their part when the function was traced
  const held = new Map<Node, Value>(inputs.map((node, i) => [node, unnamed(values[i]!)]));
  const uses = new Map<Node, number>();
  for (const node of nodes) for (const input of node.inputs) uses.set(input, (uses.get(input) ?? 0) + 1);
  for (const node of outputs) uses.set(node, (uses.get(node) ?? 0) + 1);
  for (const node of nodes) {
    if (!held.has(node))
      held.set(
        node,
        valueOf(
          node,
          node.inputs.map((input) => held.get(input)!),
        ),
      );
    if (seen?.(node, held.get(node)!) === true) break;
    // what nothing needs any more may go
    for (const input of node.inputs) {
      const left = uses.get(input)! - 1;
      uses.set(input, left);
      if (left === 0) held.delete(input);
    }
  }
  return outputs.map((node) => held.get(node)!);
}

function unnamed(a: Value): Value {
  return a.names === null ? a : a.view(a.shape, a.strides, a.offset, null);
}

function valueOf(node: Node, inputs: readonly Value[]): Value {
  const meaning = MEANINGS[node.step.kind] as Meaning<Kind>;
  const value = meaning(node.step as never, inputs, node);
  return typeof value === "number" ? constant(value, node.dtype) : value;
}
