/// <reference types="node" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InteropError, readOnnx } from "@camada/interop";
import { describe, expect, it } from "vitest";
import { decode, encode } from "../../packages/interop/src/onnx/message.js";
import { MODEL } from "../../packages/interop/src/onnx/schema.js";
import { OPERATORS, SEQUENCES, TYPES, WRONG } from "./skipped.js";
import { hasOnnxTests, modelOf, type OnnxTest, type Outcome, outcomesOf, testsIn } from "./suite.js";

/**
 * ONNX's own tests (Debian's libonnx-testdata 1.12, which `npm test` installs where it can): models with what
 * goes in and what must come out, made by NumPy and PyTorch. All are run that camada has the operators and
 * types for, twice: as they are, and compiled.
 */

/** How many must pass in each group, at least: may only grow. */
const LEAST = { node: 859, "pytorch-converted": 81, "pytorch-operator": 35, simple: 7 };
/** How many of them can be compiled: those that are not all of values that must be known beforehand. */
const LEAST_COMPILED = 950;

/** ONNX's own tolerances. */
const RTOL = 1e-3;
const ATOL = 1e-7;
/** That of bfloat16, which ONNX's tests cut off at 8 bits: camada keeps what is behind. */
const BFLOAT16_RTOL = 2 ** -7;

/** Why a model is refused; undefined where it is not. */
function refusal(test: OnnxTest): InteropError | undefined {
  try {
    modelOf(test);
    return undefined;
  } catch (error) {
    if (error instanceof InteropError) return error;
    throw error;
  }
}

function near({ found, expected, type }: Outcome): void {
  const rtol = type === "bfloat16" ? BFLOAT16_RTOL : RTOL;
  // a compiled model gives numbers where camada does
  const values = typeof found === "number" ? [found] : found.data;
  if (typeof found === "number") expect(expected.shape).toEqual([]);
  else expect([found.dtype, found.shape]).toEqual([expected.dtype, expected.shape]);
  expected.data.forEach((value: number, i: number) => {
    const other = values[i]!;
    const same = other === value || (Number.isNaN(other) && Number.isNaN(value));
    if (!same && !(Math.abs(other - value) <= ATOL + rtol * Math.abs(value)))
      expect([i, other]).toEqual([i, value]);
  });
}

const groups = Object.keys(LEAST) as (keyof typeof LEAST)[];
const tests = hasOnnxTests
  ? groups.flatMap((group) => testsIn(group).map((test) => ({ ...test, group })))
  : [];
const refused = new Map(tests.map((test) => [test, refusal(test)] as const));
const runnable = tests.filter((test) => refused.get(test) === undefined && !WRONG.includes(test.name));

describe.skipIf(!hasOnnxTests)("ONNX's own tests (skipped where Debian's libonnx-testdata is not)", () => {
  const passed = { node: 0, "pytorch-converted": 0, "pytorch-operator": 0, simple: 0 };
  let compiled = 0;

  it.each(runnable)("$group: $name", (test) => {
    const outcomes = [...outcomesOf(test, false)];
    expect(outcomes).not.toEqual([]);
    for (const outcome of outcomes) near(outcome);
    passed[test.group]++;
    const again = [...outcomesOf(test, true)];
    for (const outcome of again) near(outcome);
    if (again.length > 0) compiled++;
  });

  it("pass in no smaller number than before", () => {
    expect(tests.filter(({ name }) => WRONG.includes(name)).length).toBe(WRONG.length);
    for (const group of groups) expect(passed[group], group).toBeGreaterThanOrEqual(LEAST[group]);
    expect(compiled).toBeGreaterThanOrEqual(LEAST_COMPILED);
  });

  const of = (code: string) => [...refused].filter(([, error]) => error?.code === code);

  it("are refused for operators that there are reasons for, each of which a test has", () => {
    const named = of("onnx.operators").flatMap(([, error]) =>
      String(error!.data["operators"])
        .split("; ")
        .map((operator) => operator.replace(/ \(.*/, "")),
    );
    expect([...new Set(named)].sort()).toEqual(Object.keys(OPERATORS).sort());
  });

  it("are refused for types that camada does not have, and for sequences", () => {
    const types: { [type: string]: number } = {};
    for (const [, error] of of("onnx.type")) {
      const type = String(error!.data["type"]);
      types[type] = (types[type] ?? 0) + 1;
    }
    expect(types).toEqual(TYPES);
    expect(of("onnx.kind").length).toBe(SEQUENCES);
  });

  it("are refused for nothing else", () => {
    const reasons = new Set(
      [...refused.values()].flatMap((error) => (error === undefined ? [] : [error.code])),
    );
    expect([...reasons].sort()).toEqual(["onnx.kind", "onnx.operators", "onnx.type"]);
  });

  it("adam_multiple: gives what it should once the model says the epsilon that was meant", () => {
    const test = tests.find(({ name }) => name === "adam_multiple")!;
    const proto = decode(MODEL, readFileSync(join(test.folder, "model.onnx")), 2 ** 20);
    const node = proto.graph!.node[0]!;
    const attribute = [...node.attribute, { name: "epsilon", f: 0.01, type: 1 }];
    const said = { ...proto, graph: { ...proto.graph!, node: [{ ...node, attribute }] } };
    const model = readOnnx(encode(MODEL, said as Parameters<typeof encode<typeof proto>>[1]));
    for (const outcome of outcomesOf(test, false, model)) near(outcome);
  });
});
