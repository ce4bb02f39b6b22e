import { describe, expect, it } from "vitest";
import { refusalOf } from "../../../../tests/errors/refusal.js";
import {
  adam,
  array,
  batchNorm,
  type Callback,
  checkpoint,
  dense,
  dropout,
  type FitOptions,
  input,
  momentum,
  type NDArray,
  type Optimizer,
  relu,
  type Sequential,
  sequential,
  sgd,
  softmaxCrossEntropy,
  spiral,
  type TrainingState,
} from "../index.js";

/** Going on from a state must equal not having stopped, bit for bit. */

const { x, y } = spiral({ points: 20, seed: 0 });
const network = (dtype: "float32" | "float64" = "float32") =>
  sequential(input(2, { dtype }), dense(8), batchNorm(), relu(), dropout(0.3), dense(3)).initialize(
    1,
  ) as Sequential;
const bits = (model: { readonly weights: { readonly [name: string]: NDArray } }): number[] =>
  Object.values(model.weights).flatMap(({ data }) => [...data]);

/** The rate is halved after every epoch, which is in the state. */
const halve: Callback = { onEpochEnd: (_, training) => training.scaleLearningRate(0.5) };

/** All epochs, the states after each, and the logs. */
async function train(options: Partial<FitOptions>, model = network()) {
  const states: TrainingState[] = [];
  const history = await model.fit(x, y, {
    loss: softmaxCrossEntropy(),
    batchSize: 7,
    validationSplit: 0.2,
    epochs: 4,
    ...options,
    callbacks: [halve, checkpoint((state) => states.push(state))],
  });
  const logs = history.epochs.map(({ seconds, ...log }) => log);
  return { model, states, logs };
}

const OPTIMIZERS: Readonly<Record<string, () => Optimizer>> = {
  sgd: () => sgd(0.5),
  momentum: () => momentum(0.1),
  adam: () => adam(0.05),
};

describe.each(Object.keys(OPTIMIZERS))("resuming with %s", (name) => {
  const optimizer = OPTIMIZERS[name]!;

  it.each([1, 2, 3])(
    "after epoch %i equals not having stopped, with dropout and another rate",
    async (epoch) => {
      const whole = await train({ optimizer: optimizer(), seed: 9 });
      // weights and seed are the state's, not the model's or the options'
      const rest = await train({
      optimizer: optimizer(),
      seed: 1,
      resume: whole.states[epoch - 1]!,
    }, network().initialize(5)); // biome-ignore format: one call
      expect(bits(rest.model)).toEqual(bits(whole.model));
      expect(rest.logs).toEqual(whole.logs.slice(epoch));
      expect(rest.states.at(-1)).toEqual(whole.states.at(-1));
    },
  );

  it.each(["float32", "float64"] as const)(
    "goes through a file as lists of numbers, in %s",
    async (dtype) => {
      const whole = await train({ optimizer: optimizer(), seed: 9 }, network(dtype));
      const resume = JSON.parse(JSON.stringify(whole.states[1]!));
      const rest = await train({ optimizer: optimizer(), resume }, network(dtype));
      expect(bits(rest.model)).toEqual(bits(whole.model));
      expect(rest.model.weights["dense1.weights"]!.dtype).toBe(dtype);
      expect(rest.model.weights["dense1.weights"]!.names).toEqual(["neuron", "feature"]);
    },
  );
});

describe("resuming", () => {
  it("when all epochs are done takes the state's weights", async () => {
    const { states } = await train({ seed: 9 });
    const model = network().initialize(5);
    const { logs } = await train({ resume: states[3]! }, model);
    expect(logs).toEqual([]);
    expect(bits(model)).toEqual(bits(states[3]!));
  });

  it("from within an epoch begins that epoch again", async () => {
    const states: TrainingState[] = [];
    const model = network();
    await model.fit(x, y, {
      loss: softmaxCrossEntropy(),
      seed: 2,
      callbacks: [{ onBatchEnd: (_, training) => void states.push(training.state()) }],
    });
    expect(states.map(({ epoch, step }) => [epoch, step])).toEqual([[0, 1], [0, 2]]); // biome-ignore format: pairs
    const again = await network().fit(x, y, { loss: softmaxCrossEntropy(), resume: states[0]! });
    expect(again.epochs.map(({ epoch }) => epoch)).toEqual([1]);
  });

  it("is refused from another network, another optimizer and what is no state, and changes nothing", async () => {
    const { states } = await train({ seed: 9, optimizer: adam() });
    const state = states[0]!;
    const model = network();
    const before = bits(model);
    const small = sequential(input(2), dense(3)) as Sequential;
    const spoilt = { ...state.weights, "dense1.biases": array(Array(8).fill(Number.NaN)) as NDArray };
    const refused: readonly [string, Sequential, Partial<FitOptions>][] = [
      ["fit.resume", small, { resume: state }],
      ["fit.resume", model, { resume: state, optimizer: sgd() }],
      ["fit.resume", model, { resume: { ...state, optimizer: {} } }],
      ["fit.resume", model, { resume: { ...state, weights: undefined as never } }],
      ["fit.state", model, { resume: { ...state, epoch: 0.5 } }],
      ["fit.state", model, { resume: { ...state, seed: undefined as never } }],
      [
        "fit.state",
        model,
        { resume: { ...state, weights: { ...state.weights, "dense1.biases": 3 as never } } },
      ],
      ["weights.finite", model, { resume: { ...state, weights: spoilt } }],
    ];
    for (const [code, of, options] of refused) {
      expect((await refusalOf(() => train({ optimizer: adam(), ...options }, of))).code).toBe(code);
    }
    expect(bits(model)).toEqual(before);
  });
});
