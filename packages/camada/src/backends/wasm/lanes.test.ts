import { describe, expect, it } from "vitest";
import { compiled, distance, TIERS } from "../../../../../tests/lanes.js";
import * as arithmetic from "../../ops/arithmetic.js";
import * as comparison from "../../ops/comparison.js";
import type { ElementwiseOperation } from "../../ops/elementwise.js";
import * as math from "../../ops/math.js";
import * as special from "../../ops/special.js";
import { canLower, type LaneType, type WasmLanes } from "./lanes.js";

const OPERATIONS = [arithmetic, comparison, math, special].flatMap((family) =>
  Object.values(family).map(({ operation }) => operation as ElementwiseOperation),
);

/** What is computed by other means than `Math`'s, and so may differ in the last bits. */
const FUNCTIONS = new Set("exp expm1 log log1p tanh sin cos sigmoid erf power".split(" "));

/** Where the formats end, and what is special in one function or another. */
const ODD = {
  float32: [2 ** -149, 2 ** -126, 2 ** -127, 3.4028234663852886e38, 88.72283905206835, 88.8, -87.4, -103.97, -104.1],
  float64: [5e-324, 2 ** -1022, 2 ** -1023, Number.MAX_VALUE, 709.782712893384, 709.79, -708.5, -745.13, -745.14],
  int32: [2 ** 31 - 1, -(2 ** 31), 7, -7],
}; // biome-ignore format: a row each

/** Every pair of values. */
function pairs(dtype: LaneType, { low, high }: ElementwiseOperation["samples"]): [number[], number[]] {
  const whole = dtype === "int32";
  const usual = Array.from({ length: 13 }, (_, i) => low + ((high - low) * i) / 12);
  const every = whole ? [0, 1, -1] : [0, -0, 1, -1, 0.5, -0.5, 2, 3, -3, -2.5, 1e-20, -1e-20, 2 ** 25 + 1];
  const infinite = whole ? [] : [Number.NaN, Infinity, -Infinity];
  const values = [...usual, ...every, ...infinite, ...ODD[dtype], ...ODD[dtype].map((x) => -x)];
  const held = values.map((x) => (dtype === "float32" ? Math.fround(x) : whole ? x | 0 : x));
  return [held.flatMap((x) => held.map(() => x)), held.flatMap(() => held)];
}

function lowered(operation: ElementwiseOperation) {
  return (b: WasmLanes, x: number, y: number): number => {
    const result = operation.lower!(b, x, y);
    return operation.gives === "bool" ? b.select(result, b.constant(1), b.constant(0)) : result;
  };
}

function meant({ reference, integer }: ElementwiseOperation, dtype: LaneType, x: number, y: number): number {
  if (dtype === "int32") return (integer ?? reference)(x, y) | 0;
  return dtype === "float32" ? Math.fround(reference(x, y)) : reference(x, y);
}

describe.each(TIERS)("lowered, relaxed: $relaxed,", (tier) => {
  describe.each(["float32", "float64", "int32"] as const)("%s", (dtype) => {
    const able = OPERATIONS.filter((operation) => canLower(operation, dtype));

    it.each(able)("$name is what its reference says", (operation) => {
      const [x, y] = pairs(dtype, operation.samples);
      const results = compiled(dtype, tier, lowered(operation))(x, y);
      const wrong = results.flatMap((got, i) => {
        const want = meant(operation, dtype, x[i]!, y[i]!);
        const near =
          dtype !== "int32" &&
          FUNCTIONS.has(operation.name) &&
          distance(dtype, got, want) <= 2 &&
          got !== -want;
        return Object.is(got, want) || near ? [] : [{ x: x[i], y: y[i], got, want }];
      });
      expect(wrong).toEqual([]);
    });
  });
});

describe("the larger of a value and a constant", () => {
  it("is the reference's too: of nan and of zeros with signs", () => {
    for (const dtype of ["float32", "float64"] as const) {
      for (const constant of [0, -0, 1, Number.NaN]) {
        const values = [Number.NaN, 0, -0, 1, -1, Infinity];
        const run = compiled(dtype, TIERS[0]!, (b, x) => b.max(x, b.constant(constant)));
        const { reference } = arithmetic.maximum.operation;
        expect(run(values)).toEqual(values.map((x) => reference(x, constant)));
      }
    }
  });
});

describe("what can be lowered", () => {
  const names = (dtype: "float32" | "int32" | "bool") =>
    OPERATIONS.filter((operation) => !canLower(operation, dtype)).map(({ name }) => name);

  it("is asked beforehand", () => {
    expect(OPERATIONS.length).toBeGreaterThan(35);
    expect(names("float32")).toEqual(["mod"]);
    const ofFloats = [...FUNCTIONS, "sqrt", "divide", "isFinite", "isInf", "mod"];
    expect(names("int32").sort()).toEqual(ofFloats.sort());
    expect(names("bool").sort()).toEqual([...ofFloats, "add"].sort());
  });
});
