import { NetworkError } from "../errors/network.js";
import { abs, add, divide, maximum, minimum, multiply, negative, subtract } from "../ops/arithmetic.js";
import { greater, greaterEqual } from "../ops/comparison.js";
import type { Elementwise } from "../ops/elementwise.js";
import { exp, expm1, log1p, tanh as tanhOf } from "../ops/math.js";
import { maxAsConstant, sum } from "../ops/reductions.js";
import { erf, logistic } from "../ops/special.js";
import { where } from "../ops/where.js";
import type { Unary } from "../shape/signatures.js";
import type { NDArray } from "../shape/types.js";
import { Strided } from "../storage/strided.js";
import type { Config, Layer } from "./layer.js";

type Keep = { readonly does: "keep" };

/** An activation is called with an array for an array, and without one for a layer. */
type Activation<F, Options = never> = F & ((options?: Options) => Layer<Keep>);

/** The functions, seen without their types of shapes and names: of an array, or of a number. */
type Loose = (...args: unknown[]) => never;
type Apply = (x: NDArray) => NDArray;

function activationLayer(name: string, config: Config, apply: Apply): Layer<Keep> {
  return {
    kind: name,
    config,
    plan: (input) => ({ output: input, weights: {} }),
    apply,
  };
}

/** Both at once: a function of arrays, and the maker of a layer. */
function define<F, Options extends Config = never>(
  name: string,
  f: (x: NDArray, options: Options) => NDArray,
  defaults: Options,
): Activation<F, Partial<Options>> {
  const both = (x?: unknown, given?: Partial<Options>): unknown => {
    if (typeof x === "number" || x instanceof Strided) return f(x as never, { ...defaults, ...given });
    const options = { ...defaults, ...(x as Partial<Options>) };
    return activationLayer(name, options, (array) => f(array, options));
  };
  return both as never;
}

/** As `define`, of an operation with a record, which stays its own. */
function defineOf(operation: Elementwise<Unary>): Elementwise<Unary> & (() => Layer<Keep>) {
  const both = define<Unary>(operation.operation.name, operation as unknown as Apply, {} as never);
  return Object.assign(both, { operation: operation.operation }) as never;
}

const loose = <F>(f: F): Loose => f as unknown as Loose;

/**
 * Hyperbolic tangent: of an array, element by element; without one, the layer.
 * @example
 * tanh(array([-100, 0])); // [-1.  0.]
 */
export const tanh = /* @__PURE__ */ defineOf(tanhOf);

/**
 * The logistic function, 1 / (1 + exp(-x)): of an array, element by element; without one, the layer.
 * @example
 * sigmoid(array([0, 1000])); // [0.5 1. ]
 */
export const sigmoid = /* @__PURE__ */ defineOf(logistic);

/**
 * The element itself: of an array the same array; without one, the layer that changes nothing.
 * @example
 * linear(array([-1, 2])); // [-1.  2.]
 */
export const linear = /* @__PURE__ */ define<Unary>("linear", (x) => x, {} as never);

/**
 * 1 where an element is not negative, else 0 (Rosenblatt's perceptron, 1958). Its gradient is 0 everywhere,
 * so nothing before it learns. Without an array, the layer.
 * @example
 * step(array([-1, 0, 2])); // [0. 1. 1.]
 */
export const step = /* @__PURE__ */ define<Unary>(
  "step",
  (x) => loose(where)(loose(greaterEqual)(x, 0), loose(multiply)(loose(add)(loose(multiply)(x, 0), 1), 1), 0),
  {} as never,
);

/**
 * Rectified linear unit: the element where it is positive, else 0 (Nair and Hinton, ICML 2010). Without an
 * array, the layer.
 * @example
 * relu(array([-1, 2])); // [0. 2.]
 */
export const relu = /* @__PURE__ */ define<Unary>("relu", (x) => maximum(x, 0), {} as never);

