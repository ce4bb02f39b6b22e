import { array, CamadaError, configure, dense, input, sequential } from "camada";
import { afterEach, describe, expect, it } from "vitest";
import { compile, parse } from "./build.js";
import { LessonError } from "./error.js";
import {
  type CompiledLesson,
  cellsOf,
  type RunOptions,
  runCell,
  runLesson,
  type Scope,
  show,
  valueAt,
} from "./index.js";

/** A lesson of these cells: one, two, three... */
function lesson(cells: readonly string[], lang = "en"): CompiledLesson {
  const fence = "```";
  const blocks = cells.map((code, i) => `${fence}ts cell id=cell${i + 1}\n${code}\n${fence}\n`);
  return compile(parse(`---\nlesson: x\nlang: ${lang}\ntitle: X\n---\n\n${blocks.join("\n")}`));
}

/** What each cell shows. */
async function outputs(cells: readonly string[], options: RunOptions = {}, lang = "en"): Promise<string[]> {
  const shown: string[] = [];
  for await (const { output } of runLesson(lesson(cells, lang), options)) shown.push(output);
  return shown;
}

afterEach(() => configure({ lang: "en" }));

describe("cells", () => {
  it("see what cells before them declare and import", async () => {
    const cells = [
      'import { array, dot as product } from "camada";\nconst a = array([1, 2]);',
      "const { size, shape: [n] } = a, { T } = a;\nfunction twice(x: number): number { return 2 * x; }",
      "class Pair { constructor(readonly first: number) {} }\nenum Side { Left = 7 }",
      "console.log(product(a, a), size, n, String(T), twice(4), new Pair(3).first, Side.Left);",
    ];
    expect(await outputs(cells)).toEqual(["", "", "", "5 2 2 [1. 2.] 8 3 7"]);
  });

  it("share variables that change, whoever changes them", async () => {
    const cells = [
      "let total = 0, list: number[] = [];\nfor (const n of [1, 2, 3]) total += n;\nfunction add() { total += 10; }",
      "add(); total += 100; list = [total];\nconsole.log(total);",
      "const seen = { total, list };\n({ total } = { total: 5 });\nconsole.log(seen, total);",
      "add();\nconsole.log(total);",
    ];
    expect(await outputs(cells)).toEqual(["", "116", "{ total: 116, list: [116] } 5", "15"]);
  });

  it("may use a shared name for something of their own", async () => {
    const cells = [
      "const n = 1, label = 2, scope = 3, modules = 4;",
      `const own = { n: 5, m: n };
const f = (n: number) => n + 1;
label: for (const label of [8]) { if (label > 0) break label; }
console.log(own.n, own, f(10), [1].map((label) => label), scope, modules, \`\${n}\`);`,
    ];
    const [, second] = await outputs(cells);
    expect(second).toBe("5 { n: 5, m: 1 } 11 [1] 3 4 1");
  });

  it("say what they make and take", () => {
    const cells = [
      'import { array } from "camada";\nlet a = array([1]);',
      "const b = { a: 1 }.a;",
      "interface T { a: 1 }\na.dot(a);",
    ];
    expect(cellsOf(lesson(cells)).map(({ makes, takes }) => [makes, takes])).toEqual([
      [["array", "a"], []],
      [["b"], []],
      [[], ["a"]],
    ]);
  });

  it("that fail keep what they have made, say why, and do not stop the next", async () => {
    const scope: Scope = {};
    const cells = [
      'import { array, dot, type NDArray } from "camada";\nconst a = array([1, 2]), b = array([1, 2, 3]);\nconsole.log("before");\ndot(a, b);\nconst never = 1;',
      "console.log(a);",
      "null!.x;",
      'throw "words";',
    ];
    expect(await outputs(cells, { scope })).toEqual([
      "before\ndot: the inner sizes differ, 2 against 3, in (2) x (3).",
      "[1. 2.]",
      "TypeError: Cannot read properties of null (reading 'x')",
      "Error: words",
    ]);
    expect(valueAt(scope, "b.size")).toBe(3);
    expect("never" in scope).toBe(false);
  });

  it("speak the lesson's language", async () => {
    const wrong = ['import { array } from "camada";\narray([[1], [2, 3]]);'];
    const [english] = await outputs(wrong);
    const [portuguese] = await outputs(wrong, {}, "pt-BR");
    expect(english).not.toBe(portuguese);
    expect(portuguese).toMatch(/linha/);
  });

  it("may wait", async () => {
    expect(await outputs(["const x = await Promise.resolve(3);", "console.log(x);"])).toEqual(["", "3"]);
  });

  it("import by name from camada and export nothing", () => {
    const refused = (code: string): unknown => {
      try {
        return lesson(["const a = 1;", code]);
      } catch (error) {
        return error instanceof LessonError ? [error.code, error.data["line"]] : error;
      }
    };
    for (const line of [
      'import "camada";',
      'import camada from "camada";',
      'import * as c from "camada";',
      'import { x } from "node:fs";',
    ]) {
      expect(refused(`\n${line}`)).toEqual(["cell.import", 13]);
    }
    for (const line of ["export const b = 1;", "export { a };", "export default 1;"]) {
      expect(refused(line)).toEqual(["cell.export", 12]);
    }
  });

  it("make what figures show", () => {
    const file = (values: string) =>
      `---\nlesson: x\nlang: en\ntitle: X\n---\n\n\`\`\`ts cell id=one\nconst a = 1, b = 2;\n\`\`\`\n\n::figure{kind=network of=one layers="${values}" alt="x"}\n`;
    expect(compile(parse(file("a.T b, b"))).blocks).toHaveLength(2);
    expect(() => compile(parse(file("a b, c")))).toThrow(
      "line 11: this figure is drawn from 'c', but no cell before it",
    );
  });

  it("are plain data", () => {
    const compiled = lesson(["const a = 1;", "console.log(a);"]);
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
  });
});

