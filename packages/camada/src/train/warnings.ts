import { array } from "../array/creation.js";
import type { CamadaError } from "../errors/error.js";
import { NetworkError } from "../errors/network.js";
import type { Network } from "../nn/network.js";
import type { NDArray } from "../shape/types.js";
import type { Warning } from "./history.js";

/** Inputs beyond this, either way, make a network learn badly. */
const LARGE = 10;
/** The share of a relu layer's neurons that may be dead before it is said. */
const DEAD = 0.4;

function warning(error: CamadaError): Warning {
  return { code: error.code, message: error.message };
}

/** Whether what reaches the first weights is far from 0. */
export function scaleWarning({ layers }: Network, x: NDArray): Warning | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const value of x.data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  let range = array([low, high]) as NDArray;
  for (const { layer, plan } of layers) {
    if (layer.kind === "rescaling") range = layer.apply(range, {}, { training: false } as never);
    else if (layer.kind === "batchNorm" || layer.kind === "layerNorm" || layer.kind === "embedding")
      return undefined;
    else if (Object.keys(plan.weights).length > 0) break;
  }
  const { data } = range;
  const [from, to] = [Math.min(data[0]!, data[1]!), Math.max(data[0]!, data[1]!)];
  if (from >= -LARGE && to <= LARGE) return undefined;
  return warning(new NetworkError("warning.scale", { low: from, high: to }));
}

/** A relu layer of which too many neurons are dead. */
export function deadWarning(layer: string, share: number, epoch: number): Warning | undefined {
  if (share <= DEAD) return undefined;
  return warning(new NetworkError("warning.dead", { layer, percent: Math.round(share * 100), epoch }));
}
