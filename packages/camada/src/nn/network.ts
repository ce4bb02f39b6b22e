import type { Generator } from "../array/random/index.js";
import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { scoped } from "../graph/scope.js";
import { sameShape } from "../ops/broadcast.js";
import { uniformFrom } from "../ops/counting-random.js";
import { recorderOf } from "../ops/primitive.js";
import { max, min } from "../ops/reductions.js";
import { sizeOf } from "../shape/shape.js";
import type { NDArray } from "../shape/types.js";
import { type DType, isFloat } from "../storage/dtype.js";
import { Strided } from "../storage/strided.js";
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
  /** The layer that a batch meets first: the first that does more than say what comes in. */
  readonly first: Placed;
  readonly dtype: "float32" | "float64";
  readonly layers: readonly Placed[];
  readonly output: Features;
}

/**
 * Puts layers in order and checks that each fits the one before.
 * @throws CamadaError `network.empty`, `network.input`, `network.inputTwice`, `network.indices`,
 * `network.names`; ShapeError where a layer does not fit
 */
export function buildNetwork(layers: readonly Layer[]): Network {
  if (layers[0] === undefined) throw new NetworkError("network.empty");
  if (layers[0].input === undefined) throw new NetworkError("network.input", { layer: layers[0].kind });
  const first = layers[0].kind === "input" && layers.length > 1 ? 1 : 0;
  const takesIndices = layers[first]!.indicesBelow !== undefined;
  const input = takesIndices ? ofIndices(layers[0].input) : layers[0].input;
  const counts = new Map<string, number>();
  const placed: Placed[] = [];
  const names = new Set<string>();
  let incoming = input;
  layers.forEach((layer, i) => {
    if (layer.kind === "input" && i > 0) throw new NetworkError("network.inputTwice");
    const count = (counts.get(layer.kind) ?? 0) + 1;
    counts.set(layer.kind, count);
    const name = layer.name ?? (layer.kind === "input" ? "input" : `${layer.kind}${count}`);
    // a file begins with an input layer even where a network does not: the name is taken
    const reserved = name === "input" && layer.kind !== "input";
    if (reserved || names.has(name)) throw new NetworkError("network.names", { name });
    names.add(name);
    if (layer.indicesBelow !== undefined && i !== first) {
      throw new NetworkError("network.indices", { layer: name });
    }
    const plan = layer.plan(incoming, name);
    placed.push({ layer, name, input: incoming, plan });
    // what was a layer's neuron is a feature to the next
    if (layer.kind !== "input") {
      incoming = { shape: plan.output.shape, names: conventionalNames(plan.output.shape) };
    }
  });
  const dtypes = layers.map(({ dtype }) => dtype);
  const dtype = dtypes[0] ?? (dtypes.includes("float64") ? "float64" : "float32");
  return { input, first: placed[first]!, dtype, layers: placed, output: placed.at(-1)!.plan.output };
}

/** Where indices come in, the axis that is called feature, or channel, comes after those that there are. */
function ofIndices({ shape }: Features): Features {
  return { shape, names: conventionalNames([...shape, 1]).slice(0, -1) };
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
 * @throws ShapeError `layer.axes`, `layer.names` where the batch's axes are not the network's, with the remedy;
 * CamadaError `index.dtype`, `layer.indices` where its values are not the indices that the network takes
 */
export function applyNetwork(network: Network, weights: Named, x: NDArray, mode: Mode): NDArray {
  checkBatch(network, x);
  const asIs = x.dtype === network.dtype || network.first.layer.indicesBelow !== undefined;
  let value = asIs ? x : x.astype(network.dtype);
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
    if (!sameShape(output.shape, expected)) {
      throw new NetworkShapeError("layer.output", {
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

/**
 * Refuses a batch whose sizes or axis names are not those of the network's input, or whose values are not the
 * indices that it takes.
 */
export function checkBatch({ input, first }: Network, x: NDArray): void {
  checkArray(first.name, "x", x);
  if (isPlainBatch(input, x) && first.layer.indicesBelow === undefined) return;
  const names = ["batch", ...input.names];
  const single = x.ndim === input.shape.length && sizeOf(x.shape) === sizeOf(input.shape);
  const expected = { shape: [single ? 1 : (x.shape[0] ?? 1), ...input.shape], names };
  const fits = x.ndim === names.length && input.shape.every((size, i) => size === x.shape[i + 1]);
  const clash = names.findIndex((name, i) => {
    const given = x.names?.[i] ?? null;
    return name !== null && given !== null && given !== name;
  });
  const facts = { layer: first.name, expected, found: { shape: x.shape, names: x.names } };
  if (!fits) {
    const code = single ? "remedy.oneObservation" : "remedy.none";
    throw new NetworkShapeError("layer.axes", { ...facts, remedy: { code } });
  }
  if (clash >= 0)
    throw new NetworkShapeError("layer.names", { ...facts, a: x.names![clash]!, b: names[clash]! });
  if (first.layer.indicesBelow !== undefined) checkIndices(first.name, first.layer.indicesBelow, x);
}

/** Whether a batch is of the network's shape and has no names or the network's own: so that no time is lost. */
function isPlainBatch({ shape, names }: Features, x: NDArray): boolean {
  if (x.ndim !== shape.length + 1) return false;
  for (let i = 0; i < shape.length; i++) if (shape[i] !== x.shape[i + 1]) return false;
  if (x.names === null) return true;
  return (x.names[0] ?? "batch") === "batch" && names.every((name, i) => name === x.names![i + 1]);
}

/** @throws CamadaError `value.array` */
export function checkArray(op: string, name: string, value: unknown): void {
  if (value instanceof Strided) return;
  throw new NetworkError("value.array", { op, name, found: Array.isArray(value) ? "[...]" : typeof value });
}

function checkIndices(layer: string, below: number, x: NDArray): void {
  if (isFloat(x.dtype) || x.dtype === "bool") {
    throw new NetworkError("index.dtype", { op: layer, dtype: x.dtype });
  }
  // while a function is traced there are no values
  if (x.size === 0 || recorderOf([x as unknown as Strided]) !== null) return;
  const index = [min(x), max(x)].find((index) => index < 0 || index >= below);
  if (index !== undefined) throw new NetworkError("layer.indices", { layer, last: below - 1, index });
}
