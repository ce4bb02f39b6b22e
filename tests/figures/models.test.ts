import { networkFigure, networkText } from "@camada/figures";
import { array, dense, input, relu, sequential } from "camada";
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
