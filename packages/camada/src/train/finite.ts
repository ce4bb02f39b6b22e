import { NetworkError } from "../errors/network.js";
import { BACKWARD } from "../grad/gradients.js";
import { evaluate } from "../graph/evaluate.js";
import type { Graph } from "../graph/graph.js";
import { type Node, nameOf } from "../graph/node.js";
import { copyValues } from "../ops/copy.js";
import { sizeOf } from "../shape/shape.js";
import type { Strided } from "../storage/strided.js";

/** Where the first value came up that is not finite. */
interface Origin {
  readonly node: Node;
  /** The value itself. */
  readonly value: number;
  /** Its position among the node's values. */
  readonly at: number;
  /** The output that it spoilt. */
  readonly end: number;
}

/**
 * Runs a graph by the interpreter and follows, from the first of the outputs `ends` that is not finite, what is
 * not finite back to the step whose inputs still were. Constants and what is made of them alone do not count: a
 * function may well hold an infinity. Undefined if all ends are finite.
 */
function originOf(graph: Graph, inputs: readonly Strided[], ends: readonly number[]): Origin | undefined {
  const wrong = new Map<Node, { readonly at: number; readonly value: number }>();
  const held = new Set<Node>();
  evaluate(graph, inputs, (node, result) => {
    if (node.step.kind !== "input" && node.inputs.every((input) => held.has(input))) {
      held.add(node);
      return false;
    }
    const values = copyValues(result);
    const at = values.findIndex((x: number) => !Number.isFinite(x));
    if (at >= 0) wrong.set(node, { at, value: values[at]! });
    return false;
  });
  const end = ends.find((i) => wrong.has(graph.outputs[i]!));
  if (end === undefined) return undefined;
  let node = graph.outputs[end]!;
  for (let before: Node | undefined = node; before !== undefined; ) {
    node = before;
    before = node.inputs.find((input) => wrong.has(input));
  }
  return { node, end, ...wrong.get(node)! };
}

/**
 * Which of a batch's `rows` the origin belongs to: its place along the axis that is one longer in the same step
 * traced for one row more. Undefined where there is no such axis, as in the gradient of a weight.
 */
function rowOf({ node, at }: Origin, graph: Graph, longer: Graph, rows: number): number | undefined {
  if (rows === 1) return 0;
  const twin = longer.nodes[graph.nodes.indexOf(node)];
  if (twin === undefined || longer.nodes.length !== graph.nodes.length) return undefined;
  const axis = node.shape.findIndex((size, i) => size === rows && twin.shape[i] === rows + 1);
  if (axis < 0) return undefined;
  return Math.floor(at / sizeOf(node.shape.slice(axis + 1))) % rows;
}

/** A step of training that came to something that is not finite. */
export interface FailedStep {
  readonly graph: Graph;
  readonly inputs: readonly Strided[];
  /** The same step traced for one row more. */
  readonly longer: Graph;
  /** What is carried and must be finite: the names of the first outputs. */
  readonly names: readonly string[];
  /** Which output is the loss. */
  readonly loss: number;
  /** The rows of the batch: positions in the data. */
  readonly rows: Int32Array;
  readonly epoch: number;
  readonly batch: number;
}

/** Says where in a step the first value came up that is not finite, by running the step again. */
export function notFinite(step: FailedStep): NetworkError {
  const { graph, inputs, longer, names, loss, rows, epoch, batch } = step;
  const origin = originOf(graph, inputs, [loss, ...names.keys()]);
  if (origin === undefined) return new NetworkError("fit.notFiniteBackend", { epoch, batch });
  const { scope } = origin.node;
  const facts = { operation: nameOf(origin.node), value: String(origin.value), epoch, batch };
  if (scope === "optimizer") {
    return new NetworkError("fit.notFiniteWeights", { ...facts, name: names[origin.end]! });
  }
  const place = rowOf(origin, graph, longer, rows.length);
  const isBackward = scope.startsWith(BACKWARD);
  return new NetworkError(isBackward ? "fit.notFiniteGradient" : "fit.notFinite", {
    ...facts,
    layer: scope.slice(isBackward ? BACKWARD.length : 0).trim(),
    ...(place === undefined ? {} : { row: rows[place]! }),
    where: { code: place === undefined ? "remedy.none" : "fit.inRow" },
  });
}
