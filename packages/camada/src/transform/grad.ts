import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { gradients } from "../grad/gradients.js";
import { lifted, Traced } from "../graph/traced.js";
import { leavesOf, mapTree } from "../graph/tree.js";
import { described } from "../ops/broadcast.js";
import { constant } from "../ops/elementwise.js";
import { isFloat } from "../storage/dtype.js";
import type { Strided } from "../storage/strided.js";
import { type CompileOptions, compile } from "./compile.js";

type Function = (...args: never[]) => unknown;

/** Options of `grad` and `valueAndGrad`. */
export interface GradOptions extends CompileOptions {
  /** The position of the argument to differentiate by: the first (0) unless given. */
  readonly argnums?: number;
}

/**
 * The gradient of a function that gives one number: a function of the same arguments that gives, for each
 * array in the first argument (or the one at `argnums`), how fast the result grows with each of its values.
 * It has the form of that argument. Works on any function made of operations on arrays, and on its own
 * results: `grad(grad(f))` for a function of a number.
 * @throws ShapeError `grad.scalar`; CamadaError `grad.count`, `grad.none`, `grad.dtype`, `grad.nothing`,
 * `trace.values`
 * @example
 * const loss = (weights) => sum(square(weights));
 * grad(loss)(array([1, 2, 3])); // [2. 4. 6.]
 */
export function grad<F extends Function>(
  f: F,
  options: GradOptions = {},
): (...args: Parameters<F>) => Parameters<F>[0] {
  const both = valueAndGrad(f, options);
  return (...args) => both(...args)[1];
}

/**
 * What a function gives, and its gradient as `grad` gives it: at the price of little more than the gradient.
 * @throws ShapeError `grad.scalar`; CamadaError `grad.count`, `grad.none`, `grad.dtype`, `grad.nothing`,
 * `trace.values`
 * @example
 * const [value, gradient] = valueAndGrad((x) => sum(square(x)))(array([1, 2]));
 * value; // 5
 */
export function valueAndGrad<F extends Function>(
  f: F,
  { argnums = 0, ...options }: GradOptions = {},
): (...args: Parameters<F>) => [ReturnType<F>, Parameters<F>[0]] {
  const both = (...args: unknown[]): unknown => differentiate(f, args, argnums);
  const compiled = compile(both, options);
  return ((...args: unknown[]) => {
    // a number to differentiate by is an array without axes, so that it is not a constant of the program
    const given = args.map((arg, i) => (i === argnums ? arrays(arg) : arg));
    return compiled(...given);
  }) as never;
}

/** The same tree with arrays for numbers. */
function arrays(tree: unknown): unknown {
  return mapTree(tree, (leaf) => (typeof leaf === "number" ? constant(leaf, "float64") : leaf), ARGUMENT);
}

const ARGUMENT = { code: "trace.argument", op: "grad" } as const;

/** Value and gradient of `f` as traced arrays. */
export function differentiate(f: Function, args: readonly unknown[], argnums: number): [unknown, unknown] {
  const wrt: Traced[] = [];
  const own = mapTree(
    args[argnums],
    (leaf) => {
      const variable = variableLike(leaf as Strided);
      wrt.push(variable);
      return variable;
    },
    ARGUMENT,
  );
  if (wrt.length === 0) throw new NetworkError("grad.nothing", { op: "grad", argument: argnums });
  const value = f(...(args.map((arg, i) => (i === argnums ? own : arg)) as never[]));
  const outputs = leavesOf(value, { code: "trace.output", op: "grad" });
  if (outputs.length !== 1) throw new NetworkError("grad.count", { op: "grad", count: outputs.length });
  const output = outputs[0]!;
  const scalar = typeof output === "number" ? constant(output, "float64") : output;
  if (scalar.ndim > 0) throw new NetworkShapeError("grad.scalar", { op: "grad", array: described(scalar) });
  if (!isFloat(scalar.dtype)) throw new NetworkError("grad.none", { op: "grad", dtype: scalar.dtype });
  const found = gradients(scalar instanceof Traced ? scalar : lifted(scalar), wrt);
  let next = 0;
  return [value, mapTree(args[argnums], () => found[next++]!, ARGUMENT)];
}

/**
 * The same values as a node of its own, so that a gradient passes only by what `f` makes of its argument,
 * not by what the argument itself was made of.
 */
function variableLike(a: Strided): Traced {
  if (!isFloat(a.dtype)) throw new NetworkError("grad.dtype", { op: "grad", dtype: a.dtype });
  const { node } = a instanceof Traced ? a : lifted(a);
  const { shape, dtype, names } = a;
  const step = { kind: "reshape" } as const;
  return new Traced({ step, inputs: [node], shape, dtype, names, scope: node.scope }, names);
}
