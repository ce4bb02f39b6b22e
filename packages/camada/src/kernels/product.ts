import type { TypedArray } from "../storage/dtype.js";

/**
 * Product of an m x k and a k x n matrix of any strides (in elements), row-major into the first m * n places
 * of `out`. Sums run in the order of k, plainly. int32 wraps as NumPy's; `isBool` makes it "or" of "and"s.
 */
export function multiplyMatrices(
  out: TypedArray,
  m: number,
  n: number,
  k: number,
  a: TypedArray,
  aAt: number,
  aRow: number,
  aColumn: number,
  b: TypedArray,
  bAt: number,
  bRow: number,
  bColumn: number,
): void {
  const whole = out instanceof Int32Array;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = aAt + i * aRow;
      let q = bAt + j * bColumn;
      let sum = 0;
      for (let step = 0; step < k; step++, p += aColumn, q += bRow) {
        sum += whole ? Math.imul(a[p]!, b[q]!) : a[p]! * b[q]!;
      }
      out[i * n + j] = sum;
    }
  }
}
