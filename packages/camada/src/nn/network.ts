import type { Generator } from "../array/random/index.js";
import { CamadaError, ShapeError } from "../errors/error.js";
import { scoped } from "../graph/scope.js";
import { uniformFrom } from "../ops/counting-random.js";
import { sizeOf } from "../shape/shape.js";
import type { NDArray } from "../shape/types.js";
import type { DType } from "../storage/dtype.js";
import { conventionalNames } from "./input.js";
import type { Context, Features, Layer, Plan, Weight } from "./layer.js";
import type { Named } from "./optimizer.js";

/** A layer in its place in a network. */
export interface Placed {
  readonly layer: Layer;
  readonly name: string;
  readonly input: Features;
  readonly plan: Plan;
}

/** Layers that fit one another, and what they compute in. Plain data: the weights are elsewhere. */
export interface Network {
  readonly input: Features;
  readonly dtype: "float32" | "float64";
  readonly layers: readonly Placed[];
  readonly output: Features;
}

/**
 * Puts layers in order and checks that each fits the one before.
 * @throws CamadaError `network.empty`, `network.input`, `network.names`; ShapeError where a layer does not fit
 */
export function buildNetwork(layers: readonly Layer[]): Network {
  const [first] = layers;
  if (first === undefined) throw new CamadaError("network.empty");
  if (first.input === undefined) throw new CamadaError("network.input", { layer: first.kind });
  const { input } = first;
  const counts = new Map<string, number>();
  const placed: Placed[] = [];
  let incoming = input;
  layers.forEach((layer, i) => {
    if (layer.kind === "input" && i > 0) throw new CamadaError("network.inputTwice");
    const count = (counts.get(layer.kind) ?? 0) + 1;
    counts.set(layer.kind, count);
    const name = layer.name ?? (layer.kind === "input" ? "input" : `${layer.kind}${count}`);
    if (placed.some((other) => other.name === name)) throw new CamadaError("network.names", { name });
    const plan = layer.plan(incoming, name);
    placed.push({ layer, name, input: incoming, plan });
    // what was a layer's neuron is a feature to the next
    incoming = { shape: plan.output.shape, names: conventionalNames(plan.output.shape) };
  });
  const dtypes = layers.map(({ dtype }) => dtype);
  const dtype = dtypes[0] ?? (dtypes.includes("float64") ? "float64" : "float32");
  return { input, dtype, layers: placed, output: placed.at(-1)!.plan.output };
}

/** Every weight of a network, by layer and name: "dense1.weights". */
export function weightsOf({ layers }: Network): Map<string, Weight> {
  return new Map(
    layers.flatMap(({ name, plan }) =>
      Object.entries(plan.weights).map(([key, weight]) => [`${name}.${key}`, weight] as const),
    ),
  );
}

/** First weights: those that are given, and those that `rng` draws, in the order of the layers. */
export function initialWeights(network: Network, rng: Generator): Named {
  return Object.fromEntries(
    [...weightsOf(network)].map(([name, { given, initializer, shape, fan, names }]) => {
      const values = given === undefined ? initializer.init(rng, shape, fan) : given.unnamed();
      return [name, (values.astype(network.dtype) as NDArray).named(...(names as never)) as NDArray];
    }),
  );
}

/** How a network is applied: while training it draws chance from a key, and keeps new state. */
export interface Mode {
  readonly training: boolean;
  /** Two int32 that all chance of this step follows from. */
  readonly key?: NDArray;
  /** Told the new value of a weight that is not trainable. */
  readonly update?: (name: string, value: NDArray) => void;
  /** Told each layer's result. */
  readonly seen?: (placed: Placed, output: NDArray) => void;
}

/**
 * A network's result for a batch, of axes (batch, ...): by operations on arrays, each in the scope of its
 * layer.
 * @throws ShapeError `layer.axes` where the batch's axes are not the network's, with the remedy
 */
export function applyNetwork(network: Network, weights: Named, x: NDArray, mode: Mode): NDArray {
  checkBatch(network, x);
  let value = x.dtype === network.dtype ? x : x.astype(network.dtype);
  network.layers.forEach((placed, i) => {
    value = applyLayer(placed, i, weights, value, network.dtype, mode);
    mode.seen?.(placed, value);
  });
  return value;
}

function applyLayer(
  placed: Placed,
  index: number,
  weights: Named,
  x: NDArray,
  dtype: DType,
  mode: Mode,
): NDArray {
  const { layer, name, plan, input } = placed;
  const own = Object.fromEntries(Object.keys(plan.weights).map((key) => [key, weights[`${name}.${key}`]!]));
  let draws = 0;
  const context: Context = {
    training: mode.training,
    // each use in each layer has a stream of its own
    uniform: (shape) => uniformFrom(mode.key as never, index * 256 + draws++, shape, dtype) as never,
    update: (key, value) => mode.update?.(`${name}.${key}`, value),
  };
  return scoped(name, () => {
    const output = layer.apply(renamed(x, input), own, context);
    const expected = [x.shape[0]!, ...plan.output.shape];
    if (output.shape.length !== expected.length || output.shape.some((size, i) => size !== expected[i])) {
      throw new ShapeError("layer.output", {
        layer: name,
        found: output,
        expected: { shape: expected, names: ["batch", ...plan.output.names] },
      });
    }
    return renamed(output, plan.output);
  });
}

function renamed(x: NDArray, { names }: Features): NDArray {
  return x.named(...(["batch", ...names] as never)) as NDArray;
}

/** Refuses a batch whose sizes or axis names are not those of the network's input. */
export function checkBatch({ input, layers }: Network, x: NDArray): void {
  const names = ["batch", ...input.names];
  const expected = { shape: [x.shape[0] ?? 1, ...input.shape], names };
  // the layer that would multiply it: the first that does more than say what comes in
  const layer = (layers.find((placed) => placed.layer.kind !== "input") ?? layers[0]!).name;
  const fits = x.ndim === names.length && input.shape.every((size, i) => size === x.shape[i + 1]);
  const clash = names.findIndex((name, i) => {
    const given = x.names?.[i] ?? null;
    return name !== null && given !== null && given !== name;
  });
  if (fits && clash < 0) return;
  const facts = { layer, expected, found: { shape: x.shape, names: x.names } };
  if (!fits) {
    const single = x.ndim === input.shape.length && sizeOf(x.shape) === sizeOf(input.shape);
    throw new ShapeError("layer.axes", {
      ...facts,
      remedy: { code: single ? "remedy.oneObservation" : "remedy.none" },
    });
  }
  throw new ShapeError("layer.names", { ...facts, a: x.names![clash]!, b: names[clash]! });
}
