/// <reference types="node" />

import { readFileSync } from "node:fs";
import { configure } from "camada";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import { inProcess } from "../../../../tests/process.js";
import { refusedFile } from "../../../../tests/refusedFile.js";
import { columnOf, InteropError, readCsv, type Table, takeTableRows, writeCsv } from "../index.js";

afterEach(() => configure({ lang: "en" }));

const PENGUINS = readFileSync(new URL("../../../../tests/data/penguins.csv", import.meta.url));
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (...values: number[]) => Uint8Array.from(values);

/** Each column's values as plain lists, words for categories. */
const values = ({ columns }: Table) =>
  columns.map((column) => {
    if (column.kind === "number" || column.kind === "text") return [...column.values];
    return Array.from(column.values, (code) => column.categories[code] ?? null);
  });
const kinds = ({ columns }: Table) => columns.map(({ kind }) => kind);
/** The one column of a table with these values. */
const column = (...rows: string[]) => readCsv(`x\n${rows.join("\n")}\n`).columns[0]!;

const word = fc.string({
  unit: fc.constantFrom("a", "é", '"', ",", ";", "\t", "\n", " ", "'", "😀"),
  maxLength: 5,
});
const texts = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.constantFrom(",", ";", "\t"))
  .chain(([width, separator]) =>
    fc.record({
      separator: fc.constant(separator as "," | ";" | "\t"),
      rows: fc.array(fc.array(word, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
    }),
  );
/** Any text as it stands, also what else would be missing, a number, or a name. */
const asText = (width: number) => ({
  header: false,
  missing: [],
  types: Object.fromEntries(Array.from({ length: width }, (_, i) => [`column${i + 1}`, "text"] as const)),
});

describe("CSV", () => {
  it("is read and written as Python's csv module does", () => {
    const cases = fc.sample(texts, { seed: 4, numRuns: 200 }).map((c) => {
      const names = c.rows[0]!.map((_, i) => `column${i + 1}`);
      const table = readCsv(c.rows.map((row) => row.map(quote).join(c.separator)).join("\n"), {
        ...asText(names.length),
        separator: c.separator,
      });
      return { ...c, written: text(writeCsv(table, { separator: c.separator, formulas: true })) };
    });
    const script = `
import csv, io
def write(case):
    out = io.StringIO()
    csv.writer(out, delimiter=case["separator"]).writerows(case["rows"])
    return out.getvalue()
def read(case):
    return list(csv.reader(io.StringIO(case["written"], newline=""), delimiter=case["separator"], strict=True))
result = [{"written": write(c), "read": read(c)} for c in data]
`;
    const answers = expected<{ written: string; read: string[][] }>("csv", script, cases);
    cases.forEach(({ rows, separator }, i) => {
      const options = { ...asText(rows[0]!.length), separator };
      const back = values(readCsv(answers[i]!.written, options));
      expect(back, answers[i]!.written).toEqual(rows[0]!.map((_, k) => rows.map((row) => row[k])));
      expect(answers[i]!.read.slice(1)).toEqual(rows);
    });
  });

  it("gives the same table in one piece and in any pieces, from either kind of stream", async () => {
    const cut = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(
        texts,
        cut,
        fc.constantFrom("\n", "\r\n", "\r"),
        async ({ rows, separator }, sizes, end) => {
          const all = new TextEncoder().encode(rows.map((row) => row.map(quote).join(separator)).join(end));
          const parts: Uint8Array[] = [];
          for (let start = 0; start < all.length; start += parts.at(-1)!.length) {
            parts.push(all.subarray(start, start + sizes[parts.length % sizes.length]!));
          }
          const options = { ...asText(rows[0]!.length), separator };
          const whole = readCsv(all, options);
          expect(values(whole)).toEqual(rows[0]!.map((_, k) => rows.map((row) => row[k])));
          expect(await readCsv(new Blob(parts as Uint8Array<ArrayBuffer>[]).stream(), options)).toEqual(
            whole,
          );
          expect(await readCsv(iterate(parts), options)).toEqual(whole);
        },
      ),
    );
  });

  it("finds rows that are cut between the parts of a large text", () => {
    const row = `"a\r\nb ""c""",${"x".repeat(50)}é,1.5\r\n`;
    const table = readCsv(`first,second,third\r\n${row.repeat(5000)}`);
    expect([table.rows, kinds(table)]).toEqual([5000, ["category", "category", "number"]]);
    expect(table.columns.map((c) => ("categories" in c ? c.categories : []))).toEqual([
      ['a\nb "c"'],
      [`${"x".repeat(50)}é`],
      [],
    ]);
  });

  it("of penguins has the kinds and the missing values that R's documentation tells", () => {
    const table = readCsv(PENGUINS);
    expect(table.rows).toBe(344);
    expect(table.columns.map(({ name, kind, missing }) => [name, kind, missing])).toEqual([
      ["species", "category", 0],
      ["island", "category", 0],
      ["bill_length_mm", "number", 2],
      ["bill_depth_mm", "number", 2],
      ["flipper_length_mm", "number", 2],
      ["body_mass_g", "number", 2],
      ["sex", "category", 11],
      ["year", "number", 0],
    ]);
    expect(columnOf(table, "species")).toMatchObject({ categories: ["Adelie", "Chinstrap", "Gentoo"] });
    expect(values(takeTableRows(table, [343, 3])).slice(0, 3)).toEqual([
      ["Chinstrap", "Adelie"],
      ["Dream", "Torgersen"],
      [50.2, Number.NaN],
    ]);
    expect(readCsv(writeCsv(table))).toEqual(table);
  });
});

describe("a column", () => {
  it("has numbers where all its values are numbers", () => {
    expect(column("1", " -2.5 ", "+3e2", ".5", "NA", "7.", "?", "null")).toMatchObject({
      kind: "number",
      missing: 3,
    });
    expect([...(column("1", "-2.5", "+3e2", "NA").values as Float64Array)]).toEqual([
      1,
      -2.5,
      300,
      Number.NaN,
    ]);
    for (const strange of ["0x10", "1e999", "Infinity", "1 2", "--1", "1,5", "e5", "."]) {
      expect(column("1", `"${strange}"`).kind, strange).toBe("category");
    }
  });

  it("keeps words as they were written, numbers among them too", () => {
    expect(column("007", "1.0", "x")).toMatchObject({ kind: "category", categories: ["007", "1.0", "x"] });
  });

  it("is true and false in words of both languages, else categories, text if hardly a word comes twice", () => {
    expect(column("True", "false", "NA")).toMatchObject({ kind: "boolean", categories: ["false", "true"] });
    expect(column("não", "Sim", "sim")).toMatchObject({ kind: "boolean", categories: ["não", "sim"] });
    expect(column("yes", "yes")).toMatchObject({ kind: "boolean", values: Int32Array.of(1, 1) });
    expect(column("yes", "maybe").kind).toBe("category");
    expect(column("2007-11-11", "2007-11-16").kind).toBe("category");
    const names = Array.from({ length: 30 }, (_, i) => `name ${i}`);
    expect(column(...names).kind).toBe("text");
    expect(column(...names, ...names).kind).toBe("category");
    const many = Array.from({ length: 2500 }, (_, i) => `name ${i >> 1}`);
    expect(column(...many)).toMatchObject({ kind: "text", values: many });
    expect(column("", "NA")).toMatchObject({ kind: "number", missing: 2 });
  });

  it("is of the kind that is asked for", () => {
    const csv = "zip,on\n01,yes\n02,no\n";
    const table = readCsv(csv, { types: { zip: "category", on: "category" } });
    expect([kinds(table), table.columns[0]]).toEqual([
      ["category", "category"],
      expect.objectContaining({ categories: ["01", "02"] }),
    ]);
    expect(kinds(readCsv(csv, { types: { on: "text" } }))).toEqual(["number", "text"]);
    expect(values(readCsv(csv, { missing: ["01", "no"] }))).toEqual([[Number.NaN, 2], ["yes", null]]); // biome-ignore format: pair
  });

  it("has decimal commas where semicolons separate, or where they are asked for", () => {
    expect(values(readCsv("a;b\n1,5;2.5\n-,25;3\n"))).toEqual([[1.5, -0.25], [2.5, 3]]); // biome-ignore format: pair
    expect(values(readCsv('a,b\n"1,5",2\n', { decimal: "," }))).toEqual([[1.5], [2]]);
    expect(kinds(readCsv("a;b\n1.000,5;x\n"))).toEqual(["category", "category"]);
  });
});

describe("a file", () => {
  it("says its separator itself, and its encoding by its first bytes", () => {
    const rows = [["a", "b"], ["1", "x, y"], ["2", "z"]]; // biome-ignore format: rows
    for (const separator of [";", "\t"]) {
      expect(values(readCsv(rows.map((row) => row.join(separator)).join("\n")))).toEqual([[1, 2], ["x, y", "z"]]); // biome-ignore format: pair
    }
    expect(readCsv("\uFEFFa\n1").columns[0]!.name).toBe("a");
    const little = Uint8Array.from(Buffer.from("\uFEFFa\té\n1\t2\n", "utf16le"));
    for (const utf16 of [little, Uint8Array.from(Buffer.from(little).swap16())]) {
      expect(readCsv(utf16).columns.map(({ name }) => name)).toEqual(["a", "é"]);
    }
    expect(readCsv(bytes(0xe9, 10, 49), { encoding: "windows-1252" }).columns[0]!.name).toBe("é");
  });

  it("may have no names, names that programs trip over, empty lines, and no end of the last line", () => {
    const table = readCsv("1,2\n\n3,4", { header: false });
    expect([table.columns.map(({ name }) => name), values(table)]).toEqual([["column1", "column2"], [[1, 3], [2, 4]]]); // biome-ignore format: pair
    const strange = readCsv("__proto__,constructor,\n1,2,3\n");
    expect(strange.columns.map(({ name }) => name)).toEqual(["__proto__", "constructor", "column3"]);
    expect(values(readCsv("only\n1\n\n3\n"))).toEqual([[1, Number.NaN, 3]]);
    expect(readCsv("a,b\n")).toMatchObject({ rows: 0 });
  });

  it("is read with no more memory than its table, however large", () => {
    // 65 MB of text, of which a heap of 64 MB would not even hold a copy beside the rest
    const code = `
      const { readCsv } = await import("@camada/interop");
      const part = new TextEncoder().encode("0.123456789,-98765.4321,word,17\\n".repeat(2048));
      const lines = async function* () { yield "a,b,c,d\\n"; for (let i = 0; i < 1000; i++) yield part; };
      const { rows, columns } = await readCsv(lines());
      result = { rows, kinds: columns.map(({ kind }) => kind), last: columns.map(({ values }) => values.at(-1)) };
    `;
    expect(inProcess(code, ["--max-old-space-size=64"])).toEqual({
      rows: 2048 * 1000,
      kinds: ["number", "number", "category", "number"],
      last: [0.123456789, -98765.4321, 0, 17],
    });
  });
});

const LONG = `a,b\n"${"x".repeat(2 ** 21)}`;
const REFUSED: readonly (readonly [code: string, en: string, pt: string, f: () => unknown])[] = [
  ["csv.source", "takes bytes", "recebe bytes", () => readCsv(5 as never)],
  ["csv.source", "takes bytes", "recebe bytes", () => readCsv(null as never)],
  ["csv.large", "more than 3 bytes", "mais de 3 bytes", () => readCsv("a\n1\n", { limits: { bytes: 3 } })],
  ["csv.encoding", "not text in utf-8", "não são texto em utf-8", () => readCsv(bytes(0x1f, 0x8b, 8))],
  ["csv.encoding", "not text in utf-8", "não são texto em utf-8", () => readCsv(bytes(97, 10, 0xc3))],
  ["csv.unknownEncoding", "'utf-9'", "'utf-9'", () => readCsv(bytes(97), { encoding: "utf-9" })],
  ["csv.html", "a web page", "página da web", () => readCsv("\n<!DOCTYPE html>\n<p>a,b")],
  ["csv.html", "a web page", "página da web", () => readCsv("<html><p>a,b")],
  ["csv.binary", "is not text", "não é texto", () => readCsv("PK\u0003\u0004\0\0")],
  ["csv.empty", "is empty", "está vazio", () => readCsv("")],
  ["csv.empty", "is empty", "está vazio", () => readCsv("\uFEFF\r\n\r\n")],
  ["csv.quotes", "row 2 has a quote", "a linha 2 tem aspas", () => readCsv('a,b\n1,"2\n3,4')],
  ["csv.quotes", "row 3 has a quote", "a linha 3 tem aspas", () => readCsv('a,b\n1,2\n"3"x,4\n5,6\n')],
  ["csv.long", "row 2 has more than 1048576", "a linha 2 tem mais de", () => readCsv(LONG)],
  [
    "csv.ragged",
    "row 3 has 3 fields, but the first row has 2",
    "a linha 3 tem 3 campos, mas a primeira linha tem 2",
    () => readCsv("a,b\n1,2\n3,4,5\n"),
  ],
  ["csv.ragged", "row 2 has 1 fields", "a linha 2 tem 1 campos", () => readCsv("a,b\n1\n")],
  [
    "csv.columns",
    "3 fields, more than 2",
    "3 campos, mais de 2",
    () => readCsv("a,b,c\n", { limits: { columns: 2 } }),
  ],
  ["csv.names", "two columns are called 'a'", "duas colunas se chamam 'a'", () => readCsv("a, a\n1,2\n")],
  ["csv.namesNumbers", "only numbers ('1', '2')", "só tem números", () => readCsv("1,2\n3,4\n")],
  [
    "csv.types",
    "no column 'c', which types asks for. There are 'a', 'b'",
    "não há a coluna 'c'",
    () => readCsv("a,b\n", { types: { c: "text" } }),
  ],
  [
    "csv.number",
    "row 3, column 'a': 'x' is not a number",
    "linha 3, coluna 'a': 'x' não é um número",
    () => readCsv("a\n1\nx\n", { types: { a: "number" } }),
  ],
  [
    "csv.number",
    "row 2002, column 'a': 'none yet' is not",
    "linha 2002, coluna 'a'",
    () => readCsv(`a\n${Array.from({ length: 2000 }, (_, i) => i).join("\n")}\nnone yet\n`),
  ],
  [
    "csv.boolean",
    "it says 1, maybe",
    "diz 1, maybe",
    () => readCsv("a\n1\nmaybe\n", { types: { a: "boolean" } }),
  ],
  [
    "csv.decimal",
    "comma in row 2 and a decimal point in row 3",
    "vírgula decimal na linha 2 e ponto decimal na linha 3",
    () => readCsv("a;b\n1,5;1\n1.5;1\n"),
  ],
  [
    "csv.categories",
    "row 3, column 'a': more than 1 different words",
    "mais de 1 palavras diferentes",
    () => readCsv("a\nx\ny\n", { types: { a: "category" }, limits: { categories: 1 } }),
  ],
  [
    "table.column",
    "no column 'z'. There are 'a', 'b'",
    "Não há a coluna 'z'",
    () => columnOf(readCsv("a,b\n"), "z"),
  ],
];

describe("what is refused", () => {
  it.each(REFUSED)("says why in both languages: %s", (code, english, portuguese, f) => {
    const error = refusedFile(f);
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(english)]);
    configure({ lang: "pt-BR" });
    expect(refusedFile(f).message).toContain(portuguese);
  });

  it("of a stream ends the stream", async () => {
    let cancelled = false;
    const stream = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("a,b\n1,2,3\n".repeat(10_000))),
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(readCsv(stream)).rejects.toMatchObject({ code: "csv.ragged" });
    expect(cancelled).toBe(true);
  });

  it("is nothing by accident: whatever the bytes, a table or a code comes of them", () => {
    let [read, refusals] = [0, 0];
    const odd = fc.constantFrom(..."\",;\n\r\0\t<é?x1".split("").flatMap((c) => [...new TextEncoder().encode(c)]), 0xff, 0xfe); // biome-ignore format: list
    const change = fc.record({ at: fc.nat(600), byte: odd, count: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), fc.nat(600), (changes, length) => {
        const file = [...PENGUINS.subarray(0, length)];
        for (const { at, byte, count } of changes) file.splice(at, count, byte);
        const table = tableOrCode(Uint8Array.from(file));
        if (table === undefined) refusals++;
        else {
          read++;
          for (const column of table.columns) expect(column.values.length).toBe(table.rows);
        }
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(read, refusals)).toBeGreaterThan(50);
  });
});

describe("writing", () => {
  it("makes no formula of somebody's words, unless asked to", () => {
    const table = readCsv('name,n\n"=1+1",-1\n+x,2\n-y,3\n@z,4\n"\ta",5\n', { separator: "," });
    const lines = (formulas: boolean) => text(writeCsv(table, { formulas })).split("\r\n");
    expect(lines(false)).toEqual(["name,n", `"'=1+1",-1`, `"'+x",2`, `"'-y",3`, `"'@z",4`, `"'\ta",5`, ""]);
    expect(readCsv(writeCsv(table, { formulas: true }))).toEqual(table);
  });
});

function quote(field: string): string {
  return /["\n\r,;\t]/.test(field) || field === "" ? `"${field.replaceAll('"', '""')}"` : field;
}

async function* iterate(parts: readonly Uint8Array[]) {
  yield* parts;
}

function tableOrCode(file: Uint8Array): Table | undefined {
  try {
    return readCsv(file);
  } catch (error) {
    expect(error).toBeInstanceOf(InteropError);
    return undefined;
  }
}
