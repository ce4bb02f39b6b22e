import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import {
  accuracy,
  add,
  array,
  auc,
  CamadaError,
  configure,
  confusionMatrix,
  type DType,
  evaluateMetric,
  f1,
  fromTypedArray,
  type Metric,
  mae,
  mse,
  NDArray,
  ones,
  precision,
  r2,
  recall,
  ShapeError,
  topKAccuracy,
  zeros,
} from "../index.js";

afterEach(() => configure({ lang: "en" }));

interface Case {
  readonly truth: readonly number[];
  /** (rows, columns), or rows of one number. */
  readonly scores: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly cuts: readonly number[];
}

const COLUMNS = 4;

/** The textbooks' formulas, row by row. */
const SCRIPT = `
def of(c):
    t, s, w = np.array(c["truth"]), np.array(c["scores"], dtype=float), np.array(c["weights"], dtype=float)
    k, one = s.shape[1], s[:, 0]
    guess = s.argmax(1) if k > 1 else (one > 0.5).astype(int)
    n = max(k, 2)
    table = np.zeros((n, n))
    for i in range(len(t)): table[t[i], guess[i]] += w[i]
    def pair(j):
        right, said, real = table[j, j], table[:, j].sum(), table[j].sum()
        p = right / said if said else 0
        r = right / real if real else 0
        return [p, r, 2 * p * r / (p + r) if p + r else 0]
    there = [j for j in range(n) if table[j].sum() + table[:, j].sum() > 0]
    macro = np.mean([pair(j) for j in there], axis=0)
    def rank(row, label): return sum(row[j] > row[label] for j in range(k) if j != label)
    positive, negative = np.flatnonzero(t == 1), np.flatnonzero(t == 0)
    wins = sum(w[i] * w[j] * (1 if one[i] > one[j] else 0.5 if one[i] == one[j] else 0)
               for i in positive for j in negative)
    both = w[positive].sum() * w[negative].sum()
    center = np.average(t, weights=w)
    spread = (w * (t - center) ** 2).sum()
    return {
        "accuracy": (w * (t == guess)).sum() / w.sum(),
        "top2": sum(w[i] for i in range(len(t)) if k > 1 and rank(s[i], t[i]) < 2) / w.sum(),
        "table": table, "macro": macro, "binary": pair(1), "micro": table.trace() / table.sum(),
        "auc": wins / both if both else math.nan,
        "r2": 1 - (w * (t - one) ** 2).sum() / spread if spread > 1e-12 else float((t == one).all()),
        "mae": np.average(abs(t - one), weights=w), "mse": np.average((t - one) ** 2, weights=w),
    }
result = [of(c) for c in data]
`;

interface Answer {
  readonly accuracy: number;
  readonly top2: number;
  readonly table: number[][];
  readonly macro: [number, number, number];
  readonly binary: [number, number, number];
  readonly micro: number;
  readonly auc: number;
  readonly r2: number;
  readonly mae: number;
  readonly mse: number;
}

/** Scores that tie now and then; of one column, in the middle between two thresholds of `auc`. */
function cases(columns: number, seed: number): Case[] {
  const score = columns > 1 ? fc.integer({ min: -3, max: 3 }) : fc.nat(198).map((i) => (i + 0.5) / 199);
  const row = fc.record({
    label: fc.nat(Math.max(columns, 2) - 1),
    scores: fc.array(score, { minLength: columns, maxLength: columns }),
    weight: fc.constantFrom(1, 1, 2, 0.25),
  });
  const rows = fc.array(row, { minLength: 1, maxLength: 20 });
  return fc.sample(fc.tuple(rows, fc.array(fc.nat(20), { maxLength: 3 })), { seed, numRuns: 80 }).map(([all, cuts]) => ({
    truth: all.map(({ label }) => label),
    scores: all.map(({ scores }) => scores),
    weights: all.map(({ weight }) => weight),
    cuts: cuts.map((at) => at % all.length).toSorted((a, b) => a - b),
  })); // biome-ignore format: one sample
}

