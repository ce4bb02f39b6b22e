import { loadInNode, runCell } from "@camada/lesson";
import { compileCell } from "@camada/lesson/compiler";
import { configure, setPrintOptions } from "camada";
import { describe, expect, it } from "vitest";
import { usesOf } from "../apps/lab/build/reference/entryHtml.js";
import { readEntries } from "../apps/lab/build/reference/reader.js";
import { sentences } from "../apps/lab/build/reference/sentences.js";
import { entriesOf, TOPICS } from "../apps/lab/build/reference/topics.js";
import { exampleCell } from "../apps/lab/src/examples/cell.js";
import { examples } from "./examples.js";

/** What the reference has to say of all that is public; its pages are looked at in tests/browser. */

const entries = readEntries();
const callables = entries.flatMap((entry) => [entry, ...entry.methods]);
const docs = entries.flatMap(({ name, doc, fields, methods, options }) => [
  { name, doc },
  ...[...fields, ...methods, ...options.flatMap((option) => option.fields)].map((part) => ({
    name: `${name}.${part.name}`,
    doc: part.doc,
  })),
]);

describe("the reference", () => {
  it("has everything that is exported, each on one page", () => {
    expect(entries.length).toBeGreaterThan(450);
    const placed = TOPICS.flatMap((topic) => entriesOf(topic, entries));
    const place = ({ name, file }: (typeof entries)[number]) => `${file} ${name}`;
    expect(placed.map(place).sort()).toEqual(entries.map(place).sort());
  });

  it("says something of each export and of each method of arrays and models", () => {
    const silent = entries.filter(({ doc }) => doc.text === "");
    expect(silent.map(({ name, file }) => `${file} ${name}`)).toEqual([]);
    const methods = ["NDArray", "Sequential", "random", "Generator", "OnnxModel"].flatMap(
      (name) => entries.find((entry) => entry.name === name)!.methods,
    );
    expect(methods.length).toBeGreaterThan(60);
    expect(methods.filter(({ doc }) => doc.text === "").map(({ name }) => name)).toEqual([]);
  });

  it("has only examples that are run, and all of those of what is public", () => {
    const squeezed = (code: string) => code.replace(/\s+/g, " ").trim();
    const run = new Set(examples.map(({ code }) => squeezed(code)));
    const shown = docs.flatMap(({ doc }) => doc.examples.map(squeezed));
    expect(shown.length).toBeGreaterThan(230);
    expect(shown.filter((code) => !run.has(code))).toEqual([]);
  });

  it("names errors that there are, by codes that have a sentence in both languages", () => {
    const named = docs.flatMap(({ name, doc }) =>
      doc.throws.flatMap((text) =>
        [...text.matchAll(/`([^`]+)`/g)].map((match) => ({ name, code: match[1]! })),
      ),
    );
    expect(named.length).toBeGreaterThan(200);
    for (const lang of ["en", "pt-BR"] as const) {
      const unknown = named.filter(({ code }) => /^[a-zA-Z]+\.\w+$/.test(code) && !(code in sentences[lang]));
      expect(unknown).toEqual([]);
    }
  });

  it("says how everything is called, without what only the compiler reads", () => {
    const lines = callables.flatMap(({ name, signatures }) => signatures.map((line) => ({ name, line })));
    expect(lines.length).toBeGreaterThan(350);
    const unreadable =
      /\b(Lazy|AxisKey|AxisArg|ElArg|DotArg|MatArg|NamesArg|LiteralArg|Chain|Plain|Sized|Sequential<)\b/;
    expect(lines.filter(({ line }) => unreadable.test(line) || line.length > 700)).toEqual([]);
    const called = (name: string) => entries.find((entry) => entry.name === name)!.signatures;
    expect(called("add")).toEqual(["add(x: number | NDArray, y: number | NDArray): number | NDArray"]);
    expect(called("concatenate")).toEqual([
      "concatenate(arrays: readonly NDArray[], axis?: number | string): NDArray",
    ]);
    expect(called("sum")[0]).toBe("sum(x: NDArray): number");
    expect(called("dense")).toEqual([
      "dense(neurons: number, options?: DenseOptions): Layer",
      "dense(given: GivenDense): Layer",
    ]);
    expect(called("grad")[0]).toMatch(/^grad<F>\(\n {2}f: F,\n {2}options\?: GradOptions,\n\): \(\.\.\.args/);
    expect(called("Padding")).toEqual(['type Padding = "valid" | "same"']);
  });

  it("has examples that run as cells, and print what they say", async () => {
    const cells = docs.flatMap(({ doc }) =>
      doc.examples.flatMap((code) => {
        const uses = usesOf(code);
        return uses === null ? [] : [{ code, uses }];
      }),
    );
    let compared = 0;
    for (const { code, uses } of cells) {
      const { module } = compileCell(exampleCell(code, uses), new Set(), (refusal) => {
        throw new Error(`${refusal}: ${code}`);
      });
      const { output, error } = await runCell({ id: "example", module }, { load: loadInNode });
      configure({ lang: "en" });
      setPrintOptions({ precision: 8 });
      expect([code, error]).toEqual([code, null]);
      const dense = (text: string) => text.replace(/\s+/g, "");
      const [, first] = /^(?!const |let |if |try |\}|\s).+;\s*\/\/ (\[.+)$/m.exec(code) ?? [];
      if (first === undefined || first.includes('"')) continue;
      compared++;
      expect([code, dense(output)]).toEqual([code, expect.stringContaining(dense(first))]);
    }
    expect([cells.length > 180, compared > 90]).toEqual([true, true]);
  });

  it("knows the names of NumPy", () => {
    const numpy = (name: string) => entries.find((entry) => entry.name === name)!.numpy;
    expect([numpy("greaterEqual"), numpy("variance"), numpy("isNaN"), numpy("dense")]).toEqual([
      "greater_equal",
      "var",
      "isnan",
      null,
    ]);
  });
});
