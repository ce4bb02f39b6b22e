import { describe, expect, it } from "vitest";
import { refusalOf } from "../../../../tests/errors/refusal.js";
import { reference } from "../backends/reference/index.js";
import {
  activation,
  adam,
  array,
  type Backend,
  batchNorm,
  dense,
  divide,
  type FitOptions,
  fromTypedArray,
  input,
  log,
  meanSquaredError,
  minimum,
  multiply,
  type NDArray,
  ones,
  random,
  relu,
  type Sequential,
  sequential,
  sgd,
  sqrt,
  zeros,
} from "../index.js";

const ROWS = 12;
const SEED = 4;

/** Ones, but for one row. */
const onesBut = (row: number, values: readonly number[], columns = values.length): NDArray => {
  const data = new Float64Array(ROWS * columns).fill(1);
  data.set(values, row * columns);
  return fromTypedArray(data, [ROWS, columns]) as NDArray;
};
const bits = (model: Sequential): number[] => Object.values(model.weights).flatMap(({ data }) => [...data]);
/** In which batch of 4 a row comes, in the first epoch, counted from 1. */
const batchOf = (row: number): number => {
  const order = random.defaultRng([SEED, 1]).permutation(ROWS).toArray() as number[];
  return Math.floor(order.indexOf(row) / 4) + 1;
};

/** Trains until it is refused; holds that the weights are those of the batch before. */
async function ranAway(make: () => Sequential, x: NDArray, y: NDArray, given: Partial<FitOptions> = {}) {
  const options = { loss: meanSquaredError(), optimizer: sgd(1e-3), batchSize: 4, seed: SEED, ...given };
  const model = make();
  let last = bits(model);
  const callbacks = [
    {
      onBatchEnd: () => {
        last = bits(model);
      },
    },
  ];
  const error = await refusalOf(() => model.fit(x, y, { ...options, onWarning: () => {}, callbacks }));
  expect(bits(model)).toEqual(last);
  expect(last.every(Number.isFinite)).toBe(true);
  expect(model.history!.ending).toBe("failed");
  const calm = { loss: meanSquaredError(), optimizer: sgd(1e-6) };
  await model.initialize(1).fit(ones(x.shape) as NDArray, zeros(y.shape) as NDArray, calm);
  expect(model.history!.ending).toBe("finished");
  return error;
}

