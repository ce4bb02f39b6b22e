import { describe, expect, it } from "vitest";
import {
  activation,
  averagePooling2d,
  batchNorm,
  type CamadaError,
  constant,
  conv2d,
  dense,
  dropout,
  elu,
  embedding,
  flatten,
  globalAveragePooling2d,
  globalMaxPooling2d,
  heNormal,
  input,
  type Layer,
  l1l2,
  l2,
  layerNorm,
  leakyRelu,
  maxPooling2d,
  modelConfig,
  modelFromConfig,
  multiply,
  type NDArray,
  random,
  relu,
  rescaling,
  reshapeTo,
  Sequential,
  sigmoid,
  softmax,
  zeros,
} from "../index.js";

const dense1 = dense(3);
const own: Layer = {
  kind: "own",
  config: {},
  plan: (input) => ({ output: input, weights: {} }),
  apply: (x) => x,
};

const MODELS: { readonly [name: string]: readonly Layer[] } = {
  images: [
    input([12, 14, 2]),
    rescaling(1 / 255, -0.5),
    conv2d(4, { kernelSize: [3, 2], strides: [1, 2], dilation: [2, 1], padding: "same", name: "edges" }),
    batchNorm({ momentum: 0.9 }),
    leakyRelu({ slope: 0.2 }),
    maxPooling2d({ poolSize: [2, 3], strides: 2, padding: "same" }),
    averagePooling2d({ strides: 1 }),
    flatten(),
    layerNorm({ epsilon: 0.01 }),
    dropout(0.25),
    dense(6, { useBias: false, weightsInitializer: constant(0.5), regularizer: l1l2({ l1: 0.1, l2: 0.2 }) }),
    elu({ alpha: 0.7 }),
    reshapeTo([2, -1]),
    softmax({ axis: 1 }),
  ],
  words: [
    input(7, { dtype: "float64" }),
    embedding(9, 3, { weightsInitializer: heNormal(), regularizer: l2(0.3) }),
    dense(2, { biasesInitializer: constant(1) }),
    sigmoid(),
  ],
  means: [input([4, 4, 3]), globalAveragePooling2d()],
  largest: [input([4, 4, 3]), globalMaxPooling2d()],
  activations: [input(3), ...["gelu", "linear", "softplus", "step", "tanh"].map(activation)],
  given: [dense({ weights: zeros([2, 3]), biases: zeros([2]), name: "first" }), relu()],
  "given and narrow": [dense({ weights: zeros([2, 3]).astype("float32") }), activation("relu")],
  "named as a prototype": [input(3), dense(2, { name: "__proto__" }), dense(2, { name: "constructor" })],
};

