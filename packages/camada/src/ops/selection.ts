import { sizeOf } from "../shape/shape.js";
import type * as signatures from "../shape/signatures.js";
import type { Binary } from "../shape/signatures.js";
import type { DType } from "../storage/dtype.js";
import { allocate, promote } from "../storage/dtype.js";
import { Strided } from "../storage/strided.js";
import { maximum, minimum } from "./arithmetic.js";
import { broadcast, broadcastStrides } from "./broadcast.js";
import { defineBinary, dtypeOfNumber } from "./elementwise.js";
import { all } from "./reductions.js";
import { lastSize, lastStride, walkRows } from "./walk.js";

/**
 * Where the condition is true (not 0) the first, elsewhere the second; all three broadcast.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * where(greater(array([-1, 2]), 0), 1, 0); // [0 1]
 */
export const where = ((condition: Strided, x: Strided | number, y: Strided | number): Strided | number => {
  const [a, b] = operands(x, y);
  const both = broadcast("where", a, b);
  const values = a.view(both.shape, a.strides, 0, both.names);
  const { shape, names } = broadcast("where", condition, values);
  const dtype = promote(a.dtype, b.dtype);
  const out = allocate(dtype, sizeOf(shape));
  const c = broadcastStrides(condition, shape);
  const p = broadcastStrides(a, shape);
  const q = broadcastStrides(b, shape);
  const n = lastSize(shape);
  const [cs, ps, qs] = [lastStride(c), lastStride(p), lastStride(q)];
  let to = 0;
  walkRows(
    shape,
    (atC, atA, atB) => {
      for (let i = 0; i < n; i++) {
        const yes = condition.buffer[atC + i * cs] !== 0;
        out[to++] = yes ? a.buffer[atA + i * ps]! : b.buffer[atB + i * qs]!;
      }
    },
    c,
    condition.offset,
    p,
    a.offset,
    q,
    b.offset,
  );
  return shape.length === 0 ? out[0]! : condition.make(out, shape, dtype, names);
}) as unknown as signatures.Where;

/** Numbers take the dtype of the array beside them; two numbers are int32 if both are whole. */
function operands(x: Strided | number, y: Strided | number): [Strided, Strided] {
  if (typeof x !== "number")
    return [x, typeof y === "number" ? constant(y, dtypeOfNumber("where", y, x.dtype)) : y];
  if (typeof y !== "number") return [constant(x, dtypeOfNumber("where", x, y.dtype)), y];
  const whole = (value: number) => value === (value | 0) && !Object.is(value, -0);
  const dtype = whole(x) && whole(y) ? "int32" : "float64";
  return [constant(x, dtype), constant(y, dtype)];
}

function constant(value: number, dtype: DType): Strided {
  const buffer = allocate(dtype, 1);
  buffer[0] = value;
  return new Strided(buffer, [], [], 0, dtype, null);
}

/**
 * Each element brought between two bounds, as `minimum(maximum(x, low), high)`.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * clip(array([-1, 0.5, 2]), 0, 1); // [0.  0.5 1. ]
 */
export const clip = ((x: never, low: never, high: never) =>
  minimum(maximum(x, low), high as never)) as unknown as signatures.Clip;

/**
 * Whether all elements are near each other: |x - y| <= atol + rtol |y|, as NumPy's `allclose`; infinities
 * must be equal, nan is near nothing.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * allClose(array([1, 2]), array([1, 2.000001])); // true
 */
export const allClose = ((x: never, y: never, { rtol = 1e-5, atol = 1e-8 }: Tolerance = {}): boolean => {
  const near = defineBinary<Binary<"allClose">>({
    name: "allClose",
    reference: (a, b) =>
      Number(a === b || (Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b))),
    gives: "bool",
    samples: { low: -1, high: 1 },
  });
  const result: unknown = near(x, y);
  return typeof result === "number" ? result === 1 : all(result as never) === 1;
}) as unknown as signatures.AllClose;

interface Tolerance {
  readonly rtol?: number;
  readonly atol?: number;
}