describe("the first value that is not finite", () => {
  const y = zeros([ROWS, 1]) as NDArray;
  const weights = (values: number[][]) =>
    dense({ weights: array(values, undefined, { dtype: "float32" }) as NDArray });

  it("in the data is refused before training, by its row", async () => {
    const model = sequential(input(2), dense(1));
    const error = await refusalOf(() =>
      model.fit(onesBut(7, [1, Infinity]), y, { loss: meanSquaredError() }),
    );
    expect(error.message).toBe(
      "fit: x has Infinity in row 7, which is no finite float32 number. Take the row out or put a number in its place",
    );
    const target = await refusalOf(() =>
      model.fit(ones([ROWS, 2]), onesBut(3, [Number.NaN]), { loss: meanSquaredError() }),
    );
    expect(target.data).toMatchObject({ name: "y", row: 3 });
  });

  it.each([0, 5, 11])("of a logarithm of zero names layer, operation, batch and row %i", async (row) => {
    const logarithm = activation((x) => log(x) as NDArray);
    const make = () => sequential(input(2), weights([[1, 1]]), logarithm) as Sequential;
    const error = await ranAway(make, onesBut(row, [1, -1]), y);
    expect(error.message).toBe(
      `fit: training stopped before anything was lost: log in activation1 gave -Infinity, in epoch 1, batch ${batchOf(row)}, row ${row} of the data. The weights are those of the batch before. A smaller learning rate, scaled inputs or clipByGlobalNorm may help`,
    );
    expect(error.data).toMatchObject({ layer: "activation1", operation: "log", epoch: 1, row });
  });

  it("of a huge learning rate", async () => {
    const make = () => sequential(input(2), dense(4), relu(), dense(1)).initialize(1) as Sequential;
    const x = random.defaultRng(0).standardNormal([ROWS, 2]) as NDArray;
    const error = await ranAway(make, x, ones([ROWS, 1]) as NDArray, { optimizer: sgd(1e25) });
    expect(error.code).toBe("fit.notFinite");
    expect(error.data).toMatchObject({ layer: "dense2", operation: "matmul", epoch: 1, batch: 2 });
    const order = random.defaultRng([SEED, 1]).permutation(ROWS).toArray() as number[];
    expect(order.slice(4, 8)).toContain(error.data["row"]);
  });

  it("of an update names the weight", async () => {
    const make = () => sequential(input(1), weights([[1]])) as Sequential;
    const error = await ranAway(make, multiply(ones([ROWS, 1]), 1e3) as NDArray, y, { optimizer: sgd(1e35) });
    expect(error.message).toBe(
      "fit: training stopped before anything was lost: multiply in the optimizer gave -Infinity for dense1.weights, in epoch 1, batch 1. The weights are those of the batch before. A smaller learning rate or clipByGlobalNorm may help",
    );
  });

  it("that an optimizer would keep", async () => {
    const make = () => sequential(input(1), weights([[1]])) as Sequential;
    // the gradient is 1e30: finite in float32, but not its square
    const loss = (_: NDArray, p: NDArray) => multiply(p, 1e15).mean(1) as NDArray;
    const x = multiply(ones([ROWS, 1]), 1e15) as NDArray;
    const error = await ranAway(make, x, y, { optimizer: adam(), loss });
    expect(error.code).toBe("fit.notFiniteWeights");
    expect(error.data).toMatchObject({ name: "velocity.dense1.weights", operation: "square" });
  });

  it("of a gradient names its row where it has one", async () => {
    const make = () =>
      sequential(
        input(1),
        weights([[1]]),
        activation((x) => sqrt(x) as NDArray),
      ) as Sequential;
    const error = await ranAway(make, onesBut(6, [0]), ones([ROWS, 1]) as NDArray);
    expect(error.code).toBe("fit.notFiniteGradient");
    expect(error.message).toMatch(
      /divide in the gradient of activation1 gave -?Infinity, in epoch 1, batch \d, row 6 of the data\./,
    );
    expect(error.data["batch"]).toBe(batchOf(6));
  });

  it("of a gradient over all rows names none, also with as many rows as features", async () => {
    const own = (_: NDArray, p: NDArray) => multiply(p, 1e30).mean(1) as NDArray;
    const blank = {
      useBias: false,
      weightsInitializer: { name: "zero", config: {}, init: () => zeros([1, 4]) as NDArray },
    };
    const make = () => sequential(input(4), dense(1, blank)) as Sequential;
    const x = multiply(ones([ROWS, 4]), 1e10) as NDArray;
    const error = await ranAway(make, x, y, { loss: own });
    expect(error.message).toContain(
      "matmul in the gradient of dense1 gave Infinity, in epoch 1, batch 1. The weights",
    );
    expect(error.data["row"]).toBeUndefined();
    const single = await ranAway(make, x, y, { loss: own, batchSize: 1, shuffle: false });
    expect(single.message).toContain(
      "matmul in the gradient of dense1 gave Infinity, in epoch 1, batch 1, row 0",
    );
  });

  it("is not an infinity that a function holds on purpose", async () => {
    const own = activation((x) => minimum(Infinity, log(x)) as NDArray);
    const make = () => sequential(input(2), weights([[1, 1]]), own) as Sequential;
    const error = await ranAway(make, onesBut(2, [1, -1]), y);
    expect(error.data).toMatchObject({ operation: "log", row: 2 });
  });

  it("of what a layer keeps beside its weights", async () => {
    const make = () => sequential(input(1), batchNorm(), dense(1)).initialize(1) as Sequential;
    const x = multiply(random.defaultRng(0).standardNormal([ROWS, 1]), 1e25) as NDArray;
    const error = await ranAway(make, x, y);
    expect(error.data).toMatchObject({ layer: "batchNorm1", epoch: 1, batch: 1 });
  });

  it("in a batch of one row is that row's", async () => {
    const own = activation((x) => divide(1, x as never) as NDArray);
    const make = () => sequential(input(2), weights([[1, 1]]), own) as Sequential;
    const error = await ranAway(make, onesBut(9, [1, -1]), y, { batchSize: 1, shuffle: false });
    expect(error.data).toMatchObject({ operation: "divide", batch: 10, row: 9 });
  });

  it("comes in a later epoch too", async () => {
    const make = () => sequential(input(2), dense(1)).initialize(1) as Sequential;
    const grows = { optimizer: sgd(3), epochs: 1000 };
    const error = await ranAway(make, ones([ROWS, 2]) as NDArray, y, grows);
    expect(error.data["epoch"]).toBeGreaterThan(3);
  });

  it("that only another backend comes to is said so", async () => {
    const broken: Backend = {
      name: "broken",
      prepare: (graph, carry) => {
        const program = reference.prepare(graph, carry);
        return {
          upload: (input, value) => program.upload(input, value),
          run: () => program.run(),
          readInput: (input) => program.readInput(input),
          read: (output) => program.read(output),
          value: (output) => (output === carry?.guard ? Number.NaN : program.value(output)),
        };
      },
    };
    const model = sequential(input(2), dense(1));
    const error = await refusalOf(() =>
      model.fit(ones([ROWS, 2]), y, { loss: meanSquaredError(), backend: broken }),
    );
    expect(error.code).toBe("fit.notFiniteBackend");
  });
});
