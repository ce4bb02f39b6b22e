import { describe, expect, it } from "vitest";
import { refusalOf } from "../../../../tests/errors/refusal.js";
import { bits, drawn, int } from "../../../../tests/models.js";
import {
  accuracy,
  array,
  binaryCrossEntropy,
  concatenate,
  constant,
  dense,
  eye,
  type FitOptions,
  input,
  meanSquaredError,
  multiply,
  type NDArray,
  oneHot,
  ones,
  random,
  relu,
  type Sequential,
  sequential,
  sgd,
  softmaxCrossEntropy,
  zeros,
} from "../index.js";

/** Which rows are learnt from, batch by batch: row i is all that touches weight i. */
async function learntRows(
  rows: number,
  options: Partial<FitOptions> & { readonly y?: NDArray; readonly neurons?: 1 | 3 },
): Promise<number[][]> {
  const { y = ones([rows, 1]), neurons = 1, ...rest } = options;
  const blank = { useBias: false, weightsInitializer: constant(0) };
  const model = sequential(input(rows), dense(neurons, blank)) as Sequential;
  const batches: number[][] = [];
  let before = bits(model);
  await model.fit(eye(rows) as NDArray, y, {
    loss: meanSquaredError(),
    optimizer: sgd(0.1),
    seed: 0,
    ...rest,
    callbacks: [
      {
        onBatchEnd: () => {
          const now = bits(model);
          const changed = now.map((value, i) => (value === before[i] ? -1 : i % rows)).filter((i) => i >= 0);
          batches.push([...new Set(changed)].toSorted((a, b) => a - b));
          before = now;
        },
      },
    ],
  });
  return batches;
}

const sorted = (rows: readonly number[]): number[] => rows.toSorted((a, b) => a - b);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe("batches", () => {
  it.each([
    [10, 4, [4, 4, 2]],
    [10, 5, [5, 5]],
    [10, 32, [10]],
    [1, 1, [1]],
    [1, 8, [1]],
  ])("%i rows by %i take each row once", async (rows, batchSize, sizes) => {
    const batches = await learntRows(rows, { batchSize });
    expect(batches.map((batch) => batch.length)).toEqual(sizes);
    expect(sorted(batches.flat())).toEqual(upTo(rows));
  });

  it("come in another order each epoch, which follows from the seed", async () => {
    const batches = await learntRows(12, { batchSize: 1, epochs: 2, seed: 3 });
    const order = (epoch: number) => random.defaultRng([3, epoch]).permutation(12).toArray();
    expect(batches.slice(0, 12).flat()).toEqual(order(1));
    expect(batches.slice(12).flat()).toEqual(order(2));
    expect(batches.slice(0, 12).flat()).not.toEqual(batches.slice(12).flat());
  });

  it("keep the rows' order where asked, also with a split", async () => {
    const plain = await learntRows(6, { batchSize: 1, shuffle: false });
    expect(plain.flat()).toEqual(upTo(6));
    const split = await learntRows(12, { batchSize: 1, shuffle: false, validationSplit: 0.5 });
    expect(split.flat()).toHaveLength(6);
    expect(split.flat()).toEqual(sorted(split.flat()));
    expect(split.flat()).not.toEqual(upTo(6));
  });
});

describe("the validation split", () => {
  const rows = 60;
  const classes = upTo(rows).map((i) => (i < 12 ? 0 : i < 30 ? 1 : 2));
  const one = upTo(rows).map((i) => (i < 12 ? 1 : 0));
  const binary = binaryCrossEntropy({ fromLogits: true });
  const several = { loss: softmaxCrossEntropy(), neurons: 3 } as const;

  const FORMS = [
    ["labels", { ...several, y: int(classes) }, classes],
    ["one-hot rows", { ...several, y: oneHot(int(classes)).unnamed() }, classes],
    ["a column of 0 and 1", { loss: binary, y: int(one).reshape([-1, 1]) }, one],
  ] as const;

  it.each(FORMS)("is drawn at random, with each class's share, by %s", async (_, options, of) => {
    const kept = async (seed: number) => {
      const learnt = (await learntRows(rows, { ...options, validationSplit: 0.5, seed })).flat();
      return upTo(rows).filter((row) => !learnt.includes(row));
    };
    const validation = await kept(1);
    for (const label of new Set(of)) {
      const share = of.filter((l) => l === label).length / 2;
      expect(validation.filter((row) => of[row] === label)).toHaveLength(share);
    }
    expect(validation).not.toEqual(upTo(rows).slice(-30));
    expect(await kept(1)).toEqual(validation);
    expect(await kept(2)).not.toEqual(validation);
  });

  it("is drawn at random where there are no classes", async () => {
    const learnt = (await learntRows(rows, { validationSplit: 0.25 })).flat();
    expect(new Set(learnt).size).toBe(45);
    expect(sorted(learnt)).not.toEqual(upTo(45));
  });

  it("takes no values for classes where the loss takes numbers", async () => {
    // of each class of two, one would be kept before any that has one row only
    const y = array(upTo(rows).map((i) => [1 + (i < 30 ? i : 100 + (i >> 1))])) as NDArray;
    const learnt = (await learntRows(rows, { y, validationSplit: 0.25 })).flat();
    expect(learnt.filter((row) => row < 30).length).toBeLessThan(30);
  });

  it("is the last rows in order of time, and nothing is shuffled", async () => {
    for (const form of [{}, FORMS[0][1]]) {
      const learnt = await learntRows(rows, { ...form, validationSplit: 0.25, order: "time", batchSize: 1 });
      expect(learnt.flat()).toEqual(upTo(45));
    }
  });

  it("is what the logs are judged by", async () => {
    const x = drawn([40, 2]);
    const y = int(upTo(40).map((i) => i % 2));
    const options = { loss: softmaxCrossEntropy(), metrics: [accuracy()], seed: 4, order: "time" } as const;
    const model = sequential(input(2), dense(2)).initialize(1);
    const history = await model.fit(x, y, { ...options, epochs: 2, validationSplit: 0.25 });
    const judged = await model.evaluate(x.slice([30, 40]), y.slice([30, 40]) as NDArray, options);
    expect(history.epochs[1]!["valLoss"]).toBe(judged.loss);
    expect(history.epochs[1]!["valAccuracy"]).toBe(judged.accuracy);
    const given = sequential(input(2), dense(2)).initialize(1);
    const same = await given.fit(x.slice([0, 30]), y.slice([0, 30]) as NDArray, {
      ...options,
      epochs: 2,
      validationData: [x.slice([30, 40]) as NDArray, y.slice([30, 40]) as NDArray],
    });
    expect(same.series("valLoss")).toEqual(history.series("valLoss"));
    expect(same.names).toEqual(["loss", "accuracy", "valLoss", "valAccuracy", "seconds"]);
  });
});

