import { describe, expect, it } from "vitest";
import { refusalOf } from "../../../../tests/errors/refusal.js";
import {
  array,
  type BatchLog,
  type Callback,
  checkpoint,
  configure,
  confusionMatrix,
  dense,
  type EpochLog,
  earlyStopping,
  type FitOptions,
  History,
  input,
  meanSquaredError,
  type NDArray,
  ones,
  r2,
  random,
  reduceLearningRate,
  relu,
  type Sequential,
  sequential,
  sgd,
  softmaxCrossEntropy,
  type Training,
  type TrainingState,
  zeros,
} from "../index.js";

const drawn = (shape: number[], seed = 0): NDArray =>
  random.defaultRng(seed).standardNormal(shape) as NDArray;
const bits = (model: { readonly weights: { readonly [name: string]: NDArray } }): number[] =>
  Object.values(model.weights).flatMap(({ data }) => [...data]);
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const x = drawn([10, 2]);
const y = drawn([10, 1], 1);
const options = { loss: meanSquaredError(), optimizer: sgd(0.01), batchSize: 4, seed: 1 } as const;
const network = () => sequential(input(2), dense(4), relu(), dense(1)).initialize(1) as Sequential;

describe("callbacks", () => {
  it("are told in order, one after the other, and training waits for them", async () => {
    const told: string[] = [];
    const tells = (name: string, wait: number): Callback => ({
      onTrainBegin: async () => {
        await later(wait);
        told.push(`${name} begins`);
      },
      onBatchEnd: async ({ epoch, batch }) => {
        await later(wait);
        told.push(`${name} batch ${epoch}.${batch}`);
      },
      onEpochEnd: async ({ epoch }) => {
        await later(wait);
        told.push(`${name} epoch ${epoch}`);
      },
      onTrainEnd: async ({ ending }) => {
        await later(wait);
        told.push(`${name} ${ending}`);
      },
    });
    await network().fit(x, y, {
      ...options,
      epochs: 2,
      callbacks: [tells("slow", 4), {}, tells("quick", 0)],
    });
    const both = (what: string) => [`slow ${what}`, `quick ${what}`];
    const epoch = (n: number) => [1, 2, 3].flatMap((batch) => both(`batch ${n}.${batch}`));
    expect(told).toEqual(
      [both("begins"), epoch(1), both("epoch 1"), epoch(2), both("epoch 2"), both("finished")].flat(),
    );
  });

  it("can ask what the epoch has come to so far", async () => {
    const seen: { readonly batch: number; readonly loss: number; readonly r2: number }[] = [];
    const losses: number[] = [];
    const history = await network().fit(x, y, {
      ...options,
      metrics: [r2()],
      epochs: 2,
      callbacks: [
        {
          onBatchEnd: ({ batch, loss }, training) => {
            losses.push(loss);
            seen.push({ batch, ...(training.measured() as { loss: number; r2: number }) });
          },
        },
      ],
    });
    const [first, second, last] = seen;
    expect(first!.loss).toBeCloseTo(losses[0]!, 12);
    expect(second!.loss).toBeCloseTo((losses[0]! + losses[1]!) / 2, 12);
    expect([last!.loss, last!.r2]).toEqual([history.epochs[0]!.loss, history.epochs[0]!["r2"]]);
    expect(seen[3]!.loss).toBeCloseTo(losses[3]!, 12);
  });

  it("are told of the batch's loss, of how far training is, and of how long it will take", async () => {
    const logs: BatchLog[] = [];
    const history = await network().fit(x, y, {
      ...options,
      epochs: 2,
      callbacks: [{ onBatchEnd: (log) => void logs.push(log) }],
    });
    expect(logs.map(({ epoch, epochs, batch, batches }) => [epoch, epochs, batch, batches])).toEqual(
      [1, 2].flatMap((epoch) => [1, 2, 3].map((batch) => [epoch, 2, batch, 3])),
    );
    // of 4, 4 and 2 rows
    for (const epoch of [1, 2]) {
      const [a, b, c] = logs.filter((log) => log.epoch === epoch).map(({ loss }) => loss);
      expect(history.epochs[epoch - 1]!.loss).toBeCloseTo((4 * a! + 4 * b! + 2 * c!) / 10, 6);
    }
    const left = [16, 12, 10, 6, 2, 0];
    logs.forEach(({ rowsPerSecond, secondsLeft }, i) => {
      expect(rowsPerSecond).toBeGreaterThan(0);
      expect(secondsLeft * rowsPerSecond).toBeCloseTo(left[i]!, 6);
    });
  });

  it.each(["onTrainBegin", "onBatchEnd", "onEpochEnd", "onTrainEnd"] as const)(
    "that throw in %s end training, which tells all of the end and leaves the model usable",
    async (part) => {
      const model = network();
      const before = bits(model);
      const ends: string[] = [];
      const failing: Callback = {
        onTrainEnd: (history) => void ends.push(`first ${history.ending}`),
        [part]: (log: Partial<BatchLog & History>) => {
          ends.push(part);
          if (log.batch === undefined || log.batch === 2) throw new Error("enough");
        },
      };
      const other: Callback = { onTrainEnd: (history) => void ends.push(`second ${history.ending}`) };
      const running = model.fit(x, y, { ...options, epochs: 3, callbacks: [failing, other] });
      await expect(running).rejects.toThrow("enough");
      expect(ends.at(-1)).toBe("second failed");
      expect(model.history!.ending).toBe("failed");
      expect(model.history!.epochs).toHaveLength(
        { onTrainBegin: 0, onBatchEnd: 0, onEpochEnd: 1, onTrainEnd: 3 }[part],
      );
      if (part === "onTrainBegin") expect(bits(model)).toEqual(before);
      else expect(bits(model)).not.toEqual(before);
      await model.fit(x, y, options);
      expect(model.history!.ending).toBe("finished");
    },
  );

  it("what was thrown first is what fit throws", async () => {
    const throws = (text: string) => () => {
      throw new Error(text);
    };
    const callbacks = [{ onBatchEnd: throws("first") }, { onTrainEnd: throws("second") }];
    await expect(network().fit(x, y, { ...options, callbacks })).rejects.toThrow("first");
  });

  it("stop training after the batch at hand", async () => {
    let batches = 0;
    const callback: Callback = {
      onBatchEnd: (_, training) => {
        if (++batches === 5) training.stop();
      },
    };
    const history = await network().fit(x, y, { ...options, epochs: 9, callbacks: [callback] });
    expect(batches).toBe(5);
    expect(history.epochs).toHaveLength(1);
    expect(history.ending).toBe("stopped");
  });

  it("that stop in the very last batch have not stopped anything", async () => {
    const callback: Callback = { onEpochEnd: (_, training) => training.stop() };
    const history = await network().fit(x, y, { ...options, callbacks: [callback] });
    expect(history.ending).toBe("finished");
    expect(history.epochs).toHaveLength(1);
  });

  it("set weights, and are refused what is none", async () => {
    const model = network();
    const codes: string[] = [];
    const callback: Callback = {
      onEpochEnd: async (_, training) => {
        for (const weights of [
          { "dense9.weights": ones([4, 2]) },
          { "dense1.weights": ones([2, 4]) },
          { "dense1.biases": array([0, 0, 0, Number.NaN]) },
        ]) {
          codes.push((await refusalOf(() => training.setWeights(weights))).code);
        }
        training.setWeights({ "dense1.weights": ones([4, 2]) });
      },
    };
    await model.fit(x, y, { ...options, callbacks: [callback] });
    expect(codes).toEqual(["weights.unknown", "weights.shape", "weights.finite"]);
    expect(model.layers[1]!.weights!.toArray()).toEqual([1, 2, 3, 4].map(() => [1, 1]));
    expect(model.layers[1]!.biases!.toArray()).not.toEqual([0, 0, 0, 0]);
  });

  it("scale the learning rate from then on", async () => {
    const train = async (rates: readonly number[], scale: number) => {
      const model = sequential(input(2, { dtype: "float64" }), dense(1)).initialize(1);
      const callbacks: Callback[] = [
        { onEpochEnd: (_, training) => void (scale !== 1 && training.scaleLearningRate(scale)) },
      ];
      for (const rate of rates) {
        const epochs = rates.length === 1 ? 2 : 1;
        await model.fit(x, y, { ...options, shuffle: false, epochs, optimizer: sgd(rate), callbacks });
      }
      return bits(model);
    };
    const scaled = await train([0.5], 0.25);
    const two = await train([0.5, 0.125], 1);
    scaled.forEach((value, i) => {
      expect(value).toBeCloseTo(two[i]!, 14);
    });
    const error = await refusalOf(() => train([0.5], -1));
    expect(error.message).toBe(
      "scaleLearningRate: a learning rate can be multiplied by a finite number above 0, not by -1",
    );
  });
});