describe("runLesson", () => {
  it("tells of each line as it is written", async () => {
    const told: string[] = [];
    await outputs(["console.log(1); console.log(2);", "oops();"], {
      onOutput: (id, line) => told.push(`${id} ${line}`),
    });
    expect(told).toEqual(["cell1 1", "cell1 2", "cell2 ReferenceError: oops is not defined"]);
  });

  it("stops when it is told to, even where a cell waits for ever", async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    const run = async () => {
      const options = {
        signal: stop.signal,
        onOutput: () => setTimeout(() => stop.abort(new Error("enough")), 5),
      };
      for await (const { id } of runLesson(
        lesson(["1;", 'console.log("on"); await new Promise(() => {});', "2;"]),
        options,
      ))
        seen.push(id);
    };
    await expect(run()).rejects.toThrow("enough");
    expect(seen).toEqual(["cell1"]);
    await expect(outputs(["1;"], { signal: stop.signal })).rejects.toThrow("enough");
  });

  it("gives the error itself", async () => {
    for await (const { error } of runLesson(lesson(['import { array } from "camada";\narray([[1], []]);']))) {
      expect(error).toBeInstanceOf(CamadaError);
    }
  });
});

describe("runCell", () => {
  it("runs one cell in the scope that others have left, in the language that is set", async () => {
    const { blocks } = lesson([
      'import { array } from "camada";\nconst a = array([1, 2]);',
      "console.log(a.size);\na.at(5);",
    ]);
    const [first, second] = cellsOf({ blocks });
    const scope: Scope = {};
    expect(await runCell(first!, { scope })).toEqual({ id: "cell1", output: "", cut: false, error: null });
    configure({ lang: "pt-BR" });
    const { output, error } = await runCell(second!, { scope });
    expect(output).toBe(`2\n${error?.message}`);
    expect(output).toMatch(/eixo/);
  });

  it("leaves out what is over the limit, but not the error", async () => {
    const [cell] = cellsOf(lesson(['for (let i = 0; i < 9; i++) console.log("ab");\noops();']));
    const said = "ReferenceError: oops is not defined";
    expect(await runCell(cell!, { outputLimit: 6 })).toMatchObject({ output: `ab\nab\n${said}`, cut: true });
    const all = await runCell(cell!, { outputLimit: 27 });
    expect(all).toMatchObject({ output: `${"ab\n".repeat(9)}${said}`, cut: false });
  });
});

describe("show", () => {
  it("shows arrays as NumPy prints them, and JavaScript's values as one writes them", () => {
    expect(show(array([1, 2.5]))).toBe("[1.  2.5]");
    expect(show("text")).toBe("text");
    expect(show([1, "a", [null, undefined], { b: true, c: {} }])).toBe(
      "[1, 'a', [null, undefined], { b: true, c: {} }]",
    );
    expect(show(new Error("no"))).toBe("Error: no");
    const model = sequential(input(2), dense(1));
    expect(show(model)).toBe(model.summary());
    expect(show(Object.create(null))).toBe("{}");
    const loop: unknown[] = [1];
    loop.push(loop);
    expect(show(loop)).toBe("[1, ...]");
  });
});
