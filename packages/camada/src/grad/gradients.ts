import type { Kind, Node } from "../graph/node.js";
import { inScope } from "../graph/scope.js";
import { lifted, Traced } from "../graph/traced.js";
import { add } from "../ops/arithmetic.js";
import { constant } from "../ops/elementwise.js";
import { emitBroadcast } from "../ops/primitive.js";
import type { NDArray } from "../shape/types.js";
import { isFloat } from "../storage/dtype.js";
import { RULES, type Rule } from "./rules.js";

/** What the scope of a step is called that computes a gradient of a step of that scope. */
export const BACKWARD = "∂";

/**
 * The gradients of a single value with respect to some of the arrays that it was computed of: reverse mode
 * (Linnainmaa 1970; Griewank and Walther, "Evaluating Derivatives", 2008, chapter 3). They are steps added to
 * the same graph, so they can be differentiated in turn. Each has the shape, dtype and names of its array.
 */
export function gradients(output: Traced, wrt: readonly Traced[]): Traced[] {
  const targets = new Set(wrt.map(({ node }) => node));
  const path = between(targets, output.node);
  const onPath = new Set(path);
  const found = new Map<Node, NDArray>([[output.node, filled(1, output)]]);
  for (const node of path.reverse()) {
    if (targets.has(node)) continue;
    const g = found.get(node);
    if (g === undefined) continue;
    found.delete(node);
    const parts = inScope(backward(node.scope), () => {
      const rule = RULES[node.step.kind] as Rule<Kind>;
      return rule(node.step as never, g, node.inputs.map(bare), bare(node));
    });
    node.inputs.forEach((input, i) => {
      const part = parts[i] ?? null;
      if (part !== null && onPath.has(input)) found.set(input, sumOf(found.get(input), part));
    });
  }
  return wrt.map((x) => new Traced(traced(found.get(x.node) ?? filled(0, x)).node, x.names));
}

function backward(scope: string): string {
  return scope === "" ? BACKWARD : `${BACKWARD} ${scope}`;
}

/**
 * The nodes from the targets to `output` through which a gradient passes, each after those it works on. None
 * passes through whole numbers and bools, which change only in jumps.
 */
function between(targets: ReadonlySet<Node>, output: Node): Node[] {
  const depends = new Map<Node, boolean>();
  const order: Node[] = [];
  const stack: { node: Node; next: number }[] = [{ node: output, next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { node } = top;
    const input = targets.has(node) ? undefined : node.inputs[top.next++];
    if (input !== undefined) {
      if (!depends.has(input)) stack.push({ node: input, next: 0 });
      continue;
    }
    stack.pop();
    if (depends.has(node)) continue;
    const reached = isFloat(node.dtype) && (targets.has(node) || node.inputs.some((x) => depends.get(x)));
    depends.set(node, reached);
    if (reached) order.push(node);
  }
  return order;
}

/** The array that a node stands for, without names: the rules line axes up by position. */
function bare(node: Node): NDArray {
  return new Traced(node, null) as unknown as NDArray;
}

function traced(a: NDArray): Traced {
  return a as unknown as Traced;
}

function filled(value: number, like: Traced): NDArray {
  return emitBroadcast(like, lifted(constant(value, like.dtype)), like.shape) as unknown as NDArray;
}

/** What reaches an array by several ways adds up. */
function sumOf(a: NDArray | undefined, b: NDArray): NDArray {
  return a === undefined ? b : add(a, b);
}
