import { describe, expect, it } from "vitest";
import { refusalOf } from "../../../../tests/errors/refusal.js";
import {
  accuracy,
  batchSizeStudy,
  blobs,
  configure,
  dense,
  input,
  relu,
  type Sequential,
  type Study,
  type StudyOptions,
  type StudyProgress,
  sequential,
  sgd,
  softmaxCrossEntropy,
  studyText,
} from "../index.js";
import { spreadOf } from "./spread.js";

const learnt = blobs({ samples: 72, noise: 2, seed: 0 });
const judged = blobs({ samples: 45, noise: 2, seed: 1 });
const loss = softmaxCrossEntropy();
const build = () => sequential(input(2), dense(8), relu(), dense(3)) as Sequential;
const rows = learnt.x.shape[0]!;

const study = (options: Partial<StudyOptions> = {}) =>
  batchSizeStudy({
    build,
    train: [learnt.x, learnt.y],
    test: [judged.x, judged.y],
    batchSizes: [5, rows],
    seeds: [0, 3],
    loss,
    optimizer: sgd,
    learningRate: 0.05,
    budget: { epochs: 3 },
    ...options,
  });
/** What does not depend on the machine's time. */
const values = ({ results }: Study) =>
  results.map(({ batchSize, trainLoss, testLoss, trainAccuracy, testAccuracy, gap }) => ({
    batchSize,
    all: [trainLoss, testLoss, trainAccuracy, testAccuracy, gap].map((spread) => spread.values),
  }));

