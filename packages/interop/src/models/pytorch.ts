import type { NDArray, Sequential } from "camada";
import { checkBytes } from "../bytes.js";
import { InteropError } from "../error.js";
import { readNpz } from "../npy/npz.js";
import { readSafetensors } from "../safetensors/safetensors.js";

/** A layer of a model, in its place. */
type Placed = Sequential["network"]["layers"][number];
type Weights = ReadonlyMap<string, NDArray>;

/**
 * What PyTorch's modules call the weights of a kind of layer, and how the axes of theirs become ours. Those of
 * dense layers lie as ours do: (out, in) is (neuron, feature).
 */
const KINDS: {
  readonly [kind: string]: { readonly [name: string]: readonly [own: string, axes?: readonly number[]] };
} = {
  dense: { weight: ["weights"], bias: ["biases"] },
  // (out, in, row, column) to (neuron, row, column, channel)
  conv2d: { weight: ["weights", [0, 2, 3, 1]], bias: ["biases"] },
  embedding: { weight: ["weights"] },
  layerNorm: { weight: ["gamma"], bias: ["beta"] },
  batchNorm: {
    weight: ["gamma"],
    bias: ["beta"],
    running_mean: ["movingMean"],
    running_var: ["movingVariance"],
  },
};

/** Counts batches, for a momentum that camada has not. */
const IGNORED = "num_batches_tracked";

/**
 * Gives a model the weights of a PyTorch model of the same layers, from a file of its `state_dict()`, safetensors or
 * .npz: `nn.Linear`, `nn.Conv2d`, `nn.Embedding`, `nn.LayerNorm`, `nn.BatchNorm1d` and `nn.BatchNorm2d`. The modules
 * are matched in their order, by nn.Sequential's numbers ("0.weight"), or by name where all names are those of the
 * model's layers. PyTorch has channels first: what stands behind a `flatten` of images is put in camada's order. What
 * is no weight is the model's own: its `epsilon` should be PyTorch's, 1e-5.
 * @throws InteropError `pytorch.names`, `pytorch.count`, `pytorch.weights`, `pytorch.kind`, and what
 * `readSafetensors` and `readNpz` throw; ShapeError `weights.shape`; CamadaError `fit.running`
 * @example
 * const model = sequential(input(2), dense(1));
 * const bytes = writeSafetensors({ "0.weight": array([[1, 2]]), "0.bias": array([3]) });
 * loadPyTorchWeights(model, bytes).forward(array([[1, 1]])); // [[6.]]
 */
export function loadPyTorchWeights<M extends Pick<Sequential, "network" | "setWeights">>(
  model: M,
  bytes: Uint8Array,
): M {
  const op = "loadPyTorchWeights";
  checkBytes(op, bytes);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const modules = modulesOf(isZip ? readNpz(bytes) : readSafetensors(bytes).tensors);
  const layers = model.network.layers.filter(({ plan }) => Object.keys(plan.weights).length > 0);
  const images = imagesBefore(model.network.layers);
  const weights = matched(op, layers, modules).flatMap(([layer, module]) =>
    weightsFor(op, layer, module, modules.get(module)!, images.get(layer)),
  );
  model.setWeights(Object.fromEntries(weights));
  return model;
}

/** The weights of each module, by its name. */
function modulesOf(tensors: Weights): Map<string, Map<string, NDArray>> {
  const modules = new Map<string, Map<string, NDArray>>();
  for (const [key, a] of tensors) {
    const dot = key.lastIndexOf(".");
    const [module, name] = [key.slice(0, Math.max(dot, 0)), key.slice(dot + 1)];
    if (name === IGNORED) continue;
    modules.set(module, (modules.get(module) ?? new Map<string, NDArray>()).set(name, a));
  }
  return modules;
}

function matched(
  op: string,
  layers: readonly Placed[],
  modules: ReadonlyMap<string, Weights>,
): [Placed, string][] {
  const names = [...modules.keys()];
  if (names.length !== layers.length) {
    throw new InteropError("pytorch.count", {
      op,
      found: names.length,
      modules: names.join(", ").slice(0, 200),
      needed: layers.length,
      layers: layers.map(({ name }) => name).join(", "),
    });
  }
  if (layers.every(({ name }) => modules.has(name))) return layers.map((layer) => [layer, layer.name]);
  const odd = names.find((name) => !/^\d{1,9}$/.test(name));
  if (odd !== undefined) {
    throw new InteropError("pytorch.names", { op, name: odd.slice(0, 60), layer: layers[0]!.name });
  }
  const inOrder = names.toSorted((a, b) => Number(a) - Number(b));
  return layers.map((layer, i) => [layer, inOrder[i]!]);
}

/** For each layer behind a `flatten` of images, up to the dense one that mixes them, the images' axes. */
function imagesBefore(layers: readonly Placed[]): Map<Placed, readonly number[]> {
  const images = new Map<Placed, readonly number[]>();
  let flattened: readonly number[] | undefined;
  for (const placed of layers) {
    if (placed.layer.kind === "flatten" && placed.input.shape.length === 3) flattened = placed.input.shape;
    else if (flattened !== undefined) images.set(placed, flattened);
    if (placed.layer.kind === "dense") flattened = undefined;
  }
  return images;
}

function weightsFor(
  op: string,
  { name: layer, layer: { kind }, plan }: Placed,
  module: string,
  tensors: Weights,
  image: readonly number[] | undefined,
): [name: string, weight: NDArray][] {
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (known === undefined) throw new InteropError("pytorch.kind", { op, layer, kind });
  const needed = Object.keys(known).filter((name) => Object.hasOwn(plan.weights, known[name]![0]));
  const found = [...tensors.keys()];
  if (found.toSorted().join() !== needed.toSorted().join()) {
    throw new InteropError("pytorch.weights", {
      op,
      module,
      found: found.join(", ").slice(0, 200),
      layer,
      kind,
      needed: needed.join(", "),
    });
  }
  return needed.map((name) => {
    const [own, axes] = known[name]!;
    const a = tensors.get(name)!;
    const turned = axes === undefined ? a : (a.transpose(...axes) as NDArray);
    // the biases of a dense layer are of its neurons, not of what comes in
    const features = image !== undefined && !(kind === "dense" && own === "biases");
    return [`${layer}.${own}`, features ? channelsLast(turned, image) : turned];
  });
}

/** An array whose last axis runs through (channel, row, column), so that it runs through (row, column, channel). */
function channelsLast(a: NDArray, [rows, columns, channels]: readonly number[]): NDArray {
  const others = a.shape.slice(0, -1);
  const apart = a.reshape([...others, channels!, rows!, columns!]) as NDArray;
  const first = others.length;
  const axes = [...others.keys(), first + 1, first + 2, first];
  return (apart.transpose(...axes) as NDArray).reshape(a.shape) as NDArray;
}
