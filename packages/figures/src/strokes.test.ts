import { describe, expect, test } from "vitest";
import { matrix, strict, vector } from "../../../tests/svg.js";
import { contributionsFigure, strokesFigure, strokesOf, strokesTable, strokesText } from "./index.js";

/** An upright stroke, and a network whose first neuron looks for it and whose second for one that lies. */
const image = [0, 1, 0, 0, 1, 0, 0, 1, 0];
const layers = [
  { weights: matrix([[-1, 2, -1, -1, 2, -1, -1, 2, -1], [-1, -1, -1, 2, 2, 2, -1, -1, -1]]), biases: vector([0.5, 0]) }, // biome-ignore format: neurons
  { kind: "relu" },
  { weights: matrix([[1, 5], [-1, 1]]), biases: vector([1, 0.25]) }, // biome-ignore format: neurons
  { kind: "relu" },
  { weights: matrix([[1, 0], [0, 1]]) }, // biome-ignore format: neurons
];

describe("what layers see", () => {
  const seen = strokesOf(layers, image, 2);

  test("is what each pixel adds to a neuron's sum, and with the biases adds up to it", () => {
    // a weight below 0 times no ink is -0
    const [first, second] = seen.layers.map(({ strongest }) => ({
      strongest: strongest.map((response) => ({
        ...response,
        pixels: response.pixels.map((value) => value + 0),
      })),
    }));
    expect(first!.strongest[0]).toEqual({ neuron: 0, activation: 6.5, pixels: [0, 2, 0, 0, 2, 0, 0, 2, 0], biases: 0.5 }); // biome-ignore format: one line
    // the lying neuron sums to 2 - 1 - 1 = 0: it passes nothing on, so the next layer sees the upright one alone
    expect(second!.strongest[0]).toEqual({ neuron: 0, activation: 7.5, pixels: [0, 2, 0, 0, 2, 0, 0, 2, 0], biases: 1.5 }); // biome-ignore format: one line
    expect(second!.strongest[1]!.activation).toBe(0);
    expect(seen.answer).toEqual({ predicted: 0 });
  });

  test("is drawn in a panel for the image and each hidden layer, one below the other where it is narrow", async () => {
    const svg = strokesFigure({ ...seen, lang: "pt-BR" });
    strict(svg);
    expect(svg.match(/class="line"/g)).toHaveLength(3);
    expect(svg).toContain("camada oculta 2");
    expect(svg).toContain("neurônio 1: 6.5");
    await expect(svg).toMatchFileSnapshot("snapshots/strokes.svg");
    const narrow = strokesFigure({ ...seen, lang: "en", width: 300 });
    strict(narrow);
    expect(Number(/viewBox="0 0 ([\d.]+)/.exec(narrow)![1])).toBeLessThan(300);
    const one = contributionsFigure({ ...seen, lang: "en" }, 0, 0);
    strict(one);
    expect(one).toContain("Neuron 1 of hidden layer 1");
  });

  test("table and text say the same", () => {
    expect(strokesTable({ ...seen, lang: "en" }).rows[0]).toEqual(["1", "1", "6.5", "6", "0", "0.5"]);
    const text = strokesText({ ...seen, lang: "en" });
    expect(text).toContain("input\n #\n #\n #\nhidden layer 1: A: neuron 1, B: neuron 2\n A\n A\n A");
  });

  test("images and responses that do not fit are refused", () => {
    expect(() => strokesFigure({ ...seen, side: 4, lang: "en" })).toThrow(/side 4/);
    expect(() => strokesFigure({ ...seen, layers: [], lang: "en" })).toThrow(/at least one layer/);
    expect(() => strokesOf(layers, [1, 2])).toThrow();
  });
});
