import { array } from "camada";
import { describe, expect, it } from "vitest";
import { compile, parse } from "./build.js";
import { drawingOf, type Figure, runLesson, type Scope } from "./index.js";

/** What a figure of these values is drawn from, after one cell. */
async function drawn(code: string, figure: string) {
  const file = `---\nlesson: x\nlang: pt-BR\ntitle: X\n---\n\n\`\`\`ts cell id=one\nimport { array } from "camada";\n${code}\n\`\`\`\n\n::figure{of=one alt="x" ${figure}}\n`;
  const lesson = compile(parse(file));
  const scope: Scope = {};
  for await (const _ of runLesson(lesson, { scope }));
  return drawingOf(lesson.blocks.at(-1) as Figure, scope, lesson.lang);
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

  it("finds a network's layers, with biases or without", async () => {
    expect(await drawn(code, 'kind=network layers="w b, v"')).toEqual({
      figure: "network",
      layers: [{ weights: array([[1, 2]]), biases: array([3]) }, { weights: array([[4]]) }],
    });
  });

  it("says which value there is not, and where", async () => {
    await expect(drawn(`array([[1], []]);\n${code}`, "kind=product left=w right=v")).rejects.toThrow(
      "linha 13: esta figura é desenhada a partir de 'w'",
    );
  });
});
