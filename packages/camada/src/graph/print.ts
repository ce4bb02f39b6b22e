import { describe } from "../errors/error.js";
import type { Graph } from "./graph.js";
import { type Node, nameOf } from "./node.js";

/**
 * A graph as text, a node a line: its number, its step, the numbers of the nodes it works on, its axes,
 * dtype and scope.
 *
 * ```
 * %0 = input : float64 (batch 4, feature 3)
 * %1 = constant(2) : float64 ()
 * ```
 */
export function printGraph({ nodes, outputs }: Graph): string {
  const numbers = new Map(nodes.map((node, i) => [node, `%${i}`]));
  const lines = nodes.map((node) => {
    const inputs = node.inputs.map((input) => ` ${numbers.get(input)}`).join("");
    const scope = node.scope === "" ? "" : ` # ${node.scope}`;
    return `${numbers.get(node)} = ${nameOf(node)}${attributes(node)}${inputs} : ${node.dtype} ${describe(node)}${scope}`;
  });
  return [...lines, `return ${outputs.map((node) => numbers.get(node)).join(" ")}`].join("\n");
}

/** What there is to say of a step beside its name. */
function attributes({ step }: Node): string {
  switch (step.kind) {
    case "constant":
      return step.value.size === 1 ? `(${step.value.buffer[0]})` : "";
    case "reduce":
    case "concatenate":
    case "take":
    case "scatterAdd":
    case "cumsum":
    case "argsort":
      return `[axis ${step.axis}]`;
    case "transpose":
    case "windows":
    case "overlapAdd":
      return `[axes ${step.axes.join(" ")}]`;
    case "slice":
    case "pad":
      return `[from ${step.starts.join(" ")} by ${step.steps.join(" ")}]`;
    case "uniform":
      return `[stream ${step.stream}]`;
    case "input":
    case "elementwise":
    case "where":
    case "cast":
    case "matmul":
    case "reshape":
    case "broadcast":
      return "";
  }
}
