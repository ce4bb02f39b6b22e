import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expected } from "../../../../tests/oracle/expected.js";
import {
  allClose,
  batchNorm,
  CamadaError,
  fromTypedArray,
  input,
  type Layer,
  layerNorm,
  type NDArray,
  Sequential,
  zeros,
} from "../index.js";
import { applyNetwork } from "./network.js";

/** Normalization against the papers' formulas in NumPy, batch after batch. */
const SCRIPT = `
def scaled(x, mean, variance, c):
    return (x - mean) / np.sqrt(variance + c["epsilon"]) * c["gamma"] + c["beta"]

def answer(c):
    batches = [np.reshape(x, c["shape"]) for x in c["batches"]]
    mean, variance = np.zeros(c["shape"][-1]), np.ones(c["shape"][-1])
    trained = []
    for x in batches:
        rows = x.reshape(-1, c["shape"][-1])
        m, v = rows.mean(0), rows.var(0)
        trained.append(scaled(x, m, v, c))
        mean = c["momentum"] * mean + (1 - c["momentum"]) * m
        variance = c["momentum"] * variance + (1 - c["momentum"]) * v
    x = batches[0]
    return {
        "trained": trained, "movingMean": mean, "movingVariance": variance,
        "predicted": scaled(x, mean, variance, c),
        "layer": scaled(x, x.mean(-1, keepdims=True), x.var(-1, keepdims=True), c),
    }
result = [answer(c) for c in data]
`;

const number = fc.integer({ min: -999, max: 999 }).map((n) => n / 100);
const cases = fc.sample(
  fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }),
      fc.constantFrom(0.99, 0.5),
    )
    .chain(([shape, momentum]) => {
      const values = (count: number) => fc.array(number, { minLength: count, maxLength: count });
      const size = shape.reduce((a, b) => a * b);
      return fc.record({
        shape: fc.constant(shape),
        momentum: fc.constant(momentum),
        epsilon: fc.constantFrom(1e-3, 0.5),
        gamma: values(shape.at(-1)!),
        beta: values(shape.at(-1)!),
        batches: fc.tuple(values(size), values(size), values(size)),
      });
    }),
  { seed: 5, numRuns: 25 },
);
type Case = (typeof cases)[number];
interface Answer {
  readonly trained: readonly unknown[];
  readonly movingMean: readonly number[];
  readonly movingVariance: readonly number[];
  readonly predicted: unknown;
  readonly layer: unknown;
}

const flat = (nested: unknown): number[] =>
  Array.isArray(nested) ? nested.flatMap(flat) : [nested as number];
const array = (values: unknown, shape: readonly number[]): NDArray =>
  fromTypedArray(Float64Array.from(flat(values)), shape) as NDArray;
function expectNear(found: NDArray, wanted: unknown, atol = 1e-12): void {
  expect(allClose(found, array(wanted, found.shape).unnamed(), { rtol: atol, atol })).toBe(true);
}

function modelOf({ shape, gamma, beta }: Case, layer: Layer, dtype: "float32" | "float64"): Sequential {
  const model = new Sequential([input(shape.slice(1), { dtype }), layer]);
  const name = layer.kind;
  return model.setWeights({
    [`${name}1.gamma`]: array(gamma, [gamma.length]),
    [`${name}1.beta`]: array(beta, [beta.length]),
  });
}

const answers = expected<Answer>("layers-normalization", SCRIPT, cases);

describe("batchNorm", () => {
  it.each([
    ["float64", 1e-12],
    ["float32", 1e-4],
  ] as const)(
    "normalizes each batch while training, and by moving averages after it, in %s",
    (dtype, atol) => {
      cases.forEach((c, i) => {
        const { trained, movingMean, movingVariance, predicted } = answers[i]!;
        const model = modelOf(c, batchNorm(c), dtype);
        c.batches.forEach((batch, step) => {
          const state: { [name: string]: NDArray } = {};
          const x = array(batch, c.shape).astype(dtype);
          const y = applyNetwork(model.network, model.weights, x, {
            training: true,
            update: (name, value) => {
              state[name] = value;
            },
          });
          expectNear(y, trained[step], atol);
          expect([y.dtype, state["batchNorm1.movingMean"]!.dtype]).toEqual([dtype, dtype]);
          model.setWeights(state);
        });
        expectNear(model.weights["batchNorm1.movingMean"]!, movingMean, atol);
        expectNear(model.weights["batchNorm1.movingVariance"]!, movingVariance, atol);
        expectNear(model.forward(array(c.batches[0], c.shape)) as NDArray, predicted, atol);
      });
    },
  );

  it("keeps its averages from gradients, and only while training", () => {
    const { network, weights } = new Sequential([input([4, 4, 3]), batchNorm({ name: "norm" })]);
    const trainable = Object.entries(network.layers[1]!.plan.weights).map(([name, w]) => [name, w.trainable]);
    expect(trainable).toEqual([
      ["gamma", true],
      ["beta", true],
      ["movingMean", false],
      ["movingVariance", false],
    ]);
    expect(weights["norm.gamma"]!.names).toEqual(["channel"]);
    const update = () => {
      throw new Error("a moving average was changed");
    };
    applyNetwork(network, weights, zeros([2, 4, 4, 3]), { training: false, update });
  });
});

describe("layerNorm", () => {
  it.each([
    ["float64", 1e-12],
    ["float32", 1e-4],
  ] as const)("normalizes each observation's features, training or not, in %s", (dtype, atol) => {
    cases.forEach((c, i) => {
      const model = modelOf(c, layerNorm(c), dtype);
      const x = array(c.batches[0], c.shape).astype(dtype);
      const y = model.forward(x) as NDArray;
      expectNear(y, answers[i]!.layer, atol);
      expect(y.dtype).toBe(dtype);
      expectNear(applyNetwork(model.network, model.weights, x, { training: true }), answers[i]!.layer, atol);
    });
  });
});

it.each([
  ["value.rate", () => batchNorm({ momentum: 1 })],
  ["value.positive", () => batchNorm({ epsilon: 0 })],
  ["value.positive", () => layerNorm({ epsilon: Number.NaN })],
  ["layer.axes", () => new Sequential([input([]), layerNorm()])],
  ["layer.axes", () => new Sequential([input([]), batchNorm()])],
])("refuses with %s", (code, f) => {
  expect(f).toThrowError(expect.objectContaining({ code }));
  expect(f).toThrowError(CamadaError);
});

it("starts as the identity, but for epsilon", () => {
  const model = new Sequential([input(2), batchNorm({ epsilon: 1e-12 })]).initialize(1);
  expect(model.forward(array([3, -4], [1, 2])).toArray()).toEqual([[3, -4]]);
});
