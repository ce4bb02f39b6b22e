import { describe, expect, it } from "vitest";
import { loose, refusalOf } from "../../../../tests/errors/refusal.js";
import { bits, drawn, int } from "../../../../tests/models.js";
import {
  accuracy,
  adam,
  array,
  binaryCrossEntropy,
  type Callback,
  categoricalCrossEntropy,
  dense,
  type FitOptions,
  f1,
  fromTypedArray,
  input,
  type Loss,
  l2,
  meanSquaredError,
  type NDArray,
  ones,
  random,
  relu,
  ShapeError,
  sequential,
  sgd,
  sigmoid,
  softmax,
  softmaxCrossEntropy,
  square,
  subtract,
  zeros,
} from "../index.js";

describe("what cannot be trained is refused before anything starts", () => {
  const x = drawn([6, 2]);
  const labels = int([0, 1, 2, 0, 1, 2]);
  const good: FitOptions = { loss: softmaxCrossEntropy(), epochs: 2 };
  const state = { epoch: 1, step: 1, seed: 0, rate: 1, weights: {}, optimizer: {} };
  const infinite = { "dense1.weights": array([[1, 2], [3, Infinity]]) as NDArray }; // biome-ignore format: a matrix

  type Refused = readonly [code: string, options: Partial<FitOptions>, data?: readonly [NDArray, NDArray]];
  const REFUSED: readonly Refused[] = [
    ["value.integer", { epochs: 1.5 }],
    ["value.positive", { epochs: 0 }],
    ["value.positive", { batchSize: -1 }],
    ["value.rate", { validationSplit: 1 }],
    ["fit.split", { validationSplit: 0.9 }],
    ["fit.validation", { validationSplit: 0.5, validationData: [x, labels] }],
    ["layer.axes", { validationData: [zeros([6, 3]) as NDArray, labels] }],
    ["loss.label", { validationData: [x, int([0, 1, 2, 3, 4, 5])] }],
    ["broadcast.sizes", { loss: (y, p) => subtract(y, p).mean(1) as NDArray, validationData: [x, zeros([6, 2]) as NDArray] }, [x, zeros([6, 3]) as NDArray]],
    ["fit.seed", { seed: -1 }],
    ["fit.loss", { loss: loose(undefined) }],
    ["fit.loss", loose({ loss: "mse" })],
    ["fit.metrics", { metrics: [f1(), f1({ average: "micro" })] }],
    ["fit.metrics", { metrics: [{ ...accuracy(), name: "loss" }] }],
    ["fit.weights", { sampleWeight: ones([5]) as NDArray }],
    ["fit.weight", { sampleWeight: array([1, 1, 1, 1, -1, 1]) as NDArray }],
    ["fit.weight", { sampleWeight: array([1, 1, 1, 1, 1e300, 1]) as NDArray }],
    ["fit.classWeight", { classWeight: { 0: 1, 1: 1 } }],
    ["fit.weight", { classWeight: { 0: 1, 1: 1, 2: Number.NaN } }],
    ["fit.resume", { resume: state }],
    ["fit.state", { resume: { ...state, step: -1 } }],
    ["fit.state", { resume: { ...state, rate: 0 } }],
    ["backend.unknown", { backend: loose("abacus") }],
    ["layer.axes", {}, [zeros([6, 3]) as NDArray, labels]],
    ["layer.names", {}, [zeros([6, 2], ["batch", "neuron"]) as NDArray, labels]],
    ["fit.rows", {}, [x, int([0, 1])]],
    ["fit.empty", {}, [zeros([0, 2]) as NDArray, int([])]],
    ["fit.data", {}, [array([[0, Number.NaN]]) as NDArray, int([0])]],
    // finite in float64, but the network computes in float32
    ["fit.data", {}, [array([[0, 1e300]]) as NDArray, int([0])]],
    ["loss.label", {}, [x, int([0, 1, 2, 3, 1, 2])]],
    ["loss.shapes", {}, [x, zeros([6, 2]) as NDArray]],
    ["trace.values", { loss: { ...softmaxCrossEntropy(), each: (_, p) => fromTypedArray(p.data, [6]) as NDArray } }],
  ]; // biome-ignore format: a table

  it.each(REFUSED.map(([code, options, data = [x, labels]]) => ({ code, options, data })))(
    "$code: $options",
    async ({ code, options, data: [a, b] }) => {
      const model = sequential(input(2), dense(2), relu(), dense(3)).initialize(1);
      const before = bits(model);
      const told: string[] = [];
      const callbacks: Callback[] = [
        { onTrainBegin: () => void told.push("begin"), onTrainEnd: () => void told.push("end") },
      ];
      const error = await refusalOf(() => model.fit(a as never, b, { ...good, callbacks, ...options }));
      expect(error.code).toBe(code);
      expect(bits(model)).toEqual(before);
      expect(told).toEqual([]);
      expect(model.history).toBeNull();
      await model.fit(x, labels, good);
      expect(bits(model)).not.toEqual(before);
    },
  );

  it("weights that are not finite", async () => {
    const model = sequential(input(2), dense(2)).setWeights(infinite);
    const error = await refusalOf(() => model.fit(x, zeros([6, 2]), { loss: meanSquaredError() }));
    expect(error.message).toBe(
      "fit: dense1.weights has Infinity, which nothing can be learnt from. Set other weights first: initialize(seed)",
    );
  });

  it("a network that has nothing to learn", async () => {
    const model = sequential(input(2), relu());
    const error = await refusalOf(() => model.fit(x, zeros([6, 2]), { loss: meanSquaredError() }));
    expect(error.code).toBe("fit.nothing");
  });

  it("an optimizer that does not give each weight its update, or its memory", async () => {
    const model = sequential(input(2), dense(2)).initialize(1);
    const fit = (optimizer: FitOptions["optimizer"]) => () =>
      model.fit(x, zeros([6, 2]), { loss: meanSquaredError(), optimizer: optimizer! });
    const forgets = { ...sgd(), update: () => ({ updates: {}, state: {} }) };
    expect((await refusalOf(fit(forgets))).data).toMatchObject({ optimizer: "sgd", name: "dense1.weights" });
    const broadcasts: FitOptions["optimizer"] = {
      ...sgd(),
      update: (g, state) => ({
        updates: { ...g, "dense1.weights": g["dense1.biases"]! },
        state,
      }),
    };
    expect((await refusalOf(fit(broadcasts))).code).toBe("fit.optimizer");
    const rule = adam();
    const losesMemory: FitOptions["optimizer"] = {
      ...rule,
      update: (...all) => ({ ...rule.update(...all), state: { momentum: {} } }),
    };
    expect((await refusalOf(fit(losesMemory))).code).toBe("fit.optimizer");
  });

  it("takes an optimizer's memory by its names, in whatever order it comes", async () => {
    const rule = adam(0.1);
    const turned: FitOptions["optimizer"] = {
      ...rule,
      update: (...all) => {
        const { updates, state } = rule.update(...all);
        return { updates, state: Object.fromEntries(Object.entries(state).reverse()) };
      },
    };
    const train = async (optimizer: FitOptions["optimizer"]) => {
      const model = sequential(input(2), dense(2)).initialize(1);
      await model.fit(x, zeros([6, 2]), {
        loss: meanSquaredError(),
        optimizer: optimizer!,
        epochs: 5,
        seed: 0,
      });
      return bits(model);
    };
    expect(await train(turned)).toEqual(await train(rule));
  });
});