describe("batchSizeStudy", () => {
  it("is the trainings by hand, from the same weights for the same seed", async () => {
    const begin = performance.now();
    const { results, complete } = await study();
    const seconds = (performance.now() - begin) / 1000;
    expect(complete).toBe(true);
    for (const { batchSize, runs, ...spreads } of results) {
      expect(runs.map(({ seed }) => seed)).toEqual([0, 3]);
      for (const [i, { seed, curve, ...run }] of runs.entries()) {
        const model = build().initialize(seed);
        const metrics = [accuracy()];
        const validationData = [judged.x, judged.y] as const;
        const options = { loss, metrics, batchSize, seed, epochs: 3, optimizer: sgd(0.05), validationData };
        const history = await model.fit(learnt.x, learnt.y, { ...options, onWarning: () => {} });
        const timeless = (logs: typeof curve) => logs.map(({ seconds, ...log }) => log);
        expect(timeless(curve)).toEqual(timeless(history.epochs));
        const train = await model.evaluate(learnt.x, learnt.y, { loss, metrics });
        const test = await model.evaluate(judged.x, judged.y, { loss, metrics });
        expect(run).toMatchObject({ trainLoss: train.loss, trainAccuracy: train.accuracy });
        expect(run).toMatchObject({ testLoss: test.loss, testAccuracy: test.accuracy });
        expect(run.gap).toBe((train.accuracy as number) - (test.accuracy as number));
        expect(run.secondsPerEpoch).toBeGreaterThan(0);
        expect(run.secondsPerEpoch).toBeLessThan(seconds / 3);
        for (const name of ["trainLoss", "testAccuracy", "gap", "secondsPerEpoch"] as const) {
          expect(spreads[name].values[i]).toBe(run[name]);
        }
      }
    }
    const [small, whole] = results;
    expect(small!.trainLoss.values).not.toEqual(whole!.trainLoss.values);
  });

  it("gives every training as many epochs, or as many updates", async () => {
    const updates = async (budget: StudyOptions["budget"]) => {
      const { results } = await study({ budget, seeds: [0] });
      return results.map(({ runs }) => [runs[0]!.updates, runs[0]!.curve.length]);
    };
    const each = Math.ceil(rows / 5);
    expect(await updates({ epochs: 2 })).toEqual([[2 * each, 2], [2, 2]]); // biome-ignore format: pairs
    // of the small batches not one epoch is whole, and no epoch is in the curve
    expect(await updates({ updates: each - 1 })).toEqual([[each - 1, 0], [each - 1, each - 1]]); // biome-ignore format: pairs
  });

  it("stops at its updates, not at the epoch's end", async () => {
    const { results } = await study({ budget: { updates: 1 }, seeds: [0], batchSizes: [5] });
    const model = build().initialize(0);
    const stop = { onBatchEnd: (_: unknown, training: { stop(): void }) => training.stop() };
    const options = { loss, batchSize: 5, seed: 0, optimizer: sgd(0.05), onWarning: () => {} };
    await model.fit(learnt.x, learnt.y, { ...options, callbacks: [stop] });
    const { loss: after } = await model.evaluate(learnt.x, learnt.y, { loss });
    expect(results[0]!.trainLoss.values).toEqual([after]);
  });

  it.each([
    [undefined, [0.1, 0.1, 0.1]],
    [false, [0.1, 0.1, 0.1]],
    ["linear", [0.1, 0.4, 0.05]],
    ["sqrt", [0.1, 0.2, 0.1 * Math.sqrt(0.5)]],
  ] as const)("scales the learning rate: %s", async (scaleLearningRate, rates) => {
    const given: number[] = [];
    const optimizer = (rate: number) => {
      given.push(rate);
      return sgd(rate);
    };
    const settings = scaleLearningRate === undefined ? {} : { scaleLearningRate };
    const some = { batchSizes: [8, 32, 4], seeds: [1], learningRate: 0.1, budget: { updates: 1 } };
    const { results } = await study({ ...some, ...settings, optimizer });
    expect(given).toEqual(rates);
    expect(results.map(({ learningRate }) => learningRate)).toEqual(rates);
  });

  it("gives the same numbers again", async () => {
    expect(values(await study())).toEqual(values(await study()));
  });

  it("keeps what is done where a signal ends it, and drops the training at hand", async () => {
    const signal = { aborted: false };
    const seen: StudyProgress[] = [];
    let built = 0;
    const { results, complete } = await study({
      signal,
      build: () => {
        built++;
        return build();
      },
      onProgress: (progress) => {
        seen.push(progress);
        // in the middle of the third of four trainings
        if (progress.run === 3 && progress.share > 0.4) signal.aborted = true;
      },
    });
    expect(complete).toBe(false);
    expect(built).toBe(3);
    expect(results.map(({ runs }) => runs.map(({ seed }) => seed))).toEqual([[0], [0]]);
    expect(results.map(({ ranAway }) => ranAway)).toEqual([[], []]);
    const full = values(await study());
    results.forEach(({ testLoss }, i) => {
      expect(testLoss.values).toEqual(full[i]!.all[1]!.slice(0, 1));
    });
    expect(seen.at(-1)).toMatchObject({ run: 3, runs: 4, batchSize: 5, seed: 3 });
    expect(seen.at(-1)!.share).toBeLessThan(0.6);
    expect(seen.filter(({ share }) => share === 1)).toHaveLength(2);
  });

  it("goes on where one training runs away, and says which", async () => {
    const optimizer = (rate: number) => sgd(rate > 1 ? 1e30 : rate);
    const { results, complete } = await study({
      optimizer,
      batchSizes: [1, rows],
      scaleLearningRate: "linear",
    });
    expect(complete).toBe(true);
    expect(results.map(({ ranAway, runs }) => [ranAway, runs.length])).toEqual([[[], 2], [[0, 3], 0]]); // biome-ignore format: pairs
    expect(results[1]!.testAccuracy).toEqual({ mean: NaN, std: NaN, min: NaN, max: NaN, values: [] });
  });

  it("refuses what fit refuses, before it has trained", async () => {
    let told = 0;
    const onProgress = () => void told++;
    for (const [code, options] of [
      ["value.positive", { batchSizes: [4, 0] }],
      ["value.integer", { budget: { updates: 1.5 } }],
      ["number.positive", { learningRate: 0 }],
      ["fit.rows", { test: [learnt.x, judged.y] }],
      ["loss.label", { train: [judged.x, judged.y.add(1)] }],
      ["fit.seed", { seeds: [-1] }],
    ] as const) {
      const error = await refusalOf(() => study({ ...(options as Partial<StudyOptions>), onProgress }));
      expect([code, "random.seedLarge"]).toContain(error.code);
    }
    expect(told).toBe(0);
  });
});