const labels = (values: readonly number[], dtype: DType = "int32"): NDArray =>
  array([...values], ["batch"], { dtype }) as NDArray;
const table = (rows: readonly (readonly number[])[]): NDArray =>
  array(rows.map((row) => [...row]), ["batch", "neuron"]) as NDArray; // biome-ignore format: short

/** The metric of a case, and the same from batches, added up; they must agree. */
function both(metric: Metric, c: Case, truth = labels(c.truth), predictions = table(c.scores)): unknown {
  const weights = array([...c.weights]);
  const whole = evaluateMetric(metric, truth, predictions, weights);
  const cuts = [0, ...c.cuts, c.truth.length];
  const sums = cuts.slice(1).flatMap((stop, i) => {
    if (stop === cuts[i]) return [];
    const part = (a: NDArray) => a.slice([cuts[i]!, stop]) as NDArray;
    return [metric.sums(part(truth), part(predictions), part(weights))];
  });
  const again = metric.value(sums.reduce((total, some) => add(total, some) as NDArray));
  near(plain(again), plain(whole));
  return plain(whole);
}

const plain = (value: number | NDArray): unknown => (typeof value === "number" ? value : value.toArray());
const near = (ours: unknown, theirs: unknown, label = ""): void => {
  const [a, b] = [[ours], [theirs]].map((x) => x.flat(2) as number[]) as [number[], number[]];
  expect(a.length, label).toBe(b.length);
  a.forEach((x, i) => {
    const close = Object.is(x, b[i]) || Math.abs(x - b[i]!) <= 1e-9 * Math.max(1, Math.abs(b[i]!));
    if (!close) expect.fail(`${x} is not ${b[i]}: ${label}`);
  });
};

const several = cases(COLUMNS, 1);
const single = cases(1, 2);
const ofSeveral = expected<Answer>("metrics-several", SCRIPT, several);
const ofSingle = expected<Answer>("metrics-single", SCRIPT, single);

describe("metrics are the textbooks'", () => {
  it("of an output a class", () => {
    several.forEach((c, i) => {
      const want = ofSeveral[i]!;
      const label = JSON.stringify(c);
      const check = (metric: Metric, value: unknown) => near(both(metric, c), value, label);
      check(accuracy(), want.accuracy);
      check(topKAccuracy(1), firstBest(c));
      check(topKAccuracy(2), want.top2);
      check(topKAccuracy(COLUMNS), 1);
      check(confusionMatrix(), want.table);
      [precision, recall, f1].forEach((metric, j) => {
        check(metric(), want.macro[j]);
        check(metric({ average: "micro", classes: COLUMNS }), want.micro);
      });
    });
  });

  it("of one output, by a threshold", () => {
    single.forEach((c, i) => {
      const want = ofSingle[i]!;
      const label = JSON.stringify(c);
      const flat = labels(c.scores.flat(), "float64");
      const column = labels(c.truth).reshape([-1, 1]).named("batch", "neuron");
      for (const [truth, predictions] of [
        [labels(c.truth), table(c.scores)],
        [labels(c.truth), flat],
        [column, table(c.scores)],
      ] as const) {
        // biome-ignore format: three ways to say it
        const check = (metric: Metric, value: unknown) => near(both(metric, c, truth, predictions), value, label);
        check(accuracy(), want.accuracy);
        check(auc(), want.auc);
        check(confusionMatrix(), want.table);
        [precision, recall, f1].forEach((metric, j) => {
          check(metric(), want.binary[j]);
          check(metric({ average: "macro" }), want.macro[j]);
        });
      }
      near(both(r2(), c, labels(c.truth), flat), want.r2, label);
      near(both(mae(), c, labels(c.truth), flat), want.mae, label);
      near(both(mse(), c, column, table(c.scores)), want.mse, label);
    });
  });

  it("with one-hot truth, and with predictions that are labels already", () => {
    several.forEach((c, i) => {
      const oneHot = table(
        c.truth.map((label) => Array.from({ length: COLUMNS }, (_, j) => Number(j === label))),
      );
      near(both(accuracy(), c, oneHot.rename({ neuron: "class" })), ofSeveral[i]!.accuracy);
      near(both(topKAccuracy(2), c, oneHot), ofSeveral[i]!.top2);
      for (const dtype of ["int32", "uint8"] as const) {
        const guesses = labels(table(c.scores).argmax(1).toArray() as number[], dtype);
        near(both(accuracy(), c, labels(c.truth, dtype), guesses), ofSeveral[i]!.accuracy);
        near(both(confusionMatrix({ classes: COLUMNS }), c, labels(c.truth), guesses), ofSeveral[i]!.table);
      }
    });
  });

  it("of several outputs, the mean of them", () => {
    const truth = array([[1, 10], [2, 10], [3, 40]]); // biome-ignore format: rows
    const guess = array([[1, 10], [2, 10], [4, 10]]); // biome-ignore format: rows
    near(evaluateMetric(r2(), truth, guess), (1 - 1 / 2 + 1 - 900 / 600) / 2);
    expect(evaluateMetric(mae(), truth, guess)).toBe(31 / 6);
    expect(evaluateMetric(mse(), truth, guess)).toBe(901 / 6);
  });
});

