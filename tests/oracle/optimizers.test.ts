import {
  adagrad,
  adam,
  adamw,
  add,
  chain,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  compile,
  constantRate,
  cosineDecay,
  exponentialDecay,
  fromTypedArray,
  grad,
  inverseTimeDecay,
  momentum,
  multiply,
  type Named,
  type NDArray,
  nesterov,
  type Optimizer,
  type OptimizerState,
  piecewiseConstant,
  polynomialDecay,
  power,
  rmsprop,
  type Schedule,
  sgd,
  square,
  subtract,
  sum,
  warmup,
  weightDecay,
} from "camada";
import { describe, expect, it } from "vitest";
import { expected } from "./expected.js";

/**
 * Every optimizer for 20 steps on a small problem, and every schedule over its steps, against NumPy written by
 * hand after Keras's formulas.
 */

const SCRIPT = `
def gradients(w, b): return [4 * (w - 1) ** 3 + 2 * b[1, 0], 0.3 * (b - 2) + np.array([[0, 0], [2 * w.sum(), 0]])]
def run(c):
    weights = [np.array([2.0, -1.0, 0.5]), np.array([[0.5, 1.0], [-1.5, 3.0]])]
    kept = [{} for _ in weights]
    path = []
    for t in range(20):
        g = gradients(*weights)
        for f in c["before"]: g = TRANSFORMS[f](g, weights)
        lr = eval(c["rate"], {"t": t, "np": np})
        for i, w in enumerate(weights): weights[i] = w + OPTIMIZERS[c["rule"]](g[i], kept[i], lr, t + 1, w)
        path.append(np.concatenate([w.ravel() for w in weights]))
    return path
def sgd(g, s, lr, t, w): return -lr * g
def momentum(g, s, lr, t, w):
    s["v"] = 0.9 * s.get("v", 0) - lr * g
    return s["v"]
def nesterov(g, s, lr, t, w):
    s["v"] = 0.9 * s.get("v", 0) - lr * g
    return 0.9 * s["v"] - lr * g
def adagrad(g, s, lr, t, w):
    s["a"] = s.get("a", 0.1) + g ** 2
    return -lr * g / np.sqrt(s["a"] + 1e-7)
def rmsprop(g, s, lr, t, w):
    s["v"] = 0.9 * s.get("v", 0) + 0.1 * g ** 2
    return -lr * g / np.sqrt(s["v"] + 1e-7)
def adam(g, s, lr, t, w, b1=0.9, b2=0.999, e=1e-7):
    s["m"] = b1 * s.get("m", 0) + (1 - b1) * g
    s["v"] = b2 * s.get("v", 0) + (1 - b2) * g ** 2
    return -lr * np.sqrt(1 - b2 ** t) / (1 - b1 ** t) * s["m"] / (np.sqrt(s["v"]) + e)
def adamSet(g, s, lr, t, w): return adam(g, s, lr, t, w, 0.0, 0.5, 0.01)
def adamw(g, s, lr, t, w): return adam(g, s, lr, t, w) - lr * 0.004 * w
OPTIMIZERS = dict(sgd=sgd, momentum=momentum, nesterov=nesterov, adagrad=adagrad, rmsprop=rmsprop, adam=adam, adamSet=adamSet, adamw=adamw)
def norm(gs): return np.sqrt(sum((g ** 2).sum() for g in gs))
TRANSFORMS = {
    "clipByValue": lambda gs, ws: [np.clip(g, -0.5, 0.5) for g in gs],
    "clipByNorm": lambda gs, ws: [g * min(1, 1 / norm([g])) for g in gs],
    "clipByGlobalNorm": lambda gs, ws: [g * min(1, 1 / norm(gs)) for g in gs],
    "weightDecay": lambda gs, ws: [g + 0.1 * w for g, w in zip(gs, ws)],
}
result = [run(c) for c in data]
`;

