import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { mapNamed, type Named } from "../nn/optimizer.js";
import { described, sameShape } from "../ops/broadcast.js";
import type { NDArray } from "../shape/types.js";
import { isFloat } from "../storage/dtype.js";

/** Values in the dtype and with the axis names of others of their shape: a copy. */
export function like({ dtype, names }: NDArray, values: NDArray): NDArray {
  const copy = values.unnamed().astype(dtype) as NDArray;
  return names === null ? copy : (copy.named(...(names as never)) as NDArray);
}

/**
 * Weights with some of them replaced, by copies.
 * @throws CamadaError `weights.unknown`; ShapeError `weights.shape`
 */
export function replaced(weights: Named, given: Named): Named {
  for (const [name, value] of Object.entries(given)) {
    const own = Object.hasOwn(weights, name) ? weights[name] : undefined;
    if (own === undefined) throw new NetworkError("weights.unknown", { name, known: Object.keys(weights) });
    const clash = value.names?.some((axis, i) => axis !== null && axis !== (own.names?.[i] ?? axis)) ?? false;
    if (clash || !sameShape(own.shape, value.shape)) {
      const [found, expected] = [described(value as never), described(own as never)];
      throw new NetworkShapeError("weights.shape", { name, found, expected });
    }
  }
  return mapNamed(weights, (own, name) => (Object.hasOwn(given, name) ? like(own, given[name]!) : own));
}

/** Refuses to learn from what is not finite. @throws CamadaError `weights.finite` */
export function checkFinite(named: Named): void {
  for (const [name, { data, dtype }] of Object.entries(named)) {
    const wrong = isFloat(dtype) ? data.find((value: number) => !Number.isFinite(value)) : undefined;
    if (wrong !== undefined) throw new NetworkError("weights.finite", { name, value: String(wrong) });
  }
}
