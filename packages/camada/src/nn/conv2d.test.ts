import { describe, expect, it } from "vitest";
import { array, configure, conv2d, input, type NDArray, ones, Sequential, zeros } from "../index.js";

const kernels = zeros([4, 3, 3, 2]);
/** What plain JavaScript could pass, past the compiler. */
const loose = (value: unknown) => value as never;

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

const REFUSED: readonly (readonly [en: string, pt: string, f: () => unknown])[] = [
  [
    "conv2d: weights have the axes (neuron, row, column, channel), not those of (4, 18)",
    "conv2d: os pesos têm os eixos (neuron, row, column, channel), e não os de (4, 18)",
    () => conv2d({ weights: zeros([4, 18]) as NDArray }),
  ],
  [
    'conv2d: weights are (neuron, row, column, channel), not (row 3, column 3, channel 2, neuron 4). Put the axes in order: use .transpose("neuron", "row", "column", "channel")',
    'conv2d: os pesos são (neuron, row, column, channel), e não (row 3, column 3, channel 2, neuron 4). Ponha os eixos em ordem: use .transpose("neuron", "row", "column", "channel")',
    () => conv2d({ weights: zeros([3, 3, 2, 4], ["row", "column", "channel", "neuron"]) }),
  ],
  [
    "conv2d: there is one bias for each of the 4 neurons, but biases are (2)",
    "conv2d: há um viés para cada um dos 4 neurônios, mas os vieses são (2)",
    () => conv2d({ weights: kernels, biases: zeros([2]) }),
  ],
  [
    "conv2d: filters must be more than 0, not 0",
    "conv2d: filters deve ser maior que 0, e não 0",
    () => conv2d(0, { kernelSize: 3 }),
  ],
  [
    "conv2d: kernelSize must be a whole number, not undefined",
    "conv2d: kernelSize deve ser um número inteiro, e não undefined",
    () => conv2d(4, loose(undefined)),
  ],
  [
    "conv2d: kernelSize must be a whole number, not undefined",
    "conv2d: kernelSize deve ser um número inteiro, e não undefined",
    () => conv2d(4, loose({ kernelSize: [3] })),
  ],
  [
    "conv2d: strides must be more than 0, not 0",
    "conv2d: strides deve ser maior que 0, e não 0",
    () => conv2d(4, { kernelSize: 3, strides: [1, 0] }),
  ],
  [
    "conv2d: dilation must be a whole number, not 1.5",
    "conv2d: dilation deve ser um número inteiro, e não 1.5",
    () => conv2d(4, { kernelSize: 3, dilation: 1.5 }),
  ],
  [
    "conv2d: padding must be one of valid, same, not full",
    "conv2d: padding deve ser um destes: valid, same; e não full",
    () => conv2d(4, { kernelSize: 3, padding: loose("full") }),
  ],
  [
    "sequential: it is not known what comes into conv2d. Begin with an input layer: input(784)",
    "sequential: não se sabe o que chega a conv2d. Comece por uma camada de entrada: input(784)",
    () => new Sequential([conv2d({ weights: kernels })]),
  ],
];

it.each(REFUSED)("says: %s", (en, pt, f) => {
  try {
    expect(f).toThrowError(en);
    configure({ lang: "pt-BR" });
    expect(f).toThrowError(pt);
  } finally {
    configure({ lang: "en" });
  }
});
