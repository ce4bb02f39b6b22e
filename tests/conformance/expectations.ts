import * as camada from "camada";
import { expect } from "vitest";
import { checkGraph } from "../../packages/camada/src/graph/check.js";
import { trace } from "../../packages/camada/src/graph/trace.js";

export type Function = (...args: never[]) => unknown;
type Loose = (...args: unknown[]) => never;

const { add, checkGrads, grad, multiply, sin, sum } = camada as unknown as Record<string, Loose>;

/** The graph that a function of arrays becomes, checked. */
export function traced(f: Function, ...args: unknown[]): camada.Graph {
  const { graph } = trace("traced", f, args);
  checkGraph(graph);
  return graph;
}

/** What a call gives, to the last bit, or what it is refused with. A result without axes is a number. */
export function outcome(f: () => unknown): unknown {
  try {
    return plain(f());
  } catch (error) {
    if (!(error instanceof camada.CamadaError)) throw error;
    // a program's steps do not know which operation, of which axis, they are part of
    return { refused: error.code === "index.range" ? error.code : error.message };
  }
}

export function isRefused(result: unknown): boolean {
  return result instanceof Object && "refused" in result;
}

function plain(result: unknown): unknown {
  if (Array.isArray(result)) return result.map(plain);
  if (typeof result === "number") return result;
  const { dtype, shape, names, data } = result as camada.NDArray;
  return shape.length === 0 ? data[0] : { dtype, shape, names, values: [...data] };
}

/** Holds that a function compiled gives what it gives as it is, to the last bit, and refuses the same. */
export function expectCompiledEqualsEager(f: Function, args: readonly unknown[], label: string): void {
  const eager = outcome(() => f(...(args as never[])));
  const compiled = outcome(() => camada.compile(f)(...(args as never[])));
  expect(compiled, label).toEqual(eager);
  if (!isRefused(eager)) traced(f, ...args);
}

/** One number that depends on every value of a result, on each differently and with a bend. */
export function mixed(result: unknown): unknown {
  if (typeof result === "number") return Math.sin(result + 0.5);
  const x = (result as camada.NDArray).astype("float64");
  const weights = Float64Array.from({ length: x.size }, (_, i) => Math.cos(i));
  return sum!(multiply!(camada.fromTypedArray(weights, x.shape), sin!(add!(x, 0.5))));
}

/** What a function is to all results in a tree, added up. */
export function totalled(f: Function, to: (result: unknown) => unknown): Function {
  return (...xs: never[]) =>
    leavesOf(f(...xs))
      .map(to)
      .reduce((a, b) => add!(a, b), 0);
}

function leavesOf(tree: unknown): unknown[] {
  const isTree = typeof tree === "object" && !("shape" in (tree as object));
  return isTree ? Object.values(tree as object).flatMap(leavesOf) : [tree];
}

/**
 * Holds that the gradients of a function agree with finite differences, and so do the gradients of those by
 * its first argument.
 */
export function expectDerivatives(f: Function, args: readonly unknown[]): void {
  const value = totalled(f, mixed);
  checkGrads!(value, args);
  checkGrads!(totalled(grad!(value), mixed), args);
  traced(grad!(totalled(grad!(value), mixed)), ...args);
}

/** Holds that a function of float32 and its gradients, first and second, compute in nothing wider. */
export function expectNoWidening(f: Function, args: readonly unknown[]): void {
  const squares = (x: unknown) => multiply!(x, x) as camada.NDArray;
  const total = (g: Function) => totalled(g, (x) => sum!(squares(x).astype("float32")));
  const slope = grad!(total(f));
  for (const g of [f, slope, grad!(total(slope))]) {
    const { nodes } = traced(g, ...args);
    expect(nodes.filter(({ dtype }) => dtype === "float64")).toEqual([]);
  }
}
