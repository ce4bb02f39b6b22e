import { afterEach, describe, expect, it } from "vitest";
import { zeros } from "../array/creation.js";
import { configure } from "../configure.js";
import { CamadaError } from "../errors/error.js";
import { trace } from "../graph/trace.js";
import { add, divide, maximum, multiply, negative, subtract } from "../ops/arithmetic.js";
import { greater } from "../ops/comparison.js";
import { defineUnary } from "../ops/elementwise.js";
import { concatenate } from "../ops/joining.js";
import { exp, tanh } from "../ops/math.js";
import { expandDims, squeeze } from "../ops/movement.js";
import { dot } from "../ops/product.js";
import { max, mean, sum } from "../ops/reductions.js";
import { clip } from "../ops/selection.js";
import { where } from "../ops/where.js";
import type { Unary } from "../shape/signatures.js";
import type { NDArray } from "../shape/types.js";
import type { Loss } from "./loss.js";
import {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  meanSquaredError,
  softmaxCrossEntropy,
} from "./losses.js";
import { checkLastActivation } from "./pairing.js";

afterEach(() => configure({ lang: "en" }));

type Activation = (x: NDArray) => NDArray;

const softmax = (x: NDArray, axis = -1): NDArray => {
  const e = exp(subtract(x, max(x, axis, { keepdims: true }) as NDArray));
  return divide(e, sum(e, axis, { keepdims: true }) as NDArray);
};
const sigmoid = defineUnary<Unary>({
  name: "sigmoid",
  reference: (x) => 1 / (1 + Math.exp(-x)),
  gives: "float",
  gradient: (g, _x, out) => multiply(g, multiply(out, subtract(1, out))),
  samples: { low: -5, high: 5 },
});
const relu: Activation = (x) => maximum(x, 0);

/** The output of a dense layer and what follows it. */
function outputOf(activation: Activation, outputs = 3) {
  const dense = (x: NDArray, weights: NDArray, biases: NDArray) =>
    activation(add(dot(x, weights.T) as NDArray, biases));
  return trace("model", dense, [zeros([4, 2]), zeros([outputs, 2]), zeros([outputs])]).graph.outputs[0]!;
}

function codeOf(loss: Loss, activation: Activation): string {
  try {
    checkLastActivation(loss, outputOf(activation));
  } catch (error) {
    if (error instanceof CamadaError) return error.code;
    throw error;
  }
  return "fits";
}

const LOGITS = softmaxCrossEntropy();
const LOGIT = binaryCrossEntropy({ fromLogits: true });
const PROBABILITIES = categoricalCrossEntropy();
const PROBABILITY = binaryCrossEntropy();

describe("the last activation and the loss", () => {
  it.each([
    ["softmax", softmax, "loss.softmaxTwice", "loss.softmaxTwice", "fits", "fits"],
    ["softmax along another axis", (x) => softmax(x, 0), "loss.softmaxTwice", "loss.softmaxTwice", "fits", "fits"],
    ["softmax, moved", (x) => squeeze(expandDims(softmax(x), 0), 0), "loss.softmaxTwice", "loss.softmaxTwice", "fits", "fits"],
    ["softmax, masked", (x) => where(greater(x, 0), softmax(x), 0), "loss.softmaxTwice", "loss.softmaxTwice", "fits", "fits"],
    ["softmax, cast", (x) => softmax(x).astype("float32"), "loss.softmaxTwice", "loss.softmaxTwice", "fits", "fits"],
    ["softmax, joined", (x) => concatenate([softmax(x), softmax(negative(x))], 1), "loss.softmaxTwice", "loss.softmaxTwice", "fits", "fits"],
    ["sigmoid", (x) => sigmoid(x), "loss.sigmoidTwice", "loss.sigmoidTwice", "loss.sigmoidForSoftmax", "fits"],
    ["sigmoid, transposed twice", (x) => sigmoid(x).T.T as NDArray, "loss.sigmoidTwice", "loss.sigmoidTwice", "loss.sigmoidForSoftmax", "fits"],
    ["none", (x) => x, "fits", "fits", "loss.noSoftmax", "loss.noSigmoid"],
    ["relu", relu, "fits", "fits", "loss.noSoftmax", "loss.noSigmoid"],
    ["leaky relu", (x) => where(greater(x, 0), x, multiply(x, 0.01)), "fits", "fits", "loss.noSoftmax", "loss.noSigmoid"],
    ["tanh", (x) => tanh(x), "fits", "fits", "loss.noSoftmax", "loss.noSigmoid"],
    ["softmax, then a layer", (x) => dot(softmax(x), x.T) as NDArray, "fits", "fits", "loss.noSoftmax", "loss.noSigmoid"],
  ] as readonly (readonly [string, Activation, string, string, string, string])[])(
    "%s",
    (_, activation, ...codes) => {
      const losses = [LOGITS, LOGIT, PROBABILITIES, PROBABILITY];
      expect(losses.map((loss) => codeOf(loss, activation))).toEqual(codes);
      expect(codeOf(meanSquaredError(), activation)).toBe("fits");
    },
  ); // biome-ignore format: an activation a line

  it("lets pass what is not certain: probabilities made in other ways", () => {
    const own: readonly Activation[] = [
      (x) => divide(1, add(exp(negative(x)), 1)),
      (x) => multiply(add(tanh(x), 1), 0.5),
      (x) => clip(x, 0, 1),
      (x) => add(multiply(softmax(x), 0.5), multiply(softmax(negative(x)), 0.5)),
      (x) => mean(softmax(expandDims(x, 0)), 0) as NDArray,
      (x) => concatenate([softmax(x), sigmoid(x)], 1),
    ];
    for (const activation of own) {
      for (const loss of [LOGITS, LOGIT, PROBABILITIES, PROBABILITY]) {
        expect(codeOf(loss, activation)).toBe("fits");
      }
    }
  });

  it("are compared in time that does not double with each step", () => {
    const forks: Activation = (x) => Array.from({ length: 60 }).reduce((y: NDArray) => add(y, y), x);
    expect(codeOf(PROBABILITIES, forks)).toBe("loss.noSoftmax");
  });

  it("say in both languages what to do", () => {
    const f = () => checkLastActivation(LOGITS, outputOf(softmax));
    expect(f).toThrow(
      "softmaxCrossEntropy: the model ends with softmax, and this loss applies its own to what it is given. Take the model's away, or use categoricalCrossEntropy()",
    );
    configure({ lang: "pt-BR" });
    expect(f).toThrow(
      "softmaxCrossEntropy: o modelo termina com softmax, e esta perda aplica a sua própria ao que recebe. Tire a do modelo, ou use categoricalCrossEntropy()",
    );
  });
});
