import { sizeOf } from "../shape/shape.js";
import type * as signatures from "../shape/signatures.js";
import { allocate, promote } from "../storage/dtype.js";
import type { Strided } from "../storage/strided.js";
import { broadcast, broadcastStrides } from "./broadcast.js";
import { toDType } from "./copy.js";
import { constant, dtypeOfNumber } from "./elementwise.js";
import { emit, emitBroadcast, recorderOf } from "./primitive.js";
import { lastSize, lastStride, walkRows } from "./walk.js";

/**
 * Where the condition is true (not 0) the first, elsewhere the second; all three broadcast. A copy.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * where(greater(array([-1, 2]), 0), 1, 0); // [0 1]
 */
export const where = ((condition: Strided, x: Strided | number, y: Strided | number): Strided | number => {
  const [a, b] = operands(x, y);
  const both = broadcast("where", a, b);
  const { shape, names } = broadcast("where", condition, both);
  const dtype = promote(a.dtype, b.dtype);
  const recorder = recorderOf([condition, a, b]);
  if (recorder !== null) {
    const inputs = [condition, toDType(a, dtype), toDType(b, dtype)];
    const prepared = inputs.map((x) => emitBroadcast(recorder, x, shape));
    return emit(recorder, { kind: "where" }, prepared, shape, dtype, names);
  }
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
