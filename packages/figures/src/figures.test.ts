import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  FigureError,
  type MatrixLike,
  networkFigure,
  networkTable,
  networkText,
  productFigure,
  productText,
} from "./index.js";
import { en } from "./messages/en.js";
import { ptBR } from "./messages/pt-BR.js";

const m = (values: number[][], names: (string | null)[] | null = null): MatrixLike => ({
  shape: [values.length, values[0]?.length ?? 0],
  names,
  toArray: () => values,
});
const vector = (values: number[]): MatrixLike => ({
  shape: [values.length],
  names: null,
  toArray: () => values,
});
const filled = (r: number, c: number, names: string[] | null = null) =>
  m(
    Array.from({ length: r }, (_, i) => Array.from({ length: c }, (_, j) => Math.sin(i * c + j))),
    names,
  );
const turn = (a: number[][]) => a[0]!.map((_, j) => a.map((row) => row[j]!));

const batch = m(
  [
    [0.47, 0.42, 0.46],
    [0.12, -0.15, -0.01],
    [-0.08, -0.1, 0.14],
    [-0.16, 0.13, -0.38],
  ],
  ["batch", "feature"],
);
const values = [
  [0.42, -0.22, 0.45],
  [-0.04, 0.03, -0.29],
  [0.2, 0.34, -0.4],
];
const weights = m(values, ["neuron", "feature"]);
const transposed = m(turn(values), ["feature", "neuron"]);
const w1 = m(
  [
    [0.31, -0.31, -0.48, -0.27],
    [-0.15, -0.29, -0.33, -0.08],
    [0.16, -0.22, -0.33, 0.02],
  ],
  ["neuron", "feature"],
);
const w2 = m(
  [
    [0.19, 0.15, 0.04],
    [-0.16, 0.46, 0.3],
    [-0.37, 0.22, 0.49],
  ],
  ["neuron", "feature"],
);
const layers = [
  { weights: w1, biases: vector([0.1, 0.2, 0.3]) },
  { weights: w2, biases: vector([0.47, 0.19, -0.28]) },
];

/** Tags nest and close, attributes are quoted and unique, no stray markup, ids unique. */
function strict(svg: string) {
  const open: string[] = [];
  const ids = new Set<string>();
  const rest = svg.replace(
    /<(\/?)([a-zA-Z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g,
    (_, close, name, attrs, empty) => {
      if (close) expect(open.pop()).toBe(name);
      else if (!empty) open.push(name);
      const id = / id="([^"]*)"/.exec(attrs)?.[1];
      if (id !== undefined) expect(ids.has(id)).toBe(false);
      if (id !== undefined) ids.add(id);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<]|&(?!(amp|lt|gt|quot|apos);)/);
}

describe("products", () => {
  test("the right product shows its result", async () => {
    const svg = productFigure({ left: batch, right: transposed, lang: "en" });
    strict(svg);
    expect(svg).toContain("0.312");
    expect(svg).not.toContain('class="bad"');
    await expect(svg).toMatchFileSnapshot("snapshots/product-right.svg");
  });
  test("matrices go on under one another where the width asks for it", () => {
    const size = (options: { width?: number }) => {
      const svg = productFigure({ left: batch, right: transposed, lang: "en", ...options });
      const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)/.exec(svg)!;
      return { width: Number(width), height: Number(height) };
    };
    const [one, two, three] = [size({}), size({ width: 530 }), size({ width: 350 })];
    expect(three.width).toBeLessThanOrEqual(350);
    expect(two.width).toBeGreaterThan(350);
    expect(two.width).toBeLessThanOrEqual(530);
    expect(one.width).toBeGreaterThan(530);
    expect(two.height).toBeGreaterThan(one.height);
    expect(three.height).toBeGreaterThan(two.height);
  });
  test("a narrow column has the matrices one under the other", async () => {
    const svg = productFigure({ left: batch, right: transposed, lang: "pt-BR", width: 390 });
    strict(svg);
    expect(Number(/viewBox="0 0 ([\d.]+)/.exec(svg)![1])).toBeLessThan(390);
    await expect(svg).toMatchFileSnapshot("snapshots/product-stack.svg");
  });
  test("features against neurons are marked wrong", async () => {
    const svg = productFigure({ left: batch, right: weights, lang: "pt-BR" });
    strict(svg);
    expect(svg.match(/class="bad"/g)).toHaveLength(4);
    expect(svg).toContain("não é um produto");
    await expect(svg).toMatchFileSnapshot("snapshots/product-wrong.svg");
    expect(productText({ left: batch, right: weights, lang: "en" })).toContain("feature meets neuron");
  });
  test("any shapes and labels give well-formed XML", () => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(
        size,
        size,
        size,
        size,
        fc.oneof(fc.string({ unit: "binary" }), fc.constant("<script>&\"'")),
        (a, b, c, d, label) => {
          const svg = productFigure({
            left: filled(a, b),
            right: filled(c, d),
            labels: { left: label },
            id: label,
            lang: "en",
          });
          strict(svg);
          expect(svg.includes('class="bad"')).toBe(b !== c);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("networks", () => {
  test("every connection and output arrow is drawn", async () => {
    const svg = networkFigure({ layers, lang: "en" });
    strict(svg);
    expect(svg.match(/<line /g)).toHaveLength(3 * 4 + 3 * 3);
    expect(svg.match(/line arrow/g)).toHaveLength(3);
    expect(
      networkFigure({
        layers: [{ weights: m(turn(w1.toArray() as number[][]), ["feature", "neuron"]) }, { weights: w2 }],
        lang: "en",
      }),
    ).toBe(svg);
    await expect(svg).toMatchFileSnapshot("snapshots/network.svg");
    expect(networkTable({ layers, lang: "en" }).rows[0]).toEqual([
      "layer 1",
      "1",
      "0.31",
      "-0.31",
      "-0.48",
      "-0.27",
      "0.1",
    ]);
    expect(networkText({ layers, lang: "pt-BR" })).toContain("viés");
  });
  test("large networks stay small", async () => {
    const svg = networkFigure({
      layers: [filled(512, 784), filled(512, 512), filled(10, 512)].map((weights) => ({ weights })),
      lang: "en",
    });
    strict(svg);
    expect(svg.length).toBeLessThan(100_000);
    expect(svg).toContain("⋮ 512");
    await expect(svg).toMatchFileSnapshot("snapshots/network-large.svg");
  });
  test("bad input is refused with a code and a sentence in each language", () => {
    const code = (f: () => unknown) => {
      try {
        f();
      } catch (error) {
        if (error instanceof FigureError) return error.code;
      }
      return null;
    };
    expect(code(() => networkFigure({ layers: [], lang: "en" }))).toBe("error.layers");
    expect(code(() => networkFigure({ layers: [{ weights: w1 }, { weights: w1 }], lang: "en" }))).toBe(
      "error.chain",
    );
    expect(code(() => networkFigure({ layers: [{ weights: w1, biases: vector([1]) }], lang: "en" }))).toBe(
      "error.biases",
    );
    expect(code(() => productFigure({ left: vector([1]), right: w1, lang: "en" }))).toBe("error.matrix");
    expect(code(() => productFigure({ left: batch, right: transposed, result: w1, lang: "en" }))).toBe(
      "error.result",
    );
    expect(() => networkFigure({ layers: [], lang: "pt-BR" })).toThrow("pelo menos uma camada");
  });
  test("both languages say everything", () => expect(Object.keys(ptBR)).toEqual(Object.keys(en)));
});