describe("a loss", () => {
  const x = drawn([4, 2]);

  it("of (n,) against (n, 1) is refused, and names both", async () => {
    const model = sequential(input(2), dense(1));
    for (const call of [model.fit.bind(model), model.evaluate.bind(model)]) {
      const error = await refusalOf(() => call(x, zeros([4]), { loss: meanSquaredError() }));
      expect(error).toBeInstanceOf(ShapeError);
      expect(error.message).toBe(
        "meanSquaredError: the targets (4) do not fit the result (4, 1), and nothing is broadcast. Give the targets the axis of 1 too: expandDims(targets, -1)",
      );
    }
  });

  it.each([
    [
      "broadcasts to (n, n)",
      (y: NDArray, p: NDArray) => square(subtract(y, p)) as NDArray,
      [4],
      "loss.shapes",
    ],
    [
      "averages what broadcasts",
      (y: NDArray, p: NDArray) => square(subtract(y, p)).mean(-1) as never,
      [4],
      "loss.shapes",
    ],
    [
      "keeps an axis of 1",
      (y: NDArray, p: NDArray) => square(subtract(y, p)) as NDArray,
      [4, 1],
      "fit.eachLoss",
    ],
    [
      "gives one number for all",
      (y: NDArray, p: NDArray) => square(subtract(y, p)).mean() as never,
      [4, 1],
      "fit.eachLoss",
    ],
  ] as const)("of one's own that %s is refused", async (_, each, shape, code) => {
    const own: Loss = { name: "own", expects: "values", each };
    const model = sequential(input(2), dense(1));
    for (const loss of [own, each]) {
      for (const sampleWeight of [undefined, ones([4]) as NDArray]) {
        const options = { loss, ...(sampleWeight === undefined ? {} : { sampleWeight }) };
        const error = await refusalOf(() => model.fit(x, zeros([...shape]), options));
        expect(error.code).toBe(code);
        expect(error).toBeInstanceOf(ShapeError);
      }
    }
  });

  it("that does not fit the last activation is refused", async () => {
    const twice = sequential(input(2), dense(3), softmax());
    const labels = int([0, 1, 2, 0]);
    for (const call of [twice.fit.bind(twice), twice.evaluate.bind(twice)]) {
      expect((await refusalOf(() => call(x, labels, { loss: softmaxCrossEntropy() }))).code).toBe(
        "loss.softmaxTwice",
      );
    }
    const raw = sequential(input(2), dense(3));
    const probabilities = { loss: categoricalCrossEntropy() };
    expect((await refusalOf(() => raw.fit(x, labels, probabilities))).code).toBe("loss.noSoftmax");
    const one = sequential(input(2), dense(1), sigmoid());
    const error = await refusalOf(() => one.fit(x, zeros([4, 1]), probabilities));
    expect(error.message).toContain("binaryCrossEntropy()");
    await one.fit(x, zeros([4, 1]), { loss: binaryCrossEntropy() });
    await twice.fit(x, labels, probabilities);
  });

  it("counts what the weights themselves cost", async () => {
    const model = sequential(input(2), dense(1, { regularizer: l2(0.5) })).setWeights({
      "dense1.weights": array([[1, 2]]),
    });
    const { loss } = await model.evaluate(zeros([3, 2]), zeros([3, 1]), {
      loss: meanSquaredError(),
      batchSize: 2,
    });
    expect(loss).toBe(2.5);
  });
});

