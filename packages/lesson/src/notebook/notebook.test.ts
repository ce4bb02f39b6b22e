/// <reference types="node" />
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type CodeCell,
  type Notebook,
  type NotebookCell,
  readNotebook,
  writeNotebook,
} from "@camada/interop";
import { configure } from "camada";
import { describe, expect, it } from "vitest";
import { fromNotebook, LessonError, parse, toNotebook } from "../build.js";
import { cellsOf, madeOf, withNotes, withWork, workIn } from "../index.js";

const LESSONS = join(import.meta.dirname, "../../../../lessons");
const files = readdirSync(LESSONS).flatMap((folder) =>
  ["en", "pt-BR"].map(
    (lang) => [`${folder}, ${lang}`, readFileSync(join(LESSONS, folder, `${lang}.md`), "utf8")] as const,
  ),
);
const draw = () => '<svg xmlns="http://www.w3.org/2000/svg"><title>é</title></svg>';

const HEAD = "---\nlesson: 99-x\nlang: en\ntitle: X\n---\n\n";
const CELL =
  '```ts cell id=one\nimport { array } from "camada";\nconst a = array([1]);\nconsole.log(a);\n```\n\n```out of=one\n[1.]\n```\n\n';
const FAILING =
  "```ts cell id=two error=ShapeError\nconsole.log(1);\ndot(a, b);\n```\n\n```out of=two\n1\ndot: no\n```\n\n";
const FIGURE = '::figure{kind=product of=one left=a right=b.T alt="Two [matrices]"}\n\n';
const EXERCISE =
  ':::exercise{id=sum answer=number}\nWhat is $1 + 1$?\n\n```ts check\nif (answer !== 2) fail("no");\n```\n:::\n\n';
const FILE = `${HEAD}# X\n\nText.\n\n${CELL}${FIGURE}${FAILING}${EXERCISE}The end.\n`;

const made = (): Notebook => toNotebook(parse(FILE), { version: "1.2.3", draw });
/** The notebook with some cells changed. */
function changed(change: (cell: NotebookCell, i: number) => readonly NotebookCell[]): Notebook {
  const { metadata, cells } = made();
  return { metadata, cells: cells.flatMap(change) };
}
const replaced = (from: string, to: string) =>
  changed((cell) => [{ ...cell, source: cell.source.replace(from, to) }]);
const prose = (source: string): NotebookCell => ({ kind: "markdown", source, metadata: {} });

describe.each(files)("lesson %s", (_, file) => {
  const lesson = parse(file);
  const notebook = readNotebook(writeNotebook(toNotebook(lesson, { version: "0.1.0", draw })));

  it("comes back from a notebook's file byte for byte", () => {
    expect(fromNotebook(notebook)).toBe(file);
    expect(fromNotebook(toNotebook(lesson))).toBe(file);
  });

  it("shows all that it says, and keeps besides it only what cannot be shown", () => {
    const shown = notebook.cells.map(({ source }) => source).join("\n");
    for (const block of lesson.blocks) {
      if (block.kind === "prose" || block.kind === "exercise") expect(shown).toContain(block.markdown);
    }
    const outputs = notebook.cells.flatMap((cell) => (cell.kind === "code" ? cell.outputs : []));
    expect(outputs.filter(({ kind }) => kind === "error")).toHaveLength(
      cellsOf(lesson).filter(({ error }) => error !== null).length,
    );
    const kept = notebook.cells.filter(({ metadata }) => JSON.stringify(metadata).includes('"source":'));
    expect(kept).toHaveLength(
      lesson.blocks.filter(({ kind }) => kind === "figure" || kind === "exercise").length,
    );
  });
});

