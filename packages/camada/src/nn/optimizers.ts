import { zeros } from "../array/creation.js";
import { add, divide, multiply, square, subtract } from "../ops/arithmetic.js";
import { power, sqrt } from "../ops/math.js";
import type { Named, Optimizer } from "./optimizer.js";
export function adam(rate = 0.001, b1 = 0.9, b2 = 0.999, eps = 1e-7): Optimizer {
  const map = (n: Named, f: (x: any, k: string) => any) =>
    Object.fromEntries(Object.entries(n).map(([k, v]) => [k, f(v, k)]));
  return {
    name: "adam",
    init: (w) => ({
      m: map(w, (x) => zeros(x.shape, undefined, { dtype: x.dtype })),
      v: map(w, (x) => zeros(x.shape, undefined, { dtype: x.dtype })),
    }),
    update: (g, s, _w, step) => {
      const t = add(step, 1) as any;
      const m = map(g, (x, k) => add(multiply(s["m"]![k] as any, b1), multiply(x, 1 - b1)));
      const v = map(g, (x, k) => add(multiply(s["v"]![k] as any, b2), multiply(square(x), 1 - b2)));
      const a = multiply(
        divide(
          sqrt(subtract(1, power(b2, t) as any) as any) as any,
          subtract(1, power(b1, t) as any) as any,
        ) as any,
        -rate,
      ) as any;
      return {
        updates: map(m, (x, k) => divide(multiply(x, a), add(sqrt(v[k] as any), eps))),
        state: { m, v },
      };
    },
  };
}
