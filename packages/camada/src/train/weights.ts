import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { type Network, weightsOf } from "../nn/network.js";
import { mapNamed, type Named } from "../nn/optimizer.js";
import { described, sameShape } from "../ops/broadcast.js";
import type { NDArray } from "../shape/types.js";
import { isFloat } from "../storage/dtype.js";

/** Values in the dtype and with the axis names of others of their shape: a copy. */
export function like({ dtype, names }: Pick<NDArray, "dtype" | "names">, values: NDArray): NDArray {
  const copy = values.unnamed().astype(dtype) as NDArray;
  return names === null ? copy : (copy.named(...(names as never)) as NDArray);
}

/**
 * All of a network's weights, as they are given: copies. Nothing is made before all are found to be there.
 * @throws CamadaError `weights.unknown`, `weights.missing`; ShapeError `weights.shape`
 */
export function complete(op: string, network: Network, given: Named): Named {
  const own = weightsOf(network);
  const unknown = Object.keys(given).find((name) => !own.has(name));
  if (unknown !== undefined)
    throw new NetworkError("weights.unknown", { op, name: unknown, known: [...own.keys()] });
  for (const [name, { shape, names }] of own) {
    if (!Object.hasOwn(given, name)) throw new NetworkError("weights.missing", { op, name });
    if (!sameShape(shape, given[name]!.shape)) {
      const found = described(given[name] as never);
      throw new NetworkShapeError("weights.shape", { op, name, found, expected: { shape, names } });
    }
  }
  const { dtype } = network;
  return Object.fromEntries(
    [...own].map(([name, { names }]) => [name, like({ dtype, names } as never, given[name]!)]),
  );
}

/**
 * Weights with some of them replaced, by copies.
 * @throws CamadaError `weights.unknown`; ShapeError `weights.shape`
 */
export function replaced(weights: Named, given: Named): Named {
  for (const [name, value] of Object.entries(given)) {
    const own = Object.hasOwn(weights, name) ? weights[name] : undefined;
    if (own === undefined)
      throw new NetworkError("weights.unknown", { op: "setWeights", name, known: Object.keys(weights) });
    const clash = value.names?.some((axis, i) => axis !== null && axis !== (own.names?.[i] ?? axis)) ?? false;
    if (clash || !sameShape(own.shape, value.shape)) {
      const [found, expected] = [described(value as never), described(own as never)];
      throw new NetworkShapeError("weights.shape", { op: "setWeights", name, found, expected });
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
