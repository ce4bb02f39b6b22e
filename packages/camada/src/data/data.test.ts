import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import { refused } from "../../../../tests/refused.js";
import {
  arange,
  array,
  type CamadaError,
  configure,
  type DType,
  fromTypedArray,
  type NDArray,
  oneHot,
  standardise,
  standardize,
  sum,
  trainTestSplit,
  zeros,
} from "../index.js";

afterEach(() => configure({ lang: "en" }));

const ints = (values: readonly number[], dtype: DType = "int32") =>
  array([...values], ["batch"], { dtype }) as NDArray;
const floats = (values: readonly number[], shape: readonly number[]) =>
  fromTypedArray(Float64Array.from(values), shape) as NDArray;
const rows = (a: NDArray) => a.toArray() as number[];

describe("oneHot", () => {
  it("is the rows of NumPy's eye", () => {
    const cases = fc.sample(
      fc.record({
        labels: fc.array(fc.nat(6), { minLength: 1, maxLength: 9 }),
        more: fc.nat(2),
      }),
      { seed: 1, numRuns: 30 },
    );
    const script = `result = [np.eye(max(c["labels"]) + 1 + c["more"])[np.array(c["labels"])] for c in data]`;
    const answers = expected<number[][]>("oneHot", script, cases);
    cases.forEach(({ labels, more }, i) => {
      const classes = Math.max(...labels) + 1 + more;
      for (const dtype of ["int32", "uint8", "float64"] as const) {
        const a = oneHot(ints(labels, dtype), more === 0 ? undefined : classes);
        expect(a.toArray()).toEqual(answers[i]);
        expect([a.dtype, a.names]).toEqual(["float64", ["batch", "class"]]);
      }
    });
  });

  it("takes labels of any shape", () => {
    const labels = zeros([2, 3], ["batch", "word"], { dtype: "int32" });
    expect([oneHot(labels, 4).shape, oneHot(labels, 4).names]).toEqual([[2, 3, 4], ["batch", "word", "class"]]); // biome-ignore format: pair
    expect(oneHot(array([true, false])).toArray()).toEqual([[0, 1], [1, 0]]); // biome-ignore format: rows
    expect(oneHot(floats([], [0])).shape).toEqual([0, 0]);
  });
});

const SCRIPT = `
def standard(case):
    x = np.array(case["values"], dtype="float64").reshape(case["shape"])
    still = x.max(axis=0) == x.min(axis=0)
    return {"mean": x.mean(axis=0), "std": x.std(axis=0), "still": np.flatnonzero(still),
            "x": np.where(still, 0, (x - x.mean(axis=0)) / np.where(still, 1, x.std(axis=0)))}
result = [standard(case) for case in data]
`;