/** A training whose logs are given: what a callback makes of them. */
async function told(callback: Callback, logs: readonly Partial<EpochLog>[]) {
  const heard: string[] = [];
  let epoch = 0;
  const training: Training = {
    names: ["loss", "valLoss", "accuracy"],
    measured: () => ({ loss: 0 }),
    stop: () => void heard.push(`stop ${epoch}`),
    state: () =>
      ({
        weights: { epoch: array(epoch as never, undefined, { dtype: "int32" }) },
      }) as unknown as TrainingState,
    setWeights: ({ epoch: of }) => void heard.push(`weights of ${of}`),
    scaleLearningRate: (factor) => void heard.push(`rate x ${factor} ${epoch}`),
  };
  await callback.onTrainBegin?.(training);
  for (const log of logs) {
    epoch++;
    await callback.onEpochEnd?.({ epoch, loss: 0, seconds: 0, ...log }, training);
  }
  await callback.onTrainEnd?.(new History(), training);
  return heard;
}
const losses = (...values: number[]) => values.map((valLoss) => ({ valLoss }));
const accuracies = (...values: number[]) => values.map((accuracy) => ({ accuracy }));

describe("earlyStopping", () => {
  it.each([
    ["at the first epoch that is not better", {}, losses(3, 2, 2), ["stop 3", "weights of 2"]],
    ["after patience", { patience: 2 }, losses(3, 1, 2, 2), ["stop 4", "weights of 2"]],
    ["not while it gets better in between", { patience: 2 }, losses(3, 1, 2, 0.5, 2), ["weights of 4"]],
    [
      "more of an accuracy is better",
      { monitor: "accuracy" },
      accuracies(0.1, 0.5, 0.4),
      ["stop 3", "weights of 2"],
    ],
    ["unless said", { monitor: "accuracy", mode: "min" }, accuracies(0.4, 0.5), ["stop 2", "weights of 1"]],
    ["a little better is not better", { minDelta: 0.5 }, losses(3, 2.6), ["stop 2", "weights of 1"]],
    ["and keeps the last weights if told", { restoreBest: false }, losses(3, 4), ["stop 2"]],
    [
      "what is not a number is not better",
      {},
      losses(Number.NaN, 1, Number.NaN),
      ["stop 1", "stop 3", "weights of 2"],
    ],
  ] as const)("stops %s", async (_, settings, logs, heard) => {
    expect(await told(earlyStopping(settings), logs)).toEqual(heard);
  });

  it("begins anew with each training", async () => {
    const callback = earlyStopping();
    await told(callback, losses(1, 2));
    expect(await told(callback, losses(5, 4))).toEqual(["weights of 2"]);
    expect(await told(callback, [])).toEqual([]);
  });

  it("restores the best weights, whatever ends training", async () => {
    const data = [drawn([50, 2], 2), drawn([50, 1], 3)] as const;
    // the rate is so large that the loss jumps about
    const wild = { ...options, optimizer: sgd(0.6), validationData: data, onWarning: () => {} };
    const signal = { aborted: false };
    const abort: Callback = {
      onEpochEnd: ({ epoch }) => {
        signal.aborted = epoch === 12;
      },
    };
    for (const more of [{ patience: 3 }, { patience: 100 }]) {
      const model = network();
      const states: TrainingState[] = [];
      const callbacks = [checkpoint((state) => states.push(state)), earlyStopping(more), abort];
      const history = await model.fit(x, y, { ...wild, epochs: 100, signal, callbacks });
      expect(history.ending).toBe(more.patience === 3 ? "stopped" : "aborted");
      const values = history.series("valLoss");
      const best = values.indexOf(Math.min(...values));
      expect(best).toBeLessThan(values.length - 1);
      expect(bits(model)).toEqual(bits(states[best]!));
      expect((await model.evaluate(...data, { loss: options.loss })).loss).toBe(values[best]);
    }
  });

  it("is refused before training what the logs will not have", async () => {
    const model = network();
    const before = bits(model);
    const error = await refusalOf(() => model.fit(x, y, { ...options, callbacks: [earlyStopping()] }));
    expect(error.code).toBe("callback.monitor");
    expect(error.data["known"]).toEqual(["loss"]);
    expect(bits(model)).toEqual(before);
    const settings = { loss: softmaxCrossEntropy(), metrics: [confusionMatrix({ classes: 2 })] };
    const labels = zeros([10], undefined, { dtype: "int32" });
    const callbacks = [earlyStopping({ monitor: "confusionMatrix" })];
    const matrix = await refusalOf(() =>
      sequential(input(2), dense(2)).fit(x, labels, { ...settings, callbacks }),
    );
    expect(matrix.code).toBe("callback.number");
  });
});

