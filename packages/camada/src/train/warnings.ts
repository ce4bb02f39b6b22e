import { array } from "../array/creation.js";
import { NetworkError } from "../errors/network.js";
import type { Network } from "../nn/network.js";
import type { NDArray } from "../shape/types.js";
import type { Warning } from "./history.js";

/** Inputs beyond this, either way, make a network learn badly. */
const LARGE = 10;
/** The share of a relu layer's neurons that may be dead before it is said. */
const DEAD = 0.4;

function warning(error: NetworkError): Warning {
  return { code: error.code, message: error.message };
}

/** Layers before the first weights whose results lie where their inputs do. */
const KEEPS = /^(input|flatten|reshapeTo|dropout|.*pooling2d)$/i;
/** Layers whose weights take inputs of any size. */
const SCALES = ["batchNorm", "layerNorm", "embedding"];

/** Whether what reaches the first weights is far from 0, as far as can be told. */
export function scaleWarning({ layers }: Network, x: NDArray): Warning | undefined {
  const at = layers.findIndex(({ plan }) => Object.keys(plan.weights).length > 0);
  if (SCALES.includes(layers[at]!.layer.kind)) return undefined;
  let range = rangeOf(x);
  for (const { layer } of layers.slice(0, at)) {
    if (layer.kind === "rescaling") range = layer.apply(range, {}, { training: false } as never);
    else if (!KEEPS.test(layer.kind)) return undefined;
  }
  const [low, high] = [...range.data].toSorted((a, b) => a - b) as [number, number];
  if (low >= -LARGE && high <= LARGE) return undefined;
  return warning(new NetworkError("warning.scale", { low, high }));
}

/** The smallest and the largest value. */
function rangeOf({ data }: NDArray): NDArray {
  let [low, high] = [Infinity, -Infinity];
  // by its index: an iterator would take its time over some million values
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return array([low, high]) as NDArray;
}

/** A relu layer of which too many neurons are dead. */
export function deadWarning(layer: string, share: number, epoch: number): Warning | undefined {
  if (share <= DEAD) return undefined;
  return warning(new NetworkError("warning.dead", { layer, percent: Math.round(share * 100), epoch }));
}