describe("a spread", () => {
  it("is of a sample", () => {
    const { std, ...others } = spreadOf([1, 2, 4]);
    expect(others).toEqual({ mean: 7 / 3, min: 1, max: 4, values: [1, 2, 4] });
    // np.std([1, 2, 4], ddof=1)
    expect(std).toBeCloseTo(1.5275252316519465, 14);
    expect(spreadOf([5])).toEqual({ mean: 5, std: NaN, min: 5, max: 5, values: [5] });
  });
});

describe("studyText", () => {
  const of = (batchSize: number, learningRate: number, accuracies: readonly number[], ranAway: number[]) => ({
    batchSize,
    learningRate,
    secondsPerEpoch: spreadOf(accuracies.map((value) => value * 2)),
    trainLoss: spreadOf(accuracies),
    trainAccuracy: spreadOf(accuracies),
    testLoss: spreadOf(accuracies),
    testAccuracy: spreadOf(accuracies.map((value) => value - 0.02)),
    gap: spreadOf(accuracies.map(() => 0.02)),
    runs: accuracies.map(() => ({}) as never),
    ranAway,
  });
  const made: Study = {
    results: [of(8, 0.1, [0.97, 0.98], []), of(128, 1.6, [0.9], [1]), of(512, 6.4, [], [0, 1])],
    budget: { epochs: 5 },
    scaleLearningRate: "linear",
    complete: true,
  };

  it("is a table, with what it does not show", () => {
    expect(studyText(made)).toBe(
      [
        "batch size  learning rate  seconds an epoch       train %        test %          gap  seeds  ran away",
        "─────────────────────────────────────────────────────────────────────────────────────────────────────",
        "         8            0.1     1.950 ± 0.014  97.50 ± 0.71  95.50 ± 0.71  2.00 ± 0.00      2         0",
        "       128            1.6             1.800         90.00         88.00         2.00      1         1",
        "       512            6.4                 –             –             –            –      0         2",
        "",
        "Each training is 5 epochs: the larger the batches, the fewer the updates.",
        "The learning rate grows with the batch size.",
        "Mean ± standard deviation over the seeds, of one network on one data set: a difference not clearly larger than the deviations may be chance.",
      ].join("\n"),
    );
  });

  it("is said in Portuguese too", () => {
    configure({ lang: "pt-BR" });
    const text = studyText({ ...made, complete: false, budget: { updates: 9 }, scaleLearningRate: false });
    configure({ lang: "en" });
    expect(text).toContain("tamanho do lote");
    expect(text.split("\n").slice(6)).toEqual([
      "Cada treino tem 9 atualizações: quanto maiores os lotes, mais vezes se aprende com cada linha.",
      "A taxa de aprendizado é a mesma para todo tamanho de lote, e não precisa convir a cada um.",
      "O estudo foi encerrado antes de todos os treinos terminarem.",
      "Média ± desvio padrão entre as sementes, de uma só rede com um só conjunto de dados: uma diferença que não seja claramente maior que os desvios pode ser acaso.",
    ]);
  });

  it("tells of each epoch and each training as they end", async () => {
    const told: unknown[] = [];
    const { results } = await study({
      onEpoch: ({ epoch, valAccuracy }, { batchSize, seed, share }) => {
        told.push([batchSize, seed, epoch, typeof valAccuracy, share]);
      },
      onRun: (run, { batchSize, learningRate }) => {
        told.push([batchSize, run.seed, learningRate, run]);
      },
    });
    const expected = [0, 3].flatMap((seed, s) =>
      [5, rows].flatMap((batchSize, b) => [
        ...[1, 2, 3].map((epoch) => [batchSize, seed, epoch, "number", epoch / 3]),
        [batchSize, seed, 0.05, results[b]!.runs[s]],
      ]),
    );
    expect(told).toEqual(expected);
  });
});
