import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LessonError } from "./error.js";
import { en } from "./messages/en.js";
import { ptBR } from "./messages/pt-BR.js";
import { fromNotebook } from "./notebook/fromNotebook.js";
import { toNotebook } from "./notebook/toNotebook.js";
import { parse, serialize } from "./parse.js";

const HEAD = "---\nlesson: 99-x\nlang: en\ntitle: X\n---\n\n";
const CELL = "```ts cell id=one\nconst a = 1;\n```\n\n";
const OUT = "```out of=one\n1\n```\n\n";
const FIGURE = '::figure{kind=product of=one left=a right=b.T alt="Two matrices"}\n\n';

describe("parse", () => {
  it("reads front matter, prose, cells with their outputs, and figures", () => {
    const lesson = parse(`${HEAD}# X\n\nText.\n\n${CELL}${OUT}${FIGURE}End.\n`);
    expect(lesson).toMatchObject({ id: "99-x", lang: "en", title: "X" });
    expect(lesson.blocks).toEqual([
      { kind: "prose", line: 7, source: "# X\n\nText.\n\n", markdown: "# X\n\nText." },
      {
        kind: "cell",
        line: 11,
        source: CELL + OUT,
        id: "one",
        code: "const a = 1;",
        error: null,
        output: "1",
      },
      {
        kind: "figure",
        line: 19,
        source: FIGURE,
        figure: "product",
        of: "one",
        values: { left: "a", right: "b.T" },
        words: {},
        saved: null,
        alt: "Two matrices",
      },
      { kind: "prose", line: 21, source: "End.\n", markdown: "End." },
    ]);
  });

  it("reads a cell's declared error, and other code as prose", () => {
    const lesson = parse(`${HEAD}\`\`\`ts cell id=one error=ShapeError\n\`\`\`\n\n\`\`\`sh\nls\n\`\`\`\n`);
    expect(lesson.blocks).toMatchObject([{ kind: "cell", error: "ShapeError", code: "" }, { kind: "prose" }]);
  });

  it("gives code and outputs with the line ends that cells print, whatever the file's", () => {
    const file = `${HEAD}\`\`\`ts cell id=one\na;\nb;\n\`\`\`\n\n\`\`\`out of=one\n1\n2\n\`\`\`\n`;
    const windows = file.replaceAll("\n", "\r\n");
    expect(parse(windows).blocks).toMatchObject([{ code: "a;\nb;", output: "1\n2" }]);
    expect(serialize(parse(windows))).toBe(windows);
    expect(serialize(parse(`\ufeff${file}`))).toBe(`\ufeff${file}`);
  });

  it("is undone by serialize, and by way of a notebook, byte for byte", () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
    const line = fc.oneof(
      fc.constantFrom(
        "const a = [1, 2];",
        "``",
        "~~~",
        "  # no heading",
        "",
        "\t",
        "açaí 🎉",
        "::figure",
        "---",
        "$$",
      ),
      fc.string().map((text) => text.replace(/[\r\n`]/g, "")),
    );
    const text = fc.array(line, { maxLength: 4 }).map((lines) => lines.map((l) => `${l}\n`).join(""));
    const paragraph = fc.constantFrom(
      "# A heading",
      "Some *words*, $x_1$ and `code`.\nMore.",
      "- a\n- b\n\n  c",
      "> quoted",
      "$$\nx \\cdot y\n$$",
      "```sh\nls\n```",
      "<b>raw</b>",
      "***",
      "1) one",
      "    indented",
      "",
    );
    const block = fc.oneof(
      paragraph.map((words) => () => words),
      fc
        .tuple(text, fc.option(text), fc.constantFrom("```", "~~~~", "``````"))
        .map(([code, out, fence]) => (id: string) => {
          // a line of the text that would close a fence of tildes is not one of the text
          const safe = (t: string) => (fence[0] === "~" ? t.replace(/^ *~~~.*$/gm, "~") : t);
          const cell = `${fence}ts cell id=${id}\n${safe(code)}${fence}\n`;
          return out === null ? cell : `${cell}\n\n${fence}out of=${id}\n${safe(out)}${fence}`;
        }),
    );
    const gap = fc.constantFrom("\n\n", "\n\n\n", "\n  \n\n");
    const blocks = fc.uniqueArray(fc.tuple(name, block, gap), { selector: ([id]) => id, maxLength: 6 });
    fc.assert(
      fc.property(blocks, fc.boolean(), (parts, windows) => {
        const body = parts.map(([id, make, space]) => make(id) + space).join("");
        const file = windows ? (HEAD + body).replaceAll("\n", "\r\n") : HEAD + body;
        const lesson = parse(file);
        expect(serialize(lesson)).toBe(file);
        expect(parse(serialize(lesson))).toEqual(lesson);
        expect(fromNotebook(toNotebook(lesson))).toBe(file);
      }),
      { numRuns: 500 },
    );
  });

  it("never fails but with a LessonError that names a line of the file", () => {
    const piece = fc.constantFrom(
      HEAD, CELL, OUT, FIGURE, "```", "~~~", "ts cell id=", "\n", "one", "::figure{", "}", "of=one ", "- ", "> ", "$$", "x", ' "', "---\n",
    ); // biome-ignore format: one line
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.boolean(), (pieces, head) => {
        const file = (head ? HEAD : "") + pieces.join("");
        try {
          expect(serialize(parse(file))).toBe(file);
        } catch (error) {
          if (!(error instanceof LessonError)) throw error;
          expect(error.data["line"]).toBeLessThanOrEqual(file.split("\n").length);
          expect(error.message).not.toMatch(/[{]\w+[}]/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("what parse refuses", () => {
  const refused: [string, string, string][] = [
    ["front.missing", "# X\n", "line 1: the file must begin with lesson, lang and title between lines of ---"],
    ["front.missing", "", "line 1: the file must begin with lesson, lang and title between lines of ---"],
    ["front.missing", "---\nlesson: x\nlang: de\ntitle: X\n---\n", "line 1: the file must begin with lesson"],
    ["fence.open", `${HEAD}Text.\n\n\`\`\`ts cell id=one\na;\n`, "line 9: this block of code is never closed: end it"],
    ["fence.open", `${HEAD}$$\nx\n`, "line 7: this block of code is never closed: end it with $$ on a line"],
    ["attribute.missing", `${HEAD}\`\`\`ts cell\n\`\`\`\n`, "line 7: the attribute 'id' is missing"],
    ["attribute.form", `${HEAD}\`\`\`ts cell one\n\`\`\`\n`, "line 7: 'one' is not an attribute: write name=value"],
    ["attribute.unknown", `${HEAD}\`\`\`ts cell id=a eror=x\n\`\`\`\n`, "line 7: there is no attribute 'eror' here, only id, error"],
    ["attribute.twice", `${HEAD}\`\`\`ts cell id=a id=b\n\`\`\`\n`, "line 7: the attribute 'id' is given twice"],
    ["cell.name", `${HEAD}\`\`\`ts cell id=A/b\n\`\`\`\n`, "line 7: 'A/b' cannot be a cell's id"],
    ["cell.twice", HEAD + CELL + CELL, "line 11: there are two cells called 'one'"],
    ["cell.nested", `${HEAD}- a\n\n  \`\`\`ts cell id=one\n  \`\`\`\n`, "line 9: a cell cannot stand inside a list"],
    ["output.place", HEAD + OUT, "line 7: this output must stand right after the cell 'one'"],
    ["output.place", `${HEAD + CELL}Text.\n\n${OUT}`, "line 13: this output must stand right after the cell 'one'"],
    ["output.place", HEAD + CELL + OUT.replace("one", "two"), "line 11: this output must stand right after the cell 'two'"],
    ["attribute.missing", `${HEAD + CELL}\`\`\`out\n\`\`\`\n`, "line 11: the attribute 'of' is missing"],
    ["output.twice", HEAD + CELL + OUT + OUT, "line 15: a cell has one output, and this would be its second"],
    ["directive.unknown", `${HEAD}::picture{of=one}\n`, "line 7: there is no ::picture, only ::figure and :::exercise"],
    ["directive.unknown", `${HEAD}:::quiz{id=a}\nx\n:::\n`, "line 7: there is no ::quiz"],
    ["fence.open", `${HEAD}:::exercise{id=a answer=text}\nx\n`, "line 7: this block of code is never closed: end it with ::: on"],
    ["exercise.answer", `${HEAD}:::exercise{id=a answer=song}\nx\n:::\n`, "line 7: there is no answer of the kind 'song', only text, number, cell"],
    ["exercise.empty", `${HEAD}:::exercise{id=a answer=text}\n:::\n`, "line 7: this exercise asks nothing"],
    ["exercise.check", `${HEAD}:::exercise{id=a answer=text}\nx\n\n\`\`\`ts check\n\`\`\`\n\n\`\`\`ts check\n\`\`\`\n:::\n`, "line 13: an exercise has one check"],
    ["figure.cell", `${HEAD}:::exercise{id=a answer=cell of=one}\nx\n:::\n`, "line 7: this belongs to the cell 'one', but"],
    ["cell.twice", `${HEAD + CELL}:::exercise{id=one answer=text}\nx\n:::\n`, "line 11: there are two cells called 'one'"],
    ["figure.cell", HEAD + FIGURE, "line 7: this belongs to the cell 'one', but there is no such cell before it"],
    ["figure.kind", HEAD + CELL + FIGURE.replace("product", "pie"), "line 11: there is no figure of the kind 'pie', only product, network"],
    ["attribute.missing", HEAD + CELL + FIGURE.replace(/alt=".*"/, ""), "line 11: the attribute 'alt' is missing"],
    ["attribute.missing", HEAD + CELL + FIGURE.replace("left=a", ""), "line 11: the attribute 'left' is missing"],
    ["attribute.unknown", HEAD + CELL + FIGURE.replace("left", "lft"), "line 11: there is no attribute 'lft' here, only kind, of, alt, left, right, biases, result"],
  ]; // biome-ignore format: one line each

  it.each(refused)("%s: %j", (code, file, sentence) => {
    const caught = (text: string): unknown => {
      try {
        return parse(text);
      } catch (error) {
        return error;
      }
    };
    const error = caught(file) as LessonError;
    expect(error).toBeInstanceOf(LessonError);
    expect(error.code).toBe(code);
    expect(error.message).toContain(sentence);
    if (!file.startsWith(HEAD)) return;
    const translated = caught(file.replace("lang: en", "lang: pt-BR")) as LessonError;
    expect({ code: translated.code, data: translated.data }).toEqual({ code, data: error.data });
    expect(translated.message).toMatch(/^linha \d+: /);
  });

  it("is said in both languages with the same facts", () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    expect(Object.keys(ptBR)).toEqual(Object.keys(en));
    for (const code of Object.keys(en) as (keyof typeof en)[])
      expect(blanks(ptBR[code])).toEqual(blanks(en[code]));
  });
});