/**
 * As relu, but negative elements are multiplied by a small `slope` (0.01) in place of 0 (Maas, Hannun and Ng,
 * ICML 2013). Without an array, the layer: `leakyRelu({ slope: 0.1 })`.
 * @example
 * leakyRelu(array([-1, 2])); // [-0.01  2.  ]
 */
export const leakyRelu = /* @__PURE__ */ define<Unary, { readonly slope: number }>(
  "leakyRelu",
  (x, { slope }) => loose(where)(loose(greater)(x, 0), x, multiply(x, slope)),
  { slope: 0.01 },
);

/**
 * Exponential linear unit: the element where it is positive, else alpha (1) times exp(x) - 1 (Clevert,
 * Unterthiner and Hochreiter, ICLR 2016). Without an array, the layer.
 * @example
 * elu(array([-100, 2])); // [-1.  2.]
 */
export const elu = /* @__PURE__ */ define<Unary, { readonly alpha: number }>(
  "elu",
  // the minimum keeps exp from overflowing where its result is not taken
  (x, { alpha }) => loose(where)(loose(greater)(x, 0), x, multiply(expm1(minimum(x, 0)), alpha)),
  { alpha: 1 },
);

/**
 * Gaussian error linear unit: x times the chance that a normal deviate is below x (Hendrycks and Gimpel,
 * 2016), exact, not its tanh approximation. Without an array, the layer.
 * @example
 * gelu(array([0, 1])); // [0.         0.84134475]
 */
export const gelu = /* @__PURE__ */ define<Unary>(
  "gelu",
  (x) => multiply(multiply(x, 0.5), add(erf(multiply(x, Math.SQRT1_2)), 1)),
  {} as never,
);

/**
 * log(1 + exp(x)), a smooth relu (Dugas et al., NIPS 2000), without overflow. Without an array, the layer.
 * @example
 * softplus(array([0, 1000])); // [6.93147181e-01 1.00000000e+03]
 */
export const softplus = /* @__PURE__ */ define<Unary>(
  "softplus",
  (x) => add(maximum(x, 0), log1p(exp(negative(abs(x))))),
  {} as never,
);

/**
 * Shares that add up to 1 along an axis (the last): exp of each element over the sum of all, less the largest
 * first, so that nothing overflows (Bridle 1990). Without an array, the layer.
 * @example
 * softmax(array([[0, 0]])); // [[0.5 0.5]]
 */
export const softmax = /* @__PURE__ */ define<Unary, { readonly axis: number }>(
  "softmax",
  (x, { axis }) => {
    const e = exp(subtract(x, maxAsConstant(x, axis, { keepdims: true }) as NDArray));
    return divide(e, sum(e, axis, { keepdims: true }) as NDArray);
  },
  { axis: -1 },
);

/** The activations that there are, by name. */
export const ACTIVATIONS: { readonly [name: string]: (options?: never) => Layer<Keep> } = {
  elu, gelu, leakyRelu, linear, relu, sigmoid, softmax, softplus, step, tanh,
}; // biome-ignore format: a list

/** The layer of an activation by its name, or undefined. */
function activationNamed(name: string, options: Config = {}): Layer<Keep> | undefined {
  return Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name]!(options as never) : undefined;
}

/**
 * An activation as a layer: by name, or any function of an array that is made of operations on arrays and
 * keeps the shape.
 * @throws CamadaError `activation.unknown`
 * @example
 * activation("relu").kind; // relu
 * activation((x) => multiply(x, sigmoid(x))).kind; // activation
 */
export function activation(of: string | ((x: NDArray) => NDArray)): Layer<Keep> {
  if (typeof of === "function") return activationLayer("activation", {}, of);
  const layer = activationNamed(of);
  if (layer === undefined) {
    throw new NetworkError("activation.unknown", { name: of, known: Object.keys(ACTIVATIONS) });
  }
  return layer;
}
