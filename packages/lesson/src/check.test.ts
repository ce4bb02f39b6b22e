/// <reference types="node" />
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { check, parse } from "./build.js";
import { CellProgram } from "./compiler.js";

const ROOT = import.meta.dirname;
const lesson = (lang: string, ...cells: string[]) =>
  parse(
    `---\nlesson: x\nlang: ${lang}\ntitle: X\n---\n\n${cells.map((code, i) => `\`\`\`ts cell id=cell${i + 1}\n${code}\n\`\`\`\n`).join("\n")}`,
  );

describe("check", () => {
  it("says camada's sentence, in the lesson's language, at the file's line", () => {
    const cells = [
      'import { array, dot } from "camada";\n\nconst a = array([1, 2]);',
      "const b = array([1, 2, 3]);\n\ndot(a, b);\nconst n: string = 1;",
    ];
    const [ours, theirs] = check(lesson("en", ...cells), ROOT);
    expect(ours).toMatchObject({ cell: "cell2", line: 16 });
    expect(ours!.sentence).toMatch(/^dot: the .*2.* 3/);
    expect(ours!.detail).toContain(ours!.sentence);
    const plain = "Type 'number' is not assignable to type 'string'.";
    expect(theirs).toEqual({ cell: "cell2", line: 17, sentence: plain, detail: plain });
    expect(check(lesson("pt-BR", ...cells), ROOT)[0]!.sentence).toMatch(/^dot: os tamanhos/);
  });

  it("finds what is not yet there, what is there twice, and what is no program", () => {
    const said = (...cells: string[]) =>
      check(lesson("en", ...cells), ROOT).map(({ cell, line }) => [cell, line]);
    expect(said("console.log(later);", "const later = 1;")[0]).toEqual(["cell1", 8]);
    expect(said("const a = 1;", "", "const a = 2;")).toEqual([
      ["cell1", 8],
      ["cell3", 16],
    ]);
    expect(said("console.log(1);", "const = 3;")[0]).toEqual(["cell2", 12]);
    expect(said("const a = await Promise.resolve(1);", "console.log(a);")).toEqual([]);
    expect(said("console.log(performance.now() > 0);")).toEqual([]);
  });
});

describe("a program of cells", () => {
  const files = { read: ts.sys.readFile, exists: ts.sys.fileExists, hasFolder: ts.sys.directoryExists };
  const libraries = ts.getDefaultLibFilePath({}).replace(/[/\\][^/\\]*$/, "");
  const program = () => new CellProgram({ ...files, root: ROOT, libraries }, "en");
  const cells = (...codes: string[]) => codes.map((code, i) => ({ id: `cell${i + 1}`, code }));

  it("keeps what a broken cell leaves open from spilling over, and its names from getting lost", () => {
    const one = program();
    one.update(cells("const a: number = 1;", "console.log(a);"));
    expect(one.remarks()).toEqual([]);
    one.update(cells("const a = `1;", "console.log(a.size);"));
    expect(one.remarks().map(({ cell, sentence }) => [cell, sentence])).toEqual([
      ["cell1", "Unterminated template literal."],
      ["cell2", "Property 'size' does not exist on type 'number'."],
    ]);
  });

  it("says where a remark stands in its cell", () => {
    const one = program();
    const code = "const n: string = 1;";
    one.update(cells("const a = 1;", code));
    expect(one.remarks()).toMatchObject([{ cell: "cell2", from: 6, to: 7 }]);
  });

  it("completes and describes, also in a cell that is no program yet", () => {
    const one = program();
    one.update(
      cells(
        'import { array, dot } from "camada";\nconst x = array([[1, 2]], ["batch", "feature"]);',
        'const w = array([[3, 4]], ["neuron", "feature"]);\nconst y = dot(x, w.T);\ny.su',
      ),
    );
    const code = 'const w = array([[3, 4]], ["neuron", "feature"]);\nconst y = dot(x, w.T);\ny.su';
    expect(one.suggest("cell2", code.length)).toEqual(expect.arrayContaining(["sum", "subtract"]));
    expect(one.describe("cell2", code.indexOf("y ="))?.type).toBe(
      'const y: NamedArray<[1, 1], ["batch", "neuron"]>',
    );
  });
});