describe("a model as plain data", () => {
  it.each(Object.entries(MODELS))("is the same model after JSON: %s", (_, layers) => {
    const model = new Sequential(layers).initialize(1);
    const json = JSON.stringify(modelConfig(model));
    const again = modelFromConfig(JSON.parse(json));
    expect(JSON.stringify(modelConfig(again))).toBe(json);
    expect(again.network.dtype).toBe(model.network.dtype);
    expect(again.summary().split("\n").at(-1)).toBe(model.summary().split("\n").at(-1));
    expect(Object.keys(again.weights)).toEqual(Object.keys(model.weights));
    again.setWeights(model.weights);
    const shape = [2, ...model.network.input.shape];
    const x = random.defaultRng(1).integers(0, 9, shape) as NDArray;
    const [before, after] = [model.forward(x), again.forward(x)] as [NDArray, NDArray];
    expect(after.toArray()).toEqual(before.toArray());
    expect([after.dtype, after.names]).toEqual([before.dtype, before.names]);
  });

  it("can be of every kind that a file can hold", () => {
    let known: unknown;
    try {
      modelFromConfig({ layers: [{ kind: "", name: "" }] });
    } catch (error) {
      known = (error as CamadaError).data["known"];
    }
    const used = Object.values(MODELS).flatMap((layers) => layers.map(({ kind }) => kind));
    expect([...new Set(used)].sort()).toEqual([...(known as string[])].sort());
  });

  it("says every layer's kind, name and settings", () => {
    expect(modelConfig(new Sequential(MODELS["given"]!))).toEqual({
      layers: [
        { kind: "input", name: "input", shape: [3], dtype: "float64" },
        {
          kind: "dense",
          name: "first",
          neurons: 2,
          useBias: true,
          weightsInitializer: { name: "glorotUniform" },
          biasesInitializer: { name: "constant", value: 0 },
          regularizer: null,
        },
        { kind: "relu", name: "relu1" },
      ],
    });
  });

  it("draws first weights as the layers say", () => {
    const model = modelFromConfig(
      modelConfig(new Sequential([input(2), dense(2, { weightsInitializer: constant(3) })])),
    );
    expect(model.weights["dense1.weights"]!.toArray()).toEqual([
      [3, 3],
      [3, 3],
    ]);
  });

  it("takes all its weights, and then draws none", () => {
    const model = new Sequential(MODELS["images"]!).initialize(3);
    random.seed(5);
    const again = modelFromConfig(modelConfig(model), model.weights);
    const next = random.randint(1000);
    random.seed(5);
    expect(next).toBe(random.randint(1000));
    expect(again.weights).toEqual(model.weights);
    const dense = modelConfig(new Sequential([input(2), dense1]));
    const refused = (weights: object) => () => modelFromConfig(dense, weights as never);
    const code = (code: string) => expect.objectContaining({ code });
    expect(refused({})).toThrowError(code("weights.missing"));
    expect(refused({ ...new Sequential([input(2), dense1]).weights, other: zeros([1]) })).toThrowError(
      code("weights.unknown"),
    );
    expect(refused({ "dense1.weights": zeros([3, 3]), "dense1.biases": zeros([3]) })).toThrowError(
      code("weights.shape"),
    );
  });

  it("is refused before anything of its size is made", () => {
    const huge = { kind: "input", name: "input", shape: [2 ** 31], dtype: "float32" };
    const layers = [huge, { ...full, neurons: 2 ** 31 }];
    expect(() => modelFromConfig({ layers }, {})).toThrowError(
      expect.objectContaining({ code: "weights.missing" }),
    );
  });

  it.each([
    ["a layer of one's own", own],
    ["a function", activation((x) => multiply(x, 2))],
  ])("is refused of %s before it is written", (_, layer) => {
    expect(() => modelConfig(new Sequential([input(3), layer]))).toThrowError(
      expect.objectContaining({ code: "config.kind" }),
    );
  });

  it("is refused of an initializer of one's own before it is written", () => {
    const weightsInitializer = { ...constant(1), config: { name: "mine" } };
    expect(() => modelConfig(new Sequential([input(3), dense(2, { weightsInitializer })]))).toThrowError(
      expect.objectContaining({ code: "config.unknown" }),
    );
  });
});

const begin = { kind: "input", name: "input", shape: [4], dtype: "float32" };
const drop = { kind: "dropout", name: "d", rate: 0.5 };
const full = modelConfig(new Sequential([input(4), dense(2)])).layers[1]!;
const image = modelConfig(new Sequential([input([4, 4, 1]), conv2d(2, { kernelSize: 3 })])).layers;

