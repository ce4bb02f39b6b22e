import { describe, expect, it } from "vitest";
import { array, conv2d, input, ones, Sequential, zeros } from "../index.js";

const kernels = zeros([4, 3, 3, 2]);

describe("conv2d", () => {
  it("keeps weights (neuron, row, column, channel) and biases (neuron), scaled by what a neuron sees", () => {
    const { network, weights } = new Sequential([input([9, 9, 2]), conv2d(4, { kernelSize: [3, 5] })]);
    const { output, weights: planned } = network.layers[1]!.plan;
    expect(output).toEqual({ shape: [7, 5, 4], names: ["row", "column", "neuron"] });
    expect(planned["weights"]!.fan).toEqual({ in: 30, out: 60 });
    const found = Object.entries(weights).map(([name, { shape, names }]) => [name, shape, names]);
    expect(found).toEqual([
      ["conv2d1.weights", [4, 3, 5, 2], ["neuron", "row", "column", "channel"]],
      ["conv2d1.biases", [4], ["neuron"]],
    ]);
    const bound = Math.sqrt(6 / 90);
    for (const value of weights["conv2d1.weights"]!.data) expect(Math.abs(value)).toBeLessThanOrEqual(bound);
    expect([...weights["conv2d1.biases"]!.data]).toEqual([0, 0, 0, 0]);
  });

  it("can do without biases", () => {
    const layers = [conv2d(4, { kernelSize: 3, useBias: false }), conv2d({ weights: kernels })];
    for (const layer of layers) {
      const { weights } = new Sequential([input([9, 9, 2]), layer]);
      expect(Object.keys(weights)).toEqual(["conv2d1.weights"]);
    }
  });

  it("computes in the dtype of given weights", () => {
    const forward = (dtype: "float32" | "float64") =>
      new Sequential([input([3, 3, 2]), conv2d({ weights: kernels.astype(dtype) })]).forward(
        ones([1, 3, 3, 2]),
      );
    expect(forward("float32").dtype).toBe("float32");
    expect(forward("float64").dtype).toBe("float64");
  });

  it("does not turn its windows around", () => {
    const model = new Sequential([
      input([1, 3, 1]),
      conv2d({ weights: array([1, 10, 100]).reshape([1, 1, 3, 1]) }),
    ]);
    expect(model.forward(array([1, 2, 3]).reshape([1, 1, 3, 1])).toArray()).toEqual([[[[321]]]]);
  });

  it("takes no images and gives none", () => {
    const model = new Sequential([input([9, 9, 2]), conv2d({ weights: kernels, padding: "same" })]);
    expect(model.forward(zeros([0, 9, 9, 2])).shape).toEqual([0, 9, 9, 4]);
  });

  it("gives names, and takes (batch, row, column, channel) alone", () => {
    const model = new Sequential([input([9, 9, 2]), conv2d({ weights: kernels })]);
    const x = zeros([5, 9, 9, 2]);
    const names = ["batch", "row", "column", "channel"] as const;
    expect(model.forward(x.named(...names)).names).toEqual(["batch", "row", "column", "neuron"]);
    expect(() => model.forward(x.named("batch", "column", "row", "channel"))).toThrowError(
      "conv2d1: takes (batch 5, row 9, column 9, channel 2), but was given (batch 5, column 9, row 9, channel 2): it would take 'column' for 'row'",
    );
  });
});
