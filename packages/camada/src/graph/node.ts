import type { Primitive } from "../ops/primitive.js";
import type { Sizes } from "../shape/shape.js";
import type { DType } from "../storage/dtype.js";
import type { AxisNames, Strided } from "../storage/strided.js";

/** What a node does: a primitive, or one of the two ways in which values come into a graph. */
export type Step =
  | Primitive
  | { readonly kind: "input" }
  /** Values that the traced function had at hand; a copy, so that nothing changes them later. */
  | { readonly kind: "constant"; readonly value: Strided };

export type Kind = Step["kind"];
export type StepOf<K extends Kind> = Extract<Step, { readonly kind: K }>;

/** One step of a computation and what it works on. Immutable; what it computes depends on nothing else. */
export interface Node {
  readonly step: Step;
  readonly inputs: readonly Node[];
  readonly shape: Sizes;
  readonly dtype: DType;
  /** The axes' names, for people to read: nothing is computed from them. */
  readonly names: AxisNames;
  /** What the step is part of, such as a layer's name; "" for nothing. */
  readonly scope: string;
}

/** The step's name: of an elementwise operation or a reduction its own. */
export function nameOf({ step }: Node): string {
  return step.kind === "elementwise" || step.kind === "reduce" ? step.operation.name : step.kind;
}
