import type { Node } from "../graph/node.js";
import { add, divide, maximum, minimum, multiply, negative, subtract } from "../ops/arithmetic.js";
import { without } from "../ops/axes.js";
import { sameShape } from "../ops/broadcast.js";
import { greater, less, logicalNot } from "../ops/comparison.js";
import type { ElementwiseOperation } from "../ops/elementwise.js";
import type { ReduceOperation } from "../ops/reduce.js";
import { all, any, max, maxAsConstant, min, prod, sum } from "../ops/reductions.js";
import { allocate, type DType, isFloat } from "../storage/dtype.js";
import {
  broadcastOf,
  elementwiseOf,
  filled,
  isKind,
  isOperation,
  isSpread,
  isTransposedMatrix,
  reshapeOf,
  solid,
  turned,
  valueOf,
  withoutRepeated,
} from "./making.js";
import type { Builder, NodeOf, Rule } from "./rewrite.js";

/*
 * Arithmetic that keeps the bits: IEEE 754 says so for each. So x + 0 stays, which makes 0 of -0; x * 0 and
 * x - x stay, which are nan where x is not finite.
 */

type Elementwise = NodeOf<"elementwise">;
type Rewriting = (x: Node, y: Node, builder: Builder, node: Elementwise) => Node | null;

const is = (x: Node, value: number): boolean => Object.is(valueOf(x), value);

/** What is added or taken away and changes nothing: of whole numbers, which have no -0, any 0. */
const isNothing = (x: Node, zero: number): boolean => is(x, zero) || (!isFloat(x.dtype) && is(x, 0));

/** One value everywhere, where there is one, is second: there the other rules look for it. */
const oneValueSecond: Rewriting = (x, y, { make }, { step, shape, dtype }) =>
  isSpread(x) && !isSpread(y) ? make(step, [y, x], shape, dtype) : null;

/** -(x * c) is x * -c: a sign changes no digit. */
function negated(product: Node, builder: Builder): Node | null {
  if (!isOperation(product, multiply) || builder.isShared(product)) return null;
  const [x, y] = product.inputs as readonly [Node, Node];
  const value = valueOf(y);
  if (value === undefined || !isFloat(y.dtype)) return null;
  return elementwiseOf(builder, multiply, [x, filled(builder, -value, y.shape, y.dtype)]);
}

/** 1 / value, where a product with it has the bits of the quotient: of powers of two, as far as both are normal. */
function exactReciprocal(value: number, dtype: DType): number | null {
  const held = allocate(dtype, 1);
  held[0] = 1 / value;
  const exponent = Math.log2(Math.abs(value));
  return Number.isInteger(exponent) && Math.abs(exponent) < 126 && held[0] * value === 1 ? held[0] : null;
}

const itself: Rewriting = (x, y) => (x === y ? x : null);

/** max(x, c) > c where x > c; so with min and less. */
const comparedWithBound =
  (bounded: { readonly operation: ElementwiseOperation }): Rewriting =>
  (x, y, builder, node) =>
    isOperation(x, bounded) && x.inputs[1] === y
      ? builder.make(node.step, [x.inputs[0]!, y], node.shape, node.dtype)
      : null;

const IDENTITIES: readonly (readonly [{ readonly operation: ElementwiseOperation }, ...Rewriting[]])[] = [
  [
    add,
    oneValueSecond,
    (x, y) => (x.dtype !== "bool" && isNothing(y, -0) ? x : null),
    (x, y, builder) =>
      isOperation(y, negative) ? elementwiseOf(builder, subtract, [x, y.inputs[0]!]) : null,
    (x, y, builder) =>
      isOperation(x, negative) ? elementwiseOf(builder, subtract, [y, x.inputs[0]!]) : null,
  ],
  [
    subtract,
    (x, y) => (isNothing(y, 0) ? x : null),
    (x, y, builder) => (isOperation(y, negative) ? elementwiseOf(builder, add, [x, y.inputs[0]!]) : null),
  ],
  [
    multiply,
    oneValueSecond,
    (x, y) => (is(y, 1) ? x : null),
    (x, y, builder) => (isFloat(y.dtype) && is(y, -1) ? elementwiseOf(builder, negative, [x]) : null),
    (x, y, builder) => {
      if (!isOperation(x, negative) || !isFloat(y.dtype)) return null;
      const value = valueOf(y);
      if (value === undefined) return null;
      return elementwiseOf(builder, multiply, [x.inputs[0]!, filled(builder, -value, y.shape, y.dtype)]);
    },
  ],
  [
    divide,
    (x, y) => (is(y, 1) && x.dtype === y.dtype && isFloat(x.dtype) ? x : null),
    (x, y, builder, node) => {
      const value = valueOf(y);
      if (value === undefined || !isFloat(node.dtype)) return null;
      const factor = exactReciprocal(value, y.dtype);
      if (factor === null) return null;
      return elementwiseOf(builder, multiply, [x, filled(builder, factor, y.shape, y.dtype)]);
    },
  ],
  [negative, (x) => (isOperation(x, negative) ? x.inputs[0]! : null), (x, _, builder) => negated(x, builder)],
  [logicalNot, (x) => (isOperation(x, logicalNot) && x.inputs[0]!.dtype === "bool" ? x.inputs[0]! : null)],
  [maximum, itself],
  [minimum, itself],
  [greater, comparedWithBound(maximum)],
  [less, comparedWithBound(minimum)],
];

