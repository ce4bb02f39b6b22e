import * as camada from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elementwise, reductions } from "../oracle/samples.js";
import { expectDerivatives, expectNoWidening } from "./expectations.js";

/**
 * The derivatives of every operation that has a record against finite differences in float64, where it has a
 * slope, twice; what holds at kinks and jumps stands in kinks.test.ts.
 */

const c = camada as unknown as Record<string, (...args: unknown[]) => camada.NDArray>;

/** Numbers between two others, spread evenly: those that tests love, at the ends, are nearly equal. */
const between = (low: number, high: number) =>
  fc.noBias(fc.integer({ min: 0, max: 2 ** 30 })).map((i) => low + ((high - low) * (i + 0.5)) / 2 ** 30);

const STEP = 1e-5;

/** Whether a function of one number has no kink and no jump near x: its slopes to both sides agree. */
function isSmooth(f: (x: number) => number, x: number): boolean {
  const [left, here, right] = [f(x - STEP), f(x), f(x + STEP)];
  return Math.abs(right - 2 * here + left) <= 1e-3 * (STEP + Math.abs(right - left));
}

/** Points, drawn from an operation's samples, where it is smooth in each of its numbers. */
function pointsOf({ arity, reference, samples }: camada.ElementwiseOperation): number[][] {
  const number = between(samples.low, samples.high);
  const points = fc.sample(fc.array(number, { minLength: arity, maxLength: arity }), {
    seed: 40,
    numRuns: 40,
  });
  const smooth = points.filter((point) =>
    point.every((x, i) => isSmooth((moved) => reference(...(point.with(i, moved) as [number, number])), x)),
  );
  expect(smooth.length).toBeGreaterThan(30);
  return smooth;
}

const withSlope = elementwise.filter(([, { gradient }]) => gradient !== null);
const flat = elementwise.filter(([, { gradient }]) => gradient === null);
const single = (x: number) => camada.array([x]);

describe("elementwise operations", () => {
  it("have a gradient or none", () => {
    expect(withSlope.length).toBeGreaterThanOrEqual(19);
    expect(flat.length).toBeGreaterThanOrEqual(15);
  });

  it.each(withSlope)("%s: gradients are slopes, twice", (op, operation) => {
    for (const point of pointsOf(operation)) {
      const args = point.map(single);
      camada.checkGrads((...xs: never[]) => c["sum"]!(c[op]!(...xs)), args as never[]);
      for (const argnums of point.keys()) {
        const slope = camada.grad((...xs: never[]) => c["sum"]!(c[op]!(...xs)), { argnums });
        camada.checkGrads((...xs: never[]) => c["sum"]!(slope(...xs)), args as never[]);
      }
    }
    const float32 = pointsOf(operation)[0]!.map((x) => single(x).astype("float32"));
    expectNoWidening((...xs: never[]) => c[op]!(...xs), float32);
  });

  it.each(withSlope.filter(([, { arity }]) => arity === 2))(
    "%s: gradients add up over what broadcasts",
    (op, operation) => {
      const points = pointsOf(operation);
      const column = camada.array(points.slice(0, 2).map(([x]) => [x!]));
      const row = camada.array(points.slice(0, 2).map(([, y]) => y!));
      const stack = camada.array([points.slice(0, 2).map(([x]) => [x!, x!])]);
      const f = (...xs: never[]) => c[op]!(...xs);
      for (const [x, y] of [
        [column, row],
        [row, column],
        [stack, row],
        [row, stack],
      ])
        expectDerivatives(f, [x, y]);
      const number = points[0]![1]!;
      expectDerivatives((x: never) => c[op]!(x, number), [column]);
      expectNoWidening((x: never) => c[op]!(x, number), [column.astype("float32")]);
    },
  );

  it.each(flat)("%s: is flat, or gives bools", (op, operation) => {
    const total = (x: camada.NDArray) => c["sum"]!(c[op]!(x, x).astype("float64")) as unknown as number;
    if (operation.gives === "bool") {
      expect(camada.grad(total)(single(0.5)).toArray()).toEqual([0]);
      return;
    }
    for (const [x] of pointsOf(operation)) {
      expect(operation.reference(x! + STEP, 0)).toBe(operation.reference(x! - STEP, 0));
      expect(camada.grad(total)(single(x!)).toArray()).toEqual([0]);
    }
  });
});

describe("reductions", () => {
  const sloped = reductions.filter(
    ([, { gradient, composed }]) => gradient !== null || composed !== undefined,
  );

  it("have a gradient or none", () => {
    expect(sloped.map(([op]) => op).sort()).toEqual(["max", "mean", "min", "prod", "std", "sum", "var"]);
    for (const [, operation] of reductions) {
      const none = ["index", "bool"].includes(operation.gives);
      expect(none).toBe(operation.gradient === null && operation.composed === undefined);
    }
  });

  const samples = fc.sample(
    fc.constantFrom<number[]>([5], [2, 3], [3, 1, 4]).chain((shape) => {
      const size = shape.reduce((n, s) => n * s, 1);
      return fc.record({
        values: fc.array(between(-2, 2), { minLength: size, maxLength: size }),
        shape: fc.constant(shape),
        axis: fc.constantFrom(undefined, ...shape.keys(), -1),
        keepdims: fc.boolean(),
        ddof: fc.constantFrom(0, 1),
      });
    }),
    { seed: 41, numRuns: 30 },
  );

  it.each(sloped)("%s: gradients are slopes, twice", (op) => {
    for (const { values, shape, axis, ...options } of samples) {
      // the variance of one value over one less is nothing's
      if (axis !== undefined && shape.at(axis) === 1) continue;
      const x = camada.fromTypedArray(Float64Array.from(values), shape);
      expectDerivatives((x: never) => c[op]!(x, axis, options), [x]);
      expectNoWidening((x: never) => c[op]!(x, axis, options), [x.astype("float32")]);
    }
  });
});