/** The schedules of the tests, and the same in Python, of the step t. */
const SCHEDULES: readonly (readonly [name: string, schedule: Schedule, python: string])[] = [
  ["constant", constantRate(0.02), "0.02"],
  ["exponential", exponentialDecay(0.05, { decaySteps: 8, decayRate: 0.7 }), "0.05 * 0.7 ** (t / 8)"],
  ["staircase", exponentialDecay(0.05, { decaySteps: 8, decayRate: 0.7, staircase: true }), "0.05 * 0.7 ** (t // 8)"],
  ["inverse time", inverseTimeDecay(0.05, { decayRate: 0.1 }), "0.05 * (1 / (1 + 0.1 * t))"],
  ["inverse time, steps", inverseTimeDecay(0.05, { decaySteps: 4, decayRate: 0.3, staircase: true }), "0.05 / (1 + 0.3 * (t // 4))"],
  ["cosine", cosineDecay(0.05, { decaySteps: 12, alpha: 0.1 }), "0.05 * (0.9 * 0.5 * (1 + np.cos(np.pi * np.minimum(t, 12) / 12)) + 0.1)"],
  ["polynomial", polynomialDecay(0.05, { decaySteps: 12 }), "(0.05 - 0.0001) * (1 - np.minimum(t, 12) / 12) + 0.0001"],
  ["square", polynomialDecay(0.05, { decaySteps: 12, endLearningRate: 0.01, power: 2 }), "(0.05 - 0.01) * (1 - np.minimum(t, 12) / 12) ** 2 + 0.01"],
  ["piecewise", piecewiseConstant([5, 9], [0.05, 0.02, 0.01]), "np.where(np.asarray(t) <= 5, 0.05, np.where(np.asarray(t) <= 9, 0.02, 0.01))"],
  ["warm-up", warmup(6, 0.05), "0.05 * np.minimum(1, (t + 1) / 6)"],
  ["warm-up, then", warmup(6, exponentialDecay(0.05, { decaySteps: 8, decayRate: 0.7 })), "np.minimum(1, (t + 1) / 6) * 0.05 * 0.7 ** (np.maximum(t - 6, 0) / 8)"],
]; // biome-ignore format: a schedule a line

interface Case {
  readonly rule: string;
  readonly rate: string;
  readonly before: readonly string[];
}
type Subject = readonly [name: string, optimizer: Optimizer, Case];

const plain = (rule: string, rate: number, before: readonly string[] = []): Case => ({
  rule,
  rate: String(rate),
  before,
});
const SUBJECTS: readonly Subject[] = [
  ["sgd", sgd(), plain("sgd", 0.01)],
  ["sgd of a rate", sgd(0.02), plain("sgd", 0.02)],
  ["sgd with momentum", sgd({ momentum: 0.9 }), plain("momentum", 0.01)],
  ["momentum", momentum(0.005), plain("momentum", 0.005)],
  ["nesterov", nesterov({ learningRate: 0.005 }), plain("nesterov", 0.005)],
  ["adagrad", adagrad(0.1), plain("adagrad", 0.1)],
  ["rmsprop", rmsprop(), plain("rmsprop", 0.001)],
  ["adam", adam(), plain("adam", 0.001)],
  ["adam set", adam({ learningRate: 0.05, beta1: 0, beta2: 0.5, epsilon: 0.01 }), plain("adamSet", 0.05)],
  ["adamw", adamw(0.01), plain("adamw", 0.01)],
  ["clipByValue", chain(clipByValue(0.5), sgd(0.1)), plain("sgd", 0.1, ["clipByValue"])],
  ["clipByNorm", chain(clipByNorm(1), adam(0.1)), plain("adam", 0.1, ["clipByNorm"])],
  ["clipByGlobalNorm", chain(clipByGlobalNorm(1), sgd(0.1)), plain("sgd", 0.1, ["clipByGlobalNorm"])],
  ["weightDecay", chain(weightDecay(0.1), sgd(0.02)), plain("sgd", 0.02, ["weightDecay"])],
  [
    "a chain of two",
    chain(weightDecay(0.1), clipByNorm(1), momentum(0.02)),
    plain("momentum", 0.02, ["weightDecay", "clipByNorm"]),
  ],
  ...SCHEDULES.map(([name, rate, python]) => [name, adamw(rate), { ...plain("adamw", 0), rate: python }] as const),
]; // biome-ignore format: an optimizer a line

/** Has the gradients that the script writes out. */
const loss = ({ w, b }: Named): number => {
  const corner = multiply(b!.slice(1, 0) as never as NDArray, sum(w!));
  const spread = add(sum(power(subtract(w!, 1), 4)), multiply(sum(square(subtract(b!, 2))), 0.15));
  return add(spread, multiply(corner, 2)) as never;
};

