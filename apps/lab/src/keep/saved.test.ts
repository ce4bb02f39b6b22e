import { describe, expect, it } from "vitest";
import { namesBetween, rename } from "./rename.js";
import { nothing, readSaved, withVersion } from "./saved.js";

const good = {
  ...nothing("03-x"),
  cells: { one: { code: "a", lang: "en", original: "b" } },
  history: { one: [{ code: "a", lang: "en", at: 1 }] },
  answers: { two: "3" },
};

describe("what was saved", () => {
  it("is read back, and anything else is refused whole", () => {
    expect(readSaved(JSON.parse(JSON.stringify(good)))).toEqual(good);
    for (const bad of [
      null,
      [],
      "text",
      { ...good, version: 2 },
      { ...good, lesson: 3 },
      { ...good, cells: { one: { code: "a", lang: "de", original: "b" } } },
      { ...good, cells: [] },
      { ...good, history: { one: [{ code: "a" }] } },
      { ...good, answers: { two: 3 } },
    ]) {
      expect(readSaved(bad)).toBeNull();
    }
  });

  it("keeps the last versions, and none twice in a row", () => {
    const version = (code: string, at: number) => ({ code, lang: "en" as const, at });
    const [a, again, b] = [version("a", 1), version("a", 2), version("b", 3)];
    expect(withVersion([a], again)).toEqual([a]);
    expect(withVersion([a], b)).toEqual([a, b]);
    const many = Array.from({ length: 30 }, (_, i) => version(String(i), i));
    expect(many.reduce(withVersion, [] as ReturnType<typeof version>[])).toEqual(many.slice(10));
  });
});

describe("a lesson's names in another language", () => {
  const names = namesBetween(
    [
      { id: "one", makes: ["array", "batch"] },
      { id: "two", makes: ["weights", "extra"] },
    ],
    [
      { id: "one", makes: ["array", "lote"] },
      { id: "two", makes: ["pesos"] },
    ],
  );

  it("are those that the same cells make", () => {
    expect(names).toEqual({ batch: "lote" });
  });

  it("change variables only", () => {
    expect(rename('dot(batch, x.batch, { "batch": batch }, ["batch"], batches)', names)).toBe(
      'dot(lote, x.batch, { "batch": lote }, ["batch"], batches)',
    );
    expect(rename("constructor + toString", names)).toBe("constructor + toString");
  });
});
