/// <reference types="node" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configure } from "camada";
import { afterAll, describe, expect, it } from "vitest";
import { compile, parse } from "./build.js";
import { type CompiledExercise, checkAnswer, runLesson, type Scope } from "./index.js";

const FOLDER = join(import.meta.dirname, "../../../lessons");
afterAll(() => configure({ lang: "en" }));

/** Right answers to a lesson's exercises, and wrong ones that a check has something to say of. */
const ANSWERS: {
  readonly [id: string]: { readonly right: readonly unknown[]; readonly wrong: readonly unknown[] };
} = {
  "third-neuron": { right: [3.385], wrong: [1.885, 2.885, 0] },
  "wrong-number": { right: [0.2726], wrong: [0.312, 1] },
  "shapes-of-a-layer": {
    right: ["(100, 784), (10, 784), (100, 10)", "100 x 784; 10 × 784 → 100 por 10"],
    wrong: ["784", "(100, 784), (784, 10), (100, 10)", "(784, 100), (10, 784), (100, 10)"],
  },
  count: { right: [101770], wrong: [101632, 100480, 0] },
};

describe.each(["en", "pt-BR"])("the exercises of lesson 3, %s", (lang) => {
  const text = readFileSync(join(FOLDER, "03-first-layers", `${lang}.md`), "utf8");
  const exercisesOf = (file: string) =>
    compile(parse(file)).blocks.filter((block): block is CompiledExercise => block.kind === "exercise");

  it("ask what the report asks: words, numbers and code", () => {
    const kinds = new Set(exercisesOf(text).map(({ answer }) => answer));
    expect(kinds).toEqual(new Set(["text", "number", "cell"]));
  });

  it.each(Object.keys(ANSWERS))(
    "%s: take the right answer, and say what is wrong without giving it away",
    async (id) => {
      const { module } = exercisesOf(text).find((exercise) => exercise.id === id)!;
      const { right, wrong } = ANSWERS[id]!;
      for (const answer of right) expect(await checkAnswer(module!, answer), String(answer)).toBeNull();
      const [told] = right;
      for (const answer of wrong) {
        const said = await checkAnswer(module!, answer);
        expect(said, String(answer)).toMatch(/\w/);
        expect(said).not.toContain(String(told));
      }
    },
  );

  it("look at what a cell has made", async () => {
    const [first, biases] = lang === "en" ? ["wideBatch", "yourProduct"] : ["loteLargo", "seuProduto"];
    const weights = lang === "en" ? "wideWeights" : "pesosLargos";
    const said = async (code: string) => {
      const lesson = compile(
        parse(text.replace(`const ${biases} = ${first};`, `const ${biases} = ${code};`)),
      );
      const scope: Scope = {};
      for await (const _ of runLesson(lesson, { scope }));
      const exercise = lesson.blocks.find((block) => block.kind === "exercise" && block.id === "product");
      return checkAnswer((exercise as CompiledExercise).module!, "", { scope });
    };
    const product = `dot(${first}, ${weights}.T)`;
    expect(await said(`${product}.add(array([0.1, 0.2, 0.3]))`)).toBeNull();
    const wrong = [first!, `${weights}.T`, product, `${product}.add(1)`];
    const sentences = await Promise.all(wrong.map(said));
    expect(new Set(sentences).size).toBe(4);
    expect(sentences).not.toContain(null);
  });
});

describe("a check", () => {
  it("that stumbles throws what it stumbled over", async () => {
    const file =
      "---\nlesson: x\nlang: en\ntitle: X\n---\n\n:::exercise{id=a answer=text}\nWhy?\n\n```ts check\nnull!.x;\n```\n:::\n";
    const [exercise] = compile(parse(file)).blocks;
    await expect(checkAnswer((exercise as CompiledExercise).module!, "")).rejects.toThrow("null");
  });
});
