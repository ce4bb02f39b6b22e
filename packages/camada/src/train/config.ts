import { layersOf, type ModelConfig, networkConfig } from "../nn/config.js";
import type { Network } from "../nn/network.js";
import type { Named } from "../nn/optimizer.js";
import { Sequential } from "./model.js";

/**
 * A model as plain data that JSON can hold: its layers, each with its kind, its name and its settings. Weights
 * travel separately.
 * @throws CamadaError `config.kind`, `config.setting` for what could not be read back: layers, activations
 * and initializers of somebody's own
 * @example
 * const config = modelConfig(sequential(input(2), dropout(0.5)));
 * JSON.stringify(config.layers[1]); // {"kind":"dropout","name":"dropout1","rate":0.5}
 */
export function modelConfig({ network }: { readonly network: Network }): ModelConfig {
  return networkConfig(network);
}

/**
 * A model from plain data as `modelConfig` gives it, with weights drawn anew, or with copies of given ones: all of
 * them, by name; nothing of the size that the data asks for is made before. Nothing in it is run: there is a fixed
 * list of kinds of layer, and each takes exactly its settings.
 * @throws CamadaError `config.form`, `config.kind`, `config.extra`, `config.setting`, `weights.unknown`,
 * `weights.missing`; ShapeError `weights.shape`; and what layers and `sequential` refuse
 * @example
 * const config = modelConfig(sequential(input(2), dense(3), relu()));
 * modelFromConfig(JSON.parse(JSON.stringify(config))).forward(zeros([4, 2])).shape; // [4, 3]
 */
export function modelFromConfig(config: unknown, weights?: Named): Sequential {
  return new Sequential(layersOf(config), weights);
}