describe("a notebook of a lesson", () => {
  it("has cells that Deno's kernel runs, outputs, images and answers", () => {
    expect(made().metadata).toMatchObject({ kernelspec: { name: "deno" }, title: "X" });
    const { cells } = made();
    expect(cells.map(({ kind }) => kind)).toEqual([
      "code",
      "markdown",
      "code",
      "markdown",
      "code",
      "markdown",
      "markdown",
      "markdown",
    ]);
    expect(cells[0]!.source).toContain('from "npm:camada@^1.2.3"');
    expect(cells[2]).toMatchObject({ outputs: [{ kind: "stream", name: "stdout", text: "[1.]\n" }] });
    expect(cells[2]!.source).toContain('import { array } from "npm:camada@^1.2.3";');
    const { source, attachments } = cells[3] as Extract<NotebookCell, { kind: "markdown" | "raw" }>;
    expect(source).toBe("![Two \\[matrices\\]](attachment:figure.svg)");
    expect(Buffer.from(String(attachments!["figure.svg"]!["image/svg+xml"]), "base64").toString()).toBe(
      draw(),
    );
    expect(cells[4]).toMatchObject({
      metadata: { tags: ["raises-exception"] },
      outputs: [
        { kind: "stream", text: "1\n" },
        { kind: "error", name: "ShapeError", value: "dot: no", traceback: ["ShapeError: dot: no"] },
      ],
    });
    expect(cells[5]!.source).toBe("**Exercise 1**\n\nWhat is $1 + 1$?");
    expect(cells[6]).toEqual({
      kind: "markdown",
      source: "",
      metadata: { camada: { kind: "answer", of: "sum" } },
    });
  });

  it("takes what was changed in Jupyter into the lesson", () => {
    expect(fromNotebook(replaced("Text.", "Other text.\n"))).toBe(FILE.replace("Text.", "Other text."));
    expect(fromNotebook(replaced("array([1])", "array([2])"))).toBe(FILE.replace("array([1])", "array([2])"));
    expect(fromNotebook(replaced("1 + 1", "1 + 2"))).toBe(FILE.replace("1 + 1", "1 + 2"));
    expect(fromNotebook(replaced("Two ", 'The "two" & '))).toBe(
      FILE.replace("Two ", "The &quot;two&quot; &amp; "),
    );
    const ran = changed((cell) => {
      if (cell.kind !== "code" || !cell.source.includes("dot(")) return [cell];
      return [
        {
          ...cell,
          outputs: [
            { kind: "stream", name: "stdout", text: "1\n" },
            { kind: "stream", name: "stderr", text: "!" },
            { kind: "error", name: "TypeError", value: "boo", traceback: [] },
          ],
        },
      ];
    });
    expect(fromNotebook(ran)).toBe(
      FILE.replace("error=ShapeError", "error=TypeError").replace("dot: no", "TypeError: boo"),
    );
  });

  it("takes cells that are new, copied or gone", () => {
    const more = changed((cell) =>
      cell.kind === "code" && cell.source.includes("array([1])") ? [cell, cell, prose("More.")] : [cell],
    );
    expect(fromNotebook(more)).toBe(
      FILE.replace(CELL, `${CELL}${CELL.replaceAll("=one", "=cell-1")}More.\n\n`),
    );
    const less = changed((cell) =>
      cell.source.includes("Two ") || cell.source === "The end." ? [] : [cell],
    );
    expect(fromNotebook(less)).toBe(FILE.replace(FIGURE, "").replace("\n\nThe end.\n", "\n"));
    const after = made();
    const code: CodeCell = {
      kind: "code",
      source: "let `x;\n```",
      metadata: {},
      executionCount: 1,
      outputs: [],
    };
    expect(fromNotebook({ ...after, cells: [...after.cells, code] })).toBe(
      `${FILE}\n\`\`\`\`ts cell id=cell-1\nlet \`x;\n\`\`\`\n\`\`\`\`\n`,
    );
  });

  it("gives nothing that it does not show: a text in its metadata that says otherwise does not count", () => {
    const lying = changed((cell) => {
      const { camada } = cell.metadata as { camada?: { kind?: string } };
      const kind = camada?.kind ?? "prose";
      if (kind === "setup" || kind === "answer" || kind === "figure" || kind === "exercise") return [cell];
      const source = kind === "cell" ? "```ts cell id=one\nsteal();\n```" : "Other.";
      return [{ ...cell, metadata: { camada: { ...camada, kind, source } } }];
    });
    expect(fromNotebook(lying)).toBe(FILE);
    const worse = changed((cell) => {
      const { camada } = cell.metadata as { camada?: { kind?: string } };
      if (camada?.kind !== "figure" && camada?.kind !== "exercise") return [cell];
      return [{ ...cell, metadata: { camada: { ...camada, source: CELL } } }];
    });
    expect(fromNotebook(worse)).not.toContain("::figure");
    expect(fromNotebook(worse)).toContain("![Two");
  });

  it("is read whatever its metadata are", () => {
    const strange = [
      null,
      3,
      "x",
      [],
      { kind: 3 },
      { kind: "cell", id: {} },
      { kind: "constructor" },
      { kind: "figure" },
      JSON.parse('{"__proto__":{"kind":"cell"}}'),
    ];
    for (const camada of strange) {
      const text = fromNotebook(changed((cell) => [{ ...cell, metadata: { camada } }]));
      expect(text).toContain("const a = array([1]);");
    }
  });
});