describe("weights of rows", () => {
  const x = drawn([4, 2]);
  const labels = [0, 1, 2, 1];
  const counts = [2, 1, 3, 1];
  const network = () => sequential(input(2, { dtype: "float64" }), dense(5), relu(), dense(3)).initialize(1);
  const loss = softmaxCrossEntropy();
  const all = { loss, epochs: 5, batchSize: 100, seed: 0 };

  it("are as rows repeated, at a rate of the rows' share", async () => {
    const weighted = network();
    await weighted.fit(x, int(labels), {
      ...all,
      optimizer: sgd(0.1),
      sampleWeight: array(counts) as NDArray,
    });
    const repeated = network();
    const rows = counts.flatMap((count, row) => Array<number>(count).fill(row));
    const many = concatenate(rows.map((row) => x.slice([row, row + 1])) as never) as NDArray;
    await repeated.fit(many, int(rows.map((row) => labels[row]!)), { ...all, optimizer: sgd((0.1 * 7) / 4) });
    const other = bits(repeated);
    bits(weighted).forEach((value, i) => {
      expect(value).toBeCloseTo(other[i]!, 12);
    });
    expect(bits(weighted)).not.toEqual(bits(network()));
  });

  it("may be given by class, for labels and for one-hot rows, and multiply", async () => {
    const train = async (y: NDArray, options: Partial<FitOptions>) => {
      const model = network();
      await model.fit(x, y, { ...all, ...options });
      return bits(model);
    };
    const classWeight = { 0: 2, 1: 1, 2: 0.5 };
    const byRow = await train(int(labels), { sampleWeight: array([2, 1, 0.5, 1]) as NDArray });
    expect(await train(int(labels), { classWeight })).toEqual(byRow);
    const hot = oneHot(int(labels)).unnamed();
    expect(await train(hot, { classWeight })).toEqual(
      await train(hot, { sampleWeight: array([2, 1, 0.5, 1]) as NDArray }),
    );
    const both = { classWeight, sampleWeight: array([0.5, 1, 2, 1]) as NDArray };
    expect(await train(int(labels), both)).toEqual(await train(int(labels), {}));
  });

  it("of 0 leave a row out", async () => {
    const batches = await learntRows(3, { sampleWeight: array([1, 0, 1]) as NDArray, batchSize: 3 });
    expect(batches).toEqual([[0, 2]]);
  });

  it("count in the validation split, those of classes only in training", async () => {
    const y = int([0, 1, 0, 1, 0, 1, 0, 1]);
    const many = drawn([8, 2], 1);
    const valLoss = async (options: Partial<FitOptions>) => {
      const model = sequential(input(2), dense(2)).initialize(1);
      const split = { order: "time", validationSplit: 0.5, optimizer: sgd(1e-30) } as const;
      return (await model.fit(many, y, { ...all, epochs: 1, ...split, ...options })).epochs[0]!["valLoss"]!;
    };
    const plain = await valLoss({});
    expect(await valLoss({ classWeight: { 0: 3, 1: 5 } })).toBe(plain);
    const doubled = await valLoss({ sampleWeight: multiply(ones([8]), 2) as NDArray });
    expect(doubled).toBeCloseTo(2 * (plain as number), 5);
  });

  it("of classes need a class for each row", async () => {
    const model = sequential(input([2, 2]), dense(3));
    const cube = zeros([2, 2, 3]) as NDArray;
    const classWeight = { 0: 1 };
    const error = await refusalOf(() =>
      model.fit(zeros([2, 2, 2]), cube, { loss: meanSquaredError(), classWeight }),
    );
    expect(error.code).toBe("fit.classes");
  });
});
