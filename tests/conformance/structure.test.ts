import * as camada from "camada";
import { describe, expect, it } from "vitest";
import { type Arrays, CALLS, type Call, casesOf, make, type Operand } from "../oracle/calls.js";
import {
  expectCompiledEqualsEager,
  expectDerivatives,
  expectNoWidening,
  isRefused,
  outcome,
} from "./expectations.js";

/** What moves, joins, orders and multiplies arrays: as a program, and differentiated. */

/** Calls whose results' shapes, or plain booleans, follow from values; and those that take no array. */
const UNTRACEABLE = ["unique", "allClose", "arange", "linspace", "eye"];
const TRACEABLE = CALLS.filter(({ name }) => !UNTRACEABLE.includes(name));

/** Calls that finite differences of 1e-6 tell nothing of: one rounds them away, one gives infinities. */
const ROUGH = ["astype float32", "pad with an infinity"];
const SMOOTH = TRACEABLE.filter(({ name }) => !ROUGH.includes(name));

type Operands = Record<string, Operand>;

function arraysOf(operands: Operands, made: (a: Operand, i: number) => camada.NDArray = make): Arrays {
  return Object.fromEntries(Object.entries(operands).map(([name, a], i) => [name, made(a, i)]));
}

/** Floats, the whole numbers moved a little, so that no two are equal and none is a bound. */
const apart =
  (dtype: string) =>
  ({ values, ...rest }: Operand, array: number): camada.NDArray =>
    make({ ...rest, dtype, values: values.map((x, i) => x + 0.001 * (i + 1) + 0.0001 * (array + 1)) });

/** The cases of a call that it does not refuse, of floats. */
function floatsOf(call: Call, dtype: string): [Arrays, readonly number[]][] {
  const cases = casesOf(call, 25).map(([operands, p]): [Arrays, readonly number[]] => [
    arraysOf(operands, apart(dtype)),
    p,
  ]);
  const fit = cases.filter(([arrays, p]) => !isRefused(outcome(() => call.here(arrays, p))));
  expect(fit.length).toBeGreaterThan(3);
  return fit;
}

describe("structure", () => {
  it("is all here", () => {
    expect(TRACEABLE.length).toBeGreaterThanOrEqual(41);
    expect(CALLS.map(({ name }) => name)).toEqual(expect.arrayContaining([...UNTRACEABLE, ...ROUGH]));
  });

  it.each(TRACEABLE)("$name is the same compiled", (call) => {
    for (const [operands, p] of casesOf(call, 60)) {
      const label = JSON.stringify({ name: call.name, operands, p });
      expectCompiledEqualsEager((x: Arrays) => call.here(x, p), [arraysOf(operands)], label);
    }
  });

  it.each(SMOOTH)("$name: gradients are slopes, twice", (call) => {
    for (const [arrays, p] of floatsOf(call, "float64")) {
      expectDerivatives((x: Arrays) => call.here(x, p), [arrays]);
    }
  });

  it.each(SMOOTH)("$name: gradients of float32 are float32 throughout", (call) => {
    for (const [arrays, p] of floatsOf(call, "float32")) {
      expectNoWidening((x: Arrays) => call.here(x, p), [arrays]);
    }
  });

  it("sort puts nan last compiled, too", () => {
    const x = camada.array([2, Number.NaN, -Infinity, 0, Infinity, Number.NaN, -1]);
    for (const f of [camada.sort, camada.argsort]) expectCompiledEqualsEager(f, [x], f.name);
  });

  it("astype: gradients pass through what rounds as if it did not", () => {
    const loss = (x: camada.NDArray) => camada.sum(camada.sin(x.astype("float32")).astype("float64"));
    camada.checkGrads(loss, [camada.array([0.1, 0.2, -1.5])], { eps: 1e-2, atol: 1e-4 });
    const { dtype } = camada.grad(loss)(camada.array([1, 2], undefined, { dtype: "float32" }));
    expect(dtype).toBe("float32");
  });
});