/** The share of rows whose label has no score above its own, weighted. */
function firstBest({ truth, scores, weights }: Case): number {
  const best = truth.map((label, i) => scores[i]!.every((score) => score <= scores[i]![label]!));
  const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  return total(weights.filter((_, i) => best[i])) / total(weights);
}

describe("metrics", () => {
  /** An array that tells no value: only operations may see into it, as while a function is traced. */
  class Blind extends (NDArray as unknown as { new (...args: never[]): object }) {
    get data(): never {
      throw new Error("a value was read");
    }
    at(): never {
      throw new Error("a value was read");
    }
    toArray(): never {
      throw new Error("a value was read");
    }
    [Symbol.iterator](): never {
      throw new Error("a value was read");
    }
  }
  const blind = (a: NDArray): NDArray => {
    const { buffer, shape, strides, offset, dtype, names } = a as never as { [name: string]: never };
    return new Blind(buffer!, shape!, strides!, offset!, dtype!, names!) as unknown as NDArray;
  };

  it("read no value while they sum", () => {
    const scores = blind(table([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]])); // biome-ignore format: rows
    const binary = blind(labels([0.2, 0.8], "float64"));
    const truth = blind(labels([1, 0]));
    const weights = blind(ones([2]));
    expect(() => truth.toArray()).toThrow("a value was read");
    for (const metric of [accuracy(), topKAccuracy(2), confusionMatrix(), precision(), recall(), f1()]) {
      expect(metric.sums(truth, scores, weights).shape.length).toBeGreaterThan(0);
    }
    for (const metric of [accuracy(), auc(), r2(), mae(), mse()]) {
      expect(metric.sums(truth, binary, weights).shape.length).toBeGreaterThan(0);
    }
  });

  it("sum in the predictions' own float, for backends that have but one", () => {
    const scores = table([[1, 2], [3, 1]]).astype("float32"); // biome-ignore format: rows
    for (const metric of [accuracy(), topKAccuracy(1), confusionMatrix()]) {
      expect(metric.sums(labels([0, 1]), scores).dtype).toBe("float32");
    }
    expect(auc().sums(labels([0, 1]), labels([0.1, 0.9], "float32")).dtype).toBe("float32");
    const both = array([[0.9, 0.1], [0.6, 0.4], [0.4, 0.6], [0.2, 0.8]]); // biome-ignore format: rows
    expect(evaluateMetric(auc(), labels([0, 1, 0, 1]), both)).toBe(0.75);
  });

  it("count a row with nan as wrong in topKAccuracy", () => {
    const scores = array([[Number.NaN, 1, 0], [2, Number.NaN, 1], [3, 2, 1]]); // biome-ignore format: rows
    expect(evaluateMetric(topKAccuracy(1), labels([0, 0, 0]), scores)).toBe(1 / 3);
  });

  it("take a threshold of one's own", () => {
    const scores = labels([0.2, 0.6], "float64");
    expect(evaluateMetric(accuracy({ threshold: 0.1 }), labels([1, 1]), scores)).toBe(1);
    expect(evaluateMetric(recall({ threshold: 0.7 }), labels([1, 1]), scores)).toBe(0);
  });

  it("approximate the area under the curve as near as 200 thresholds allow", () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    const row = fc.tuple(fc.nat(1), probability);
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 30 }), (rows) => {
        const [ones, zeros] = [1, 0].map((label) => rows.filter(([l]) => l === label).map(([, p]) => p)) as [number[], number[]]; // biome-ignore format: pair
        fc.pre(ones.length > 0 && zeros.length > 0);
        let [wins, near] = [0, 0];
        for (const p of ones) {
          for (const q of zeros) {
            wins += p > q ? 1 : p === q ? 0.5 : 0;
            near += Math.abs(p - q) <= 1 / 199 ? 1 : 0;
          }
        }
        const pairs = ones.length * zeros.length;
        const area = evaluateMetric(auc(), labels(rows.map(([l]) => l)), labels(rows.map(([, p]) => p), "float64")); // biome-ignore format: call
        expect(Math.abs((area as number) - wins / pairs)).toBeLessThanOrEqual(near / 2 / pairs + 1e-12);
      }),
    );
  });

  it("call targets that never change explained only by what is exact, whatever rounding leaves", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 30 }),
        (x, n) => {
          const same = labels(new Array(n).fill(x), "float64");
          const other = labels([...new Array(n - 1).fill(x), x + 1], "float64");
          expect(evaluateMetric(r2(), same, same)).toBe(1);
          expect(evaluateMetric(r2(), same, other)).toBe(0);
        },
      ),
    );
  });

  it("name the axes of a confusion matrix", () => {
    const counts = evaluateMetric(confusionMatrix(), labels([0]), labels([0.1], "float64")) as NDArray;
    expect(counts.names).toEqual(["true", "predicted"]);
  });

  it("have names of their own", () => {
    const all = [accuracy(), topKAccuracy(1), topKAccuracy(5), confusionMatrix(), precision(), recall(), f1(), auc(), r2(), mae(), mse()]; // biome-ignore format: list
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(topKAccuracy(5).name).toBe("top5Accuracy");
  });
});

