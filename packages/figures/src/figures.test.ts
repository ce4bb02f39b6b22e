import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matrix as m, strict, vector } from "../../../tests/svg.js";
import {
  type ConfusionOptions,
  type CurvesOptions,
  confusionFigure,
  confusionTable,
  confusionText,
  curvesFigure,
  curvesTable,
  curvesText,
  FigureError,
  networkFigure,
  networkTable,
  networkText,
  productFigure,
  productText,
} from "./index.js";
import { en } from "./messages/en.js";
import { ptBR } from "./messages/pt-BR.js";

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

const training = [2.25, 1.1, 0.62, 0.4, 0.28, 0.21];
const validation = [2.1, 1.2, 0.8, 0.66, 0.61, 0.6];
const history = [
  { label: "training", values: training },
  { label: "validation", values: validation },
];
const studied: CurvesOptions = {
  series: [
    { label: "lote 32", values: [[0.6, 0.8, 0.9], [0.5, 0.7, 0.95], [0.7, 0.9, 0.97]] }, // biome-ignore format: runs
    { label: "lote 512", values: [0.2, 0.5, 0.6] },
  ],
  measure: "acurácia",
  lang: "pt-BR",
};

describe("curves", () => {
  test("a training history is drawn, with a dash and a marker for each series", async () => {
    const svg = curvesFigure({ series: history, measure: "loss", lang: "en" });
    strict(svg);
    expect(svg).toContain("6 epochs; training goes from 2.25 to 0.21; validation goes from 2.1 to 0.6.");
    expect(svg.match(/<title>training, \d: /g)).toHaveLength(6);
    expect(svg).toContain('stroke-dasharray="6 3"');
    await expect(svg).toMatchFileSnapshot("snapshots/curves.svg");
  });
  test("several runs are a mean in a band", async () => {
    const svg = curvesFigure({ ...studied, width: 358 });
    strict(svg);
    expect(svg).toContain("vão da menor à maior");
    expect(svg.match(/fill-opacity="0.25"/g)).toHaveLength(1);
    await expect(svg).toMatchFileSnapshot("snapshots/curves-band.svg");
  });
  test("the table has every value, and the band's edges", () => {
    expect(curvesTable(studied).columns).toEqual(["época", "lote 32", "lote 32, borda inferior", "lote 32, borda superior", "lote 512"]); // biome-ignore format: list
    expect(curvesTable(studied).rows[1]).toEqual(["2", "0.8", "0.7", "0.9", "0.5"]);
    const { rows } = curvesTable({ ...studied, band: "std" });
    expect(rows[1]).toEqual(["2", "0.8", "0.7", "0.9", "0.5"]);
    expect(rows[0]!.slice(0, 4)).toEqual(["1", "0.6", "0.5", "0.7"]);
    const long = curvesTable({ series: [{ label: "a", values: new Array(99).fill(1) }], lang: "en" }, 5);
    expect(long.rows.map(([epoch]) => epoch)).toEqual(["1", "2", "3", "⋮", "99"]);
  });
  test("the text is a plot", () => {
    const text = curvesText({ series: history, measure: "loss", lang: "en", width: 36 });
    expect(text).toMatchInlineSnapshot(`
      "loss by epoch

      ● training
      ■ validation

      loss
      2.5 ┤
          │●
      2.0 ┤■·
          │ ··
          │   ·
      1.5 ┤    ·
          │     ·■
      1.0 ┤      ●···
          │         ···■···
          │           ·●·· ··■·····■·····■
      0.5 ┤               ···●····
          │                       ·●·····●
      0.0 ┤
          └──────┬───────────┬───────────┬
                 2           4           6
           epoch"
    `);
    expect(curvesText({ ...studied, width: 36 })).toMatchInlineSnapshot(`
      "acurácia por época
      As linhas são a média de 3
      execuções; as faixas vão da menor à
      maior.

      ● lote 32
      ■ lote 512

      acurácia
      1.0 ┤                              ░
          │                ░░░░░░░░░░····●
          │           ░░░░░░░░·······░░░░░
      0.8 ┤      ░░░░░░░··●···░░░░░░
          │ ░░░░░░░·····░░░░░░░░
          │░░░·····░░░░░░░░
      0.6 ┤●··░░░░░░░░               ····■
          │░░░░░░          ··········
          │░           ···■
      0.4 ┤         ···
          │      ···
          │  ····
      0.2 ┤■·
          └┬──────────────┬──────────────┬
           1              2              3
           época"
    `);
    const colored = curvesText({ series: history, lang: "en", color: true });
    expect(colored).toContain("\u001b[38;2;0;114;178m●\u001b[39m training");
  });
  test("a gap is left where a value is not finite, and a value alone is marked", () => {
    const values = [0.5, Number.NaN, ...new Array(20).fill(0.4), Infinity, 0.3];
    const svg = curvesFigure({ series: [{ label: "a", values }], lang: "en" });
    strict(svg);
    expect(svg).not.toMatch(/NaN|Infinity(?!<)/);
    expect(svg.match(/<title>a<\/title>/g)).toHaveLength(3);
    expect(svg).toContain("<title>a, 1: 0.5</title>");
    expect(svg).toContain("<title>a, 24: 0.3</title>");
  });
  test("any curves give well-formed XML inside its frame, and text of its width", () => {
    const value = fc.oneof(
      fc.double({ min: -1e9, max: 1e9 }),
      fc.constantFrom(Number.NaN, Infinity, 0, 1e-9),
    );
    const run = fc.array(value, { maxLength: 30 });
    const series = fc.record({ label: fc.string({ unit: "binary" }), values: fc.oneof(run, fc.array(run, { maxLength: 4 })) }); // biome-ignore format: short
    let refused = 0;
    fc.assert(
      fc.property(fc.array(series, { maxLength: 5 }), fc.constantFrom(358, 640), (all, width) => {
        try {
          const options: CurvesOptions = { series: all as CurvesOptions["series"], lang: "en" };
          const svg = curvesFigure({ ...options, width });
          strict(svg);
          expect(svg.replace(/<(title|text|desc)[\s\S]*?<\/\1>/g, "")).not.toMatch(/NaN|Infinity/);
          for (const [, x] of svg.matchAll(/ x[12]?="([^"]*)"/g)) expect(Math.abs(Number(x) - width / 2)).toBeLessThanOrEqual(width / 2); // biome-ignore format: short
          const plot = curvesText({ ...options, width: 50 })
            .split("\n")
            .filter((line) => /[│┤└]/.test(line));
          for (const line of plot) expect([...line].length).toBeLessThanOrEqual(50);
        } catch (error) {
          if (!(error instanceof FigureError)) throw error;
          expect(error.code).toMatch(/^error\.(series|curve)$/);
          refused++;
        }
      }),
      { numRuns: 200 },
    );
    expect(refused).toBeLessThan(180);
  });
});

