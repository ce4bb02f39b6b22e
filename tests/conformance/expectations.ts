import { setFlagsFromString } from "node:v8";
import * as camada from "camada";
import { expect } from "vitest";
import { checkGraph } from "../../packages/camada/src/graph/check.js";
import { trace } from "../../packages/camada/src/graph/trace.js";

// Node 20 has fused instructions behind a flag, which may be set while it runs
setFlagsFromString("--experimental-wasm-relaxed-simd");

/** What must agree with the reference. */
export const BACKENDS: ReadonlyMap<string, camada.Backend> = new Map(
  (["simd", "relaxed"] as const).map((tier) => [`wasm, ${tier}`, camada.wasmBackend({ tier, threads: 1 })]),
);

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

/**
 * Holds that a function compiled gives what it gives as it is, and refuses the same: by the reference backend to the
 * last bit, by each other one within its tolerance.
 */
export function expectCompiledEqualsEager(f: Function, args: readonly unknown[], label: string): void {
  const eager = outcome(() => f(...(args as never[])));
  const run = (backend: camada.BackendChoice) =>
    outcome(() => camada.compile(f, { backend })(...(args as never[])));
  expect(run("reference"), label).toEqual(eager);
  const tolerance = arraysIn(args).some(({ dtype }) => dtype === "float32") ? FLOAT32 : FLOAT64;
  for (const [name, backend] of BACKENDS) expectClose(run(backend), eager, tolerance, `${name}: ${label}`);
  if (!isRefused(eager)) traced(f, ...args);
}

function arraysIn(tree: unknown): camada.NDArray[] {
  if (typeof tree !== "object" || tree === null) return [];
  return "dtype" in tree ? [tree as camada.NDArray] : Object.values(tree).flatMap(arraysIn);
}

/** Holds two outcomes of one kind, whose floats may differ a little. */
function expectClose(found: unknown, expected: unknown, of: Tolerance, label: string): void {
  if (Array.isArray(expected)) {
    expect((found as unknown[]).length, label).toBe(expected.length);
    expected.forEach((one, i) => {
      expectClose((found as unknown[])[i], one, of, label);
    });
    return;
  }
  if (typeof expected === "number" || isRefused(expected)) {
    if (typeof found === "number") expectNear([found], [expected as number], of, label);
    else expect(found, label).toEqual(expected);
    return;
  }
  const [a, b] = [found, expected] as [Values, Values];
  expect({ ...a, values: [] }, label).toEqual({ ...b, values: [] });
  const isFloat = b.dtype === "float64" || b.dtype === "float32";
  expectNear(a.values, b.values, isFloat ? (b.dtype === "float32" ? FLOAT32 : of) : EXACT, label);
}

interface Values {
  readonly dtype: camada.DType;
  readonly values: readonly number[];
}

interface Tolerance {
  readonly relative: number;
  /** Of the largest value: what sums lose where they cancel out. */
  readonly absolute: number;
}

const EXACT = { relative: 0, absolute: 0 };
const FLOAT64 = { relative: 1e-12, absolute: 1e-13 };
const FLOAT32 = { relative: 1e-5, absolute: 3e-6 };

function expectNear(
  found: readonly number[],
  expected: readonly number[],
  of: Tolerance,
  label: string,
): void {
  const largest = Math.max(1, ...expected.filter(Number.isFinite).map(Math.abs));
  const off = expected.findIndex((y, i) => {
    const x = found[i]!;
    if (!Number.isFinite(y)) return !Object.is(x, y);
    return !(Math.abs(x - y) <= of.relative * Math.abs(y) + of.absolute * largest);
  });
  if (off >= 0) {
    expect.fail(`${label}: value ${off} is ${found[off]}, not ${expected[off]}`);
  }
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
