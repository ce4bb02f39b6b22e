import type { WasmLanes } from "../lanes.js";
import { FLOAT32, FLOAT64 } from "./coefficients.js";

/**
 * The error function: x + x p(x²) up to 1, and from there on 1 - e^q(x), where q is the logarithm of what it
 * lacks to 1, a smooth function. At most 2 ulp from the true value.
 */
export function erf(b: WasmLanes, x: number): number {
  const [{ ERF, ERF_TAIL }, most] = b.dtype === "float32" ? [FLOAT32, 4] : [FLOAT64, 6];
  const size = b.min(b.abs(x), b.constant(most)); // where it is 1 to the last bit
  const near = b.madd(x, b.polynomial(b.multiply(size, size), ERF), x);
  const tail = b.polynomial(b.subtract(size, b.constant(1)), ERF_TAIL);
  const far = b.copySign(b.subtract(b.constant(1), b.exp(tail)), x);
  return b.select(b.less(size, b.constant(1)), near, far);
}