const counts = m([[50, 0, 0], [0, 47, 3], [1, 4, 45]], ["true", "predicted"]); // biome-ignore format: rows
const flowers: ConfusionOptions = {
  matrix: counts,
  labels: ["setosa", "versicolor", "virginica"],
  lang: "en",
};

describe("confusion matrices", () => {
  test("counts stand with their share of the row", async () => {
    const svg = confusionFigure(flowers);
    strict(svg);
    expect(svg).toContain("142 of 150 right (94.7%). Most often mistaken: virginica for versicolor (4).");
    expect(svg).toContain("<title>virginica → versicolor: 4 (8.0%)</title>");
    expect(svg.match(/<rect class="line"|class="line"/g)).toHaveLength(3);
    await expect(svg).toMatchFileSnapshot("snapshots/confusion.svg");
  });
  test("ten classes fit a telephone", async () => {
    const digits = m(Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (_, j) => (i === j ? 900 + 30 * i : (i * j) % 7)))); // biome-ignore format: one matrix
    const svg = confusionFigure({ matrix: digits, lang: "pt-BR", width: 358 });
    strict(svg);
    expect(Number(/viewBox="0 0 ([\d.]+)/.exec(svg)![1])).toBeLessThanOrEqual(358);
    expect(svg).toContain("font-size:11px");
    await expect(svg).toMatchFileSnapshot("snapshots/confusion-narrow.svg");
  });
  test("table and text say the same", () => {
    const { columns, rows, caption } = confusionTable(flowers);
    expect(columns).toEqual(["true ↓ predicted →", "setosa", "versicolor", "virginica", "right"]);
    expect(rows[2]).toEqual(["virginica", "1", "4", "45", "90.0%"]);
    expect(caption).toContain("Confusion matrix. 142 of 150");
    expect(confusionText(flowers)).toMatchInlineSnapshot(`
      "Confusion matrix. 142 of 150 right (94.7%). Most often mistaken:
      virginica for versicolor (4).

      true ↓ predicted →
                  setosa  versicolor  virginica  right
          setosa      50           ·          ·   100%
      versicolor       ·          47          3  94.0%
       virginica       1           4         45  90.0%"
    `);
    expect(confusionText({ matrix: m([[0]]), lang: "pt-BR" })).toContain("0 de 0 certos (0%).");
  });
  test("any counts and labels give well-formed XML", () => {
    const label = fc.oneof(fc.string({ unit: "binary" }), fc.constant("<script>&\"'"));
    const count = fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e6, noNaN: true }));
    const matrix = fc.integer({ min: 1, max: 12 }).chain((n) => fc.tuple(fc.array(fc.array(count, { minLength: n, maxLength: n }), { minLength: n, maxLength: n }), fc.array(label, { minLength: n, maxLength: n }))); // biome-ignore format: one matrix
    fc.assert(
      fc.property(matrix, ([values, labels]) => {
        strict(confusionFigure({ matrix: m(values), labels, lang: "en", width: 358 }));
      }),
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
    expect(code(() => curvesFigure({ series: [], lang: "en" }))).toBe("error.series");
    for (const values of [[], [Number.NaN], [[], []]]) {
      expect(code(() => curvesText({ series: [{ label: "a", values }], lang: "en" }))).toBe("error.curve");
    }
    expect(code(() => confusionFigure({ matrix: batch, lang: "en" }))).toBe("error.square");
    expect(code(() => confusionText({ matrix: vector([1]), lang: "en" }))).toBe("error.matrix");
    for (const bad of [-1, Number.NaN, Infinity]) {
      expect(code(() => confusionFigure({ matrix: m([[bad]]), lang: "en" }))).toBe("error.counts");
    }
    expect(code(() => confusionFigure({ ...flowers, labels: ["a"] }))).toBe("error.labels");
    expect(() => networkFigure({ layers: [], lang: "pt-BR" })).toThrow("pelo menos uma camada");
  });
  test("both languages say everything", () => expect(Object.keys(ptBR)).toEqual(Object.keys(en)));
});
