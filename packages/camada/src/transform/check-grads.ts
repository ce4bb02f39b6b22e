import { NetworkError } from "../errors/network.js";
import { type Leaf, leavesOf, mapTree } from "../graph/tree.js";
import { copyValues, toDType } from "../ops/copy.js";
import { constant } from "../ops/elementwise.js";
import { rowMajor } from "../shape/shape.js";
import { isFloat, type TypedArray } from "../storage/dtype.js";
import type { Strided } from "../storage/strided.js";
import { compile } from "./compile.js";
import { grad } from "./grad.js";

/** Options of `checkGrads`. */
export interface CheckGradsOptions {
  /** How far each value is moved, to both sides. */
  readonly eps?: number;
  /** How far gradient and difference may be apart whatever their size. */
  readonly atol?: number;
  /** How far they may be apart for their size. */
  readonly rtol?: number;
}

const WHERE = { code: "trace.argument", op: "checkGrads" } as const;

/**
 * Compares the gradients of a function that gives one number with central differences, (f(x + eps) -
 * f(x - eps)) / 2 eps, in float64, one value of its arguments after the other. Arguments without floats, such
 * as labels, stay as they are. Gives nothing: it throws where the two are further apart than atol + rtol times
 * the difference. The tolerances are those of JAX's `check_grads` in float64.
 * @throws CamadaError `grad.check`, `grad.nothing`, and what `grad` throws
 * @example
 * checkGrads((x) => sum(multiply(x, x)), [array([1, 2])]);
 */
export function checkGrads<F extends (...args: never[]) => unknown>(
  f: F,
  args: Parameters<F>,
  { eps = 1e-6, atol = 1e-5, rtol = 1e-3 }: CheckGradsOptions = {},
): void {
  const given = mapTree(args, widened, WHERE) as Parameters<F>;
  if (!leavesOf(given, WHERE).some(isVariable)) {
    throw new NetworkError("grad.nothing", { op: "checkGrads", argument: given.map((_, i) => String(i)) });
  }
  const gradients = given.map((argument, argnums) =>
    leavesOf(argument, WHERE).some(isVariable) ? grad(f, { argnums })(...given) : argument,
  );
  const found = leavesOf(gradients, WHERE);
  const value = compile(f) as unknown as (...args: unknown[]) => number;
  leavesOf(given, WHERE).forEach((leaf, place) => {
    if (!isVariable(leaf)) return;
    const slopes = valuesOf(found[place]!);
    valuesOf(leaf).forEach((x, at) => {
      const [left, right] = [x - eps, x + eps];
      const rise = value(...withValue(given, place, at, right)) - value(...withValue(given, place, at, left));
      const difference = rise / (right - left);
      const gradient = slopes[at]!;
      // nan is near nothing
      if (Math.abs(gradient - difference) <= atol + rtol * Math.abs(difference)) return;
      const [argument, position] = [pathsOf(given)[place]!, positionOf(leaf, at)];
      throw new NetworkError("grad.check", { argument, position, gradient, difference });
    });
  });
}

/** Floats as float64, numbers as arrays of them: else each would be a constant of a program of its own. */
function widened(leaf: Leaf): Strided {
  if (typeof leaf === "number") return constant(leaf, "float64");
  return isVariable(leaf) ? toDType(leaf, "float64") : leaf;
}

function isVariable(leaf: Leaf): leaf is Strided {
  return typeof leaf !== "number" && isFloat(leaf.dtype);
}

function valuesOf(leaf: Leaf): TypedArray {
  return typeof leaf === "number" ? Float64Array.of(leaf) : copyValues(leaf);
}

/** The same arguments, with another value in one place of one of their arrays. */
function withValue(args: unknown, place: number, at: number, value: number): unknown[] {
  let next = 0;
  const replaced = (leaf: Leaf): Leaf => {
    if (next++ !== place) return leaf;
    const { shape, dtype, names } = leaf as Strided;
    const values = copyValues(leaf as Strided);
    values[at] = value;
    return (leaf as Strided).make(values, shape, dtype, names);
  };
  return mapTree(args, replaced, WHERE) as unknown[];
}

/** What each array is called among the arguments, as `0.weights`. */
function pathsOf(args: unknown): string[] {
  const paths: string[] = [];
  mapTree(args, (_, path) => paths.push(path), WHERE);
  return paths;
}

/** Indices of the value at a place in row-major order, as `(1, 2)`. */
function positionOf({ shape }: Strided, at: number): string {
  const strides = rowMajor(shape);
  return `(${shape.map((size, i) => Math.floor(at / strides[i]!) % size).join(", ")})`;
}
