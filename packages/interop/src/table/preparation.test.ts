/// <reference types="node" />

import { readFileSync } from "node:fs";
import { allClose, array, configure, type NDArray } from "camada";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import { refusedFile } from "../../../../tests/refusedFile.js";
import {
  applyPreparation,
  featureNames,
  fitPreparation,
  InteropError,
  type Preparation,
  type PreparationOptions,
  predictionsOf,
  readCsv,
  readPreparation,
  rowsWith,
  type Table,
  takeTableRows,
  targetsOf,
  typesOf,
  writeCsv,
} from "../index.js";

afterEach(() => configure({ lang: "en" }));

const penguins = readCsv(readFileSync(new URL("../../../../tests/data/penguins.csv", import.meta.url)));
const CSV = "n,word,flag,free,kind\n1,x,yes,7,a\n,y,no,7,b\n3,,yes,7,a\n";
const fit = (csv: string | Table, options: Partial<PreparationOptions> = {}) =>
  fitPreparation(typeof csv === "string" ? readCsv(csv) : csv, { target: "kind", ...options });

describe("a preparation", () => {
  it("standardizes numbers as NumPy does, whatever is missing, and one word of a column is 1", () => {
    const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(0.1, -0.3, 1e8, Number.NaN));
    const row = fc.tuple(value, fc.constantFrom("u", "v", "w", ""));
    const cases = fc.sample(fc.array(row, { minLength: 2, maxLength: 8 }), { seed: 5, numRuns: 100 });
    const script = `
def prepared(rows):
    n = np.array([float(r[0]) for r in rows])
    words = sorted({r[1] for r in rows if r[1]})
    known = n[~np.isnan(n)]
    still = len(known) == 0 or known.max() == known.min()
    scaled = np.zeros(len(n)) if still else np.where(np.isnan(n), 0, (n - known.mean()) / known.std())
    columns = [scaled]
    if 0 < len(known) < len(n): columns.append(np.isnan(n))
    gone = [r[1] == "" for r in rows]
    if len(words) == 1 and not any(gone): columns.append(np.zeros(len(n)))
    else: columns += [[r[1] == w for r in rows] for w in words]
    if words and any(gone): columns.append(gone)
    return np.stack([np.array(c, dtype=float) for c in columns], axis=1)
result = [prepared(c) for c in data]
`;
    const answers = expected<number[][]>("preparation", script, cases);
    cases.forEach((rows, i) => {
      const csv = `n,word,spread,kind\n${rows.map(([n, word], k) => `${n},${word},${k},${k % 2}`).join("\n")}`;
      const table = readCsv(csv, { types: { word: "category" } });
      const { preparation } = fit(table, { task: "classification" });
      const names = featureNames(preparation).filter((name) => name !== "spread");
      const x = applyPreparation(preparation, table).x;
      const ours = x.slice(null, [0, names.length]) as NDArray;
      expect(ours.shape, csv).toEqual([rows.length, answers[i]![0]!.length]);
      expect(allClose(ours, array(answers[i]!) as NDArray, { atol: 1e-5 }), csv).toBe(true);
    });
  });

  it("says what each number is, warns of what is useless, and is plain data", () => {
    const { preparation, warnings } = fit(CSV);
    expect(featureNames(preparation)).toEqual(["n", "n?", "word=x", "word=y", "word?", "flag=no", "flag=yes", "free"]); // biome-ignore format: a list
    expect(applyPreparation(preparation, readCsv(CSV)).x.toArray()).toEqual([
      [-1, 0, 1, 0, 0, 0, 1, 0],
      [0, 1, 0, 1, 0, 1, 0, 0],
      [1, 0, 0, 0, 1, 0, 1, 0],
    ]);
    expect(warnings).toEqual([
      "Columns that never change became 0, as a network can learn nothing from them: 'free'",
    ]);
    expect(readPreparation(JSON.parse(JSON.stringify(preparation)))).toEqual(preparation);
    expect(typesOf(preparation)).toEqual({ n: "number", word: "category", flag: "boolean", free: "number" });
    configure({ lang: "pt-BR" });
    expect(fit(CSV).warnings).toEqual([
      "Colunas que nunca mudam viraram 0, pois uma rede nada pode aprender delas: 'free'",
    ]);
  });

  it("leaves columns of text out, and those that it is told to", () => {
    const names = Array.from({ length: 40 }, (_, i) => `n${i},${i},${i % 2 === 0 ? "a" : "b"}`).join("\n");
    const { preparation, warnings } = fit(`name,n,kind\n${names}`);
    expect([featureNames(preparation), warnings]).toEqual([
      ["n"],
      ["Columns of text are left out, as hardly any of it comes twice: 'name'"],
    ]);
    expect(featureNames(fit(CSV, { ignore: ["n", "free"] }).preparation).slice(0, 2)).toEqual([
      "word=x",
      "word=y",
    ]);
  });

  it("is the same for other rows, and says what is new in them", () => {
    const { preparation } = fit("n,word,kind\n1,x,a\n3,y,b\n");
    const other = readCsv("word,n\nz,5\n,\nx,1\n", { types: typesOf(preparation) });
    const { x, warnings } = applyPreparation(preparation, other);
    expect(x.toArray()).toEqual([[3, 0, 0], [0, 0, 0], [-1, 1, 0]]); // biome-ignore format: rows
    expect([x.names, x.dtype]).toEqual([["batch", "feature"], "float32"]);
    expect(warnings).toEqual([
      "Column 'n' lacks 1 values, though none was missing when the network learnt: they count as usual ones",
      "Column 'word' has words that the network has never seen, so it knows nothing of them: 'z', first in row 1 of the data",
      "Column 'word' lacks 1 values, though none was missing when the network learnt: they count as usual ones",
    ]);
    configure({ lang: "pt-BR" });
    expect(applyPreparation(preparation, other).warnings[1]).toContain("palavras que a rede nunca viu");
  });

  it("gives a row the same numbers whatever rows are beside it, also after a file", () => {
    const { preparation } = fit(penguins, { target: "species" });
    const again = readPreparation(JSON.parse(JSON.stringify(preparation)));
    const whole = applyPreparation(preparation, penguins).x;
    fc.assert(
      fc.property(fc.array(fc.nat(343), { minLength: 1, maxLength: 5 }), (rows) => {
        const some = readCsv(writeCsv(takeTableRows(penguins, rows)), { types: typesOf(again) });
        expect(applyPreparation(again, some).x.toArray()).toEqual(
          rows.map((row) => (whole.at(row) as NDArray).toArray()),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe("the target", () => {
  it("is classes if it has words or few whole numbers, else amounts, or what is asked for", () => {
    const task = (values: readonly (string | number)[], asked?: "classification" | "regression") =>
      fit(`n,kind\n${values.map((value, i) => `${i},${value}`).join("\n")}`, asked ? { task: asked } : {}).preparation.target; // biome-ignore format: one line
    const often = Array.from({ length: 20 }, (_, i) => (i % 3) + 8);
    expect(task(["b", "a", "b"])).toMatchObject({ task: "classification", classes: ["a", "b"] });
    expect(task(["no", "Yes"])).toMatchObject({ kind: "boolean", classes: ["no", "yes"] });
    expect(task(often)).toMatchObject({ kind: "number", classes: ["8", "9", "10"] });
    expect(task([1, 2, 3])).toEqual({ task: "regression", column: "kind", mean: 2, std: Math.sqrt(2 / 3) });
    expect(task([...often, 1.5])).toMatchObject({ task: "regression" });
    expect(task(often, "regression")).toMatchObject({ task: "regression" });
    expect(task([1, 2.5], "classification")).toMatchObject({ classes: ["1", "2.5"] });
  });

  it("becomes labels or amounts, and results become what they were", () => {
    const words = fit(CSV).preparation;
    expect(targetsOf(words, readCsv(CSV)).toArray()).toEqual([0, 1, 0]);
    expect(predictionsOf(words, array([[0, 1], [5, 1]]) as NDArray)).toEqual(["b", "a"]); // biome-ignore format: rows
    const table = readCsv("n,kind\n1,10\n2,20\n4,60\n");
    const amounts = fit(table).preparation;
    const y = targetsOf(amounts, table);
    expect([y.shape, y.dtype]).toEqual([[3, 1], "float32"]);
    const back = predictionsOf(amounts, y) as number[];
    for (const [i, value] of [10, 20, 60].entries()) expect(back[i]).toBeCloseTo(value, 4);
  });

  it("is known in some rows", () => {
    const rows = rowsWith(penguins, "sex");
    expect(rows.length).toBe(333);
    expect(fit(takeTableRows(penguins, rows), { target: "sex" }).preparation.target).toMatchObject({
      classes: ["female", "male"],
    });
  });
});

const GOOD = JSON.parse(JSON.stringify(fit(CSV).preparation));
const changed = (
  change: (copy: { features: Record<string, unknown>[]; target: Record<string, unknown> }) => void,
) => {
  const copy = structuredClone(GOOD);
  change(copy);
  return () => readPreparation(copy);
};

const REFUSED: readonly (readonly [code: string, en: string, pt: string, f: () => unknown])[] = [
  ["table.column", "no column 'sort'", "Não há a coluna 'sort'", () => fit(CSV, { target: "sort" })],
  ["table.column", "no column 'm'", "Não há a coluna 'm'", () => fit(CSV, { ignore: ["m"] })],
  ["prepare.empty", "no rows to learn from", "não tem linhas", () => fit("n,kind\n")],
  [
    "prepare.target",
    "hardly any comes twice",
    "quase nunca se repete",
    () => fitPreparation(readCsv("n,kind\n1,a\n2,b\n", { types: { kind: "text" } }), { target: "kind" }),
  ],
  ["prepare.missing", "missing in 1 rows", "falta em 1 linhas", () => fit("n,kind\n1,a\n2,\n")],
  ["prepare.classes", "'a' in every row", "'a' em todas as linhas", () => fit("n,kind\n1,a\n2,a\n")],
  [
    "prepare.amounts",
    "words, which are no amounts",
    "não são quantidades",
    () => fit(CSV, { task: "regression" }),
  ],
  ["prepare.features", "beside 'kind' no column", "além de 'kind'", () => fit("n,kind\n1,a\n1,b\n")],
  ["table.column", "no column 'n'", "Não há a coluna 'n'", () => applyPreparation(GOOD, readCsv("m\n1\n"))],
  [
    "prepare.kind",
    "'n' should hold values of kind number, but they are category",
    "'n' deveria conter valores do tipo number",
    () => applyPreparation(GOOD, readCsv("n,word,flag,free\na,x,yes,7\n")),
  ],
  [
    "prepare.kind",
    "'word' should hold values of kind category, but they are number",
    "'word' deveria",
    () => applyPreparation(GOOD, readCsv("n,word,flag,free\n1,2,yes,7\n")),
  ],
  [
    "prepare.class",
    "'c' in row 2 of the data",
    "'c' na linha 2",
    () => targetsOf(GOOD, readCsv("kind\na\nc\n")),
  ],
  ["prepare.missing", "missing in 1", "falta em 1", () => targetsOf(GOOD, readCsv("n,kind\n1,\n"))],
  ["preparation.form", "preparation is not as", "preparation não é como", () => readPreparation(null)],
  ["preparation.form", "preparation is", "preparation não", () => readPreparation({ ...GOOD, more: 1 })],
  ["preparation.form", "features is", "features não", () => readPreparation({ ...GOOD, features: {} })],
  [
    "preparation.form",
    "features[0] is",
    "features[0]",
    changed(({ features }) => (features[0]!["mean"] = null)),
  ],
  [
    "preparation.form",
    "features[0] is",
    "features[0]",
    changed(({ features }) => (features[0]!["std"] = -1)),
  ],
  ["preparation.form", "features[1] is", "features[1]", changed(({ features }) => (features[1]!["categories"] = ["x", "x"]))], // biome-ignore format: one line
  [
    "preparation.form",
    "features[1] is",
    "features[1]",
    changed(({ features }) => (features[1]!["kind"] = "text")),
  ],
  [
    "preparation.form",
    "features[2] is",
    "features[2]",
    changed(({ features }) => delete features[2]!["missing"]),
  ],
  ["preparation.form", "target is", "target não", changed(({ target }) => (target["task"] = "guess"))],
  ["preparation.form", "target is", "target não", changed(({ target }) => (target["classes"] = [1, 2]))],
];

describe("what cannot be prepared", () => {
  it.each(REFUSED)("is refused in both languages: %s, %s", (code, english, portuguese, f) => {
    const error = refusedFile(f);
    expect([error.code, error.message]).toEqual([code, expect.stringContaining(english)]);
    configure({ lang: "pt-BR" });
    expect(refusedFile(f).message).toContain(portuguese);
  });

  it("is refused from a file whatever it holds, or is whole", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        try {
          const read: Preparation = readPreparation(JSON.parse(json));
          featureNames(read);
        } catch (error) {
          expect(error).toBeInstanceOf(InteropError);
        }
      }),
    );
  });
});
