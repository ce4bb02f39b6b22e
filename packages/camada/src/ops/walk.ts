import type { Sizes } from "../shape/shape.js";

/**
 * Visits every row (the last axis) of up to three operands of one shape at once: `visit` gets each
 * operand's position of the row's first value, in row-major order.
 */
export function walkRows(
  shape: Sizes,
  visit: (a: number, b: number, c: number) => void,
  a: Sizes,
  aStart: number,
  b: Sizes = a,
  bStart = 0,
  c: Sizes = a,
  cStart = 0,
): void {
  const last = shape.length - 1;
  for (let i = 0; i <= last; i++) if (shape[i] === 0) return;
  if (last <= 0) {
    visit(aStart, bStart, cStart);
    return;
  }
  const index = new Array<number>(last).fill(0);
  for (;;) {
    visit(aStart, bStart, cStart);
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      aStart += a[axis]!;
      bStart += b[axis]!;
      cStart += c[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      const size = shape[axis]!;
      aStart -= size * a[axis]!;
      bStart -= size * b[axis]!;
      cStart -= size * c[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** Size and stride of the last axis; a 0-d array is one row of one value. */
export function lastSize(shape: Sizes): number {
  return shape.length === 0 ? 1 : shape[shape.length - 1]!;
}

export function lastStride(strides: Sizes): number {
  return strides.length === 0 ? 0 : strides[strides.length - 1]!;
}
