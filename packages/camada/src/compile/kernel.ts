import type { Sizes } from "../shape/shape.js";
import { type Expression, loadsIn } from "./expression.js";
import type { Buffer, View } from "./view.js";

/** A value for each place of a kernel's shape, and where it goes. */
export interface Store {
  readonly view: View;
  readonly value: Expression;
}

/**
 * What a plan is made of: loops over memory. All views have the kernel's shape, but for what is said. No kernel
 * reads what it writes, except at the very place (`accumulate`).
 */
export type Kernel =
  /**
   * Values place by place, in any order; but along the first `ordered` axes one place after the other, as they may be
   * the same places of memory.
   */
  | {
      readonly kind: "map";
      readonly shape: Sizes;
      readonly stores: readonly Store[];
      readonly ordered: number;
    }
  /**
   * `value`, whose views have one axis more, the last, taken to one value along it; and what is stored on the way, for
   * each place along it too.
   */
  | {
      readonly kind: "reduce";
      readonly shape: Sizes;
      readonly size: number;
      readonly by: Reduction;
      readonly value: Expression;
      readonly into: View;
      readonly stores: readonly Store[];
    }
  /** Sums over k of a (..., m, k) times b (..., k, n); what is stored, of shape (..., m, n), is made of these. */
  | {
      readonly kind: "product";
      readonly shape: Sizes;
      readonly a: View;
      /** If `panel` is given: in panels of so many columns, whose distance stands for the stride along n. */
      readonly b: View;
      readonly panel?: number;
      readonly stores: readonly Store[];
    }
  /** Parts (outer, count, inner) of `from` (outer, size, inner) at the indices (count). */
  | {
      readonly kind: "take";
      readonly from: View;
      readonly indices: View;
      readonly into: View;
      readonly axis: number;
    }
  /** Zeros in `into` (outer, size, inner), to which parts (outer, count, inner) are added at the indices (count). */
  | {
      readonly kind: "scatterAdd";
      readonly from: View;
      readonly indices: View;
      readonly into: View;
      readonly axis: number;
    }
  /** The order that sorts each line along the last axis: views of one shape. */
  | { readonly kind: "argsort"; readonly from: View; readonly into: View }
  /** Random numbers in [0, 1) into all of a buffer, from two whole numbers. */
  | { readonly kind: "uniform"; readonly key: View; readonly stream: number; readonly into: View };

export type KernelOf<K extends Kernel["kind"]> = Extract<Kernel, { readonly kind: K }>;

/** How values along an axis come to one. A sum of whole numbers must fit, but for that of their products, which wraps. */
export type Reduction = (typeof REDUCTIONS)[number];
export const REDUCTIONS = [
  "sum",
  "wrappingSum",
  "prod",
  "max",
  "min",
  "argmax",
  "argmin",
  "any",
  "all",
] as const;

/** What a kernel writes. */
export function writtenBy(kernel: Kernel): View[] {
  const stored = "stores" in kernel ? kernel.stores.map(({ view }) => view) : [];
  return "into" in kernel ? [...stored, kernel.into] : stored;
}

/** What a kernel computes place by place. */
export function rootsOf(kernel: Kernel): Expression[] {
  const stored = "stores" in kernel ? kernel.stores.map(({ value }) => value) : [];
  return kernel.kind === "reduce" ? [kernel.value, ...stored] : stored;
}

/** What a kernel reads. */
export function readBy(kernel: Kernel): View[] {
  switch (kernel.kind) {
    case "map":
    case "reduce":
      return loadsIn(rootsOf(kernel));
    case "product":
      return [kernel.a, kernel.b, ...loadsIn(rootsOf(kernel))];
    case "take":
    case "scatterAdd":
      return [kernel.from, kernel.indices];
    case "argsort":
      return [kernel.from];
    case "uniform":
      return [kernel.key];
  }
}

/** A graph as loops over memory, in the order in which they run. */
export interface Plan {
  readonly kernels: readonly Kernel[];
  /** Where each input lies, all of it in row-major order. */
  readonly inputs: readonly Buffer[];
  /** Where each output lies, likewise: in a buffer of its own, or in that of the input that it is. */
  readonly outputs: readonly Buffer[];
}
