import type { TypedArray } from "../storage/dtype.js";
import { type Tile, tile, tileMemory } from "./tile.js";

/** From this many multiplications on, laying both matrices out anew pays. */
const LARGE = 20 ** 3;

/**
 * Product of an m x k and a k x n matrix of any strides (in elements), row-major into the first m * n places
 * of `out`. Each result is a plain sum in the order of k, whatever the size, so that the last bit does not
 * depend on it; floats add up in float64. int32 wraps, as NumPy's.
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
  if (!(out instanceof Int32Array) && m * n * k >= LARGE) {
    const compiled = tile();
    if (
      compiled !== null &&
      multiplyCompiled(compiled, out, m, n, k, a, aAt, aRow, aColumn, b, bAt, bRow, bColumn)
    ) {
      return;
    }
    multiplyTiled(out, m, n, k, linesOf(a, aAt, aRow, aColumn, m, k), linesOf(b, bAt, bColumn, bRow, n, k));
    return;
  }
  const whole = out instanceof Int32Array;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = aAt + i * aRow;
      let q = bAt + j * bColumn;
      let sum = 0;
      for (let step = 0; step < k; step++, p += aColumn, q += bRow) {
        sum = whole ? (sum + Math.imul(a[p]!, b[q]!)) | 0 : sum + a[p]! * b[q]!;
      }
      out[i * n + j] = sum;
    }
  }
}

/** How many rows and columns of the result are worked out at once: what fits in registers. */
const TILE = 4;

/** The most values that the compiled tile's memory is made to hold: 64 MB. */
const MOST = 2 ** 23;

/** By the compiled tile, a band of four rows at a time; false if its memory cannot hold the panels. */
function multiplyCompiled(
  { run, memory }: Tile,
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
): boolean {
  const panel = k * TILE;
  const bands = Math.ceil(n / TILE);
  const result = panel * (bands + 1);
  if (result + TILE * TILE > MOST) return false;
  const values = tileMemory({ run, memory }, result + TILE * TILE);
  if (values === null) return false;
  for (let j = 0; j < bands; j++) {
    pack(
      values,
      panel * (j + 1),
      b,
      bAt + j * TILE * bColumn,
      bColumn,
      bRow,
      Math.min(TILE, n - j * TILE),
      k,
    );
  }
  for (let i = 0; i < m; i += TILE) {
    const rows = Math.min(TILE, m - i);
    pack(values, 0, a, aAt + i * aRow, aRow, aColumn, rows, k);
    for (let j = 0; j < n; j += TILE) {
      run(0, panel * (j / TILE + 1) * 8, k, result * 8);
      const columns = Math.min(TILE, n - j);
      for (let r = 0, from = result; r < rows; r++, from += TILE) {
        const to = (i + r) * n + j;
        storeRow(out, to, columns, values[from]!, values[from + 1]!, values[from + 2]!, values[from + 3]!);
      }
    }
  }
  return true;
}

/** Up to four lines side by side: for each step of k their four values, zeros where a line is missing. */
function pack(
  to: Float64Array,
  start: number,
  x: TypedArray,
  at: number,
  line: number,
  step: number,
  count: number,
  k: number,
): void {
  if (count === TILE) {
    // all four at once: whichever way the lines lie, values that are next to each other are read together
    for (let p = 0, from = at, place = start; p < k; p++, from += step, place += TILE) {
      to[place] = x[from]!;
      to[place + 1] = x[from + line]!;
      to[place + 2] = x[from + 2 * line]!;
      to[place + 3] = x[from + 3 * line]!;
    }
    return;
  }
  for (let r = 0; r < TILE; r++) {
    for (let p = 0, from = at + r * line; p < k; p++, from += step) {
      to[start + p * TILE + r] = r < count ? x[from]! : 0;
    }
  }
}

/** Lines of a matrix (rows of the first, columns of the second) one after the other, up to whole tiles. */
function linesOf(
  x: TypedArray,
  at: number,
  line: number,
  step: number,
  count: number,
  k: number,
): Float64Array {
  const lines = new Float64Array(Math.ceil(count / TILE) * TILE * k);
  for (let i = 0, to = 0; i < count; i++) {
    for (let p = 0, from = at + i * line; p < k; p++, from += step) lines[to++] = x[from]!;
  }
  return lines;
}

/** Two rows by four columns at a time: six loads for eight multiplications. */
function multiplyTiled(
  out: TypedArray,
  m: number,
  n: number,
  k: number,
  a: Float64Array,
  b: Float64Array,
): void {
  for (let j = 0; j < n; j += TILE) {
    const columns = Math.min(TILE, n - j);
    for (let i = 0; i < m; i += 2) {
      let [s0, s1, s2, s3, t0, t1, t2, t3] = [0, 0, 0, 0, 0, 0, 0, 0];
      const row = i * k;
      const column = j * k;
      for (let p = 0; p < k; p++) {
        const x = a[row + p]!;
        const y = a[row + k + p]!;
        const b0 = b[column + p]!;
        const b1 = b[column + k + p]!;
        const b2 = b[column + 2 * k + p]!;
        const b3 = b[column + 3 * k + p]!;
        s0 += x * b0;
        s1 += x * b1;
        s2 += x * b2;
        s3 += x * b3;
        t0 += y * b0;
        t1 += y * b1;
        t2 += y * b2;
        t3 += y * b3;
      }
      storeRow(out, i * n + j, columns, s0, s1, s2, s3);
      if (i + 1 < m) storeRow(out, (i + 1) * n + j, columns, t0, t1, t2, t3);
    }
  }
}

function storeRow(
  out: TypedArray,
  at: number,
  columns: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
): void {
  out[at] = s0;
  if (columns > 1) out[at + 1] = s1;
  if (columns > 2) out[at + 2] = s2;
  if (columns > 3) out[at + 3] = s3;
}
