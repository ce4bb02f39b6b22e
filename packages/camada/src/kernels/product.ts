import type { TypedArray } from "../storage/dtype.js";
import { ROWS, STEP, type Tile, tile, tileMemory } from "./tile.js";

/** From this many multiplications on, laying both matrices out anew pays. */
const LARGE = 20 ** 3;
/** Sums of more terms than this are added in float64: in float32 they would lose what readers can see. */
const LONG = 4096;

/**
 * Product of an m x k and a k x n matrix of any strides (in elements), row-major into the first m * n places
 * of `out`. Each result is a plain sum in the order of k, the same bits in every engine with WebAssembly. Floats are
 * multiplied and added in float64, but large products of float32 in float32, which is twice as fast. int32 wraps, as
 * NumPy's.
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
    const isFloat32 = out instanceof Float32Array && k <= LONG;
    const compiled = tile(isFloat32 ? "float32" : "float64");
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

/** How many rows and columns plain loops work out at once: what fits in registers. */
const TILE = 4;

/** The most bytes that the compiled tile's memory is made to hold. */
const MOST = 2 ** 25;
/** As many rows are laid out at a time: what of them is read for each panel of columns stays in the cache. */
const BLOCK = 128;

/**
 * By the compiled tile: some columns at a time, as many as its memory holds, and of these some rows at a time, first
 * to last. False if the memory cannot hold a panel.
 */
function multiplyCompiled(
  compiled: Tile,
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
  const { run, columns } = compiled;
  const bytes = STEP / columns;
  const upTo = (count: number, unit: number) => Math.ceil(count / unit) * unit;
  // rows and columns share the memory where k is so large that few of them fit
  const height = Math.min(BLOCK, upTo(m, ROWS), Math.ceil(MOST / bytes / k / 2 / ROWS) * ROWS);
  const width = Math.min(
    upTo(n, columns),
    Math.floor((MOST / bytes - k * height) / (k + height) / columns) * columns,
  );
  if (width <= 0) return false;
  const [ofB, result] = [k * height, k * (height + width)];
  const buffer = tileMemory(compiled, (result + height * width) * bytes);
  if (buffer === null) return false;
  const values = columns === 8 ? new Float32Array(buffer) : new Float64Array(buffer);
  for (let left = 0; left < n; left += width) {
    const across = Math.min(width, n - left);
    for (let j = 0; j < across; j += columns) {
      const at = bAt + (left + j) * bColumn;
      pack(values, ofB + j * k, columns, b, at, bColumn, bRow, across - j, k);
    }
    for (let top = 0; top < m; top += height) {
      const down = Math.min(height, m - top);
      for (let i = 0; i < down; i += ROWS) {
        pack(values, i * k, ROWS, a, aAt + (top + i) * aRow, aRow, aColumn, down - i, k);
      }
      for (let j = 0; j < across; j += columns) {
        for (let i = 0; i < down; i += ROWS) {
          run(i * k * bytes, (ofB + j * k) * bytes, k, (result + i * width + j) * bytes, width * bytes);
        }
      }
      if (across === n && n === width) out.set(values.subarray(result, result + down * n), top * n);
      else {
        for (let i = 0; i < down; i++) {
          const [from, to] = [result + i * width, (top + i) * n + left];
          for (let j = 0; j < across; j++) out[to + j] = values[from + j]!;
        }
      }
    }
  }
  return true;
}

/** Up to `lines` lines side by side, four at a time: for each step of k their values, zeros where one is missing. */
function pack(
  to: Float64Array | Float32Array,
  start: number,
  lines: number,
  x: TypedArray,
  at: number,
  line: number,
  step: number,
  count: number,
  k: number,
): void {
  for (let first = 0; first < lines; first += 4) {
    const from = at + first * line;
    if (count - first >= 4) {
      // all four at once: whichever way the lines lie, values that are next to each other are read together
      for (let p = 0, i = from, place = start + first; p < k; p++, i += step, place += lines) {
        to[place] = x[i]!;
        to[place + 1] = x[i + line]!;
        to[place + 2] = x[i + 2 * line]!;
        to[place + 3] = x[i + 3 * line]!;
      }
      continue;
    }
    for (let r = 0; r < 4; r++) {
      for (let p = 0, i = from + r * line; p < k; p++, i += step) {
        to[start + p * lines + first + r] = first + r < count ? x[i]! : 0;
      }
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
