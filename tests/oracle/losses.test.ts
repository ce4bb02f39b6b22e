import {
  binaryCrossEntropy,
  categoricalCrossEntropy,
  categoricalHinge,
  fromTypedArray,
  grad,
  hinge,
  huber,
  type Loss,
  mean,
  meanAbsoluteError,
  meanSquaredError,
  multiply,
  type NDArray,
  random,
  softmaxCrossEntropy,
  sparseCategoricalCrossEntropy,
  sum,
} from "camada";
import { describe, expect, it } from "vitest";
import { expected } from "./expected.js";

/**
 * Every loss and its gradient: against closed forms in NumPy, and the gradient against finite differences of
 * the loss too.
 */

const SCRIPT = `
def rows(t, p): return t if t.ndim == p.ndim else np.eye(p.shape[-1])[t.astype(int)]
def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)
def smooth(t, s): return t * (1 - s) + s / t.shape[-1]
def entropy(t, p):
    q = np.clip(p, 1e-7, 1 - 1e-7)
    return -(t * np.log(q)).sum(-1), -t / q * (p == q)
def softmaxCrossEntropy(t, x, s=0):
    t = smooth(rows(t, x), s)
    return np.logaddexp.reduce(x, -1) * t.sum(-1) - (t * x).sum(-1), softmax(x) * t.sum(-1, keepdims=True) - t
def categoricalCrossEntropy(t, p, s=0): return entropy(smooth(rows(t, p), s), p)
def sparseCategoricalCrossEntropy(t, p): return entropy(rows(t, p), p)
def binaryCrossEntropy(t, p, logits=False):
    if logits: return np.logaddexp(0, p) - p * t, 1 / (1 + np.exp(-p)) - t
    return -(t * np.log(p) + (1 - t) * np.log1p(-p)), (p - t) / (p * (1 - p))
def meanSquaredError(t, y): return (y - t) ** 2, 2 * (y - t)
def meanAbsoluteError(t, y): return np.abs(y - t), np.sign(y - t)
def huber(t, y, d=1):
    e = np.abs(y - t)
    return np.where(e <= d, e ** 2 / 2, d * e - d ** 2 / 2), np.clip(y - t, -d, d)
def hinge(t, y): return np.maximum(1 - t * y, 0), np.where(t * y < 1, -t, 0)
def categoricalHinge(t, y):
    t = rows(t, y)
    wrong = (1 - t) * y
    value = np.maximum(wrong.max(-1) - (t * y).sum(-1) + 1, 0)
    largest = (wrong == wrong.max(-1, keepdims=True)) * (1 - t)
    return value, (value > 0)[..., None] * (largest - t)
def answer(c):
    t = np.array(c["target"]).reshape(c["targetShape"])
    y = np.array(c["result"]).reshape(c["shape"])
    value, slope = globals()[c["loss"]](t, y, *c["more"])
    return {"each": value.reshape(len(y), -1).mean(1), "gradient": (slope / value.size).ravel()}
result = [[answer(c) for c in cases] for cases in data]
`;

interface Answer {
  readonly each: readonly number[];
  readonly gradient: readonly number[];
}

interface Case {
  readonly loss: string;
  readonly more: readonly unknown[];
  readonly target: readonly number[];
  readonly targetShape: readonly number[];
  readonly result: readonly number[];
  readonly shape: readonly number[];
}

const rng = random.defaultRng(7);
const SHAPES = [
  [5, 4],
  [1, 2],
  [3, 2, 3],
];

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
const uniform = (low: number, high: number) => (shape: readonly number[]) =>
  Array.from(rng.uniform(low, high, [size(shape)]).data);
const normal = (shape: readonly number[]) => Array.from(rng.normal(0, 2, [size(shape)]).data);

/** Rows of numbers above 0 that add up to 1. */
const probabilities = (shape: readonly number[]): number[] => {
  const classes = shape.at(-1)!;
  const values = uniform(0.1, 1)(shape);
  const total = (i: number) => {
    const start = i - (i % classes);
    return values.slice(start, start + classes).reduce((a, b) => a + b);
  };
  return values.map((value, i) => value / total(i));
};
const signs = (shape: readonly number[]) => uniform(-1, 1)(shape).map(Math.sign);
const labels = (shape: readonly number[]) => uniform(0, shape.at(-1)!)(shape.slice(0, -1)).map(Math.floor);

interface Subject {
  readonly name: string;
  readonly loss: Loss;
  readonly result: (shape: readonly number[]) => number[];
  readonly target: (shape: readonly number[]) => number[];
  /** Whether targets are whole numbers, one for each row. */
  readonly whole?: boolean;
  readonly more?: readonly unknown[];
}

const SUBJECTS: readonly Subject[] = [
  { name: "softmax, labels", loss: softmaxCrossEntropy(), result: normal, target: labels, whole: true },
  { name: "softmax, rows", loss: softmaxCrossEntropy(), result: normal, target: probabilities },
  { name: "softmax, smoothed", loss: softmaxCrossEntropy({ labelSmoothing: 0.2 }), result: normal, target: labels, whole: true, more: [0.2] },
  { name: "categorical, labels", loss: categoricalCrossEntropy(), result: probabilities, target: labels, whole: true },
  { name: "categorical, rows", loss: categoricalCrossEntropy(), result: probabilities, target: probabilities },
  { name: "categorical, smoothed", loss: categoricalCrossEntropy({ labelSmoothing: 0.1 }), result: probabilities, target: probabilities, more: [0.1] },
  { name: "sparse", loss: sparseCategoricalCrossEntropy(), result: probabilities, target: labels, whole: true },
  { name: "binary", loss: binaryCrossEntropy(), result: uniform(0.01, 0.99), target: uniform(0, 1) },
  { name: "binary, logits", loss: binaryCrossEntropy({ fromLogits: true }), result: normal, target: uniform(0, 1), more: [true] },
  { name: "squares", loss: meanSquaredError(), result: normal, target: normal },
  { name: "distances", loss: meanAbsoluteError(), result: normal, target: normal },
  { name: "huber", loss: huber(), result: normal, target: normal },
  { name: "huber, delta", loss: huber({ delta: 0.5 }), result: normal, target: normal, more: [0.5] },
  { name: "hinge", loss: hinge(), result: normal, target: signs },
  { name: "categorical hinge", loss: categoricalHinge(), result: normal, target: labels, whole: true },
]; // biome-ignore format: a loss a line

