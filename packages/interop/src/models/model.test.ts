import {
  adam,
  batchNorm,
  checkpoint,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  input,
  type Layer,
  layerNorm,
  maxPooling2d,
  type NDArray,
  random,
  relu,
  Sequential,
  softmax,
  softmaxCrossEntropy,
  type TrainingState,
} from "camada";
import { describe, expect, it } from "vitest";
import { refused } from "../../../../tests/refused.js";
import { itRefuses, type Refusal } from "../../../../tests/refusedFile.js";
import { loadModel, loadTrainingState, readSafetensors, saveModel, writeSafetensors } from "../index.js";

const MODELS: { readonly [name: string]: readonly Layer[] } = {
  images: [
    input([8, 8, 2]),
    conv2d(3, { kernelSize: 3, padding: "same" }),
    batchNorm(),
    relu(),
    maxPooling2d(),
    flatten(),
    dense(4),
    softmax(),
  ],
  words: [input(5), embedding(9, 3), flatten(), layerNorm(), dense(2)],
  wide: [
    input(4, { dtype: "float64" }),
    dense(3, { name: "__proto__" }),
    relu(),
    dropout(0.5),
    dense(2, { useBias: false }),
  ],
};

const some = (shape: readonly number[], seed = 1) =>
  random.defaultRng(seed).integers(0, 9, [7, ...shape]) as NDArray;
const bits = ({ data }: NDArray) =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("hex");

describe("a model's file", () => {
  it.each(Object.entries(MODELS))("predicts to the last bit as the model that was saved: %s", (_, layers) => {
    const model = new Sequential(layers).initialize(2);
    const file = saveModel(model);
    const again = loadModel(file);
    const x = some(model.network.input.shape);
    expect(bits(again.forward(x))).toBe(bits(model.forward(x)));
    expect(Object.keys(again.weights)).toEqual(Object.keys(model.weights));
    for (const [name, a] of Object.entries(model.weights)) {
      expect([again.weights[name]!.dtype, again.weights[name]!.names]).toEqual([a.dtype, a.names]);
    }
    expect(saveModel(again)).toEqual(file);
    expect(again.summary()).toBe(model.summary());
  });

  it("is a safetensors file, whose weights others can read", () => {
    const model = new Sequential([input(2), dense(3)]);
    const { tensors, metadata } = readSafetensors(saveModel(model));
    expect([...tensors.keys()].sort()).toEqual(["dense1.biases", "dense1.weights"]);
    expect([...metadata.keys()]).toEqual(["format", "camada.version", "camada.model"]);
  });

  it("is loaded without a number of chance", () => {
    const file = saveModel(new Sequential([input(2), dense(3)]));
    random.seed(1);
    loadModel(file);
    const next = random.randint(10 ** 6);
    random.seed(1);
    expect(next).toBe(random.randint(10 ** 6));
  });

  it("has the state of its training, and going on from it equals not having stopped", async () => {
    const x = random.defaultRng(3).standardNormal([24, 4]) as NDArray;
    const y = random.defaultRng(4).integers(0, 2, [24]) as NDArray;
    const network = () =>
      new Sequential([input(4), dense(5), batchNorm(), relu(), dropout(0.2), dense(2)]).initialize(1);
    const files: Uint8Array[] = [];
    const options = { loss: softmaxCrossEntropy(), optimizer: adam(), batchSize: 5, seed: 9, epochs: 4 };
    const whole = network();
    const keep = (state: TrainingState) => files.push(saveModel(whole, { state }));
    await whole.fit(x, y, { ...options, callbacks: [checkpoint((state) => void keep(state))] });
    const rest = loadModel(files[1]!);
    const resume = loadTrainingState(files[1]!);
    expect([resume.epoch, resume.seed]).toEqual([2, 9]);
    await rest.fit(x, y, { ...options, resume });
    for (const [name, a] of Object.entries(whole.weights))
      expect(bits(rest.weights[name]!), name).toBe(bits(a));
  });
});

const model = new Sequential([input(2), dense(3)]).initialize(1);
const { tensors, metadata } = readSafetensors(saveModel(model));
const layers = JSON.parse(metadata.get("camada.model")!).layers;

