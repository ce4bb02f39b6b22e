import type { Node } from "../graph/node.js";
import { divide, multiply, negative, square } from "../ops/arithmetic.js";
import { replaced, without } from "../ops/axes.js";
import { power } from "../ops/math.js";
import type { ReduceOperation } from "../ops/reduce.js";
import { all, any, max, maxAsConstant, min, sum } from "../ops/reductions.js";
import { sizeOf } from "../shape/shape.js";
import { isFloat } from "../storage/dtype.js";
import {
  aligned,
  broadcastOf,
  elementwiseOf,
  filled,
  isKind,
  isOperation,
  isSpread,
  reshapeOf,
  trimmed,
  valueOf,
  withoutRepeated,
} from "./making.js";
import type { Builder, NodeOf, Rule } from "./rewrite.js";

/*
 * Rules that save much and may change the last bits, or the sign of a zero: sums in another order, factors in
 * another place. What is not finite stays so, unless factors beyond `MODERATE` meet.
 */

/** Known factors farther from 1 stay where they are: what they are moved to might overflow, or vanish. */
const MODERATE = 2 ** 40;

/** One value everywhere that may be moved as a factor. */
function isFactor(x: Node): x is NodeOf<"broadcast"> {
  const value = valueOf(x);
  if (!isSpread(x) || !isFloat(x.dtype)) return false;
  return value === undefined || (Math.abs(value) < MODERATE && Math.abs(value) > 1 / MODERATE);
}

function scaled(builder: Builder, x: Node, factor: NodeOf<"broadcast">): Node {
  const spread = broadcastOf(builder, factor.inputs[0]!, x.shape);
  return elementwiseOf(builder, multiply, [x, spread]);
}

/** (x * s) * t is x * (s * t). */
export const factorsTogether: Rule<"elementwise"> = (node, builder) => {
  const [x, t] = node.inputs as readonly [Node, Node];
  if (!isOperation(node, multiply) || !isOperation(x, multiply) || !isFactor(t)) return null;
  const [inner, s] = x.inputs as readonly [Node, Node];
  if (!isFactor(s)) return null;
  const both = elementwiseOf(builder, multiply, [s, t]);
  return elementwiseOf(builder, multiply, [inner, both]);
};

/** (a @ b) * s is (a * s) @ b, if that is no more factors: the update of weights, say, is a product then. */
export const factorIntoProduct: Rule<"elementwise"> = (node, builder) => {
  const [x, s] = node.inputs as readonly [Node, Node];
  if (!isOperation(node, multiply) || !isKind(x, "matmul") || builder.isShared(x) || !isFactor(s))
    return null;
  const [a, b] = x.inputs as readonly [Node, Node];
  const smaller = sizeOf(a.shape) <= sizeOf(b.shape) ? a : b;
  if (sizeOf(smaller.shape) > sizeOf(x.shape)) return null;
  const inputs = smaller === a ? [scaled(builder, a, s), b] : [a, scaled(builder, b, s)];
  return builder.make(x.step, inputs, x.shape, x.dtype);
};

/** The sum of x, times s, is the sum of x * s, where that is there anyway. */
export const factorIntoSum: Rule<"elementwise"> = (node, builder) => {
  const [x, s] = node.inputs as readonly [Node, Node];
  if (!isOperation(node, multiply) || !isReduce(x, sum) || !isFactor(s)) return null;
  const values = x.inputs[0]!;
  const spread = broadcastOf(builder, s.inputs[0]!, values.shape);
  const product = builder.known(node.step, [values, spread], values.shape, values.dtype);
  return product === undefined ? null : builder.make(x.step, [product], x.shape, x.dtype);
};