function cases({ loss, result, target, whole, more = [] }: Subject): Case[] {
  return SHAPES.map((shape) => ({
    loss: loss.name,
    more,
    target: target(shape),
    targetShape: whole ? shape.slice(0, -1) : shape,
    result: result(shape),
    shape,
  }));
}

const make = (values: readonly number[], shape: readonly number[]): NDArray =>
  fromTypedArray(Float64Array.from(values), shape);

/** Drawn once, in this order, whichever tests run: the record of NumPy's answers is of these. */
const TRIALS = SUBJECTS.map((subject) => ({ ...subject, cases: cases(subject) }));

/** The gradient of the mean loss by the result. */
const gradientOf = (loss: Loss, target: NDArray, result: NDArray): NDArray =>
  grad((y: NDArray) => mean(loss.each(target, y)))(result);

function near(ours: Iterable<number>, theirs: readonly number[], rtol: number, atol: number): void {
  const values = [...ours];
  expect(values.length).toBe(theirs.length);
  values.forEach((value, i) => {
    const want = theirs[i]!;
    if (!(Math.abs(value - want) <= atol + rtol * Math.abs(want))) expect.fail(`${value} is not ${want}`);
  });
}

describe("losses", () => {
  const answers = expected<readonly Answer[]>(
    "losses",
    SCRIPT,
    TRIALS.map((trial) => trial.cases),
  );

  it.each(TRIALS.map((trial, i) => ({ ...trial, answers: answers[i]! })))(
    "$name: value and gradient are NumPy's",
    ({ loss, cases, answers }) => {
      cases.forEach((c, i) => {
        const target = make(c.target, c.targetShape);
        const result = make(c.result, c.shape);
        near(loss.each(target, result).data, answers[i]!.each, 1e-12, 1e-14);
        near(gradientOf(loss, target, result).data, answers[i]!.gradient, 1e-12, 1e-14);
      });
    },
  );

  it.each(TRIALS)("$name: the gradient is that of finite differences", (subject) => {
    for (const c of subject.cases) {
      const target = make(c.target, c.targetShape);
      const value = (result: readonly number[]): number =>
        mean(subject.loss.each(target, make(result, c.shape)));
      const slopes = c.result.map((_, i) => {
        const moved = (by: number) => value(c.result.map((x, j) => (j === i ? x + by : x)));
        return (moved(1e-6) - moved(-1e-6)) / 2e-6;
      });
      near(gradientOf(subject.loss, target, make(c.result, c.shape)).data, slopes, 1e-3, 1e-5);
    }
  });

  it.each(TRIALS)("$name: float32 stays float32", (subject) => {
    for (const c of subject.cases) {
      const target = make(c.target, c.targetShape);
      const result = make(c.result, c.shape);
      const each = subject.loss.each(target, result.astype("float32"));
      const gradient = gradientOf(subject.loss, target, result.astype("float32"));
      expect([each.dtype, gradient.dtype]).toEqual(["float32", "float32"]);
      near(each.data, Array.from(subject.loss.each(target, result).data), 1e-5, 1e-5);
      near(gradient.data, Array.from(gradientOf(subject.loss, target, result).data), 2e-3, 1e-5);
    }
  });

  it("of logits stay finite and exact where exponentials would not", () => {
    const logits = make([1e4, 0, -1e4, 0], [2, 2]);
    const rows = softmaxCrossEntropy();
    expect([...rows.each(make([1, 0], [2]), logits).data]).toEqual([1e4, 1e4]);
    expect([...gradientOf(rows, make([1, 0], [2]), logits).data]).toEqual([0.5, -0.5, -0.5, 0.5]);
    const yesNo = binaryCrossEntropy({ fromLogits: true });
    expect([...yesNo.each(make([0, 1, 1, 0], [2, 2]), logits).data]).toEqual([
      (1e4 + Math.LN2) / 2,
      (1e4 + Math.LN2) / 2,
    ]);
    expect([...gradientOf(yesNo, make([0, 1, 1, 0], [2, 2]), logits).data]).toEqual([
      0.25, -0.125, -0.25, 0.125,
    ]);
  });

  it("of probabilities stay finite at 0 and 1", () => {
    const certain = make([1, 0], [1, 2]);
    const worst = -Math.log(1e-7);
    expect(categoricalCrossEntropy().each(make([1], [1]), certain).data[0]).toBeCloseTo(worst, 12);
    expect(binaryCrossEntropy().each(make([0, 1], [1, 2]), certain).data[0]).toBeCloseTo(worst, 8);
  });

  it("weigh observations as told", () => {
    const target = make([0, 1], [2]);
    const logits = make([2, 1, 3, 0], [2, 2]);
    const weighted = (y: NDArray) => sum(multiply(softmaxCrossEntropy().each(target, y), make([1, 0], [2])));
    expect([...grad(weighted)(logits).data].slice(2)).toEqual([0, 0]);
  });
});
