import type { Node } from "../graph/node.js";
import { without } from "../ops/axes.js";
import { constant, type ElementwiseOperation } from "../ops/elementwise.js";
import { type Sizes, sizeOf } from "../shape/shape.js";
import type { DType } from "../storage/dtype.js";
import type { Strided } from "../storage/strided.js";
import type { Builder, NodeOf } from "./rewrite.js";

/* What rules look for, and what they make. */

export function isKind<K extends Node["step"]["kind"]>(node: Node, kind: K): node is NodeOf<K> {
  return node.step.kind === kind;
}

/** Whether a node is a step of that operation. */
export function isOperation(
  node: Node,
  { operation }: { readonly operation: ElementwiseOperation },
): node is NodeOf<"elementwise"> {
  return isKind(node, "elementwise") && node.step.operation === operation;
}

/** The one value that a node has everywhere, if that is known; else undefined. */
export function valueOf(node: Node): number | undefined {
  if (isKind(node, "broadcast")) return valueOf(node.inputs[0]!);
  return isKind(node, "constant") && node.step.value.size === 1 ? node.step.value.buffer[0] : undefined;
}

export function constantOf({ make }: Builder, value: Strided): Node {
  return make({ kind: "constant", value }, [], value.shape, value.dtype);
}

/** One value in a shape. */
export function filled(builder: Builder, value: number, shape: Sizes, dtype: DType): Node {
  return broadcastOf(builder, constantOf(builder, constant(value, dtype)), shape);
}

export function broadcastOf({ make }: Builder, x: Node, shape: Sizes): Node {
  return make({ kind: "broadcast" }, [x], shape, x.dtype);
}

export function reshapeOf({ make }: Builder, x: Node, shape: Sizes): Node {
  return make({ kind: "reshape" }, [x], shape, x.dtype);
}

export function transposeOf({ make }: Builder, x: Node, axes: readonly number[]): Node {
  return make(
    { kind: "transpose", axes },
    [x],
    axes.map((i) => x.shape[i]!),
    x.dtype,
  );
}

/** Each matrix of a stack, transposed. */
export function turned(builder: Builder, x: Node): Node {
  const axes = x.shape.map((_, i) => i);
  return transposeOf(builder, x, [...axes.slice(0, -2), ...axes.slice(-2).reverse()]);
}

/** Whether a transpose changes the last two axes, and no other. */
export function isTransposedMatrix(axes: readonly number[]): boolean {
  const n = axes.length;
  return n >= 2 && axes.every((axis, i) => axis === (i === n - 1 ? n - 2 : i === n - 2 ? n - 1 : i));
}

export function sliceOf(
  { make }: Builder,
  x: Node,
  starts: readonly number[],
  steps: readonly number[],
  shape: Sizes,
): Node {
  return make({ kind: "slice", starts, steps }, [x], shape, x.dtype);
}

/** The sizes without the axes of 1. */
export function solid(shape: Sizes): Sizes {
  return shape.filter((size) => size !== 1);
}

/** The sizes without the axes of 1 in front: those that a broadcast would add. */
export function trimmed(shape: Sizes): Sizes {
  const first = shape.findIndex((size) => size !== 1);
  return first < 0 ? [] : shape.slice(first);
}

/** The sizes with axes of 1 in front, as many as a shape has more. */
export function aligned(shape: Sizes, to: Sizes): Sizes {
  return [...new Array<number>(to.length - shape.length).fill(1), ...shape];
}

export function isSingle({ shape }: Node): boolean {
  return sizeOf(shape) === 1;
}

/** Whether a node is one value, known or not, repeated. */
export function isSpread(x: Node): x is NodeOf<"broadcast"> {
  return isKind(x, "broadcast") && isSingle(x.inputs[0]!);
}

/** An elementwise step of inputs. */
export function elementwiseOf(
  { make }: Builder,
  { operation }: { readonly operation: ElementwiseOperation },
  inputs: readonly Node[],
): Node {
  const { shape, dtype } = inputs[0]!;
  return make({ kind: "elementwise", operation }, inputs, shape, dtype);
}

/** What was repeated along an axis, without the axis; null where it was not. */
export function withoutRepeated(x: NodeOf<"broadcast">, axis: number, builder: Builder): Node | null {
  const source = x.inputs[0]!;
  const own = axis - (x.shape.length - source.shape.length);
  if (own < 0) return source;
  return source.shape[own] === 1 ? reshapeOf(builder, source, without(source.shape, own)) : null;
}
