import type * as signatures from "../shape/signatures.js";
import type { Binary } from "../shape/signatures.js";
import { promote } from "../storage/dtype.js";
import type { Strided } from "../storage/strided.js";
import { maximum, minimum } from "./arithmetic.js";
import { type Axes, broadcast } from "./broadcast.js";
import { defineBinary, dtypeOfNumber } from "./elementwise.js";
import { needsValues } from "./primitive.js";
import { all } from "./reductions.js";

/**
 * Each element brought between two bounds, as `minimum(maximum(x, low), high)`. A copy.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`, `names.repeated`; CamadaError `dtype.range`
 * @example
 * clip(array([-1, 0.5, 2]), 0, 1); // [0.  0.5 1. ]
 */
export const clip = ((x: Strided, low: Strided | number, high: Strided | number) => {
  // what maximum and minimum would refuse is refused in clip's own name
  let axes: Axes = x;
  let { dtype } = x;
  for (const bound of [low, high]) {
    const isNumber = typeof bound === "number";
    if (!isNumber) axes = broadcast("clip", axes, bound);
    dtype = promote(dtype, isNumber ? dtypeOfNumber("clip", bound, dtype) : bound.dtype);
  }
  return minimum(maximum(x as never, low as never), high as never);
}) as unknown as signatures.Clip;

/**
 * Whether all elements are near each other: |x - y| <= atol + rtol |y|, as NumPy's `allclose`; infinities
 * must be equal, nan is near nothing.
 * @throws ShapeError `broadcast.sizes`, `broadcast.axes`
 * @example
 * allClose(array([1, 2]), array([1, 2.000001])); // true
 */
export const allClose = ((x: never, y: never, { rtol = 1e-5, atol = 1e-8 }: Tolerance = {}): boolean => {
  for (const a of [x, y] as (Strided | number)[]) if (typeof a !== "number") needsValues("allClose", a);
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