const REWRITINGS: ReadonlyMap<ElementwiseOperation, readonly Rewriting[]> = new Map(
  IDENTITIES.map(([{ operation }, ...rewritings]) => [operation, rewritings]),
);

/** What of two inputs is one of them, or less to compute. */
export const identities: Rule<"elementwise"> = (node, builder) => {
  const [x, y] = node.inputs as readonly [Node, Node];
  for (const rewriting of REWRITINGS.get(node.step.operation) ?? []) {
    const other = rewriting(x, y, builder, node);
    if (other !== null) return other;
  }
  return null;
};

export const whereDecided: Rule<"where"> = ({ inputs: [condition, yes, no] }) => {
  const known = valueOf(condition!);
  if (known !== undefined) return known !== 0 ? yes! : no!;
  return yes === no ? yes! : null;
};

/** Within a branch the condition is known. */
export const whereDecidedBefore: Rule<"where"> = ({ step, inputs, shape, dtype }, { make }) => {
  const [condition, yes, no] = inputs as readonly [Node, Node, Node];
  const branch = (x: Node, i: 1 | 2): Node =>
    isKind(x, "where") && x.inputs[0] === condition ? x.inputs[i]! : x;
  const [a, b] = [branch(yes, 1), branch(no, 2)];
  return a === yes && b === no ? null : make(step, [condition, a, b], shape, dtype);
};

/** Dtypes that hold every value of another. */
const HOLDS: { readonly [D in DType]: readonly DType[] } = {
  bool: ["uint8", "int32", "float32", "float64"],
  uint8: ["int32", "float32", "float64"],
  int32: ["float64"],
  float32: ["float64"],
  float64: [],
};

export const castOfWiderCast: Rule<"cast"> = ({ step, inputs: [x], shape, dtype }, { make }) => {
  if (!isKind(x!, "cast")) return null;
  const source = x.inputs[0]!;
  return HOLDS[source.dtype].includes(x.dtype) ? make(step, [source], shape, dtype) : null;
};

const OF_ONE: ReadonlySet<ReduceOperation> = new Set(
  [sum, prod, max, maxAsConstant, min, any, all].map((x) => x.operation),
);
const OF_EQUALS: ReadonlySet<ReduceOperation> = new Set(
  [max, maxAsConstant, min, any, all].map((x) => x.operation),
);

/** Of one value, or of equal ones, the value. */
export const reduceOfEquals: Rule<"reduce"> = ({ step, inputs: [x], shape, dtype }, builder) => {
  const { axis, operation } = step;
  const size = x!.shape[axis]!;
  if (x!.dtype !== dtype || size === 0) return null;
  if (size === 1 && OF_ONE.has(operation)) return reshapeOf(builder, x!, shape);
  if (!OF_EQUALS.has(operation) || !isKind(x!, "broadcast")) return null;
  const source = withoutRepeated(x, axis, builder);
  return source === null ? null : broadcastOf(builder, source, shape);
};

/** Axes of 1 come and go after a reduction along another. */
export const reduceOfReshape: Rule<"reduce"> = ({ step, inputs: [x], shape, dtype }, builder) => {
  if (!isKind(x!, "reshape") || x.shape[step.axis] === 1) return null;
  const source = x.inputs[0]!;
  if (!sameShape(solid(source.shape), solid(x.shape))) return null;
  const before = solid(x.shape.slice(0, step.axis)).length;
  const axis = source.shape.findIndex((_, i) => solid(source.shape.slice(0, i + 1)).length > before);
  const result = builder.make({ ...step, axis }, [source], without(source.shape, axis), dtype);
  return reshapeOf(builder, result, shape);
};

/** A product transposed is that of the others, transposed: as a product reads its inputs in either order. */
export const transposeOfProduct: Rule<"transpose"> = ({ step: { axes }, inputs: [x] }, builder) => {
  if (!isKind(x!, "matmul") || builder.isShared(x) || !isTransposedMatrix(axes)) return null;
  const [a, b] = x.inputs as readonly [Node, Node];
  const inner = [turned(builder, b), turned(builder, a)];
  const [m, n] = x.shape.slice(-2) as [number, number];
  return builder.make(x.step, inner, [...x.shape.slice(0, -2), n, m], x.dtype);
};