describe("reduceLearningRate", () => {
  it.each([
    ["each time it has waited", {}, losses(3, 3, 3, 2), ["rate x 0.1 2", "rate x 0.1 3"]],
    [
      "by its factor, after patience",
      { factor: 0.5, patience: 2 },
      losses(3, 3, 3, 3, 3),
      ["rate x 0.5 3", "rate x 0.5 5"],
    ],
    ["not while it gets better", {}, losses(3, 2, 1), []],
  ] as const)("multiplies the rate %s", async (_, settings, logs, heard) => {
    expect(await told(reduceLearningRate(settings), logs)).toEqual(heard);
  });

  it("makes training take smaller steps", async () => {
    const train = async (callbacks: Callback[]) => {
      const model = network();
      const states: TrainingState[] = [];
      await model.fit(x, y, {
        ...options,
        epochs: 3,
        callbacks: [...callbacks, checkpoint((state) => states.push(state))],
      });
      return states;
    };
    const reduced = await train([reduceLearningRate({ monitor: "loss", mode: "max", factor: 1e-6 })]);
    expect(reduced.map(({ rate }) => rate)).toEqual([1, 1e-6, 1e-6 * 1e-6]);
    const plain = await train([]);
    const moved = (states: TrainingState[], epoch: number) =>
      Math.max(...bits(states[epoch]!).map((value, i) => Math.abs(value - bits(states[epoch - 1]!)[i]!)));
    expect(moved(plain, 2)).toBeGreaterThan(1e-4);
    expect(moved(reduced, 2)).toBeLessThan(1e-6);
  });
});