/** The model's file with something else in it. */
const file = (changes: { [key: string]: string | undefined }, arrays: Map<string, NDArray> = tensors) => {
  const entries = Object.entries({ ...Object.fromEntries(metadata), ...changes });
  return writeSafetensors(
    arrays,
    new Map(entries.filter((entry): entry is [string, string] => entry[1] !== undefined)),
  );
};
const state = { "camada.training": '{"epoch":1,"step":2,"seed":3,"rate":1}' };
const odd = (name: string) => new Map([...tensors, [name, tensors.get("dense1.biases")!]]);

const REFUSED: readonly Refusal[] = [
  ["file.bytes", "loadModel: takes", "loadModel: recebe", () => loadModel({} as never)],
  ["safetensors.header", "cut off", "cortado", () => loadModel(new Uint8Array(0))],
  [
    "model.format",
    "no description of a model",
    "não a descrição de um modelo",
    () => loadModel(writeSafetensors(tensors)),
  ],
  ["model.format", "no description", "descrição", () => loadModel(file({ format: "pt" }))],
  [
    "model.version",
    "version 2 of its files; this one knows 1",
    "versão 2",
    () => loadModel(file({ "camada.version": "2" })),
  ],
  ["model.description", "is no JSON", "não é JSON", () => loadModel(file({ "camada.model": "{" }))],
  ["model.description", "is no JSON", "não é JSON", () => loadModel(file({ "camada.model": undefined }))],
  ["model.noState", "no state of its training", "não o estado", () => loadTrainingState(file({}))],
  [
    "model.state",
    "epoch is missing",
    "epoch falta",
    () => loadTrainingState(file({ "camada.training": "[" })),
  ],
  [
    "model.state",
    "rate is missing",
    "rate falta",
    () => loadTrainingState(file({ "camada.training": state["camada.training"].replace("rate", "x") })),
  ],
  [
    "model.state",
    'training:["a"] is',
    'training:["a"] falta',
    () => loadTrainingState(file(state, odd('training:["a"]'))),
  ],
  [
    "model.name",
    "may not be called 'training:.weights'",
    "não pode se chamar",
    () => saveModel(new Sequential([input(2), dense(1, { name: "training:" })])),
  ],
  [
    "model.metadata",
    "'camada.model' is a name of the file's own",
    "'camada.model' é um nome do próprio arquivo",
    () => saveModel(new Sequential([input(2), dense(1)]), { metadata: { "camada.model": "" } }),
  ],
];

describe("what is kept beside a model", () => {
  it("comes back as it was, whatever its name, and the model with it", () => {
    const model = new Sequential([input(2), dense(1)]);
    const metadata = { constructor: "é\n", other: "" };
    const bytes = saveModel(model, { metadata });
    expect(Object.fromEntries(readSafetensors(bytes).metadata)).toMatchObject(metadata);
    expect(loadModel(bytes).weights).toEqual(model.weights);
  });
});

describe("what is no model's file", () => {
  itRefuses(REFUSED);

  const described = (value: unknown) => () => loadModel(file({ "camada.model": JSON.stringify(value) }));
  const [begin, layer] = layers;
  it.each([
    ["config.form", described(null)],
    ["config.form", described({ layers: [null] })],
    ["config.kind", described({ layers: [begin, { ...layer, kind: "lambda" }] })],
    ["config.kind", described({ layers: [begin, { ...layer, kind: "__proto__" }] })],
    ["config.extra", described({ layers: [begin, { ...layer, code: "process.exit()" }] })],
    ["weights.missing", described({ layers: [begin, { ...layer, name: "other" }, layer] })],
    ["weights.shape", described({ layers: [begin, { ...layer, neurons: 2 ** 40 }] })],
    ["weights.shape", described({ layers: [{ ...begin, shape: [2 ** 30] }, layer] })],
    ["weights.unknown", () => loadModel(file({}, odd("dense1.more")))],
    ["weights.unknown", () => loadModel(file({}, odd("__proto__")))],
  ])("is refused by the library: %s", (code, call) => {
    expect(refused(call).code).toBe(code);
  });

  it("is refused in time of a million layers, too", () => {
    const many = Array.from({ length: 200_000 }, (_, i) => ({ kind: "relu", name: `r${i}` }));
    const before = performance.now();
    expect(described({ layers: [begin, layer, ...many, { ...many[0] }] })).toThrowError(
      expect.objectContaining({ code: "network.names" }),
    );
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});
