import type { ElementwiseOperation } from "../ops/elementwise.js";
import type { DType } from "../storage/dtype.js";
import type { View } from "./view.js";

/**
 * What is computed for each place of a kernel's shape. Expressions are shared: one that stands in several
 * places is computed once.
 */
export type Expression =
  | { readonly kind: "load"; readonly view: View; readonly dtype: DType }
  | { readonly kind: "number"; readonly value: number; readonly dtype: DType }
  /** What a product of matrices has come to at this place. */
  | { readonly kind: "product"; readonly dtype: DType }
  | {
      readonly kind: "apply";
      readonly operation: ElementwiseOperation;
      readonly args: readonly Expression[];
      readonly dtype: DType;
    }
  | { readonly kind: "where" | "cast"; readonly args: readonly Expression[]; readonly dtype: DType };

export function load(view: View): Expression {
  return { kind: "load", view, dtype: view.buffer.dtype };
}

/** Each expression of some trees once, arguments before what is made of them. */
export function expressionsIn(roots: readonly Expression[]): Expression[] {
  const seen = new Set<Expression>();
  const visit = (expression: Expression): void => {
    if (seen.has(expression)) return;
    if ("args" in expression) expression.args.forEach(visit);
    seen.add(expression);
  };
  roots.forEach(visit);
  return [...seen];
}

/** The same expression with other leaves; parts that are shared stay shared. */
export function replaced(
  leaf: (expression: Expression) => Expression,
): (expression: Expression) => Expression {
  const done = new Map<Expression, Expression>();
  const visit = (expression: Expression): Expression => {
    const known = done.get(expression);
    if (known !== undefined) return known;
    const result =
      "args" in expression ? { ...expression, args: expression.args.map(visit) } : leaf(expression);
    done.set(expression, result);
    return result;
  };
  return visit;
}

/** The same expression of other views. */
export function viewed(change: (view: View) => View): (expression: Expression) => Expression {
  return replaced((leaf) => (leaf.kind === "load" ? load(change(leaf.view)) : leaf));
}

export function loadsIn(roots: readonly Expression[]): View[] {
  const views: View[] = [];
  for (const expression of expressionsIn(roots)) if (expression.kind === "load") views.push(expression.view);
  return views;
}
