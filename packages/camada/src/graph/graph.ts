import { NetworkError } from "../errors/network.js";
import type { Node } from "./node.js";

/** A computation from inputs to outputs. Immutable. */
export interface Graph {
  /** What goes in, in the order of the arguments. */
  readonly inputs: readonly Node[];
  /** What comes out. */
  readonly outputs: readonly Node[];
  /** All nodes, each after those it works on; the inputs first. */
  readonly nodes: readonly Node[];
}

/**
 * The graph between inputs and outputs; what no output needs is not in it, but for the inputs.
 * @throws CamadaError `trace.leaked` where an output depends on an input of another function
 */
export function graphOf(inputs: readonly Node[], outputs: readonly Node[]): Graph {
  const nodes: Node[] = [...inputs];
  const seen = new Set<Node>(inputs);
  // depth first without recursion: a graph may be deeper than the engine's stack
  const stack: { node: Node; next: number }[] = [];
  const enter = (node: Node): void => {
    if (seen.has(node)) return;
    if (node.step.kind === "input") throw new NetworkError("trace.leaked");
    seen.add(node);
    stack.push({ node, next: 0 });
  };
  for (const output of outputs) {
    enter(output);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const input = top.node.inputs[top.next++];
      if (input === undefined) {
        nodes.push(top.node);
        stack.pop();
      } else enter(input);
    }
  }
  return { inputs, outputs, nodes };
}
