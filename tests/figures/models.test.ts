import { networkFigure, networkText, strokesOf } from "@camada/figures";
import {
  add,
  array,
  dense,
  dot,
  grad,
  input,
  maximum,
  multiply,
  type NDArray,
  random,
  relu,
  sequential,
  sum,
} from "camada";
import { describe, expect, it } from "vitest";

/** A network is drawn from the model itself: its layers as they are, activations among them. */
const given = { weights: array([[0.5, -1, 2]]), biases: array([0.25]) };
const model = sequential(input(3), dense(3), relu(), dense(given)).initialize(0);

describe("a model", () => {
  it("is drawn with every neuron and every connection, and only those", () => {
    const svg = networkFigure({ layers: model.layers, lang: "en" });
    expect(svg).toContain("3-3-1");
    expect(svg.match(/<title>layer 1 \(/g)).toHaveLength(3 * 3);
    expect(svg.match(/<title>layer 2 \(/g)).toHaveLength(3 * 1);
    expect(svg).not.toContain("layer 3");
  });

  it("shows its weights as they are now", () => {
    const before = networkText({ layers: model.layers, lang: "en" });
    model.setWeights({ "dense2.biases": array([0.75]) });
    const after = networkText({ layers: model.layers, lang: "en" });
    expect(before).not.toContain("0.75");
    expect(after).toContain("0.75");
  });
});

describe("what layers see in an image", () => {
  const network = sequential(input(16), dense(6), relu(), dense(5), relu(), dense(3)).initialize(3);
  const image = random.defaultRng(5).random([16]) as NDArray;

  it("is each pixel's ink times camada's own gradient of the neuron's sum, and adds up to that sum", () => {
    const seen = strokesOf(network.layers, image.toArray() as number[], 4);
    for (const [l, { strongest }] of seen.layers.entries()) {
      const upTo = network.layers.filter(({ weights }) => weights !== undefined).slice(0, l + 1);
      for (const { neuron, activation, pixels, biases } of strongest) {
        const sumOf = (x: NDArray): NDArray => {
          const sums = upTo.reduce((value, { weights, biases }, k) => {
            const plain = array(weights!.toArray() as number[][]);
            const sums = add(dot(value, plain.T as never) as NDArray, array(biases!.toArray() as number[]));
            return (k === l ? sums : maximum(sums, 0)) as NDArray;
          }, x);
          const only = array(Array.from({ length: sums.shape[0]! }, (_, n) => (n === neuron ? 1 : 0)));
          return sum(multiply(sums, only as never)) as unknown as NDArray;
        };
        const slope = (grad(sumOf) as unknown as (x: NDArray) => NDArray)(image);
        const by = multiply(slope, image) as NDArray;
        for (const [f, value] of pixels.entries()) expect(value).toBeCloseTo(by.data[f]!, 12);
        expect(
          Math.max(
            pixels.reduce((a, b) => a + b, biases),
            0,
          ),
        ).toBeCloseTo(activation, 12);
      }
    }
    const result = network.forward(image.reshape([1, 16]) as never) as unknown as NDArray;
    expect(seen.answer!.predicted).toBe(result.at(0).argmax());
  });
});
