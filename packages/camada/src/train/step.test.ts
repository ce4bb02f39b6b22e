import { describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import {
  adam,
  constant,
  dense,
  dropout,
  input,
  l2,
  meanSquaredError,
  type NDArray,
  type Optimizer,
  ones,
  random,
  relu,
  sequential,
  sgd,
  softmaxCrossEntropy,
} from "../index.js";

/** A training run against NumPy written by hand: forward, backward and update of two layers, step by step. */

const ROWS = 20;
const BATCH = 7;
const STEPS = 20;
const SEED = 5;

const SCRIPT = `
def of(c):
    x, y, weigh = np.array(c["x"]), np.array(c["y"]), np.array(c["weigh"])
    W1, b1, W2, b2 = [np.array(w, dtype=float) for w in c["weights"]]
    kept = [[np.zeros_like(w), np.zeros_like(w)] for w in (W1, b1, W2, b2)]
    path, losses = [], []
    for t, rows in enumerate(c["batches"], 1):
        X, Y, w, n = x[rows], y[rows], weigh[rows], len(rows)
        z1 = X @ W1.T + b1
        h = np.maximum(z1, 0)
        z2 = h @ W2.T + b2
        e = np.exp(z2 - z2.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        losses.append((w * -np.log(p[np.arange(n), Y])).sum() / n + c["l2"] * (W1 ** 2).sum())
        d2 = p.copy()
        d2[np.arange(n), Y] -= 1
        d2 *= w[:, None] / n
        d1 = (d2 @ W2) * (z1 > 0)
        grads = [d1.T @ X + 2 * c["l2"] * W1, d1.sum(axis=0), d2.T @ h, d2.sum(axis=0)]
        for i, (weight, g) in enumerate(zip((W1, b1, W2, b2), grads)):
            if c["rule"] == "sgd":
                weight -= c["lr"] * g
            else:
                m, v = kept[i]
                m[...] = 0.9 * m + 0.1 * g
                v[...] = 0.999 * v + 0.001 * g ** 2
                weight -= c["lr"] * np.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t) * m / (np.sqrt(v) + 1e-7)
        path.append(np.concatenate([weight.ravel() for weight in (W1, b1, W2, b2)]))
    return {"path": path, "losses": losses}
result = [of(c) for c in data]
`;

const RULES: { readonly [rule: string]: (rate: number) => Optimizer } = { sgd, adam };

const drawn = random.defaultRng(3);
const x = drawn.standardNormal([ROWS, 3]) as NDArray;
const y = drawn.integers(0, 4, [ROWS]).astype("int32") as NDArray;
const weigh = drawn.uniform(0, 3, [ROWS]) as NDArray;

/** The rows of each batch, in the order that follows from the seed and the epoch, counted from 1. */
const batches = Array.from({ length: STEPS }, (_, step) => {
  const each = Math.ceil(ROWS / BATCH);
  const order = random.defaultRng([SEED, Math.floor(step / each) + 1]).permutation(ROWS);
  const start = (step % each) * BATCH;
  return order.slice([start, start + BATCH]).toArray() as number[];
});

const cases = [
  { rule: "sgd", lr: 0.1, l2: 0, weighted: false },
  { rule: "adam", lr: 0.01, l2: 0, weighted: false },
  { rule: "sgd", lr: 0.1, l2: 0.02, weighted: true },
  { rule: "adam", lr: 0.01, l2: 0.02, weighted: true },
] as const;
type Case = (typeof cases)[number];

const network = ({ l2: rate }: Case, dtype: "float32" | "float64") =>
  sequential(
    input(3, { dtype }),
    dense(6, rate === 0 ? {} : { regularizer: l2(rate) }),
    relu(),
    dense(4),
  ).initialize(1);

const answers = expected<{ path: number[][]; losses: number[] }>(
  "training",
  SCRIPT,
  cases.map((c) => ({
    ...c,
    x: x.toArray(),
    y: y.toArray(),
    weigh: c.weighted ? weigh.toArray() : Array(ROWS).fill(1),
    weights: Object.values(network(c, "float64").weights).map((w) => w.toArray()),
    batches,
  })),
);

/** Our weights after each of the steps, and the loss of each. */
async function run(c: Case, dtype: "float32" | "float64") {
  const model = network(c, dtype);
  const path: number[][] = [];
  const losses: number[] = [];
  await model.fit(x, y, {
    loss: softmaxCrossEntropy(),
    optimizer: RULES[c.rule]!(c.lr),
    batchSize: BATCH,
    epochs: STEPS,
    seed: SEED,
    ...(c.weighted ? { sampleWeight: weigh } : {}),
    callbacks: [
      {
        onBatchEnd: ({ loss }, training) => {
          losses.push(loss);
          path.push(Object.values(model.weights).flatMap((w) => [...w.data]));
          if (path.length === STEPS) training.stop();
        },
      },
    ],
  });
  return { path, losses };
}

/** The largest distance of ours from theirs, relative to the largest value of its step. */
function distance(ours: readonly number[][], theirs: readonly number[][]): number {
  expect(ours.map((step) => step.length)).toEqual(theirs.map((step) => step.length));
  return Math.max(
    ...ours.map((step, i) => {
      const scale = Math.max(...theirs[i]!.map(Math.abs));
      return Math.max(...step.map((value, j) => Math.abs(value - theirs[i]![j]!))) / scale;
    }),
  );
}

describe.each(cases.map((c, i) => ({ ...c, c, answer: answers[i]! })))(
  "20 steps with $rule, l2 $l2, weighted rows $weighted",
  ({ c, answer }) => {
    it("are NumPy's in float64, to the last digits", async () => {
      const { path, losses } = await run(c, "float64");
      expect(distance(path, answer.path)).toBeLessThan(1e-12);
      expect(distance([losses], [answer.losses])).toBeLessThan(1e-12);
    });

    it("are NumPy's float64 in float32, to 5e-6 of the largest weight", async () => {
      const { path, losses } = await run(c, "float32");
      expect(path[0]!.every((value) => Math.fround(value) === value)).toBe(true);
      expect(distance(path, answer.path)).toBeLessThan(5e-6);
      expect(distance([losses], [answer.losses])).toBeLessThan(5e-6);
    });
  },
);

describe("chance in a step", () => {
  /** Which inputs of one row pass dropout, step by step: only their weights change. */
  const passed = async (seed: number): Promise<string[]> => {
    const layer = dense(1, { useBias: false, weightsInitializer: constant(0) });
    const model = sequential(input(40), dropout(0.5), layer);
    let before = [...model.weights["dense1.weights"]!.data];
    const steps: string[] = [];
    const onBatchEnd = () => {
      const now = [...model.weights["dense1.weights"]!.data];
      steps.push(now.map((value, i) => (value === before[i] ? "." : "x")).join(""));
      before = now;
    };
    const options = { loss: meanSquaredError(), optimizer: sgd(0.01), batchSize: 1, seed };
    await model.fit(ones([3, 40]), ones([3, 1]), { ...options, epochs: 2, callbacks: [{ onBatchEnd }] });
    return steps;
  };

  it("is another in each step and from each seed, and the same from the same seed", async () => {
    const steps = await passed(1);
    expect(new Set(steps).size).toBe(6);
    expect(await passed(1)).toEqual(steps);
    for (const step of await passed(2)) expect(steps).not.toContain(step);
  });
});
