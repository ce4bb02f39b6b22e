import { NetworkError } from "../errors/network.js";
import { ACTIVATIONS } from "./activations.js";
import { conv2d } from "./conv2d.js";
import { dense } from "./dense.js";
import { dropout } from "./dropout.js";
import { embedding } from "./embedding.js";
import { initializerOf } from "./initializers.js";
import { input } from "./input.js";
import type { Config, Layer } from "./layer.js";
import type { Network } from "./network.js";
import { batchNorm, layerNorm } from "./normalization.js";
import { averagePooling2d, globalAveragePooling2d, globalMaxPooling2d, maxPooling2d } from "./pooling.js";
import {
  boolean,
  choice,
  isObject,
  type Make,
  makes,
  number,
  numbers,
  orNull,
  pair,
  type Read,
} from "./reading.js";
import { regularizerOf } from "./regularizers.js";
import { flatten, rescaling, reshapeTo } from "./shaping.js";

/** A layer as a file keeps it: its kind, its name and its settings. */
export type LayerConfig = Config & { readonly kind: string; readonly name: string };

/** A model as a file keeps it, but for its weights. */
export interface ModelConfig {
  /** The layers, in order. */
  readonly layers: readonly LayerConfig[];
}

/** What is made again from its name and settings by a function that refuses what it does not know. */
const made =
  <T>(of: (config: Config) => T): Read<T> =>
  (value) =>
    isObject(value) ? of(value as Config) : undefined;
const initializer = made(initializerOf);
const regularizer = orNull(made(regularizerOf));
const neurons = {
  useBias: boolean,
  weightsInitializer: initializer,
  biasesInitializer: initializer,
  regularizer,
};
const slide = { strides: pair, padding: choice("valid", "same") };
const pool = { poolSize: pair, ...slide };

/** The kinds of layer that a file may have. */
const LAYERS = new Map<string, Make<Layer>>([
  ...activations(),
  ["averagePooling2d", makes(pool, averagePooling2d)],
  ["batchNorm", makes({ momentum: number, epsilon: number }, batchNorm)],
  [
    "conv2d",
    makes(
      { filters: number, kernelSize: pair, dilation: pair, ...slide, ...neurons },
      ({ filters, ...options }) => conv2d(filters, options),
    ),
  ],
  ["dense", makes({ neurons: number, ...neurons }, ({ neurons, ...options }) => dense(neurons, options))],
  ["dropout", makes({ rate: number }, ({ rate }) => dropout(rate))],
  [
    "embedding",
    makes({ vocabulary: number, size: number, weightsInitializer: initializer, regularizer }, (options) =>
      embedding(options.vocabulary, options.size, options),
    ),
  ],
  ["flatten", makes({}, flatten)],
  ["globalAveragePooling2d", makes({}, globalAveragePooling2d)],
  ["globalMaxPooling2d", makes({}, globalMaxPooling2d)],
  [
    "input",
    makes({ shape: numbers, dtype: choice("float32", "float64") }, ({ shape, dtype }) =>
      input(shape, { dtype }),
    ),
  ],
  ["layerNorm", makes({ epsilon: number }, layerNorm)],
  ["maxPooling2d", makes(pool, maxPooling2d)],
  ["rescaling", makes({ scale: number, offset: number }, ({ scale, offset }) => rescaling(scale, offset))],
  ["reshapeTo", makes({ shape: numbers }, ({ shape }) => reshapeTo(shape))],
]);

/** Activations, whose options are all numbers. */
function activations(): [string, Make<Layer>][] {
  return Object.entries(ACTIVATIONS).map(([name, make]) => {
    const options = Object.keys(make().config).map((option) => [option, number] as const);
    return [name, makes(Object.fromEntries(options), (values) => make(values as never))];
  });
}

/**
 * A network as plain data, its weights aside. It begins with an input layer, which says what it computes in.
 * @throws CamadaError `config.kind`, `config.setting` for what could not be read back: layers, activations
 * and initializers of somebody's own
 */
export function networkConfig({ input, dtype, layers }: Network): ModelConfig {
  const begin = { kind: "input", name: "input", shape: [...input.shape], dtype };
  const rest = layers.filter(({ layer }) => layer.kind !== "input");
  const config = {
    layers: [begin, ...rest.map(({ layer: { kind, config }, name }) => ({ kind, name, ...config }))],
  };
  layersOf(config);
  return config;
}

/**
 * The layers of a network from plain data.
 * @throws CamadaError `config.form`, `config.kind`, `config.extra`, `config.setting`, and what the layers
 * themselves refuse
 */
export function layersOf(config: unknown): Layer[] {
  if (!isObject(config) || !Array.isArray(config["layers"])) throw new NetworkError("config.form");
  return config["layers"].map(layerOf);
}

function layerOf(config: unknown): Layer {
  if (!isObject(config)) throw new NetworkError("config.form");
  const { kind, name, ...settings } = config;
  if (typeof kind !== "string" || typeof name !== "string") throw new NetworkError("config.form");
  const make = LAYERS.get(kind);
  if (make === undefined)
    throw new NetworkError("config.kind", { layer: name, kind, known: [...LAYERS.keys()] });
  return { ...make(settings, name), name };
}