describe("training", () => {
  const x = drawn([20, 2]);
  const y = int(Array.from({ length: 20 }, (_, i) => i % 2));
  const options = { loss: softmaxCrossEntropy(), optimizer: sgd(0.5), batchSize: 7, shuffle: false } as const;
  const network = () => sequential(input(2), dense(4), relu(), dense(2)).initialize(1);

  it("goes on from the model's weights, and gradients do not add up over steps", async () => {
    const once = network();
    await once.fit(x, y, { ...options, epochs: 4 });
    const again = network();
    for (let epoch = 0; epoch < 4; epoch++) await again.fit(x, y, options);
    expect(bits(again)).toEqual(bits(once));
  });

  it("lets weights be read meanwhile, and refuses to have them changed or trained twice", async () => {
    const model = network();
    const seen: number[][] = [];
    const codes: unknown[] = [];
    await model.fit(x, y, {
      ...options,
      callbacks: [
        {
          onBatchEnd: async () => {
            seen.push(bits(model));
            expect(model.layers[1]!.weights!.names).toEqual(["neuron", "feature"]);
            expect((model.forward(x) as NDArray).shape).toEqual([20, 2]);
            for (const call of [
              () => model.fit(x, y, options),
              () => model.setWeights({}),
              () => model.initialize(2),
            ]) {
              const { code, message } = await refusalOf(call);
              codes.push(code, message.split(":")[0]);
            }
          },
        },
      ],
    });
    expect(new Set(codes)).toEqual(new Set(["fit.running", "fit", "setWeights", "initialize"]));
    expect(new Set(seen.map(String)).size).toBe(3);
    expect(seen.at(-1)).toEqual(bits(model));
    model.initialize(1);
  });

  it("takes Adam, one epoch and 32 rows unless told", async () => {
    const train = async (more: Partial<FitOptions>) => {
      const model = network();
      const many = drawn([70, 2], 2);
      const labels = int(Array.from({ length: 70 }, (_, i) => i % 2));
      await model.fit(many, labels, { loss: softmaxCrossEntropy(), seed: 1, ...more });
      return bits(model);
    };
    expect(await train({})).toEqual(
      await train({ optimizer: adam(), epochs: 1, batchSize: 32, shuffle: true }),
    );
  });

  it("draws a seed from the common stream unless told", async () => {
    const train = async () => {
      random.seed(5);
      const model = network();
      await model.fit(x, y, { ...options, shuffle: true });
      return bits(model);
    };
    expect(await train()).toEqual(await train());
  });
});
