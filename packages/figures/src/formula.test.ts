import { describe, expect, test } from "vitest";
import { matrix, strict, vector } from "../../../tests/svg.js";
import { formulaHtml, formulaText, networkFigure, networkFormula, productFigure, productFormula, productTable, weightFormula } from "./index.js"; // biome-ignore format: one line

const batch = matrix([[0.47, 0.42, 0.46], [0.12, -0.15, -0.01]], ["batch", "feature"]); // biome-ignore format: rows
const weights = matrix([[0.42, -0.22, 0.45], [-0.04, 0.03, -0.29], [0.2, 0.34, -0.4]], ["neuron", "feature"]); // biome-ignore format: rows
const turned = matrix([[0.42, -0.04, 0.2], [-0.22, 0.03, 0.34], [0.45, -0.29, -0.4]], ["feature", "neuron"]); // biome-ignore format: rows
const biases = vector([0.1, 0.2, 0.3]);

describe("a product's formula", () => {
  const right = { left: batch, right: turned, biases, lang: "en" } as const;

  test("has the numbers in place, the bias too", () => {
    expect(formulaText(productFormula(right, 0, 0), "en")).toBe(
      "0.47 · 0.42 + 0.42 · (−0.22) + 0.46 · 0.45 + 0.1\n= 0.1974 − 0.0924 + 0.207 + 0.1\n= 0.412",
    );
  });

  test("of pairs that do not belong together says so", () => {
    const wrong = { left: batch, right: weights, lang: "en" } as const;
    const said = formulaText(productFormula(wrong, 0, 0), "en").split("\n");
    expect(said.slice(0, 3)).toEqual([
      "0.47 · 0.42 + 0.42 · (−0.04) + 0.46 · 0.2",
      "= 0.1974 − 0.0168 + 0.092",
      "= 0.2726",
    ]);
    expect(said[3]).toBe("Nobody's answer.");
    const short = { left: matrix([[1, 2]]), right: matrix([[3]]), lang: "pt-BR" } as const;
    expect(formulaText(productFormula(short, 0, 0), "pt-BR")).toMatch(
      /^1 · 3 \+ 2 · \?\nUm número fica sem par/,
    );
  });

  test("as HTML has each number in the color of its feature or neuron", () => {
    const html = formulaHtml(productFormula(right, 0, 1), "en");
    strict(html);
    expect(html).toMatch(/background:repeating-linear-gradient\(90deg,#0072b2 0px 4px[^"]*">0\.47<\/span>/);
    // neuron 2 is dashed 6 3
    expect(html).toMatch(/#cc79a7 0px 6px,transparent 6px 9px\) [^"]*">\(−0\.04\)<\/span>/);
    expect(html.replace(/<[^>]*>/g, "")).toContain("0.47 · (−0.04) + 0.42 · 0.03 + 0.46 · (−0.29) + 0.2");
  });

  test("of a long sum leaves the middle out", () => {
    const long = { left: matrix([new Array(20).fill(1)]), right: matrix(new Array(20).fill([2])) };
    expect(formulaText(productFormula({ ...long, lang: "en" }, 0, 0), "en").split("\n")).toEqual([
      "1 · 2 + 1 · 2 + 1 · 2 + 1 · 2 + 1 · 2 + 1 · 2 + … + 1 · 2",
      "= 2 + 2 + 2 + 2 + 2 + 2 + … + 2",
      "= 40",
    ]);
  });

  test("the drawing frames what the formula is made of, and finds each value by its place", async () => {
    const svg = productFigure({ ...right, step: [1, 2], lang: "pt-BR", width: 350 });
    strict(svg);
    expect(svg.match(/class="step"/g)).toHaveLength(4);
    expect(svg.match(/data-at="left /g)).toHaveLength(6);
    expect(svg.match(/data-at="result 1 2"/g)).toHaveLength(1);
    expect(productFigure(right)).not.toContain("data-at");
    expect(productTable(right).rows.at(-1)).toEqual(["result", "2", "0.1789", "0.1936", "0.277"]);
    expect(productTable(right).rows.find(([name]) => name === "biases")).toEqual(["biases", "1", "0.1", "0.2", "0.3"]); // biome-ignore format: one row
    await expect(svg).toMatchFileSnapshot("snapshots/product-step.svg");
  });

  test("biases that are not one a neuron are refused", () => {
    expect(() => productFigure({ ...right, biases: vector([1]) })).toThrow(/3 biases/);
  });
});

describe("a neuron's formula", () => {
  const network = {
    layers: [{ weights: matrix([[1, -2], [3, 4]]), biases: vector([-1, 0.5]) }, { kind: "relu" }, { weights: matrix([[0.5, 1]]) }], // biome-ignore format: layers
    values: [[1, 0.5], [0, 5.5], [5.5]], // biome-ignore format: columns
    lang: "en",
  } as const;

  test("has what comes in, weights, bias and activation", () => {
    expect(formulaText(networkFormula(network, 0, 0), "en")).toBe(
      "1 · 1 + 0.5 · (−2) + (−1)\n= 1 − 1 − 1\n= −1\nrelu(−1) = 0",
    );
    expect(formulaText(networkFormula(network, 1, 0), "en")).toBe("0 · 0.5 + 5.5 · 1\n= 0 + 5.5\n= 5.5");
    expect(formulaText(weightFormula(network, 0, 0, 1), "en")).toBe("0.5 · (−2)\n= −1");
  });

  test("the drawing says the values, and where each part is", async () => {
    const svg = networkFigure({ ...network, place: { kind: "weight", layer: 0, neuron: 1, at: 0 } });
    strict(svg);
    expect(svg).toContain('data-at="weight 0 1 0"');
    expect(svg).toContain("2 relu");
    expect(svg.match(/data-at="neuron /g)).toHaveLength(3);
    await expect(svg).toMatchFileSnapshot("snapshots/network-values.svg");
  });

  test("values of other sizes are refused", () => {
    expect(() => networkFigure({ ...network, values: [[1], [0, 5.5], [5.5]] })).toThrow(/2, 2, 1 long/);
  });
});
