import { evaluate } from "../graph/evaluate.js";
import type { Graph } from "../graph/graph.js";
import { type Node, nameOf } from "../graph/node.js";
import { copyValues } from "../ops/copy.js";
import { sizeOf } from "../shape/shape.js";
import type { Strided } from "../storage/strided.js";

/** Where the first value came up that is not finite. */
export interface Origin {
  readonly node: Node;
  /** The operation's name; "input" where what was given is not finite already. */
  readonly operation: string;
  /** The value itself: nan, inf or -inf. */
  readonly value: number;
  /** Its position along the first axis. */
  readonly row: number;
}

/**
 * Runs a graph by the interpreter and follows, from the output `end` back, what is not finite to the step
 * whose inputs still were. Undefined if `end` is finite.
 */
export function originOf(graph: Graph, inputs: readonly Strided[], end: number): Origin | undefined {
  const wrong = new Map<Node, { readonly at: number; readonly value: number }>();
  evaluate(graph, inputs, (node, value) => {
    const values = copyValues(value);
    const at = values.findIndex((x: number) => !Number.isFinite(x));
    if (at >= 0) wrong.set(node, { at, value: values[at]! });
    return false;
  });
  let node = graph.outputs[end]!;
  if (!wrong.has(node)) return undefined;
  for (let before = node.inputs.find((input) => wrong.has(input)); before !== undefined; ) {
    node = before;
    before = node.inputs.find((input) => wrong.has(input));
  }
  const { at, value } = wrong.get(node)!;
  return { node, operation: nameOf(node), value, row: Math.floor(at / sizeOf(node.shape.slice(1))) };
}
