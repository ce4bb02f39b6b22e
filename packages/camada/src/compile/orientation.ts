import type { Graph } from "../graph/graph.js";
import type { Node } from "../graph/node.js";
import { type Expression, loadsIn } from "./expression.js";
import type { View } from "./view.js";

type Order = "normal" | "transposed";

/**
 * Decides for a product of matrices whether its transpose is computed instead, as b.T times a.T: the rows of the
 * second factor are read several values at a time, so they must lie together, or be laid so first; and so must
 * the results, where their order is settled because they become an output, or meet what is there by now:
 * `valueOf` gives what that is.
 */
export function orientationOf(
  graph: Graph,
  valueOf: (node: Node) => Expression | undefined,
): (node: Node, a: View, b: View) => boolean {
  const users = new Map<Node, Node[]>();
  for (const node of graph.nodes) {
    for (const input of node.inputs) users.set(input, [...(users.get(input) ?? []), node]);
  }
  const outputs = new Set(graph.outputs);
  return (node, a, b) => {
    const settled = settledOrder(node, users, outputs, valueOf);
    const [m, k] = a.shape.slice(-2) as [number, number];
    const n = b.shape.at(-1)!;
    const normal = cost(m, k, n, b.strides.at(-1)!) + (settled === "transposed" ? m * n : 0);
    const swapped = cost(n, k, m, a.strides.at(-2)!) + (settled === "normal" ? m * n : 0);
    return swapped < normal;
  };
}

/** About how many cycles a product takes, `n` being the axis that several values are taken of at a time. */
function cost(m: number, k: number, n: number, step: number): number {
  const lanes = Math.ceil(n / 4) * 4;
  const laying = n > 1 && step !== 1 ? (k * n) / 3 : 0;
  return (m * k * lanes) / 8 + laying;
}

/** The order in which results had better lie, followed through steps that keep each at its place. */
function settledOrder(
  node: Node,
  users: ReadonlyMap<Node, readonly Node[]>,
  outputs: ReadonlySet<Node>,
  valueOf: (node: Node) => Expression | undefined,
): Order | undefined {
  let isTransposed = false;
  const seen = new Set<Node>();
  for (let at: Node | undefined = node; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    if (outputs.has(at)) return isTransposed ? "transposed" : "normal";
    const next: Node | undefined = users.get(at)?.find(({ step }) => {
      return (
        step.kind === "elementwise" ||
        step.kind === "where" ||
        step.kind === "cast" ||
        step.kind === "transpose"
      );
    });
    if (next?.step.kind === "transpose") {
      const axes: readonly number[] = next.step.axes;
      const last = axes.length - 1;
      if (axes[last] !== last) {
        if (axes[last] !== last - 1 || axes[last - 1] !== last) return undefined;
        isTransposed = !isTransposed;
      }
    } else if (next !== undefined) {
      const order = next.inputs.map((input) => orderIn(valueOf(input))).find((one) => one !== undefined);
      if (order !== undefined) return isTransposed === (order === "normal") ? "transposed" : "normal";
    }
    at = next;
  }
  return undefined;
}

/** The order in which the matrices lie that a value is computed from. */
function orderIn(value: Expression | undefined): Order | undefined {
  for (const { shape, strides } of value === undefined ? [] : loadsIn([value])) {
    if (shape.length < 2 || shape.at(-1) === 1 || shape.at(-2) === 1) continue;
    if (strides.at(-2) === 1 && strides.at(-1) !== 0) return "transposed";
    if (strides.at(-1) === 1 && strides.at(-2) !== 0) return "normal";
  }
  return undefined;
}
