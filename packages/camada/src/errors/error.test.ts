import { afterEach, describe, expect, it } from "vitest";
import {
  arange,
  array,
  CamadaError,
  configure,
  cumsum,
  dot,
  fromTypedArray,
  ShapeError,
  sum,
  zeros,
} from "../index.js";
import { en } from "./messages/en.js";
import { ptBR } from "./messages/pt-BR.js";

afterEach(() => configure({ lang: "en" }));

const thrown = (f: () => unknown): CamadaError => {
  try {
    f();
  } catch (error) {
    if (error instanceof CamadaError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

/** What plain JavaScript could pass, past the compiler. */
const loose = (value: unknown) => value as never;

/** What a person may do wrong, with the exact words that they read. */
const REFUSED: readonly (readonly [code: string, en: string, pt: string, f: () => unknown])[] = [
  [
    "dot.axes",
    "dot: the axes do not match, whatever their sizes: it would multiply 'feature' by 'neuron', in (batch 4, feature 3) x (neuron 3, feature 3). Transpose the second array: use .T",
    "dot: os eixos não combinam, sejam quais forem os tamanhos: multiplicaria 'feature' por 'neuron', em (batch 4, feature 3) x (neuron 3, feature 3). Transponha o segundo array: use .T",
    () => dot(zeros([4, 3], ["batch", "feature"]), loose(zeros([3, 3], ["neuron", "feature"]))),
  ],
  [
    "dot.sizes",
    "dot: the inner sizes differ, feature 4 against neuron 3, in (batch 3, feature 4) x (neuron 3, feature 4). Transpose the second array: use .T",
    "dot: os tamanhos internos diferem, feature 4 contra neuron 3, em (batch 3, feature 4) x (neuron 3, feature 4). Transponha o segundo array: use .T",
    () => dot(zeros([3, 4], ["batch", "feature"]), loose(zeros([3, 4], ["neuron", "feature"]))),
  ],
  [
    "array.ragged",
    "array: the first row has 2 values, another has 3",
    "array: a primeira linha tem 2 valores, outra tem 3",
    () =>
      array(
        loose([
          [1, 2],
          [1, 2, 3],
        ]),
      ),
  ],
  [
    "array.value",
    "array: only numbers, or rows of numbers",
    "array: somente números, ou linhas de números",
    () => array(loose([1, "2"])),
  ],
  [
    "axis.missing",
    "sum: there is no axis 'neuron' in (batch 4, feature 3)",
    "sum: não existe o eixo 'neuron' em (batch 4, feature 3)",
    () => sum(zeros([4, 3], ["batch", "feature"]), loose("neuron")),
  ],
  [
    "names.repeated",
    "array: two axes cannot both be named 'x'. Give one of them another name first: .rename(...)",
    "array: dois eixos não podem se chamar 'x'. Dê antes outro nome a um deles: .rename(...)",
    () => array([[1]], loose(["x", "x"])),
  ],
  [
    "names.count",
    "array: (2, 2) has 2 axes, names given: 3",
    "array: (2, 2) tem 2 eixos, nomes dados: 3",
    () =>
      array(
        [
          [1, 2],
          [3, 4],
        ],
        loose(["a", "b", "c"]),
      ),
  ],
  [
    "index.range",
    "at: the index 4 is outside axis 0, which has 4 values",
    "at: o índice 4 está fora do eixo 0, que tem 4 valores",
    () => arange(4).at(4),
  ],
  [
    "shape.overflow",
    "zeros: the shape (100000, 100000) has too many values: at most 4294967295 fit in one array",
    "zeros: a forma (100000, 100000) tem valores demais: cabem no máximo 4294967295 em um array",
    () => zeros([1e5, 1e5]),
  ],
  [
    "dtype.overflow",
    "cumsum: the result 2147483648 does not fit in int32. Use .astype('float64') first",
    "cumsum: o resultado 2147483648 não cabe em int32. Use antes .astype('float64')",
    () => cumsum(array([2 ** 31 - 1, 1], undefined, { dtype: "int32" })),
  ],
  [
    "shape.size",
    "zeros: a size must be a whole number that is not negative, not 1.5",
    "zeros: um tamanho deve ser um número inteiro não negativo, e não 1.5",
    () => zeros([1.5]),
  ],
  [
    "broadcast.sizes",
    "add: the shapes do not broadcast, 3 meets 4, in (4, 3) and (4). From the right, sizes must be equal or 1",
    "add: as formas não se ajustam por broadcasting, 3 encontra 4, em (4, 3) e (4). A partir da direita, os tamanhos devem ser iguais ou 1",
    () => zeros([4, 3]).add(loose(zeros([4]))),
  ],
  [
    "shape.values",
    "reshape: (4, 3) has 12 values, but (5, 2) needs 10",
    "reshape: (4, 3) tem 12 valores, mas (5, 2) precisa de 10",
    () => zeros([4, 3]).reshape(loose([5, 2])),
  ],
];

describe("errors", () => {
  it.each(REFUSED)("%s is said in both languages", (code, english, portuguese, f) => {
    const error = thrown(f);
    expect(error.code).toBe(code);
    expect(error.message).toBe(english);
    configure({ lang: "pt-BR" });
    expect(thrown(f).message).toBe(portuguese);
  });

  it("keep the facts for programs", () => {
    const { data } = thrown(() => array(loose([[1, 2], [3, 4], [5]])));
    expect(data).toMatchObject({ row: 2, expected: 2, found: 1 });
  });

  it("tell shapes from other errors by class and name", () => {
    const error = thrown(() => dot(zeros([2]), loose(zeros([3]))));
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.name).toBe("ShapeError");
    expect(thrown(() => arange(2).at(0.5))).not.toBeInstanceOf(ShapeError);
  });

  it("leave memory alone", () => {
    const values = Float64Array.of(1, 2, 3);
    thrown(() => fromTypedArray(values, loose([2, 2])));
    expect([...values]).toEqual([1, 2, 3]);
  });

  it("have the same codes and the same blanks in both languages", () => {
    const blanks = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const [code, sentence] of Object.entries(en)) {
      expect(blanks(ptBR[code as keyof typeof ptBR]), code).toEqual(blanks(sentence));
    }
    expect(Object.keys(ptBR).sort()).toEqual(Object.keys(en).sort());
  });
});
