import { afterEach, describe, expect, it } from "vitest";
import { refused } from "../../../../tests/refused.js";
import { arange, array, configure, dot, fromTypedArray, ShapeError, zeros } from "../index.js";
import { en } from "./messages/en.js";
import { en as networks } from "./messages/networks/en.js";
import { ptBR as networksPtBR } from "./messages/networks/pt-BR.js";
import { ptBR } from "./messages/pt-BR.js";

afterEach(() => configure({ lang: "en" }));

/** What plain JavaScript could pass, past the compiler. */
const loose = (value: unknown) => value as never;

describe("errors", () => {
  it("keep the facts for programs", () => {
    const { data } = refused(() => array(loose([[1, 2], [3, 4], [5]])));
    expect(data).toMatchObject({ row: 2, expected: 2, found: 1 });
  });

  it("tell shapes from other errors by class and name", () => {
    const error = refused(() => dot(zeros([2]), loose(zeros([3]))));
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.name).toBe("ShapeError");
    expect(refused(() => arange(2).at(0.5))).not.toBeInstanceOf(ShapeError);
  });

  it("leave memory alone", () => {
    const values = Float64Array.of(1, 2, 3);
    refused(() => fromTypedArray(values, loose([2, 2])));
    expect([...values]).toEqual([1, 2, 3]);
  });

  it("have the same codes and the same blanks in both languages", () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [english, portuguese] of [
      [en, ptBR],
      [networks, networksPtBR],
    ]) {
      const translated: Record<string, string> = portuguese!;
      for (const [code, sentence] of Object.entries(english!)) {
        expect(blanks(translated[code]!), code).toEqual(blanks(sentence));
      }
      expect(Object.keys(translated).sort()).toEqual(Object.keys(english!).sort());
    }
  });
});