describe("what a reader has written", () => {
  it("goes into a lesson's notebook and comes out again", () => {
    const output = { kind: "stream", name: "stdout", text: "2\n" } as const;
    const code = 'import { sum } from "camada";\nconsole.log(2);';
    const work = {
      cells: new Map([["one", { code, outputs: [output], executionCount: 3 }]]),
      answers: new Map([["sum", " 2\n\n<b>"]]),
    };
    const notebook = readNotebook(writeNotebook(withWork(made(), work)));
    expect(madeOf(notebook)).toMatchObject({ lesson: "99-x", lang: "en" });
    expect(notebook.cells[2]!.source).toContain('"npm:camada@^1.2.3"');
    const { cells, answers } = workIn(notebook);
    expect(cells.get("one")).toEqual({ code, outputs: [output], executionCount: 3 });
    expect(cells.get("two")!.code).toBe("console.log(1);\ndot(a, b);");
    expect(answers).toEqual(work.answers);
    const lesson = fromNotebook(notebook);
    expect(lesson).toContain(`${code}\n\`\`\`\n\n\`\`\`out of=one\n2\n`);
    expect(lesson).not.toContain("<b>");
  });
});

describe("notes", () => {
  it("stand where they belong, and are no part of the lesson", () => {
    const noted = withNotes(
      made(),
      "# Ana",
      new Map([
        ["one", "stale"],
        ["sum", "right"],
      ]),
    );
    const sources = noted.cells.map(({ source }) => source);
    expect(sources[0]).toBe("# Ana");
    expect(sources[sources.indexOf("stale") - 1]).toContain("array([1])");
    expect(sources[sources.indexOf("right") - 1]).toBe("");
    expect(fromNotebook(readNotebook(writeNotebook(noted)))).toBe(FILE);
  });
});

describe("a notebook that is none of a lesson", () => {
  it("is refused in both languages", () => {
    for (const [lang, words] of [
      ["en", "was not made of a lesson"],
      ["pt-BR", "não foi feito de uma lição"],
    ] as const) {
      configure({ lang });
      for (const metadata of [{}, { camada: null }, { camada: { lesson: "x", lang: "en" } }]) {
        expect(() => fromNotebook({ metadata, cells: [] })).toThrow(words);
      }
    }
    configure({ lang: "en" });
  });

  it("any more is refused with the line that is at fault", () => {
    const without = changed((cell) =>
      cell.kind === "code" && cell.source.includes("array([1])") ? [] : [cell],
    );
    expect(() => fromNotebook(without)).toThrow(LessonError);
    expect(() => fromNotebook(without)).toThrow(
      "line 11: this belongs to the cell 'one', but there is no such cell",
    );
    expect(() =>
      fromNotebook({ metadata: { camada: { lesson: "x", lang: "en", head: "" } }, cells: [] }),
    ).toThrow("line 1");
  });
});
