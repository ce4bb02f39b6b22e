import { afterEach, describe, expect, it, vi } from "vitest";
import {
  activation,
  array,
  batchNorm,
  configure,
  dense,
  dropout,
  embedding,
  type FitOptions,
  flatten,
  fromTypedArray,
  input,
  maxPooling2d,
  meanSquaredError,
  type NDArray,
  relu,
  rescaling,
  Sequential,
  sequential,
  sgd,
  tanh,
  type Warning,
  zeros,
} from "../index.js";

afterEach(() => configure({ lang: "en" }));

/** What is said, and after how many batches. */
async function warned(model: Sequential, x: NDArray, options: Partial<FitOptions> = {}) {
  const said: (Warning & { readonly after: number })[] = [];
  let batches = 0;
  const shape = [x.shape[0]!, ...model.network.output.shape];
  const history = await model.fit(x, zeros(shape) as NDArray, {
    loss: (_, p) => p.reshape([x.shape[0]!, -1]).mean(1) as NDArray,
    optimizer: sgd(1e-9),
    batchSize: x.shape[0]!,
    callbacks: [{ onBatchEnd: () => void batches++ }],
    onWarning: (warning) => said.push({ ...warning, after: batches }),
    ...options,
  });
  expect(history.warnings).toEqual(said.map(({ after, ...warning }) => warning));
  return { said, history };
}
const pair = (low: number, high: number): NDArray => array([[low, high]]) as NDArray;
const image = (value: number) => fromTypedArray(new Uint8Array(16).fill(value), [1, 4, 4, 1]) as NDArray;

describe("inputs far from 0", () => {
  it("are warned of before the first epoch", async () => {
    const { said } = await warned(new Sequential([input(2), dense(1)]), pair(-3, 10.5));
    expect(said).toEqual([
      {
        after: 0,
        code: "warning.scale",
        message:
          "the inputs go from -3 to 10.5: networks learn badly beyond ±10. Scale them first: standardize(x), or a rescaling layer",
      },
    ]);
  });

  it.each([
    ["within ±10", [dense(1)], pair(-10, 10), 0],
    ["below -10", [dense(1)], pair(-11, 0), 1],
    ["rescaled", [rescaling(1 / 255), dense(1)], pair(0, 255), 0],
    ["rescaled by too little", [rescaling(1 / 2), dense(1)], pair(0, 255), 1],
    ["rescaled the other way round", [rescaling(-1, 20), dense(1)], pair(0, 9), 1],
    ["and dropped", [dropout(0.5), dense(1)], pair(0, 255), 1],
    ["normalized", [batchNorm(), dense(1)], pair(0, 255), 0],
    ["through an activation that bounds them", [tanh(), dense(1)], pair(0, 255), 0],
    ["through a function of somebody's own", [activation((x) => x), dense(1)], pair(0, 255), 0],
  ] as const)("%s", async (_, layers, x, count) => {
    const { said } = await warned(new Sequential([input(2), ...layers]), x);
    expect(said.map(({ code }) => code)).toEqual(Array(count).fill("warning.scale"));
  });

  it("are seen through layers that only move them", async () => {
    const layers = [input([4, 4, 1]), maxPooling2d(), flatten(), dense(1)];
    expect((await warned(new Sequential(layers), image(200))).said).toHaveLength(1);
    expect((await warned(new Sequential(layers), image(9))).said).toHaveLength(0);
  });

  it("may be indices", async () => {
    const model = new Sequential([input(2), embedding(300, 2), flatten(), dense(1)]);
    const x = array([[0, 299]], undefined, { dtype: "int32" }) as NDArray;
    expect((await warned(model, x)).said).toEqual([]);
  });

  it("are warned of on the console, in the reader's language, where nobody listens", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    configure({ lang: "pt-BR" });
    const model = sequential(input(2), dense(1));
    await model.fit(pair(-3, 100), zeros([1, 1]), { loss: meanSquaredError() });
    expect(warn.mock.calls).toEqual([
      [
        "as entradas vão de -3 a 100: redes aprendem mal além de ±10. Ponha-as antes em escala: standardize(x), ou uma camada rescaling",
      ],
    ]);
    warn.mockRestore();
  });
});

describe("dead relu neurons", () => {
  /** Five neurons, of which each is active from its own threshold on. */
  const thresholds = (dead: number) =>
    new Sequential([
      dense({
        weights: array([[1], [1], [1], [1], [1]]) as NDArray,
        biases: array([0, 0, 0, 0, 0].map((_, i) => (i < dead ? -5 : -1))) as NDArray,
      }),
      relu(),
      dense(1),
    ]);
  // each batch of one row; only the row in the middle activates what is not dead
  const x = array([[0], [2], [0.5]]) as NDArray;
  const options = { batchSize: 1, shuffle: false, epochs: 3, loss: meanSquaredError() } as const;

  it("are counted per epoch, over all of its rows", async () => {
    const { history } = await warned(thresholds(2), x, options);
    expect(history.epochs.map(({ deadRelu }) => deadRelu)).toEqual([1, 2, 3].map(() => ({ relu1: 0.4 })));
    const none = await warned(thresholds(0), x, options);
    expect(none.history.epochs[0]!.deadRelu).toEqual({ relu1: 0 });
    const all = await warned(thresholds(0), x.slice([2, 3]) as NDArray, options);
    expect(all.history.epochs[0]!.deadRelu).toEqual({ relu1: 1 });
  });

  it("above 40 % are warned of, once a layer", async () => {
    const settings = { ...options, callbacks: [] };
    expect((await warned(thresholds(2), x, settings)).said).toEqual([]);
    const { said } = await warned(thresholds(3), x, settings);
    expect(said.map(({ message }) => message)).toEqual([
      "relu1: 60% of its neurons were active for no row in epoch 1, and will hardly learn again. Try leakyRelu, a smaller learning rate, or heUniform() weights",
    ]);
  });

  it("are not told of where there is no relu", async () => {
    const { history } = await warned(new Sequential([input(2), dense(1)]), pair(0, 1));
    expect(history.epochs[0]).not.toHaveProperty("deadRelu");
  });

  it("of several steps are those of the last axis", async () => {
    const model = new Sequential([input([4, 1]), dense(2), relu(), flatten(), dense(1)]).setWeights({
      "dense1.weights": array([[1], [-1]]) as NDArray,
    });
    const { history } = await warned(model, image(1).reshape([4, 4, 1]));
    expect(history.epochs[0]!.deadRelu).toEqual({ relu1: 0.5 });
  });
});
