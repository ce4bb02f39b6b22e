/// <reference types="node" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configure, type Language } from "camada";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { camada } from "../../../tests/commandLine.js";

const PENGUINS = new URL("../../../tests/data/penguins.csv", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "camada-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => configure({ lang: "en" }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** What `--json` tells: the beginning, and the result. */
async function told(...args: string[]) {
  const { out, error } = await camada(["train", ...args, "--json"]);
  expect(error).toBe("");
  const lines = out.trim().split("\n").map((line) => JSON.parse(line)); // biome-ignore format: one line
  return { start: lines[0], result: lines.at(-1) };
}

describe("camada train with a table", () => {
  it("tells penguins apart, far better than the most frequent kind would", async () => {
    const { start, result } = await told(PENGUINS, "--target", "species", "--seed", "1");
    expect(start).toMatchObject({ rows: 275, testRows: 69, target: "species", task: "classification", sizes: [11, 64, 3] }); // biome-ignore format: one line
    const { test } = result;
    expect(test.accuracy).toBeGreaterThan(0.95);
    expect(test.classes).toEqual(["Adelie", "Chinstrap", "Gentoo"]);
    // 152 Adelies, 68 Chinstraps, 124 Gentoos: each has its share among those to judge by
    const rows = (test.confusion as number[][]).map((row) => row.reduce((a, b) => a + b));
    expect(rows).toEqual([30, 14, 25]);
    expect(test.baseline).toEqual({ says: "Adelie", accuracy: 30 / 69 });
    expect(result.ending).toBe("stopped");
  });

  it("learns amounts, in their own units", async () => {
    const { start, result } = await told(PENGUINS, "--target", "body_mass_g", "--seed", "1");
    expect(start).toMatchObject({ rows: 273, testRows: 69, task: "regression" });
    expect(result.test.meanAbsoluteError).toBeLessThan(350);
    expect(result.test.baseline.meanAbsoluteError).toBeGreaterThan(500);
    expect(result.test.baseline.says).toBeCloseTo(4200, -3);
    expect(result.test.r2).toBeGreaterThan(0.7);
    expect(result.test.confusion).toBeUndefined();
  });

  it("says what it makes of the columns, in both languages", async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `${i},who ${i},7,${i % 2 === 0 ? "x" : i === 39 ? "" : "y"},${i}`,
    );
    const path = file("rows.csv", `id,name,same,kind,n\n${rows.join("\n")}\n`);
    const args = ["train", path, "--target", "kind", "--ignore", "id", "--epochs", "2"];
    const { out } = await camada(args);
    expect(out).toContain(
      "rows.csv: 31 rows to learn from, 8 to judge by\nTo be learnt: kind, 2 classes; from 2 columns, which make 2 numbers\n1 rows without 'kind' are left out.\nWarning: Columns that never change became 0, as a network can learn nothing from them: 'same'\nWarning: Columns of text are left out, as hardly any of it comes twice: 'name'\n2-64-2, relu",
    );
    expect(out).toMatch(/To compare, always '[xy]': accuracy \d+\.\d\d%\n$/);
    const { out: pt } = await camada(args, "pt-BR");
    expect(pt).toContain("A aprender: kind, 2 classes; de 2 colunas");
    expect(pt).toContain("Aviso: Colunas de texto ficam de fora");
    expect(pt).not.toMatch(/\b(rows to|columns|Warning|learnt)\b/);
  });

  it("prints the same numbers for the same seed", async () => {
    const run = async (seed: string) =>
      (await told(PENGUINS, "--target", "sex", "--seed", seed, "--epochs", "5")).result;
    expect(await run("3")).toEqual(await run("3"));
    expect(await run("3")).not.toEqual(await run("4"));
  });

  it("writes a report that needs nothing else, with words from the table as words", async () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => `${i % 3},${i % 3 === 0 ? "<script>alert(1)</script>" : "a&b"}`,
    );
    const path = file("odd.csv", `n,kind\n${rows.join("\n")}`);
    const report = join(folder, "report.html");
    const { out } = await camada(
      ["train", path, "--target", "kind", "--epochs", "3", "--quiet", "--report", report],
      "pt-BR",
    );
    expect(out.trimEnd().split("\n").at(-1)).toBe(`Gravado: ${report}`);
    const html = readFileSync(report, "utf8");
    expect(html).toMatch(/^<!doctype html>\n<html lang="pt-BR">/);
    expect(html.match(/<svg /g)).toHaveLength(2);
    expect(html).toContain("A aprender: kind, 2 classes");
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)|@import|url\(/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("tables that cannot be learnt from", () => {
  const refused = async (args: readonly string[], lang: Language) => {
    const { out, error, code } = await camada(["train", ...args], lang);
    expect(out).toBe("");
    expect(error.trimEnd().split("\n")).toHaveLength(1);
    return [error, code] as const;
  };

  it.each([
    [[PENGUINS], 2, "which column is to be learnt, --target 'year' for instance. The columns are: species,", "qual coluna deve ser aprendida"], // biome-ignore format: one line
    [
      [PENGUINS, "--target", "colour"],
      1,
      "There is no column 'colour'. There are 'species'",
      "Não há a coluna 'colour'",
    ],
    [["none.csv", "--target", "x"], 2, "there is no file 'none.csv'", "não há o arquivo 'none.csv'"],
    [["moons", "--target", "x"], 2, "--target is for tables only", "--target é só para tabelas"],
    [["moons", "--test-size", "0.5"], 2, "--test-size is for tables only", "--test-size é só para tabelas"],
    [
      [PENGUINS, "--target", "sex", "--data", folder],
      2,
      "--data is for mnist only",
      "--data é só para mnist",
    ],
    [
      [PENGUINS, "--test-size", "1"],
      2,
      "--test-size must be a number between 0 and 1",
      "--test-size deve ser",
    ],
    [
      [PENGUINS, "--target", "sex", "--task", "regression"],
      1,
      "words, which are no amounts",
      "não são quantidades",
    ],
  ])("are refused in a sentence: %j", async (args, exit, english, portuguese) => {
    expect(await refused(args, "en")).toEqual([expect.stringContaining(english), exit]);
    expect(await refused(args, "pt-BR")).toEqual([expect.stringContaining(portuguese), exit]);
  });

  it("are named", async () => {
    const [error, code] = await refused([file("page.csv", "<!doctype html><p>a"), "--target", "x"], "en");
    expect([error, code]).toEqual([
      expect.stringContaining("It did not work: page.csv: readCsv: this is a web page"),
      1,
    ]);
    const ragged = file("ragged.csv", "a,b\n1,2\n3\n");
    expect((await refused([ragged, "--target", "b"], "pt-BR"))[0]).toContain(
      "ragged.csv: readCsv: a linha 3 tem 1 campos",
    );
  });

  it("and amounts have no confusion matrix", async () => {
    const confusion = join(folder, "no.svg");
    const args = ["train", PENGUINS, "--target", "year", "--task", "regression", "--epochs", "1", "--quiet"];
    const { error, code } = await camada([...args, "--confusion", confusion]);
    expect([error, code]).toEqual([
      expect.stringContaining("there is a confusion matrix of classes only"),
      1,
    ]);
  });
});
