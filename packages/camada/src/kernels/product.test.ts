import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { array, dot, type NDArray, random } from "../index.js";
import { multiplyMatrices } from "./product.js";
import { tile } from "./tile.js";

/** The sums written down plainly, in the order of k. */
function plainly(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, p) => sum + x * b[p]![j]!, 0)));
}

/** Of typed arrays, row by row; each step rounded as it is said. */
function sums(a: NDArray, b: NDArray, rounded: (x: number) => number): number[] {
  const [m, k, n] = [a.shape[0]!, a.shape[1]!, b.shape[1]!];
  const [x, y] = [a.copy().data, b.copy().data];
  return Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let p = 0; p < k; p++) sum = rounded(sum + rounded(x[i * k + p]! * y[p * n + j]!));
    return sum;
  });
}

const exactly = (x: number) => x;

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

  it("of float32 has the bits of float32 where it is large, and of float64 where it is small or sums are long", () => {
    const sizes = fc.integer({ min: 1, max: 41 });
    const holds = (m: number, k: number, n: number, turnA: boolean, turnB: boolean) => {
      const rng = random.defaultRng(m * 10000 + k * 100 + n);
      const of = (rows: number, columns: number, turn: boolean) =>
        (turn ? rng.standardNormal([columns, rows]).T : rng.standardNormal([rows, columns])).astype(
          "float32",
        ) as NDArray;
      const [a, b] = [of(m, k, turnA), of(k, n, turnB)];
      const isLarge = m * n * k >= 20 ** 3 && k <= 4096;
      const expected = sums(a, b, isLarge ? Math.fround : exactly).map(Math.fround);
      expect([...(dot(a, b) as NDArray).data]).toEqual(expected);
    };
    fc.assert(fc.property(sizes, sizes, sizes, fc.boolean(), fc.boolean(), holds), { numRuns: 60, seed: 6 });
    holds(2, 4096, 3, false, true);
    holds(2, 4097, 3, false, true);
  });

  it("has the same bits where rows, or columns, do not all fit at once", () => {
    for (const [m, k, n] of [
      [300, 50, 33],
      [5, 20_000, 300],
      [140, 40_000, 9],
    ] as const) {
      // biome-ignore format: a list
      const rng = random.defaultRng(m);
      const [a, b] = [rng.standardNormal([m, k]), rng.standardNormal([k, n])] as NDArray[];
      const [found, expected] = [(dot(a!, b!) as NDArray).data, sums(a!, b!, exactly)];
      expect(expected.findIndex((x, i) => found[i] !== x)).toBe(-1);
    }
  });

  it("is compiled here, and does without where it cannot be", () => {
    for (const dtype of ["float32", "float64"] as const) expect(tile(dtype)).not.toBeNull();
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
