import { CamadaError, ShapeError } from "../errors/error.js";
import { add } from "../ops/arithmetic.js";
import { dot } from "../ops/product.js";
import type { NDArray } from "../shape/types.js";
import { constant, glorotUniform, type Initializer } from "./initializers.js";
import type { Config, Layer } from "./layer.js";
import type { Regularizer } from "./regularizers.js";

interface Named {
  /** What the layer is called in summaries and errors. */
  readonly name?: string;
}

export interface DenseOptions extends Named {
  /** Whether there are biases: true unless given. */
  readonly useBias?: boolean;
  /** First weights: Glorot's uniform ones unless given. */
  readonly weightsInitializer?: Initializer;
  /** First biases: zeros unless given. */
  readonly biasesInitializer?: Initializer;
  /** What the weights cost, beside the loss. */
  readonly regularizer?: Regularizer;
}

export interface GivenDense<W extends NDArray = NDArray> extends Named {
  /** (neuron, feature): a row for each neuron. */
  readonly weights: W;
  /** (neuron). */
  readonly biases?: NDArray;
}

type From<W extends NDArray> = W["shape"] extends readonly [number, infer F extends number] ? F : number;
type To<W extends NDArray> = W["shape"] extends readonly [infer N extends number, number] ? N : number;

interface Dense {
  <const N extends number>(
    neurons: N,
    options?: DenseOptions,
  ): Layer<{ readonly does: "last"; readonly from: number; readonly to: N }, "dense">;
  <W extends NDArray>(
    given: GivenDense<W>,
  ): Layer<{ readonly does: "last"; readonly from: From<W>; readonly to: To<W> }, "dense">;
}

/**
 * A layer in which every neuron takes in every feature: `dot(x, weights.T) + biases`, from (batch, feature)
 * to (batch, neuron). Axes between, as in (batch, step, feature), stay. Made of a number of neurons, or of
 * given weights, one row for each neuron, and biases.
 * @throws ShapeError `layer.features` where given weights do not fit what comes in, `layer.weights`,
 * `layer.biases`; CamadaError `value.positive`
 * @example
 * const layer = dense({ weights: array([[1, 2], [3, 4]]), biases: array([0.5, 0]) });
 * sequential(layer).forward(array([[1, 1]])); // [[3.5 7. ]]
 */
export const dense = ((first: number | GivenDense, options: DenseOptions = {}): Layer =>
  typeof first === "number" ? newDense(first, options) : givenDense(first)) as Dense;

const apply: Layer["apply"] = (x, { weights, biases }) => {
  const product = dot(x, (weights as NDArray).T as never) as NDArray;
  return biases === undefined ? product : (add(product, biases) as NDArray);
};

function newDense(neurons: number, options: DenseOptions): Layer {
  if (!Number.isInteger(neurons) || neurons < 1) {
    throw new CamadaError("value.positive", { op: "dense", name: "neurons", value: String(neurons) });
  }
  const {
    name,
    useBias = true,
    weightsInitializer = glorotUniform(),
    biasesInitializer = constant(0),
    regularizer,
  } = options;
  return {
    kind: "dense",
    ...(name === undefined ? {} : { name }),
    config: {
      neurons,
      useBias,
      weightsInitializer: described(weightsInitializer),
      biasesInitializer: described(biasesInitializer),
      regularizer: regularizer === undefined ? null : described(regularizer),
    },
    plan: ({ shape, names }, layer) => {
      const features = shape.at(-1);
      if (features === undefined) {
        throw new ShapeError("layer.axes", { layer, expected: "(batch, feature)", found: { shape, names } });
      }
      const fan = { in: features, out: neurons };
      return {
        output: { shape: [...shape.slice(0, -1), neurons], names: [...names.slice(0, -1), "neuron"] },
        weights: {
          weights: {
            shape: [neurons, features],
            names: ["neuron", "feature"],
            initializer: weightsInitializer,
            fan,
            trainable: true,
            ...(regularizer === undefined ? {} : { regularizer }),
          },
          ...(useBias
            ? {
                biases: {
                  shape: [neurons],
                  names: ["neuron"],
                  initializer: biasesInitializer,
                  fan,
                  trainable: true,
                },
              }
            : {}),
        },
      };
    },
    apply,
  };
}

function givenDense({ name, weights, biases }: GivenDense): Layer {
  if (weights.ndim !== 2) throw new ShapeError("layer.weights", { array: weights });
  const [neurons, features] = weights.shape as [number, number];
  if (weights.names !== null && (weights.names[0] === "feature" || weights.names[1] === "neuron")) {
    throw new ShapeError("layer.weightsAxes", { array: weights });
  }
  if (biases !== undefined && (biases.ndim !== 1 || biases.shape[0] !== neurons)) {
    throw new ShapeError("layer.biases", { array: biases, neurons });
  }
  const model = newDense(neurons, { useBias: biases !== undefined, ...(name === undefined ? {} : { name }) });
  return {
    ...model,
    input: { shape: [features], names: ["feature"] },
    dtype: weights.dtype === "float32" ? "float32" : "float64",
    plan: (input, layer) => {
      const found = input.shape.at(-1);
      if (found !== features)
        throw new ShapeError("layer.features", { layer, expected: features, found: found ?? 0 });
      const plan = model.plan(input, layer);
      const given = (of: string, array: NDArray | undefined) =>
        array === undefined ? {} : { [of]: { ...plan.weights[of]!, given: array } };
      return { ...plan, weights: { ...given("weights", weights), ...given("biases", biases) } };
    },
  };
}

function described({ name, config }: { readonly name: string; readonly config: Config }): Config {
  return { name, ...config };
}
