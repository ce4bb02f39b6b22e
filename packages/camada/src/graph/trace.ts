import { NDArray } from "../array/ndarray.js";
import { NetworkError } from "../errors/network.js";
import { constant } from "../ops/elementwise.js";
import type { DType } from "../storage/dtype.js";
import { type AxisNames, Strided } from "../storage/strided.js";
import { type Graph, graphOf } from "./graph.js";
import { inputLike, nodeOf, Traced } from "./traced.js";
import { type Leaf, leavesOf, mapTree } from "./tree.js";

/** A traced function: its graph, and the form of what it gives back. */
export interface Trace {
  readonly graph: Graph;
  /** The function's result again, in its own form, from the values of the graph's outputs, by their numbers. */
  rebuild(valueOf: ValueOf): unknown;
}

/** The value of a graph's output, by its number, with names for its axes. */
export type ValueOf = (output: number, names: AxisNames) => Strided;

let depth = 0;

/** Whether a function is being traced now. */
export function isTracing(): boolean {
  return depth > 0;
}

/** Of a tree of arguments the arrays: what a graph of the function has as inputs. */
export function arraysOf(op: string, args: readonly unknown[]): Strided[] {
  return leavesOf(args, { code: "trace.argument", op }).filter((leaf) => typeof leaf !== "number");
}

/**
 * Runs a function once on arrays without values, and keeps what it did as a graph. Shapes, dtypes and names
 * are checked here, by the operations themselves. Numbers among the arguments become constants.
 * @throws CamadaError `trace.argument`, `trace.output`, `trace.values`, `trace.leaked`, and what the operations
 * refuse
 */
export function trace(op: string, f: (...args: never[]) => unknown, args: readonly unknown[]): Trace {
  const inputs: Traced[] = [];
  const stand = mapTree(
    args,
    (leaf) => {
      if (typeof leaf === "number") return leaf;
      if (leaf instanceof Traced) throw new NetworkError("trace.leaked");
      const input = inputLike(leaf);
      inputs.push(input);
      return input;
    },
    { code: "trace.argument", op },
  ) as never[];
  const { outputs, rebuild } = outputsOf(op, whileTracing(f, stand));
  return {
    graph: graphOf(
      inputs.map(({ node }) => node),
      outputs.map(nodeOf),
    ),
    rebuild,
  };
}

function whileTracing(f: (...args: never[]) => unknown, args: never[]): unknown {
  depth++;
  try {
    return f(...args);
  } finally {
    depth--;
  }
}

/** The arrays of a function's result, and how the result is made again of values in their place. */
function outputsOf(op: string, result: unknown) {
  const where = { code: "trace.output", op } as const;
  const outputs = leavesOf(result, where).map((leaf) => (typeof leaf === "number" ? numberLike(leaf) : leaf));
  const rebuiltLeaf = (leaf: Leaf, valueOf: ValueOf, output: number): unknown => {
    const names = typeof leaf === "number" ? null : leaf.names;
    const value = valueOf(output, names);
    const { shape } = value;
    if (value instanceof NDArray && value.names === names && shape.length > 0) return value;
    if (value instanceof Traced) return new Traced(value.node, names);
    const { buffer, strides, offset, dtype } = value;
    if (shape.length === 0) return buffer[offset]!;
    return new NDArray(buffer, shape, strides, offset, dtype, names);
  };
  const rebuild = (valueOf: ValueOf): unknown => {
    // by far the most functions give one array
    if (result instanceof Strided) return rebuiltLeaf(result, valueOf, 0);
    let next = 0;
    return mapTree(result, (leaf) => rebuiltLeaf(leaf, valueOf, next++), where);
  };
  return { outputs, rebuild };
}

function numberLike(value: number, dtype: DType = "float64"): Strided {
  return constant(value, dtype);
}
