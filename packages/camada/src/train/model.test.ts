import { afterEach, describe, expect, it } from "vitest";
import {
  accuracy,
  add,
  array,
  CamadaError,
  concatenate,
  configure,
  dense,
  dot,
  evaluateMetric,
  flatten,
  input,
  type Layer,
  type Loss,
  meanSquaredError,
  multiply,
  type NDArray,
  random,
  relu,
  rescaling,
  type Sequential,
  ShapeError,
  sequential,
  sgd,
  sigmoid,
  softmaxCrossEntropy,
  spiral,
  square,
  subtract,
  sum,
  zeros,
} from "../index.js";

afterEach(() => configure({ lang: "en" }));

const drawn = (shape: number[], seed = 0): NDArray =>
  random.defaultRng(seed).standardNormal(shape) as NDArray;
const values = (a: NDArray): number[] => [...a.data];
const refusal = async (of: () => unknown): Promise<CamadaError> => {
  try {
    await of();
  } catch (error) {
    if (error instanceof CamadaError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("predict", () => {
  const model = sequential(input(3), dense(8), relu(), dense(2)).initialize(1);

  it.each([0, 1, 255, 256, 257, 600])("gives forward's %i rows, chunk by chunk", async (rows) => {
    const x = drawn([rows, 3]);
    const result = await model.predict(x);
    expect(result.shape).toEqual([rows, 2]);
    const parts = Array.from({ length: Math.ceil(rows / 256) }, (_, i) =>
      model.forward(x.slice([i * 256, Math.min((i + 1) * 256, rows)]) as NDArray),
    );
    if (rows > 0) expect(values(result)).toEqual(values(concatenate(parts as never) as NDArray));
    expect(result.names).toEqual(["batch", "neuron"]);
  });

  it("takes axes as images have them", async () => {
    const images = sequential(input([4, 4, 2]), rescaling(0.5), flatten(), dense(3)).initialize(2);
    const x = drawn([300, 4, 4, 2]);
    const [weights, biases] = Object.values(images.weights) as [NDArray, NDArray];
    const flat = multiply(x.reshape([300, 32]), 0.5).astype("float32") as NDArray;
    const byHand = add(dot(flat, weights.unnamed().T as never), biases.unnamed() as never) as NDArray;
    const result = values(await images.predict(x));
    values(byHand).forEach((value, i) => {
      expect(result[i]).toBeCloseTo(value, 5);
    });
  });

  it("gives the channels of each place of an image to a dense layer", () => {
    const images = sequential(input([2, 3, 4]), dense(5)).initialize(3);
    const x = drawn([2, 2, 3, 4]);
    const result = images.forward(x);
    expect(result.names).toEqual(["batch", "row", "column", "neuron"]);
    const rows = sequential(input(4), dense(5)).setWeights(images.weights);
    expect(values(result)).toEqual(values(rows.forward(x.reshape([12, 4]))));
  });

  it("lets others have their turn, and keeps to the weights of when it was called", async () => {
    const large = sequential(input(200), dense(200), dense(200), dense(1)).initialize(1);
    const x = drawn([5000, 200]);
    // the slower backend, for which there is always time for a turn
    const slowly = { backend: "reference" } as const;
    const before = values(await large.predict(x, slowly));
    let turned = false;
    setTimeout(() => {
      turned = true;
      large.initialize(2);
    }, 0);
    expect(values(await large.predict(x, slowly))).toEqual(before);
    expect(turned).toBe(true);
  });

  it("refuses another shape before it computes", async () => {
    const error = await refusal(() => model.predict(zeros([4, 5]) as never));
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.code).toBe("layer.axes");
  });

  it.each([
    ["layer.axes", zeros([4, 5])],
    ["layer.names", zeros([4, 3], ["batch", "neuron"])],
    ["value.array", undefined],
  ])("refuses with %s also after a batch that it took", (code, x) => {
    const named = sequential(input(3), dense(2));
    for (const batch of [zeros([4, 3]), zeros([4, 3], ["batch", "feature"])]) {
      named.forward(batch as never);
      expect(() => named.forward(x as never)).toThrowError(expect.objectContaining({ code }));
    }
  });
});

describe("evaluate", () => {
  it.each([undefined, 7, 1000])("is the metrics of predict, in batches of %s", async (batchSize) => {
    const { x, y } = spiral({ points: 100, seed: 0 });
    const model = sequential(input(2), dense(16), relu(), dense(3)).initialize(1);
    const loss = softmaxCrossEntropy();
    const predicted = await model.predict(x);
    const result = await model.evaluate(x, y, {
      loss,
      metrics: [accuracy()],
      ...(batchSize === undefined ? {} : { batchSize }),
    });
    expect(result.accuracy).toBe(evaluateMetric(accuracy(), y, predicted));
    expect(result.loss).toBeCloseTo(loss.each(y, predicted).mean() as number, 6);
  });

  it("takes sigmoid of a logit before metrics see it", async () => {
    const model = sequential(dense({ weights: array([[1]]) }));
    const loss: Loss = {
      name: "own",
      expects: "logit",
      each: (y, p) => square(subtract(y, p)).mean(1) as NDArray,
    };
    // sigmoid of 0.2 is above a half, 0.2 is not
    const result = await model.evaluate(array([[0.2]]), array([[1]]), { loss, metrics: [accuracy()] });
    expect(result.accuracy).toBe(1);
  });

  it("rejects, and does not throw, what it cannot take", async () => {
    const model = sequential(input(2), dense(1));
    const running = model.evaluate(zeros([3, 2]), zeros([2, 1]), { loss: meanSquaredError() });
    expect((await refusal(() => running)).code).toBe("fit.rows");
    const batches = { loss: meanSquaredError(), batchSize: 0 };
    const error = await refusal(() => model.evaluate(zeros([3, 2]), zeros([3, 1]), batches));
    expect(error.message).toBe("evaluate: batchSize must be more than 0, not 0");
  });
});

describe("weights", () => {
  it("are copied, and keep dtype and names", () => {
    const model = sequential(input(2), dense(2));
    const given = array([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    model.setWeights({ "dense1.weights": given });
    given.set(100, 0, 0);
    const { weights } = model.layers[1]!;
    expect(weights!.toArray()).toEqual([[1, 2], [3, 4]]); // biome-ignore format: a matrix
    expect(weights!.names).toEqual(["neuron", "feature"]);
    expect(weights!.dtype).toBe("float32");
    expect(model.layers[1]!.biases!.toArray()).toEqual([0, 0]);
  });

  it("of other axis names are refused, though they have the shape", async () => {
    const model = sequential(input(2), dense(2));
    const turned = model.layers[1]!.weights!.T as NDArray;
    const error = await refusal(() => model.setWeights({ "dense1.weights": turned }));
    expect(error.code).toBe("weights.shape");
  });

  it("are all or none replaced", async () => {
    const model = sequential(input(2), dense(2)).initialize(1);
    const before = values(model.weights["dense1.weights"]!);
    await refusal(() => model.setWeights({ "dense1.weights": zeros([2, 2]), "dense1.biases": zeros([3]) }));
    expect(values(model.weights["dense1.weights"]!)).toEqual(before);
  });

  it("are drawn alike from the same seed", () => {
    const of = (seed: number) =>
      values(sequential(input(2), dense(2)).initialize(seed).weights["dense1.weights"]!);
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });
});

describe("layers and losses of one's own", () => {
  /** x times a number that is learnt. */
  const scale: Layer = {
    kind: "scale",
    config: {},
    plan: (input) => ({
      output: input,
      weights: {
        factor: {
          shape: [1],
          names: ["one"],
          initializer: { name: "one", config: {}, init: () => array([1]) as NDArray },
          fan: { in: 1, out: 1 },
          trainable: true,
        },
      },
    }),
    apply: (x, { factor }) => multiply(x, factor!.unnamed() as never) as NDArray,
  };

  it("are plain functions of operations", async () => {
    const model: Sequential = sequential(input(1, { dtype: "float64" }), scale) as Sequential;
    const x = array([[1], [2]]);
    const squares = (y: NDArray, p: NDArray) => sum(square(subtract(y, p)), 1) as NDArray;
    // by hand: loss = mean((3x - f x)²), so that df = -2 mean(x² (3 - f)) = -5 (3 - f)
    await model.fit(x, multiply(x, 3), { loss: squares, optimizer: sgd(0.1), batchSize: 2 });
    expect(values(model.weights["scale1.factor"]!)).toEqual([2]);
    const { loss } = await model.evaluate(x, multiply(x, 3), { loss: squares });
    expect(loss).toBe(2.5);
  });

  it("may be activations within", async () => {
    const swish = (x: NDArray) => multiply(x, sigmoid(x)) as NDArray;
    const { activation } = await import("../index.js");
    const model = sequential(input(2), dense(4), activation(swish), dense(1)).initialize(1);
    const { x, y } = spiral({ points: 20, seed: 0 });
    const history = await model.fit(x, y.reshape([-1, 1]), {
      loss: meanSquaredError(),
      optimizer: sgd(0.1),
      epochs: 20,
      seed: 1,
    });
    const losses = history.series("loss");
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 1.5);
  });
});

describe("summary", () => {
  it("is a table in the reader's language", () => {
    const model = sequential(input(4), dense(3), relu(), dense(2));
    expect(model.summary()).toBe(
      [
        "layer   output  parameters",
        "──────────────────────────",
        "input   (4,)             0",
        "dense1  (3,)            15",
        "relu1   (3,)             0",
        "dense2  (2,)             8",
        "──────────────────────────",
        "parameters in all: 23",
      ].join("\n"),
    );
    configure({ lang: "pt-BR" });
    expect(model.summary()).toContain("parâmetros ao todo: 23");
  });
});

describe("weights that somebody has", () => {
  const make = () => sequential(input(3), dense(8), relu(), dense(2)).initialize(1);
  const batches = [drawn([4, 3]), drawn([2, 3])] as const;
  /** What a model that has never computed anything gives. */
  const fresh = ({ weights }: ReturnType<typeof make>, x: NDArray, backend: "wasm" | "reference") =>
    values(
      make()
        .setWeights(weights)
        .forward(x as never, { backend }),
    );

  it.each(["wasm", "reference"] as const)("may be written into at any time, on %s", async (backend) => {
    const model = make();
    for (const x of batches) model.forward(x, { backend });
    const [first, last] = [model.layers[1]!.weights!, model.weights["dense2.biases"]!];
    for (const [round, array] of [first, last, first].entries()) {
      array.data[1] = 10 * round + 1;
      for (const x of batches) {
        expect(values(model.forward(x, { backend }))).toEqual(fresh(model, x, backend));
        expect(values(await model.predict(x, { backend }))).toEqual(fresh(model, x, backend));
      }
    }
    model.setWeights({ "dense1.biases": drawn([8]) });
    for (const x of batches) model.forward(x, { backend });
    // those that were not replaced are still the ones from before
    first.data[0] = -7;
    for (const x of batches) expect(values(model.forward(x, { backend }))).toEqual(fresh(model, x, backend));
  });

  it("are others after they were drawn anew or learnt", async () => {
    const model = make();
    const [x] = batches;
    const before = values(model.forward(x));
    await model.fit(x, zeros([4, 2]), { loss: meanSquaredError(), optimizer: sgd(0.1), epochs: 1 });
    expect(values(model.forward(x))).not.toEqual(before);
    expect(values(model.forward(x))).toEqual(fresh(model, x, "wasm"));
    expect(values(model.initialize(1).forward(x))).toEqual(before);
  });
});
