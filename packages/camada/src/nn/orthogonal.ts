/**
 * Makes the rows of a row-major matrix, or its columns where they are fewer, orthonormal, times `gain`: in
 * place, by the modified Gram-Schmidt process, which leaves R's diagonal positive. A vector that loses much of
 * its length with what it shares with those before it is cleared of them once more, which is enough to make
 * them orthogonal to the last digits (Daniel, Gragg, Kaufman and Stewart 1976).
 */
export function orthonormalized(matrix: Float64Array, rows: number, columns: number, gain: number): void {
  const [count, size] = rows < columns ? [rows, columns] : [columns, rows];
  // a vector's own values, and one vector and the next, are so far apart
  const [step, next] = rows < columns ? [1, columns] : [columns, 1];
  const done: Float64Array[] = [];
  for (let j = 0; j < count; j++) {
    const vector = Float64Array.from({ length: size }, (_, i) => matrix[j * next + i * step]!);
    const before = product(vector, vector);
    for (const other of done) clear(vector, other);
    if (product(vector, vector) < before / 2) for (const other of done) clear(vector, other);
    const length = Math.sqrt(product(vector, vector));
    for (let i = 0; i < size; i++) {
      vector[i]! /= length;
      matrix[j * next + i * step] = gain * vector[i]!;
    }
    done.push(vector);
  }
}

/** Takes out of a vector what it has along another of length 1. */
function clear(vector: Float64Array, unit: Float64Array): void {
  const along = product(vector, unit);
  for (let i = 0; i < vector.length; i++) vector[i]! -= along * unit[i]!;
}

/** Four sums at once: one addition need not wait for another. */
function product(a: Float64Array, b: Float64Array): number {
  let [p, q, r, s] = [0, 0, 0, 0];
  const whole = a.length - (a.length % 4);
  for (let i = 0; i < whole; i += 4) {
    p += a[i]! * b[i]!;
    q += a[i + 1]! * b[i + 1]!;
    r += a[i + 2]! * b[i + 2]!;
    s += a[i + 3]! * b[i + 3]!;
  }
  for (let i = whole; i < a.length; i++) p += a[i]! * b[i]!;
  return p + q + r + s;
}