const three = zeros([2, 3], ["batch", "neuron"]);
const guesses = labels([0, 2]);
const REFUSED: readonly (readonly [code: string, en: string, pt: string, f: () => unknown])[] = [
  [
    "metric.shapes",
    "accuracy: the labels (batch 2) do not fit the predictions (3, 3). There must be a label a row",
    "accuracy: os rótulos (batch 2) não se ajustam às previsões (3, 3). Deve haver um rótulo por linha",
    () => evaluateMetric(accuracy(), labels([0, 1]), zeros([3, 3])),
  ],
  ["metric.shapes", "(2, 2) do not fit", "(2, 2) não", () => evaluateMetric(f1(), zeros([2, 2]), three)],
  [
    "metric.shapes",
    "(2, 1) do not fit",
    "(2, 1) não",
    () => evaluateMetric(accuracy(), zeros([2, 1]), three),
  ],
  ["metric.shapes", "auc: the labels", "auc: os rótulos", () => evaluateMetric(auc(), guesses, three)],
  [
    "metric.pairs",
    "meanSquaredError: the targets (batch 2) and the predictions (2, 1) must have the same shape. Use .reshape([...])",
    "meanSquaredError: os alvos (batch 2) e as previsões (2, 1) devem ter a mesma forma. Use .reshape([...])",
    () => evaluateMetric(mse(), labels([0, 1]), zeros([2, 1])),
  ],
  [
    "metric.weights",
    "r2: the weights (3) must be one for each of 2 rows",
    "r2: os pesos (3) devem ser um para cada uma das 2 linhas",
    () => evaluateMetric(r2(), ones([2]), ones([2]), ones([3])),
  ],
  [
    "metric.topK",
    "top4Accuracy: 3 outputs a row are too few to choose from. Use accuracy()",
    "top4Accuracy: 3 saídas por linha são poucas para escolher entre elas. Use accuracy()",
    () => evaluateMetric(topKAccuracy(4), guesses, three),
  ],
  ["metric.topK", "1 outputs", "1 saídas", () => evaluateMetric(topKAccuracy(1), guesses, zeros([2, 1]))],
  ["value.integer", "topKAccuracy: k", "topKAccuracy: k", () => topKAccuracy(1.5)],
  ["value.positive", "topKAccuracy: k", "topKAccuracy: k", () => topKAccuracy(0)],
  [
    "metric.classes",
    "Say it: classes: 10",
    "Diga-o: classes: 10",
    () => evaluateMetric(confusionMatrix(), guesses, guesses),
  ],
  [
    "metric.columns",
    "precision: classes is 4, but the predictions have 3 outputs a row. Leave classes out",
    "precision: classes é 4, mas as previsões têm 3 saídas por linha. Deixe classes de fora",
    () => evaluateMetric(precision({ classes: 4 }), guesses, three),
  ],
  [
    "metric.outside",
    "recall: some labels or predictions are not among 3 classes, which count from 0. Give more classes",
    "recall: alguns rótulos ou previsões não estão entre 3 classes, contadas a partir de 0. Dê mais classes",
    () => evaluateMetric(recall(), labels([0, 3]), three),
  ],
  [
    "metric.outside",
    "among 2 classes",
    "entre 2 classes",
    () => evaluateMetric(confusionMatrix({ classes: 2 }), labels([0, 1]), guesses),
  ],
  [
    "metric.binary",
    "f1: average 'binary' is for 2 classes, not 3. Use average: 'macro'",
    "f1: average 'binary' é para 2 classes, e não 3. Use average: 'macro'",
    () => evaluateMetric(f1({ average: "binary" }), guesses, three),
  ],
  ...[[[0, 2], [0.1, 0.2]], [[0, 1], [-0.1, 0.2]], [[0, 1], [0.1, 1.2]], [[0, 1], [Number.NaN, 0.2]]].map(([truth, scores]) => [
    "metric.probabilities",
    "auc: labels must be 0 or 1 and predictions probabilities, from 0 to 1. Let the network end in a sigmoid",
    "auc: os rótulos devem ser 0 ou 1 e as previsões, probabilidades de 0 a 1. Faça a rede terminar em uma sigmoide",
    () => evaluateMetric(auc(), labels(truth!), labels(scores!, "float64")),
  ] as const), // biome-ignore format: four pairs
  [
    "broadcast.axes",
    "'word' meets",
    "'word' encontra",
    () => evaluateMetric(accuracy(), zeros([2], ["word"]), three),
  ],
];

describe("what cannot be measured", () => {
  it.each(REFUSED)("is refused in both languages: %s", (code, english, portuguese, f) => {
    for (const lang of ["en", "pt-BR"] as const) {
      configure({ lang });
      let error: unknown;
      try {
        f();
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(/shapes|pairs|weights/.test(code) ? ShapeError : CamadaError);
      expect((error as CamadaError).code).toBe(code);
      expect((error as CamadaError).message).toContain(lang === "en" ? english : portuguese);
    }
  });

  it("does not let rows of one and of two axes meet", () => {
    const column = fromTypedArray(Float64Array.of(1, 2), [2, 1]);
    for (const metric of [r2(), mae(), mse()]) {
      expect(() => evaluateMetric(metric, labels([1, 2]), column)).toThrow(ShapeError);
    }
  });
});
