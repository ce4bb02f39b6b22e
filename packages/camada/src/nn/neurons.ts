import { NetworkShapeError } from "../errors/network.js";
import type { NDArray } from "../shape/types.js";
import { constant, glorotUniform, type Initializer } from "./initializers.js";
import type { Config, Layer, LayerOptions, Plan, Weight } from "./layer.js";
import type { Regularizer } from "./regularizers.js";
import { checkOptions } from "./settings.js";

// What layers of neurons share: weights, a block for each neuron, and biases.

export interface NeuronOptions extends LayerOptions {
  /** Whether there are biases: true unless given. */
  readonly useBias?: boolean;
  /** First weights: Glorot's uniform ones unless given. */
  readonly weightsInitializer?: Initializer;
  /** First biases: zeros unless given. */
  readonly biasesInitializer?: Initializer;
  /** What the weights cost, beside the loss. */
  readonly regularizer?: Regularizer | null;
}

export interface GivenNeurons<W extends NDArray = NDArray> extends LayerOptions {
  readonly weights: W;
  /** (neuron). */
  readonly biases?: NDArray | undefined;
}

const OPTIONS = ["name", "useBias", "weightsInitializer", "biasesInitializer", "regularizer"];

/**
 * The options with what stands for those that are not given; `own` names those of the layer alone.
 * @throws CamadaError `option.unknown`
 */
export function settled(op: string, options: NeuronOptions, own: readonly string[] = []) {
  checkOptions(op, options, [...OPTIONS, ...own]);
  const {
    useBias = true,
    weightsInitializer = glorotUniform(),
    biasesInitializer = constant(0),
    regularizer = null,
  } = options;
  return { useBias, weightsInitializer, biasesInitializer, regularizer };
}

type Settled = ReturnType<typeof settled>;

/** The options as a model's file keeps them. */
export function neuronConfig({ useBias, weightsInitializer, biasesInitializer, regularizer }: Settled) {
  return {
    useBias,
    weightsInitializer: described(weightsInitializer),
    biasesInitializer: described(biasesInitializer),
    regularizer: regularizer === null ? null : described(regularizer),
  };
}

/** An initializer or a regularizer as a model's file keeps it. */
export function described({ name, config }: { readonly name: string; readonly config: Config }): Config {
  return { name, ...config };
}

/** Weights of the given axes, the neurons first, and biases. */
export function neuronWeights(
  { useBias, weightsInitializer, biasesInitializer, regularizer }: Settled,
  { shape, names, fan }: Pick<Weight, "shape" | "names" | "fan">,
): Plan["weights"] {
  const weights: Weight = {
    shape,
    names,
    fan,
    initializer: weightsInitializer,
    trainable: true,
    ...(regularizer === null ? {} : { regularizer }),
  };
  const biases: Weight = {
    shape: shape.slice(0, 1),
    names: names.slice(0, 1),
    fan,
    initializer: biasesInitializer,
    trainable: true,
  };
  return useBias ? { weights, biases } : { weights };
}

/**
 * Refuses given weights whose axes are not `names`, and biases of other neurons. `method` is what puts axes
 * in order that are only in another.
 * @throws ShapeError `layer.weights`, `layer.weightsAxes`, `layer.biases`
 */
export function checkGiven(
  op: string,
  { weights, biases }: GivenNeurons,
  names: readonly string[],
  method: string,
): void {
  const axes = names.join(", ");
  if (weights.ndim !== names.length)
    throw new NetworkShapeError("layer.weights", { op, axes, array: weights });
  const misplaced = weights.names?.some((name, i) => name !== names[i] && names.includes(name ?? ""));
  if (misplaced === true)
    throw new NetworkShapeError("layer.weightsAxes", { op, axes, array: weights, method });
  const neurons = weights.shape[0]!;
  if (biases !== undefined && (biases.ndim !== 1 || biases.shape[0] !== neurons)) {
    throw new NetworkShapeError("layer.biases", { op, array: biases, neurons });
  }
}

/**
 * The layer with the values that are given for its weights; it computes in their dtype.
 * @throws ShapeError `code` when it is planned, where what comes in has another last size than they take
 */
export function withGiven(
  layer: Layer,
  { weights, biases }: GivenNeurons,
  code: "layer.features" | "layer.channels",
): Layer {
  return {
    ...layer,
    dtype: weights.dtype === "float32" ? "float32" : "float64",
    plan: (input, name) => {
      const plan = layer.plan(input, name);
      const expected = weights.shape.at(-1)!;
      const found = input.shape.at(-1)!;
      if (found !== expected) throw new NetworkShapeError(code, { layer: name, expected, found });
      const given = (key: string, array: NDArray | undefined) =>
        array === undefined ? {} : { [key]: { ...plan.weights[key]!, given: array } };
      return { ...plan, weights: { ...given("weights", weights), ...given("biases", biases) } };
    },
  };
}
