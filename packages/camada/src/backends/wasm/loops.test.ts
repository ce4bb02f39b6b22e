import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../index.js";
import * as camada from "../../index.js";
import { wasmBackend } from "./index.js";

/**
 * Loops over views: transposed, backwards, with steps, repeated, in windows, of sizes around those of vectors and
 * panels. Values are small whole numbers, of which sums are exact in any order, so that results must be those of
 * arrays to the last bit; those are held to NumPy's elsewhere.
 */

type Op = (...args: unknown[]) => NDArray;
const c = camada as unknown as Record<string, Op>;
const backend = wasmBackend({ tier: "simd", threads: 1 });

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(15, 16, 17, 31, 33));
const dtypes = fc.constantFrom("float64", "float32", "int32", "uint8", "bool");
const floats = fc.constantFrom("float64", "float32");

const whole = (shape: readonly number[], dtype: string): NDArray => {
  const count = shape.reduce((all, n) => all * n, 1);
  const values = Float64Array.from({ length: count }, (_, i) => ((i * 7) % 11) - (dtype === "uint8" ? 0 : 5));
  return (camada.fromTypedArray(values, [...shape]) as NDArray).astype(dtype as never);
};

/** Ways of looking at an array; those that do not fit its axes leave it as it is. */
const VIEWS: Readonly<Record<string, (x: NDArray) => NDArray>> = {
  whole: (x) => x,
  transposed: (x) => x.T,
  backwards: (x) => c["flip"]!(x, x.ndim - 1),
  "backwards by rows": (x) => c["flip"]!(x, 0),
  "every other": (x) => (x.ndim > 0 ? (x.slice([null, null, 2]) as NDArray) : x),
  "from the second on": (x) => (x.shape.at(-1)! > 1 ? (c["flip"]!(x, 0).T.slice([1, null]) as NDArray) : x),
  repeated: (x) => (x.ndim === 2 ? c["broadcastTo"]!(x, [3, ...x.shape]).slice([0, 2]) : x) as NDArray,
  windows: (x) => (x.ndim < 3 && x.shape[0]! > 2 ? c["slidingWindowView"]!(x, [3], [0]) : x),
};
const views = fc.array(fc.constantFrom(...Object.keys(VIEWS)), { maxLength: 3 });
const seen = (x: NDArray, names: readonly string[]): NDArray => names.reduce((y, name) => VIEWS[name]!(y), x);

function expectSame(f: Op, ...args: NDArray[]): void {
  const plain = (result: unknown): unknown => {
    if (typeof result === "number") return result;
    if (Array.isArray(result)) return result.map(plain);
    const { dtype, shape, data } = result as NDArray;
    // zeros have one sign here: which one a sum of none or a largest of two has is held elsewhere
    return { dtype, shape, values: Array.from(data, (x) => x + 0) };
  };
  expect(plain(camada.compile(f, { backend })(...args))).toEqual(plain(f(...args)));
}

describe("loops", () => {
  it("place by place read and write the right places", () => {
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 1, maxLength: 3 }),
        views,
        views,
        dtypes,
        (shape, a, b, dtype) => {
          const f = (x: NDArray, y: NDArray) => {
            const u = seen(x, a);
            const v = seen(y, b);
            // rows of the one against a column of the other, whatever their shapes are
            const row = c["reshape"]!(u, [1, -1]).slice([0, 1], [0, 40]);
            const column = c["reshape"]!(v, [-1, 1]).slice([0, 19]);
            return [c["maximum"]!(row, column), c["where"]!(c["greater"]!(u, 1), u, 0), c["multiply"]!(u, u)];
          };
          expectSame(f as never, whole(shape, dtype), whole(shape, dtype));
        },
      ),
      { seed: 70, numRuns: 150 },
    );
  });

  it("to one value along an axis, or to its place, take all values", () => {
    const by = fc.constantFrom("sum", "max", "min", "argmax", "argmin", "any", "all", "cumsum");
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 1, maxLength: 3 }),
        views,
        dtypes,
        by,
        fc.nat(3),
        (shape, a, dtype, op, axis) => {
          const f = (x: NDArray) => {
            const view = seen(x, a);
            return c[op]!(view, axis % view.ndim);
          };
          expectSame(f as never, whole(shape, dtype));
        },
      ),
      { seed: 71, numRuns: 250 },
    );
  });

  it("of products add all terms, and none from beyond", () => {
    const turns = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(
        size,
        size,
        size,
        turns,
        fc.constantFrom(0, 1, 5),
        floats,
        (m, k, n, [ta, tb, fa, fb], lead, dtype) => {
          const stack = lead === 0 ? [] : [lead];
          const f = (x: NDArray, y: NDArray) => {
            const turned = (z: NDArray) => c["transpose"]!(z, ...(lead === 0 ? [1, 0] : [0, 2, 1]));
            const a = c["flip"]!(ta ? turned(x) : x, fa ? -1 : 0);
            const b = c["flip"]!(tb ? turned(y) : y, fb ? -1 : 0);
            const product = c["matmul"]!(a, b);
            return [product, c["maximum"]!(c["add"]!(product, c["sum"]!(b, -2, { keepdims: true })), 0)];
          };
          const a = whole([...stack, ...(ta ? [k, m] : [m, k])], dtype);
          const b = whole([...stack, ...(tb ? [n, k] : [k, n])], dtype);
          expectSame(f as never, a, b);
        },
      ),
      { seed: 72, numRuns: 200 },
    );
  });

  it("that take parts, or add to them, name the right ones", () => {
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 1, maxLength: 3 }),
        views,
        floats,
        fc.nat(3),
        fc.array(fc.nat(50), { minLength: 1, maxLength: 9 }),
        (shape, a, dtype, at, places) => {
          const indices = (n: number) =>
            c["array"]!(
              places.map((place) => (place % (2 * n)) - n),
              undefined,
              { dtype: "int32" },
            );
          const f = (x: NDArray) => {
            const view = seen(x, a);
            const axis = at % view.ndim;
            return c["take"]!(view, indices(view.shape[axis]!), axis);
          };
          const slope = camada.grad(((x: NDArray) => c["sum"]!(c["square"]!(f(x)))) as never);
          expectSame(((x: NDArray) => [f(x), (slope as unknown as Op)(x)]) as never, whole(shape, dtype));
        },
      ),
      { seed: 73, numRuns: 150 },
    );
  });
});
