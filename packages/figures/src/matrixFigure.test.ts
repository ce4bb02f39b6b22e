import { describe, expect, it } from "vitest";
import { matrix, strict, vector } from "../../../tests/svg.js";
import { matrixFigure, matrixTable } from "./index.js";

describe("a matrix alone", () => {
  const weights = matrix(
    [
      [0.5, -1],
      [2, 0.25],
      [0, 1],
    ],
    ["neuron", "feature"],
  );

  it("is drawn with its label, its axes and every number", () => {
    for (const [lang, axes] of [
      ["en", "(neuron 3, feature 2)"],
      ["pt-BR", "(neurônio 3, atributo 2)"],
    ] as const) {
      const svg = matrixFigure({ matrix: weights, label: "w", lang });
      strict(svg);
      for (const text of [">w<", axes, ">0.5<", ">-1<", ">0.25<"]) expect(svg).toContain(text);
    }
  });

  it("may be a vector, whose one axis is named, and nothing else", () => {
    const options = { matrix: vector([1, 2, 3]), label: "b", lang: "en" } as const;
    expect(matrixFigure(options)).toContain(">(axis 3)<");
    expect(matrixTable(options)).toEqual({
      caption: "b (axis 3)",
      columns: ["row", "1", "2", "3"],
      rows: [["1", "1", "2", "3"]],
    });
    const cube = { shape: [1, 1, 1], names: null, toArray: () => [[[1]]] };
    expect(() => matrixFigure({ matrix: cube, label: "c", lang: "en" })).toThrow("c must be a matrix");
  });
});
