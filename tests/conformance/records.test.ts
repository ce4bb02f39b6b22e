import * as camada from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argumentsOf, arrays, elementwise, make, reductions, shapes } from "../oracle/samples.js";
import { expectCompiledEqualsEager, type Function } from "./expectations.js";

/**
 * Every operation that has a record, as a program of the reference backend: the same bits, dtype, shape, names
 * and refusals as on values, over random dtypes, shapes, broadcasts, views and names.
 */

const c = camada as unknown as Record<string, Function>;

/** Names for some of an array's axes, by their distance from the last, so that those of two arrays agree. */
const names = fc.tuple(...["z", "y", "x"].map((name) => fc.constantFrom(null, name)));

function named(a: unknown, fromEnd: readonly (string | null)[]): unknown {
  if (typeof a === "number") return a;
  const array = a as camada.NDArray;
  return array.named(...array.shape.map((_, i) => fromEnd[array.ndim - 1 - i]!));
}

describe("compiled", () => {
  it("are all", () => {
    expect(elementwise.length).toBeGreaterThanOrEqual(34);
    expect(reductions.length).toBeGreaterThanOrEqual(11);
  });

  it.each(elementwise)("%s is what it is on values", (op, operation) => {
    const samples = fc.sample(fc.tuple(argumentsOf(operation), names, names), { seed: 30, numRuns: 80 });
    for (const [args, ...axes] of samples) {
      const given = args.map((a, i) => named(make(a), axes[i]!));
      expectCompiledEqualsEager(c[op]!, given, JSON.stringify({ args, axes }));
    }
  });

  it.each(reductions)("%s is what it is on values", (op) => {
    const samples = fc.sample(
      arrays(-9, 9, shapes).chain((a) =>
        fc.record({
          a: fc.constant(a),
          axis: fc.constantFrom(undefined, ...a.shape.keys(), -1, 3),
          keepdims: fc.boolean(),
          ddof: fc.constantFrom(0, 1, 2),
          axes: names,
        }),
      ),
      { seed: 31, numRuns: 120 },
    );
    for (const { a, axis, axes, ...options } of samples) {
      const f = (x: never) => c[op]!(x, axis as never, options as never);
      expectCompiledEqualsEager(f, [named(make(a), axes)], JSON.stringify({ a, axis, axes, options }));
    }
  });

  it.each(reductions)("%s of many values is, to the last bit", (op) => {
    const x = camada.random.defaultRng(32).random([20, 150, 3]);
    for (const dtype of ["float64", "float32"] as const) {
      for (const axis of [undefined, 0, 1, 2]) {
        const f = (x: never) => c[op]!(x, axis as never);
        expectCompiledEqualsEager(f, [x.astype(dtype)], `${op} ${dtype} ${axis}`);
      }
    }
  });
});