describe("checkpoint", () => {
  it("hands over the state after every few epochs, and training waits until it is kept", async () => {
    const kept: (readonly [number, number])[] = [];
    const save = async ({ epoch, step }: TrainingState, log: EpochLog) => {
      await later(3);
      expect(log.epoch).toBe(epoch);
      kept.push([epoch, step]);
    };
    await network().fit(x, y, { ...options, epochs: 5, callbacks: [checkpoint(save, { every: 2 })] });
    expect(kept).toEqual([[2, 6], [4, 12]]); // biome-ignore format: pairs
  });

  it("gives copies, not the weights themselves", async () => {
    const model = network();
    const spoil = checkpoint(({ weights }) => weights["dense1.weights"]!.data.fill(7));
    await model.fit(x, y, { ...options, epochs: 2, callbacks: [spoil] });
    expect(bits(model)).not.toContain(7);
  });
});

describe("a signal", () => {
  it("ends training after the batch at hand, and what was learnt stays", async () => {
    const controller = new AbortController();
    const model = network();
    let last: number[] = [];
    let batches = 0;
    const callback: Callback = {
      onBatchEnd: () => {
        last = bits(model);
        if (++batches === 4) controller.abort();
      },
    };
    const history = await model.fit(x, y, {
      ...options,
      epochs: 100,
      signal: controller.signal,
      callbacks: [callback],
    });
    expect(batches).toBe(4);
    expect(history.ending).toBe("aborted");
    expect(history.epochs).toHaveLength(1);
    expect(bits(model)).toEqual(last);
  });

  it("that was given already lets nothing begin", async () => {
    const model = network();
    const before = bits(model);
    const history = await model.fit(x, y, { ...options, signal: AbortSignal.abort() });
    expect(history.epochs).toHaveLength(0);
    expect(history.ending).toBe("aborted");
    expect(bits(model)).toEqual(before);
  });

  it("is heard from a timer, as others get their turn", async () => {
    const controller = new AbortController();
    const large = [drawn([2000, 50]), drawn([2000, 50], 1)] as const;
    const model = sequential(input(50), dense(50), dense(50)).initialize(1);
    const gaps: number[] = [];
    let at = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      gaps.push(now - at);
      at = now;
    }, 10);
    setTimeout(() => controller.abort(), 400);
    const settings: FitOptions = { ...options, batchSize: 16, epochs: 300, signal: controller.signal };
    const history = await model.fit(...large, settings);
    clearInterval(timer);
    expect(history.ending).toBe("aborted");
    // of 40 in 400 ms: a machine that is busy with other things leaves far fewer, but without turns there is none
    expect(gaps.length).toBeGreaterThan(1);
  });
});

describe("callbacks of every training", () => {
  it("are told before a training's own, until others are set", async () => {
    const told: string[] = [];
    const tells = (name: string): Callback => ({
      onEpochEnd: ({ epoch }) => void told.push(`${name} ${epoch}`),
    });
    configure({ callbacks: [tells("every")] });
    try {
      await network().fit(x, y, { ...options, epochs: 2, callbacks: [tells("own")] });
    } finally {
      configure({ callbacks: [] });
    }
    expect(told).toEqual(["every 1", "own 1", "every 2", "own 2"]);
    const history = await network().fit(x, y, { ...options, epochs: 2, metrics: [r2()] });
    expect(told).toHaveLength(4);
    const last = (name: string) => Number(history.series(name).at(-1)!.toPrecision(4));
    expect(String(history)).toBe(`epochs 2, loss ${last("loss")}, r2 ${last("r2")}`);
  });
});