/** Powers that are products. */
export const powersAsProducts: Rule<"elementwise"> = (node, builder) => {
  if (!isOperation(node, power) || !isFloat(node.dtype)) return null;
  const [x, y] = node.inputs as readonly [Node, Node];
  const value = valueOf(y);
  if (value === 1) return x;
  if (value === 2) return elementwiseOf(builder, square, [x]);
  return value === -1 ? elementwiseOf(builder, divide, [filled(builder, 1, x.shape, x.dtype), x]) : null;
};

function isReduce(x: Node, { operation }: { readonly operation: ReduceOperation }): x is NodeOf<"reduce"> {
  return isKind(x, "reduce") && x.step.operation === operation;
}

/** A sum of what was repeated is a product. */
export const sumOfRepeated: Rule<"reduce"> = (node, builder) => {
  const [x] = node.inputs as readonly [Node];
  const count = x.shape[node.step.axis]!;
  if (!isReduce(node, sum) || !isKind(x, "broadcast") || !isFloat(x.dtype) || count < 2) return null;
  const source = withoutRepeated(x, node.step.axis, builder);
  if (source === null) return null;
  const all = broadcastOf(builder, source, node.shape);
  return elementwiseOf(builder, multiply, [all, filled(builder, count, node.shape, node.dtype)]);
};

/** What was repeated along other axes is reduced before. */
export const reduceBeforeRepeating: Rule<"reduce"> = ({ step, inputs: [x], shape, dtype }, builder) => {
  if (!isKind(x!, "broadcast")) return null;
  const source = x.inputs[0]!;
  const sizes = replaced(aligned(source.shape, x.shape), step.axis, x.shape[step.axis]!);
  if (sizeOf(sizes) >= sizeOf(x.shape)) return null;
  const narrow = broadcastOf(builder, reshapeOf(builder, source, trimmed(source.shape)), sizes);
  const rest = without(sizes, step.axis);
  const result = builder.make(step, [narrow], rest, dtype);
  return broadcastOf(builder, result, shape);
};

export const sumOfNegatives: Rule<"reduce"> = (node, builder) => {
  const [x] = node.inputs as readonly [Node];
  if (!isReduce(node, sum) || !isOperation(x, negative) || !isFloat(x.dtype)) return null;
  const total = builder.make(node.step, x.inputs, node.shape, node.dtype);
  return elementwiseOf(builder, negative, [total]);
};

const IN_ANY_ORDER: ReadonlySet<ReduceOperation> = new Set(
  [sum, max, maxAsConstant, min, any, all].map((x) => x.operation),
);

/** Along two axes side by side is along one. */
export const reduceOfReduce: Rule<"reduce"> = ({ step, inputs: [x], shape, dtype }, builder) => {
  const { operation, axis } = step;
  if (!isKind(x!, "reduce") || x.step.operation !== operation || !IN_ANY_ORDER.has(operation)) return null;
  const [source] = x.inputs as readonly [Node];
  const isBeside = axis === x.step.axis || axis === x.step.axis - 1;
  if (!isBeside || builder.isShared(x) || source.dtype !== dtype) return null;
  const first = Math.min(axis, x.step.axis);
  const joined = source.shape[first]! * source.shape[first + 1]!;
  const sizes = replaced(without(source.shape, first + 1), first, joined);
  return builder.make({ ...step, axis: first }, [reshapeOf(builder, source, sizes)], shape, dtype);
};

/** A product with one value everywhere is a sum, repeated: each of its rows, or columns, is the same. */
export const productWithOneValue: Rule<"matmul"> = ({ inputs: [a, b], shape, dtype }, builder) => {
  const spread = isFactor(b!) ? b : isFactor(a!) ? a! : null;
  if (spread === null) return null;
  const other = spread === b ? a! : b!;
  const axis = spread === b ? shape.length - 1 : shape.length - 2;
  const kept = replaced(shape, axis, 1);
  const step = { kind: "reduce", operation: sum.operation, axis } as const;
  const total = builder.make(step, [other], without(other.shape, axis), dtype);
  return broadcastOf(builder, reshapeOf(builder, scaled(builder, total, spread), kept), shape);
};