describe("standardize", () => {
  it("is (x - mean) / std by column, as NumPy computes it", () => {
    const cases = fc.sample(
      fc
        .record({
          n: fc.integer({ min: 1, max: 6 }),
          tail: fc.array(fc.nat(3), { minLength: 1, maxLength: 2 }),
        })
        .chain(({ n, tail }) => {
          const shape = [n, ...tail];
          const size = shape.reduce((a, b) => a * b, 1);
          const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom(0.1, -0.3, 1e8));
          return fc.record({
            shape: fc.constant(shape),
            values: fc.array(value, { minLength: size, maxLength: size }),
          });
        }),
      { seed: 2, numRuns: 60 },
    );
    const answers = expected<{ mean: []; std: []; still: number[]; x: [] }>("standardize", SCRIPT, cases);
    cases.forEach(({ shape, values }, i) => {
      const s = standardize(floats(values, shape));
      const want = answers[i]!;
      const label = JSON.stringify(cases[i]);
      expect(s.constant, label).toEqual(want.still);
      for (const [ours, theirs] of [
        [s.mean, want.mean],
        [s.std, want.std],
        [s.x, want.x],
      ] as const) {
        // biome-ignore format: pairs
        expect(ours.toArray(), label).toEqual(theirs);
      }
      expect(s.warnings.length).toBe(want.still.length > 0 ? 1 : 0);
    });
  });

  it("makes a constant column 0 and names it, also where rounding gives it a deviation", () => {
    const x = array([[0.1, 1, 5], [0.1, 2, 5], [0.1, 4, 5]], ["batch", "feature"]); // biome-ignore format: rows
    const { x: y, constant, warnings, std, apply } = standardize(x);
    expect(std.at(0)).toBeGreaterThan(0);
    expect(y.slice(null, 0).toArray()).toEqual([0, 0, 0]);
    expect(constant).toEqual([0, 2]);
    expect(warnings).toEqual([
      "standardize: what never changes became 0, as a network can learn nothing from it: column feature 0; feature 2. Leave it out of the data",
    ]);
    expect(apply(array([[9, 1, 9]], ["batch", "feature"])).toArray()).toEqual([[0, expect.any(Number), 0]]);
    configure({ lang: "pt-BR" });
    expect(standardise(x).warnings[0]).toContain(
      "pois uma rede nada pode aprender disso: coluna feature 0; feature 2",
    );
  });

  it("names many constant columns by the first ones", () => {
    const { warnings } = standardize(zeros([2, 3, 4], ["batch", "row", "column"]));
    expect(warnings[0]).toContain("column row 0, column 0; row 0, column 1; row 0, column 2; row 0, column 3; row 1, column 0; … (12)"); // biome-ignore format: sentence
  });

  it("never gives what is not finite", () => {
    const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, 1, 5e-324, -0, 1e-200, 1.7e308));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 5 }), (values) => {
        const x = array(values) as NDArray;
        const finite = values.every((row) => row.every((v) => Number.isFinite(v) && Math.abs(v) < 1e150));
        if (!finite) {
          try {
            standardize(x);
          } catch (error) {
            expect((error as CamadaError).code).toBe("standardize.infinite");
            return;
          }
        }
        expect([...standardize(x).x.data].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("applies the same to other rows, and refuses other columns", () => {
    const { mean, std, apply, x } = standardize(array([[1, 2], [3, 6]], ["batch", "feature"])); // biome-ignore format: rows
    expect([mean.toArray(), std.toArray()]).toEqual([[2, 4], [1, 2]]); // biome-ignore format: pair
    expect([mean.names, x.names]).toEqual([["feature"], ["batch", "feature"]]);
    expect(apply(array([[4, 4]])).toArray()).toEqual([[2, 0]]);
    expect(refused(() => apply(array([[4, 4, 4]]))).code).toBe("standardize.columns");
    expect(refused(() => apply(array([4, 4]))).code).toBe("standardize.columns");
    expect(refused(() => apply(zeros([1, 2], ["batch", "neuron"]))).code).toBe("broadcast.axes");
  });

  it("keeps float32, and makes float64 of bytes", () => {
    expect(standardize(array([[1], [2]]).astype("float32")).x.dtype).toBe("float32");
    expect(standardize(array([[1], [3]]).astype("uint8")).x.toArray()).toEqual([[-1], [1]]);
  });
});

/** Labels as they come, many and few, and how much of them tests. */
const splits = fc.record({
  labels: fc.array(fc.constantFrom(0, 0, 0, 1, 1, 2, 5), { minLength: 2, maxLength: 60 }),
  testSize: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  seed: fc.nat(),
  stratify: fc.boolean(),
  shuffle: fc.boolean(),
});

