import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { array, dot, type NDArray, random } from "../index.js";
import { multiplyMatrices } from "./product.js";
import { tile } from "./tile.js";

/** The sums written down plainly, in the order of k. */
function plainly(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, p) => sum + x * b[p]![j]!, 0)));
}

describe("the product of matrices", () => {
  it("has the same bits at every size, for matrices and their transposes", () => {
    const sizes = fc.integer({ min: 1, max: 41 });
    fc.assert(
      fc.property(sizes, sizes, sizes, fc.boolean(), fc.boolean(), (m, k, n, turnA, turnB) => {
        random.seed(m * 10000 + k * 100 + n);
        const of = (rows: number, columns: number, turn: boolean): NDArray =>
          turn ? random.randn(columns, rows).T : random.randn(rows, columns);
        const a = of(m, k, turnA);
        const b = of(k, n, turnB);
        const product = dot(a, b) as NDArray;
        expect(product.toArray()).toEqual(plainly(a.toArray() as number[][], b.toArray() as number[][]));
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it("is compiled here, and does without where it cannot be", () => {
    expect(tile()).not.toBeNull();
    const [m, n, k] = [3, 2, 2 ** 22]; // panels too large for the compiled tile's memory
    const ones = new Float64Array(m * k).fill(1);
    const out = new Float64Array(m * n);
    multiplyMatrices(out, m, n, k, ones, 0, k, 1, ones, 0, 1, k);
    expect([...out]).toEqual(new Array(m * n).fill(k));
  });

  it("loses no nan, and wraps int32 as NumPy does", () => {
    const withNaN = random.randn(30, 30);
    withNaN.set(Number.NaN, 3, 4).set(Infinity, 5, 6);
    const product = dot(withNaN, random.randn(30, 30).multiply(0)) as NDArray;
    expect([product.at(3, 0), product.at(5, 0), product.at(4, 0)]).toEqual([Number.NaN, Number.NaN, 0]);
    const large = array([[2 ** 30, 2 ** 30]], undefined, { dtype: "int32" });
    expect((dot(large, large.T) as NDArray).toArray()).toEqual([[0]]);
  });
});
