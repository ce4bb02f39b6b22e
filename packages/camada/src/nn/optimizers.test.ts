import { describe, expect, it } from "vitest";
import { array, fromTypedArray } from "../array/creation.js";
import { CamadaError } from "../errors/error.js";
import { nameOf } from "../graph/node.js";
import { trace } from "../graph/trace.js";
import type { NDArray } from "../shape/types.js";
import { chain, clipByGlobalNorm, clipByNorm, clipByValue, weightDecay } from "./clipping.js";
import { adagrad, adam, adamw, momentum, nesterov, rmsprop, sgd } from "./optimizers.js";
import {
  constantRate,
  cosineDecay,
  exponentialDecay,
  inverseTimeDecay,
  piecewiseConstant,
  polynomialDecay,
  warmup,
} from "./schedules.js";

function codeOf(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    if (error instanceof CamadaError) return error.code;
    throw error;
  }
  return "nothing was thrown";
}

const loose = (value: unknown) => value as never;
const ALL = { sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw };

describe("optimizers", () => {
  it.each(Object.entries(ALL))("%s is called as its maker, in three forms", (name, make) => {
    for (const optimizer of [make(), make(0.01), make({ learningRate: 0.01 })]) {
      expect(optimizer.name).toBe(name);
    }
  });

  it.each(Object.entries(ALL))("%s refuses rates that are none", (_, make) => {
    for (const rate of [0, -0.1, Number.NaN, Infinity, loose("0.1")]) {
      expect(codeOf(() => make(rate))).toBe("number.positive");
      expect(codeOf(() => make({ learningRate: rate }))).toBe("number.positive");
    }
    expect(codeOf(() => make(loose({ lr: 0.1 })))).toBe("option.unknown");
  });

  it("refuse other settings that mean nothing", () => {
    expect(codeOf(() => momentum({ momentum: 1 }))).toBe("number.fraction");
    expect(codeOf(() => rmsprop({ rho: -0.1 }))).toBe("number.fraction");
    expect(codeOf(() => adam({ beta1: 1 }))).toBe("number.fraction");
    expect(codeOf(() => adam({ beta2: Number.NaN }))).toBe("number.fraction");
    expect(codeOf(() => adam({ epsilon: 0 }))).toBe("number.positive");
    expect(codeOf(() => adagrad({ initialAccumulator: -1 }))).toBe("number.notNegative");
    expect(codeOf(() => adamw({ weightDecay: -1 }))).toBe("number.notNegative");
    for (const clipping of [clipByValue, clipByNorm, clipByGlobalNorm]) {
      expect(codeOf(() => clipping(0))).toBe("number.positive");
    }
    expect(codeOf(() => weightDecay(-1))).toBe("number.notNegative");
  });

  it("sgd is one product for each weight, so that it can become part of another step", () => {
    const gradient = array([1, 2], undefined, { dtype: "float32" }) as NDArray;
    const step = fromTypedArray(Float32Array.of(0), []) as unknown as NDArray;
    const { graph } = trace("update", (g: NDArray, t: NDArray) => sgd(0.5).update({ w: g }, {}, {}, t), [
      gradient,
      step,
    ]);
    expect(graph.nodes.map(nameOf)).toEqual(["input", "input", "constant", "broadcast", "multiply"]);
    expect(graph.outputs[0]!.dtype).toBe("float32");
  });

  it("keep weights' shapes, names and dtypes in what they remember", () => {
    const w = array([[1, 2]], ["neuron", "feature"], { dtype: "float32" }) as NDArray;
    const kept = adam().init({ w })["velocity"]!["w"]!;
    expect([kept.shape, kept.names, kept.dtype]).toEqual([[1, 2], ["neuron", "feature"], "float32"]);
    expect(Object.keys(adam().init({ w }))).toEqual(["momentum", "velocity"]);
    expect(sgd().init({ w })).toEqual({});
  });

  it("take weights of any name", () => {
    const w = JSON.parse('{ "__proto__": null, "constructor": null }');
    const weights = Object.fromEntries(Object.keys(w).map((name) => [name, array([1]) as NDArray]));
    const step = fromTypedArray(Float64Array.of(0), []) as unknown as NDArray;
    const { updates } = momentum(0.1).update(weights, momentum().init(weights), weights, step);
    expect(Object.entries(updates).map(([name, u]) => [name, u.data[0]])).toEqual([
      ["__proto__", -0.1],
      ["constructor", -0.1],
    ]);
  });
});

describe("chain", () => {
  it("refuses what would climb instead of descend", () => {
    expect(codeOf(() => chain(loose(clipByNorm(1))))).toBe("optimizer.chain");
    expect(codeOf(() => chain(loose(adam()), loose(weightDecay(0.1))))).toBe("optimizer.chain");
    expect(codeOf(() => chain(loose(adam()), sgd()))).toBe("optimizer.chain");
    expect(codeOf(() => chain(...loose([])))).toBe("optimizer.chain");
  });

  it("leaves gradients within the limits alone, those of 0 too", () => {
    const gradients = { w: array([0, 0]) as NDArray, b: array([0.25]) as NDArray };
    for (const clipping of [clipByValue(1), clipByNorm(1), clipByGlobalNorm(1)]) {
      const { w, b } = clipping(gradients, {});
      expect([...w!.data, ...b!.data]).toEqual([0, 0, 0.25]);
    }
  });
});

describe("schedules", () => {
  it("refuse what is no schedule", () => {
    expect(codeOf(() => constantRate(0))).toBe("number.positive");
    expect(codeOf(() => exponentialDecay(0.1, { decayRate: 0.5, decaySteps: 0 }))).toBe("number.positive");
    expect(codeOf(() => exponentialDecay(0.1, loose({ decaySteps: 5 })))).toBe("number.positive");
    expect(codeOf(() => inverseTimeDecay(0.1, loose({ decay: 1 })))).toBe("option.unknown");
    expect(codeOf(() => cosineDecay(0.1, loose(undefined)))).toBe("number.positive");
    expect(codeOf(() => polynomialDecay(-1, { decaySteps: 1 }))).toBe("number.positive");
    expect(codeOf(() => piecewiseConstant([1], [0.1]))).toBe("schedule.count");
    expect(codeOf(() => piecewiseConstant([2, 2], [0.1, 0.2, 0.3]))).toBe("schedule.order");
    expect(codeOf(() => piecewiseConstant([2], [0.1, 0]))).toBe("number.positive");
    expect(codeOf(() => warmup(0, 0.1))).toBe("number.positive");
    expect(codeOf(() => warmup(5, Number.NaN))).toBe("number.positive");
  });
});
