import { type Layer, type NDArray, Sequential } from "camada";
import { checkBytes } from "../bytes.js";
import { InteropError } from "../error.js";
import { type ReadOptions, readZip } from "../zip/zip.js";
import { type Entry, layersOf } from "./config.js";
import { Hdf5 } from "./hdf5.js";
import { LAYERS, type Translated } from "./layers.js";
import { Settings } from "./settings.js";

const CONFIG = "config.json";
const WEIGHTS = "model.weights.h5";

interface Read extends Translated {
  readonly entry: Entry;
  /** Where its weights are: its class and a number, as Keras's saving_lib names them. */
  readonly place: string;
}

/**
 * The model in a .keras file of Keras 3, layers and weights: a Sequential model, or a functional one whose layers
 * follow one another. There is a fixed list of layers, and nothing in the file is run: Activation, AveragePooling2D,
 * BatchNormalization, Conv2D, Dense, Dropout, ELU, Embedding, Flatten, GlobalAveragePooling2D, GlobalMaxPooling2D,
 * InputLayer, LayerNormalization, LeakyReLU, MaxPooling2D, ReLU, Rescaling, Reshape, Softmax. Initializers and
 * regularizers are not taken along, nor how the model was trained. At most `maxBytes` (1 GiB unless given) once
 * inflated.
 * @throws InteropError `keras.file`, `keras.json`, `keras.model`, `keras.layer`, `keras.chain`, `keras.setting`,
 * `keras.unsupported`, `keras.weights`, `hdf5.signature`, `hdf5.version`, `hdf5.place`, `hdf5.kind`, `hdf5.dtype`,
 * `hdf5.layout`, `file.short`, `file.long`, `file.overflow`, and what is wrong with a zip archive; CamadaError
 * `weights.shape`, and what layers and `sequential` refuse
 * @example
 * const model = fromFile("tests/models/data/keras-table.keras", loadKerasModel);
 * model.layers.map(({ kind }) => kind).join(" "); // input dense relu batchNorm dropout dense tanh layerNorm dense softmax
 */
export function loadKerasModel(bytes: Uint8Array, options: ReadOptions = {}): Sequential {
  const op = "loadKerasModel";
  checkBytes(op, bytes);
  const files = new Map(readZip(op, bytes, options));
  const [config, h5] = [CONFIG, WEIGHTS].map((name) => {
    const file = files.get(name);
    if (file === undefined) throw new InteropError("keras.file", { op, name });
    return file;
  }) as [Uint8Array, Uint8Array];
  const read = translated(op, layersOf(op, config));
  const weights = weightsOf(op, new Hdf5(op, h5), read);
  const model = new Sequential(
    read.flatMap(({ layers, entry }) =>
      layers.map((layer, i) => (i === 0 ? named(layer, entry.name) : layer)),
    ),
    Object.fromEntries(weights),
  );
  checkAxes(op, model, read);
  return model;
}

const named = (layer: Layer, name: string): Layer => (layer.kind === "input" ? layer : { ...layer, name });

function translated(op: string, entries: readonly Entry[]): Read[] {
  const counts = new Map<string, number>();
  return entries.map((entry) => {
    const { className, name, config } = entry;
    if (!Object.hasOwn(LAYERS, className)) {
      const known = Object.keys(LAYERS).join(", ");
      throw new InteropError("keras.layer", { op, layer: name, kind: className.slice(0, 60), known });
    }
    const count = counts.get(className) ?? 0;
    counts.set(className, count + 1);
    const place = count === 0 ? snakeCase(className) : `${snakeCase(className)}_${count}`;
    return { ...LAYERS[className]!(new Settings(op, name, className, config)), entry, place };
  });
}

/** As Keras's `to_snake_case`. */
function snakeCase(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

function weightsOf(op: string, file: Hdf5, read: readonly Read[]): [name: string, weight: NDArray][] {
  const layers = file.group(within(op, file.group(file.root), "layers"));
  return read
    .filter(({ weights }) => weights.length > 0)
    .flatMap(({ place, weights, entry: { name: layer } }) => {
      const variables = file.group(within(op, file.group(within(op, layers, place)), "vars"));
      if (variables.size !== weights.length) {
        throw new InteropError("keras.weights", {
          op,
          layer,
          place,
          found: variables.size,
          needed: weights.length,
        });
      }
      return weights.map(([own, axes], i): [string, NDArray] => {
        const a = file.array(within(op, variables, String(i)));
        const turned = axes !== undefined && axes.length === a.ndim ? (a.transpose(...axes) as NDArray) : a;
        return [`${layer}.${own}`, turned];
      });
    });
}

function within(op: string, group: ReadonlyMap<string, number>, name: string): number {
  const address = group.get(name);
  if (address === undefined) throw new InteropError("keras.path", { op, name });
  return address;
}

/** Refuses to normalize along another axis than the last. */
function checkAxes(op: string, { network }: Sequential, read: readonly Read[]): void {
  const inputs = new Map(network.layers.map(({ name, input }) => [name, input.shape.length]));
  for (const { last, entry } of read) {
    if (last === undefined || last === -1 || last === inputs.get(entry.name)) continue;
    throw new InteropError("keras.unsupported", {
      op,
      layer: entry.name,
      kind: entry.className,
      name: "axis",
      found: last,
      known: "-1",
    });
  }
}
