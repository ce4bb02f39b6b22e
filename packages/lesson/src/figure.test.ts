import { array } from "camada";
import { describe, expect, it } from "vitest";
import { compile, parse } from "./build.js";
import { drawingOf, type Figure, type ReadSaved, runLesson, type Scope } from "./index.js";

/** What a figure of these values is drawn from, after one cell. */
async function drawn(code: string, figure: string, read?: ReadSaved) {
  const file = `---\nlesson: x\nlang: pt-BR\ntitle: X\n---\n\n\`\`\`ts cell id=one\nimport { array } from "camada";\n${code}\n\`\`\`\n\n::figure{of=one alt="x" ${figure}}\n`;
  const lesson = compile(parse(file));
  const scope: Scope = {};
  for await (const _ of runLesson(lesson, { scope }));
  return drawingOf(lesson.blocks.at(-1) as Figure, scope, lesson.lang, read);
}

const code = "const w = array([[1, 2]]), b = array([3]), v = array([[4]]);";

describe("drawingOf", () => {
  it("finds a product's matrices", async () => {
    const w = array([[1, 2]]);
    expect(await drawn(code, "kind=product left=w right=w.T")).toEqual({
      figure: "product",
      left: w,
      right: w.T,
    });
    expect(await drawn(code, "kind=product left=w right=w.T result=v")).toMatchObject({
      result: array([[4]]),
    });
  });

  it("finds a product's biases", async () => {
    const found = await drawn("const w = array([[1, 2]]), b = array([3]), v = array([[4]]);", "kind=product left=w right=w.T biases=b"); // biome-ignore format: one line
    expect(found).toMatchObject({ biases: array([3]) });
  });

  it("finds a network's input, and what flows through it", async () => {
    const cell =
      'const w = array([[1, 2]], ["hidden", "feature"]), b = array([3]), x = array([[4, 5], [6, 7]]);';
    expect(await drawn(cell, 'kind=network layers="w b" input=x')).toMatchObject({ values: [[4, 5], [17]] });
    const turned = 'const w = array([[1, 2], [3, 4]], ["feature", "neuron"]), x = array([1, 10]);';
    expect(await drawn(turned, "kind=network layers=w input=x")).toMatchObject({ values: [[1, 10], [31, 42]] }); // biome-ignore format: columns
  });

  it("finds curves and a confusion matrix, with their labels", async () => {
    const lists = "const a = [3, 2, 1], c = array([[2, 1], [0, 4]]);";
    expect(await drawn(lists, 'kind=curves series="a, c" labels="loss, more" measure=loss')).toEqual({
      figure: "curves",
      series: [{ label: "loss", values: [3, 2, 1] }, { label: "more", values: [[2, 1], [0, 4]] }], // biome-ignore format: two
      measure: "loss",
    });
    expect(await drawn(lists, 'kind=confusion matrix=c labels="cat, dog"')).toEqual({
      figure: "confusion",
      matrix: array([[2, 1], [0, 4]]), // biome-ignore format: rows
      labels: ["cat", "dog"],
    });
  });

  it("finds how a network parts a plane, and refuses what is no network", async () => {
    const cell = `import { dense, moons, sequential, sgd, softmaxCrossEntropy } from "camada";
const { x, y } = moons({ samples: 30, seed: 1 });
const weights = array([[0, 5], [0, -5]], ["neuron", "feature"]), biases = array([-1.5, 1.5], ["neuron"]);
const model = sequential(dense({ weights, biases }));
const history = await model.fit(x, y, { loss: softmaxCrossEntropy(), optimizer: sgd(0.01), epochs: 2, seed: 1 });`;
    const found = await drawn(cell, "kind=playground model=model points=x labels=y history=history");
    if (found.figure !== "playground") throw new Error(found.figure);
    const { regions, predicted, layers, curves } = found;
    expect(regions!.classes).toHaveLength(regions!.side ** 2);
    // the upper half is of the first class
    expect([regions!.classes[0], regions!.classes[regions!.side ** 2 - 1]]).toEqual([0, 1]);
    expect(new Set(predicted as Uint8Array)).toEqual(new Set([0, 1]));
    expect(layers[0]!.weights!.shape).toEqual([2, 2]);
    expect(curves!.series).toMatchObject([
      { label: "loss", values: [expect.any(Number), expect.any(Number)] },
    ]);
    await expect(drawn(code, "kind=playground model=w points=w labels=b")).rejects.toThrow("'w', que deve ser um Sequential"); // biome-ignore format: one line
  });

  it("finds a network's layers, with biases or without", async () => {
    expect(await drawn(code, 'kind=network layers="w b, v"')).toEqual({
      figure: "network",
      layers: [{ weights: array([[1, 2]]), biases: array([3]) }, { weights: array([[4]]) }],
    });
  });

  it("finds what training came to in a file beside the lesson", async () => {
    const files: { readonly [name: string]: unknown } = { "a.json": { results: [] }, "b.json": { strokes: { side: 2 } } }; // biome-ignore format: one line
    const read = (name: string) => files[name];
    expect(await drawn(code, "kind=study saved=a.json", read)).toEqual({ figure: "study", results: [] });
    expect(await drawn(code, "kind=strokes saved=b.json", read)).toEqual({ figure: "strokes", side: 2 });
    await expect(drawn(code, "kind=study saved=c.json", read)).rejects.toThrow("'c.json'");
    await expect(drawn(code, "kind=study")).rejects.toThrow("'saved'");
  });

  it("says which value there is not, and where", async () => {
    await expect(drawn(`array([[1], []]);\n${code}`, "kind=product left=w right=v")).rejects.toThrow(
      "linha 13: esta figura é desenhada a partir de 'w'",
    );
  });
});