const REFUSED: readonly (readonly [name: string, code: string, config: unknown])[] = [
  ["nothing", "config.form", undefined],
  ["null", "config.form", null],
  ["a list", "config.form", [begin]],
  ["a text", "config.form", JSON.stringify({ layers: [begin] })],
  ["no layers", "config.form", {}],
  ["layers that are no list", "config.form", { layers: { 0: begin } }],
  ["no layer at all", "network.empty", { layers: [] }],
  ["null for a layer", "config.form", { layers: [begin, null] }],
  ["a layer without a kind", "config.form", { layers: [begin, { name: "a" }] }],
  ["a layer without a name", "config.form", { layers: [begin, { kind: "relu" }] }],
  ["a name that is no text", "config.form", { layers: [begin, { kind: "relu", name: 1 }] }],
  ["two layers of one name", "network.names", { layers: [begin, drop, drop] }],
  ["a layer that is called input", "network.names", { layers: [begin, { ...drop, name: "input" }] }],
  ["no input layer", "network.input", { layers: [drop] }],
  ["layers that do not fit", "layer.rank", { layers: [begin, image[1]] }],
  ["an unknown kind", "config.kind", { layers: [begin, { kind: "lambda", name: "a" }] }],
  ["a kind from a prototype", "config.kind", { layers: [begin, { kind: "constructor", name: "a" }] }],
  ["__proto__ for a kind", "config.kind", { layers: [begin, { kind: "__proto__", name: "a" }] }],
  ["a function's kind", "config.kind", { layers: [begin, { kind: "activation", name: "a" }] }],
  ["an unknown setting", "config.extra", { layers: [begin, { ...drop, seed: 1 }] }],
  [
    "__proto__ for a setting",
    "config.extra",
    { layers: [begin, JSON.parse('{"kind":"dropout","name":"d","rate":0.5,"__proto__":{"rate":0.1}}')] },
  ],
  [
    "a setting from a prototype",
    "config.setting",
    { layers: [begin, Object.assign(Object.create({ rate: 0.5 }), { kind: "dropout", name: "d" })] },
  ],
  ["a missing setting", "config.setting", { layers: [begin, { kind: "dropout", name: "d" }] }],
  ["a number as text", "config.setting", { layers: [begin, { ...drop, rate: "0.5" }] }],
  ["nan", "config.setting", { layers: [begin, { ...drop, rate: Number.NaN }] }],
  ["a rate out of range", "value.rate", { layers: [begin, { ...drop, rate: 1 }] }],
  ["too few neurons", "value.positive", { layers: [begin, { ...full, neurons: 0 }] }],
  ["half a neuron", "value.integer", { layers: [begin, { ...full, neurons: 1.5 }] }],
  ["a boolean as a number", "config.setting", { layers: [begin, { ...full, useBias: 1 }] }],
  [
    "an unknown initializer",
    "config.unknown",
    { layers: [begin, { ...full, weightsInitializer: { name: "a" } }] },
  ],
  [
    "an initializer as text",
    "config.setting",
    { layers: [begin, { ...full, weightsInitializer: "constant" }] },
  ],
  [
    "an initializer's setting",
    "option.unknown",
    { layers: [begin, { ...full, biasesInitializer: { name: "glorotUniform", value: 1 } }] },
  ],
  ["an unknown regularizer", "config.unknown", { layers: [begin, { ...full, regularizer: { name: "a" } }] }],
  [
    "three sizes for a window",
    "config.setting",
    { layers: [image[0], { ...image[1], kernelSize: [3, 3, 3] }] },
  ],
  ["a number for a window", "config.setting", { layers: [image[0], { ...image[1], kernelSize: 3 }] }],
  ["an unknown padding", "config.setting", { layers: [image[0], { ...image[1], padding: "full" }] }],
  ["a window that is too large", "layer.window", { layers: [image[0], { ...image[1], kernelSize: [5, 5] }] }],
  [
    "an activation's setting as text",
    "config.setting",
    { layers: [begin, { kind: "elu", name: "a", alpha: "1" }] },
  ],
  [
    "an activation's setting too many",
    "config.extra",
    { layers: [begin, { kind: "relu", name: "a", alpha: 1 }] },
  ],
  ["an unknown dtype", "config.setting", { layers: [{ ...begin, dtype: "float16" }] }],
  ["sizes that are no list", "config.setting", { layers: [{ ...begin, shape: 4 }] }],
  ["a negative size", "shape.size", { layers: [{ ...begin, shape: [-4] }] }],
];

it.each(REFUSED)("refuses %s", (_, code, config) => {
  expect(() => modelFromConfig(config)).toThrowError(expect.objectContaining({ code }));
});