type DType = "float64" | "float32";

/** Weights after each of 20 steps, row by row, and all that came with them. */
function train(optimizer: Optimizer, dtype: DType, stepDType: DType) {
  const array = (values: readonly number[], shape: readonly number[]): NDArray =>
    fromTypedArray(Float64Array.from(values), shape).astype(dtype);
  let weights: Named = { w: array([2, -1, 0.5], [3]), b: array([0.5, 1, -1.5, 3], [2, 2]) };
  let state: OptimizerState = optimizer.init(weights);
  const update = compile((now: Named, kept: OptimizerState, step: NDArray) => {
    const result = optimizer.update(grad(loss)(now), kept, now, step);
    const moved = Object.entries(now).map(([name, w]) => [name, add(w, result.updates[name]!)]);
    return { weights: Object.fromEntries(moved) as Named, state: result.state };
  });
  const path: number[][] = [];
  for (let t = 0; t < 20; t++) {
    const step = fromTypedArray(Float64Array.of(t), []) as unknown as NDArray;
    ({ weights, state } = update(weights, state, step.astype(stepDType)));
    path.push(Object.values(weights).flatMap((w) => [...w.data]));
  }
  const arrays = [weights, ...Object.values(state)].flatMap((group) => Object.values(group));
  return { path, dtypes: new Set(arrays.map((a) => a.dtype)) };
}

function near(ours: readonly number[], theirs: readonly number[], tolerance: number, label: string): void {
  expect(ours.length, label).toBe(theirs.length);
  ours.forEach((value, i) => {
    const bound = tolerance * Math.max(1, Math.abs(theirs[i]!));
    if (!(Math.abs(value - theirs[i]!) <= bound)) expect.fail(`${label}: ${value} is not ${theirs[i]}`);
  });
}

describe("optimizers", () => {
  const answers = expected<readonly number[][]>(
    "optimizers",
    SCRIPT,
    SUBJECTS.map(([, , c]) => c),
  );

  it.each(SUBJECTS.map(([name, optimizer], i) => [name, optimizer, answers[i]!] as const))(
    "%s goes NumPy's way for 20 steps",
    (_, optimizer, theirs) => {
      const { path } = train(optimizer, "float64", "float64");
      path.forEach((weights, t) => {
        near(weights, theirs[t]!, 1e-12, `step ${t}`);
      });
      expect(path[19]).not.toEqual(path[18]);
    },
  );

  it.each(SUBJECTS)("%s keeps float32, whatever the step's dtype", (_, optimizer) => {
    const exact = train(optimizer, "float64", "float64").path;
    for (const stepDType of ["float32", "float64"] as const) {
      const { path, dtypes } = train(optimizer, "float32", stepDType);
      expect([...dtypes]).toEqual(["float32"]);
      near(path[19]!, exact[19]!, 1e-4, stepDType);
    }
  });
});

describe("schedules", () => {
  const script = `t = np.arange(20.0)\nresult = [np.broadcast_to(eval(s), 20) for s in data]`;
  const rates = expected<readonly number[]>(
    "schedules",
    script,
    SCHEDULES.map(([, , python]) => python),
  );
  const steps = Float64Array.from({ length: 20 }, (_, t) => t);

  it.each(SCHEDULES.map(([name, schedule], i) => [name, schedule, rates[i]!] as const))(
    "%s is the formula's, of one step and of many",
    (_, schedule, theirs) => {
      const all = schedule(fromTypedArray(steps, [20]));
      near(typeof all === "number" ? theirs.map(() => all) : [...all.data], theirs, 1e-15, "many");
      const one = (t: number, dtype: DType) =>
        compile(schedule)(fromTypedArray(Float64Array.of(t), []).astype(dtype) as never) as number;
      const each = [...steps].map((t) => one(t, "float64"));
      near(each, theirs, 1e-15, "each");
      near(
        [...steps].map((t) => one(t, "float32")),
        theirs,
        1e-6,
        "float32",
      );
      const eager = [...steps].map((t) => schedule(fromTypedArray(Float64Array.of(t), []) as never));
      expect(eager).toEqual(each);
    },
  );
});
