import { type Graph, graphOf } from "../graph/graph.js";
import type { Kind, Node, Step, StepOf } from "../graph/node.js";
import { add, multiply } from "../ops/arithmetic.js";
import { equal, logicalAnd, logicalOr, notEqual } from "../ops/comparison.js";
import type { Sizes } from "../shape/shape.js";
import type { DType } from "../storage/dtype.js";

/** A node of a kind. */
export type NodeOf<K extends Kind> = Node & { readonly step: StepOf<K> };

/** Where nodes of the new graph come from. */
export interface Builder {
  /** A node of these, itself rewritten; the same one for the same step, inputs, shape and dtype. */
  make(step: Step, inputs: readonly Node[], shape: Sizes, dtype: DType): Node;
  /** The node of these, if it has been made. */
  known(step: Step, inputs: readonly Node[], shape: Sizes, dtype: DType): Node | undefined;
  /**
   * Whether more than one step works on a node, as far as that shows: for rules that would have it computed
   * twice. The result never depends on it.
   */
  isShared(node: Node): boolean;
}

/** What may stand in a node's place, or null. Its inputs are rewritten already. */
export type Rule<K extends Kind> = (node: NodeOf<K>, builder: Builder) => Node | null;

/** A rule that may fit any kind of step. */
export type AnyRule = (node: Node, builder: Builder) => Node | null;

/** For each kind of step the rules that may fit it, in the order in which they are tried. */
export type Rules = { readonly [K in Kind]: readonly (Rule<K> | AnyRule)[] };

/**
 * The graph with every rule applied until none fits. Equal steps on equal inputs become one, as each node has
 * a key by which it is found again (hash consing; Ershov 1958); so does what a rule makes, which is rewritten
 * in turn. Each rule must lead to something simpler, or this has no end.
 */
export function rewrite(graph: Graph, rules: Rules): Graph {
  for (let before = graph; ; ) {
    const after = once(before, rules);
    // what was shared by steps that are gone is free to be rewritten now
    if (isSame(after, before)) return after;
    before = after;
  }
}

/** Whether graphs have the same steps in the same order, be the nodes the same or made anew. */
function isSame(a: Graph, b: Graph): boolean {
  const numbers = new Numbers();
  const keysOf = ({ nodes }: Graph): string[] => {
    const places = new Map(nodes.map((node, i) => [node, i]));
    return nodes.map(({ step, inputs, shape, dtype }) => {
      const of = inputs.map((x) => places.get(x));
      return `${step.kind} ${attributes(step, numbers)} ${of} : ${dtype} ${shape}`;
    });
  };
  const [before, after] = [keysOf(a), keysOf(b)];
  return before.length === after.length && before.every((key, i) => key === after[i]);
}

function once({ inputs, outputs, nodes }: Graph, rules: Rules): Graph {
  const numbers = new Numbers();
  const found = new Map<string, Node>();
  const uses = new Map<Node, number>();
  const used = (node: Node, times = 1): void => {
    uses.set(node, (uses.get(node) ?? 0) + times);
  };
  const enter = (node: Node): Node => {
    const key = keyOf(node, numbers);
    const known = found.get(key);
    if (known !== undefined) return known;
    const builder: Builder = {
      make: (...parts) => enter(nodeOf(parts, node.scope)),
      known: (...parts) => found.get(keyOf(nodeOf(parts, node.scope), numbers)),
      isShared: (other) => (uses.get(other) ?? 0) > 1,
    };
    let result = node;
    for (const rule of rules[node.step.kind] as readonly AnyRule[]) {
      const other = rule(node, builder);
      if (other === null) continue;
      result = other;
      break;
    }
    found.set(key, result);
    return result;
  };
  const before = new Map<Node, number>();
  for (const node of nodes) for (const x of node.inputs) before.set(x, (before.get(x) ?? 0) + 1);
  for (const node of outputs) before.set(node, (before.get(node) ?? 0) + 1);
  const made = new Map<Node, Node>(inputs.map((node) => [node, node]));
  for (const node of nodes) {
    if (!made.has(node)) {
      const own = node.inputs.map((x) => made.get(x)!);
      made.set(node, enter(own.every((x, i) => x === node.inputs[i]) ? node : { ...node, inputs: own }));
    }
    used(made.get(node)!, before.get(node));
  }
  return graphOf(
    inputs,
    outputs.map((node) => made.get(node)!),
  );
}

function nodeOf([step, inputs, shape, dtype]: Parameters<Builder["make"]>, scope: string): Node {
  return { step, inputs, shape, dtype, names: null, scope };
}

/** A number for each thing, in the order in which they are met. */
class Numbers {
  private readonly known = new Map<object, number>();

  of(thing: object): number {
    const number = this.known.get(thing) ?? this.known.size;
    this.known.set(thing, number);
    return number;
  }
}

/** Steps whose result does not depend on the order of the two inputs, to the bit. */
const COMMUTES = new Set([add, multiply, equal, notEqual, logicalAnd, logicalOr].map((x) => x.operation));

/** The most bytes of a constant that are looked at to find it again. */
const COMPARED = 2 ** 14;

/** What two nodes have in common that have the same value: step, inputs, shape and dtype. */
function keyOf({ step, inputs, shape, dtype }: Node, numbers: Numbers): string {
  const about = attributes(step, numbers);
  const of = inputs.map((x) => numbers.of(x));
  if (step.kind === "elementwise" && COMMUTES.has(step.operation)) of.sort((a, b) => a - b);
  return `${step.kind} ${about} ${of} : ${dtype} ${shape}`;
}

function attributes(step: Step, numbers: Numbers): string | number {
  switch (step.kind) {
    case "input":
      return numbers.of(step);
    case "constant": {
      const { buffer } = step.value;
      const { byteOffset, byteLength } = buffer;
      if (byteLength > COMPARED) return numbers.of(step.value);
      // bytes, as 0 and -0 are not the same value
      return new Uint8Array(buffer.buffer, byteOffset, byteLength).join();
    }
    case "elementwise":
      return numbers.of(step.operation);
    case "reduce":
      return `${numbers.of(step.operation)} ${step.axis}`;
    case "concatenate":
    case "take":
    case "scatterAdd":
    case "cumsum":
    case "argsort":
      return step.axis;
    case "transpose":
    case "windows":
    case "overlapAdd":
      return step.axes.join();
    case "slice":
    case "pad":
      return `${step.starts} ${step.steps}`;
    case "uniform":
      return step.stream;
    case "where":
    case "cast":
    case "matmul":
    case "reshape":
    case "broadcast":
      return "";
  }
}