describe("trainTestSplit", () => {
  it("gives each row to one part, with its label, and to each label its share", () => {
    fc.assert(
      fc.property(splits, ({ labels, testSize, ...options }) => {
        const n = labels.length;
        const count = Math.ceil(testSize * n - 1e-9);
        fc.pre(count < n);
        const x = arange(n).reshape([n, 1]).named("batch", "feature");
        const { train, test } = trainTestSplit(x, ints(labels), { testSize, ...options });
        const at = [...train.x.data, ...test.x.data];
        expect(at.toSorted((a, b) => a - b)).toEqual([...arange(n).data]);
        expect([...train.y.data, ...test.y.data]).toEqual(at.map((row) => labels[row]));
        expect([test.x.shape, test.y.shape[0]]).toEqual([[count, 1], count]);
        expect([train.x.names, train.y.names]).toEqual([["batch", "feature"], ["batch"]]);
        if (!options.shuffle) {
          for (const part of [train, test]) expect([...part.x.data]).toEqual([...part.x.data].toSorted((a, b) => a - b)); // biome-ignore format: one line
        }
        if (!options.stratify) return;
        for (const label of new Set(labels)) {
          const share = (labels.filter((l) => l === label).length * count) / n;
          const tested = [...test.y.data].filter((l) => l === label).length;
          expect(Math.abs(tested - share)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is stratified by itself for whole-number labels only", () => {
    const labels = Array.from({ length: 40 }, (_, i) => Number(i >= 30));
    const of = (dtype: DType) =>
      sum(trainTestSplit(arange(40), ints(labels, dtype), { testSize: 8, shuffle: false }).test.y);
    expect([of("int32"), of("uint8"), of("float64")]).toEqual([2, 2, 8]);
  });

  it("leaves a row to train on wherever it can", () => {
    for (let seed = 0; seed < 30; seed++) {
      const { train } = trainTestSplit(arange(8), ints([0, 0, 0, 1, 1, 1, 2, 3]), { testSize: 3, seed });
      expect(new Set(train.y.data)).toEqual(new Set([0, 1, 2, 3]));
    }
  });

  it("in order of time trains on the past", () => {
    const { train, test } = trainTestSplit(arange(6), ints([1, 1, 1, 1, 1, 0]), {
      testSize: 2,
      order: "time",
    });
    expect([rows(train.x), rows(test.x)]).toEqual([[0, 1, 2, 3], [4, 5]]); // biome-ignore format: pair
  });

  it("depends on its seed, and on nothing else", () => {
    const y = ints(Array.from({ length: 30 }, (_, i) => i % 3));
    const tested = (seed?: number) =>
      rows(trainTestSplit(arange(30), y, seed === undefined ? {} : { seed }).test.x);
    expect(tested(4)).toEqual(tested(4));
    expect(tested(4)).not.toEqual(tested(5));
    expect(tested()).not.toEqual(tested());
  });

  it("takes a share as people mean it: 0.07 of 100 rows are 7", () => {
    expect(trainTestSplit(arange(100), arange(100), { testSize: 0.07 }).test.x.size).toBe(7);
  });
});

const x4 = arange(4);
const y4 = ints([0, 1, 0, 1]);
const REFUSED: readonly (readonly [code: string, en: string, pt: string, f: () => unknown])[] = [
  ["labels.whole", "not 0.5 (label 1)", "e não 0.5 (rótulo 1)", () => oneHot(array([0, 0.5]))],
  ["labels.whole", "not -1 (label 0)", "e não -1 (rótulo 0)", () => oneHot(ints([-1]))],
  [
    "labels.range",
    "oneHot: the label 3 (label 1) is not among 3 classes, which count from 0. Give more classes",
    "oneHot: o rótulo 3 (rótulo 1) não está entre 3 classes, contadas a partir de 0. Dê mais classes",
    () => oneHot(ints([0, 3]), 3),
  ],
  ["value.positive", "oneHot: classes", "oneHot: classes", () => oneHot(ints([0]), 0)],
  ["names.repeated", "named 'class'", "se chamar 'class'", () => oneHot(zeros([1], ["class"]), 1)],
  ["standardize.axes", "(4) has no features", "(4) não tem atributos", () => standardize(x4)],
  [
    "reduce.empty",
    "standardize: there is nothing",
    "standardize: não há de que",
    () => standardize(zeros([0, 2])),
  ],
  [
    "standardize.infinite",
    "column feature 1 has a value that is not finite",
    "a coluna feature 1 tem um valor que não é finito",
    () => standardize(array([[1, Number.NaN], [2, 3]], ["batch", "feature"])), // biome-ignore format: rows
  ],
  ["standardize.infinite", "column 0 has", "a coluna 0 tem", () => standardize(array([[1e300], [-1e300]]))],
  [
    "rows.count",
    "trainTestSplit: (4) and (batch 3) do not have the same number of rows. Each row needs its target",
    "trainTestSplit: (4) e (batch 3) não têm o mesmo número de linhas. Cada linha precisa do seu alvo",
    () => trainTestSplit(x4, ints([0, 1, 0])),
  ],
  ...[0, 1.5, 4, -1, Number.NaN, 0.99].map(
    (testSize) =>
      [
        "split.size",
        `not ${testSize} of 4 rows`,
        `não ${testSize} de 4 linhas`,
        () => trainTestSplit(x4, y4, { testSize }),
      ] as const,
  ),
  [
    "split.stratify",
    "not by (4, 1). Leave stratify out",
    "e não por (4, 1). Deixe stratify de fora",
    () => trainTestSplit(x4, zeros([4, 1]), { stratify: true }),
  ],
  ["labels.whole", "not 0.5", "e não 0.5", () => trainTestSplit(x4, arange(0, 2, 0.5), { stratify: true })],
  [
    "split.time",
    "so stratify cannot be true",
    "então stratify não pode ser true",
    () => trainTestSplit(x4, y4, { order: "time", stratify: true }),
  ],
  [
    "split.time",
    "so shuffle",
    "então shuffle",
    () => trainTestSplit(x4, y4, { order: "time", shuffle: true }),
  ],
  ["random.seedLarge", "not -1", "e não -1", () => trainTestSplit(x4, y4, { seed: -1 })],
];

describe("bad data", () => {
  it.each(REFUSED)("is refused in both languages: %s", (code, english, portuguese, f) => {
    const error = refused(f);
    expect(error.code).toBe(code);
    expect(error.message).toContain(english);
    configure({ lang: "pt-BR" });
    expect(refused(f).message).toContain(portuguese);
  });
});
