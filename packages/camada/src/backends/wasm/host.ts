import { expressionsIn } from "../../compile/expression.js";
import { type Kernel, rootsOf } from "../../compile/kernel.js";
import type { ElementwiseOperation } from "../../ops/elementwise.js";
import { compare } from "../../ops/sorting.js";
import { type DType, isFloat } from "../../storage/dtype.js";
import { canLower } from "./lanes.js";

/** What programs ask of JavaScript: a function of an operation on a dtype. */
export interface HostFunction {
  readonly operation: ElementwiseOperation;
  readonly dtype: DType;
}

/** Typed arrays over all of a program's memory. */
export interface Memories {
  readonly float64: Float64Array;
  readonly float32: Float32Array;
  readonly int32: Int32Array;
  readonly uint8: Uint8Array;
  readonly bool: Uint8Array;
}

/** Dtypes by the numbers that programs have for them. */
export const DTYPES = ["float64", "float32", "int32", "uint8", "bool"] as const satisfies readonly DType[];

/** What a kernel needs of the host, for operations that have no instructions. */
export function hostFunctionsOf(kernel: Kernel): HostFunction[] {
  const needed: HostFunction[] = [];
  for (const part of expressionsIn(rootsOf(kernel))) {
    if (part.kind !== "apply") continue;
    const { operation, args } = part;
    const { dtype } = args[0]!;
    if (!canLower(operation, dtype)) needed.push({ operation, dtype });
  }
  return needed;
}

/** The meaning of an operation on numbers of a dtype. */
export function meaningOf({ operation, dtype }: HostFunction): (x: number, y: number) => number {
  const { bools, integer, reference } = operation;
  if (isFloat(dtype)) return reference;
  if (dtype === "bool" && typeof bools === "function") return bools;
  return integer ?? reference;
}

/** Sorts a line of values in memory: from address and step of the values to those of the order that sorts them. */
export function sorter(memories: () => Memories) {
  return (from: number, step: number, dtype: number, into: number, intoStep: number, n: number): void => {
    const all = memories();
    const values = all[DTYPES[dtype]!];
    const at = from / values.BYTES_PER_ELEMENT;
    const line = Array.from({ length: n }, (_, i) => values[at + i * step]!);
    const order = line.map((_, i) => i).sort((i, j) => compare(line[i]!, line[j]!));
    for (let i = 0; i < n; i++) all.int32[into / 4 + i * intoStep] = order[i]!;
  };
}
