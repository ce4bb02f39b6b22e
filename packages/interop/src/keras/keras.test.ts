import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CamadaError, type NDArray, random } from "camada";
import { describe, expect, it } from "vitest";
import { itRefuses, type Refusal } from "../../../../tests/refusedFile.js";
import { loadKerasModel, readNpz } from "../index.js";
import { readZip, writeZip } from "../zip/zip.js";

/** What tests/models/keras.mjs and keras.py have made: TensorFlow.js trained it, h5py wrote it. */
const data = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../../../tests/models/data", name)));
const predictions = readNpz(data("keras-predictions.npz"));
const KINDS = {
  table: "dense relu batchNorm dropout dense tanh layerNorm dense softmax",
  images: "conv2d leakyRelu maxPooling2d conv2d elu averagePooling2d flatten dense sigmoid",
  chain: "dense softplus reshapeTo flatten dense softmax",
};

describe("a .keras file", () => {
  it.each(Object.entries(KINDS))("predicts here as it did there: %s", async (name, kinds) => {
    const model = loadKerasModel(data(`keras-${name}.keras`));
    expect(model.layers.map(({ kind }) => kind).join(" ")).toBe(`input ${kinds}`);
    const [x, truth] = [predictions.get(`${name}Input`)!, predictions.get(`${name}Output`)!];
    const result = (await model.predict(x)) as NDArray;
    expect(result.shape).toEqual(truth.shape);
    const furthest = Math.max(...Array.from(result.data, (value, i) => Math.abs(value - truth.data[i]!)));
    expect(furthest).toBeLessThan(1e-6);
    expect(new Set(truth.data).size).toBeGreaterThan(10);
  });

  it("is loaded without a number of chance", () => {
    random.seed(1);
    loadKerasModel(data("keras-table.keras"));
    const next = random.randint(10 ** 6);
    random.seed(1);
    expect(next).toBe(random.randint(10 ** 6));
  });
});

const files = new Map(readZip("test", data("keras-table.keras")));
const config = new TextDecoder().decode(files.get("config.json"));
const h5 = files.get("model.weights.h5")!;

/** The file with another config.json, or with other weights. */
const withConfig = (text: string) => () =>
  loadKerasModel(
    writeZip("test", new Map<string, Uint8Array>(files).set("config.json", Buffer.from(text)), false),
  );
const withWeights = (bytes: Uint8Array) => () =>
  loadKerasModel(writeZip("test", new Map<string, Uint8Array>(files).set("model.weights.h5", bytes), false));
const without = (name: string) => () =>
  loadKerasModel(writeZip("test", new Map([...files].filter(([file]) => file !== name)), false));
/** config.json with what a text stands for replaced, which must be there. */
const changed = (from: string, to: string) => {
  expect(config).toContain(from);
  return withConfig(config.replaceAll(from, to));
};
const chain = JSON.parse(
  new TextDecoder().decode(new Map(readZip("test", data("keras-chain.keras"))).get("config.json")),
);
const unchained = (
  change: (layers: { inbound_nodes: unknown[]; name: string }[], config: { [name: string]: unknown }) => void,
) => {
  const copy = structuredClone(chain);
  change(copy.config.layers, copy.config);
  return withConfig(JSON.stringify(copy));
};
/** The weights' file with some bytes replaced, at the place where `mark` is. */
const damaged = (mark: string, bytes: readonly number[], skip = 0) => {
  const copy = Buffer.from(h5);
  const at = copy.indexOf(mark, 0, "latin1") + skip;
  expect(at).toBeGreaterThanOrEqual(skip);
  copy.set(bytes, at);
  return withWeights(copy);
};
/** A float's description: a class of 1, little-endian, four bytes. */
const FLOAT = "\x11\x20\x1f\x00\x04\x00\x00\x00";
/** What says that values lie in one piece: a message of 24 bytes, of version 3, class 1. */
const LAYOUT = "\x08\x00\x18\x00\x00\x00\x00\x00\x03\x01";

const REFUSED: readonly Refusal[] = [
  ["file.bytes", "loadKerasModel: takes", "loadKerasModel: recebe", () => loadKerasModel("" as never)],
  ["zip.end", "no zip archive", "não é um arquivo zip", () => loadKerasModel(h5)],
  [
    "zip.large",
    "let maxBytes be more than 99",
    "maior que 99",
    () => loadKerasModel(data("keras-table.keras"), { maxBytes: 99 }),
  ],
  ["keras.file", "no config.json", "não há config.json", without("config.json")],
  ["keras.file", "no model.weights.h5", "não há model.weights.h5", without("model.weights.h5")],
  ["keras.json", "does not describe a model", "não descreve um modelo", withConfig("{")],
  [
    "keras.json",
    "does not describe",
    "não descreve",
    changed('"class_name": "InputLayer"', '"class_name": 5'),
  ],
  ["keras.model", "but it is undefined", "mas é undefined", withConfig("[]")],
  [
    "keras.model",
    'but it is "Own"',
    'mas é "Own"',
    changed('"class_name": "Sequential"', '"class_name": "Own"'),
  ],
  [
    "keras.layer",
    "Keras's class Lambda. It knows: Activation",
    "da classe Lambda",
    changed('"class_name": "Softmax"', '"class_name": "Lambda"'),
  ],
  [
    "keras.layer",
    "class __proto__",
    "classe __proto__",
    changed('"class_name": "Softmax"', '"class_name": "__proto__"'),
  ],
  ["keras.setting", 'needs units, but it is "8"', "precisa de units", changed('"units": 8', '"units": "8"')],
  [
    "keras.setting",
    'needs batch_shape, but it is [null,"4"]',
    "precisa de batch_shape",
    changed('"batch_shape": [null, 4], "dtype"', '"batch_shape": [null, "4"], "dtype"'),
  ],
  [
    "keras.setting",
    "needs use_bias, but it is 1",
    "precisa de use_bias",
    changed('"use_bias": false', '"use_bias": 1'),
  ],
  [
    "keras.unsupported",
    'activation = "own"',
    'activation = "own"',
    changed('"activation": "tanh"', '"activation": "own"'),
  ],
  [
    "keras.unsupported",
    'activation = "toString"',
    "Pode ser",
    changed('"activation": "tanh"', '"activation": "toString"'),
  ],
  ["keras.unsupported", "center = false", "center = false", changed('"center": true', '"center": false')],
  [
    "keras.unsupported",
    "axis = 2, which camada's does not know. It may be: -1",
    "axis = 2",
    changed('"axis": -1', '"axis": 2'),
  ],
  [
    "keras.unsupported",
    'dtype = "mixed_float16"',
    "dtype",
    changed('"config": {"name": "float32"}', '"config": {"name": "mixed_float16"}'),
  ],
  [
    "keras.path",
    "no dense_3 in model.weights.h5",
    "não há dense_3",
    changed('"class_name": "Softmax", "config": {', '"class_name": "Dense", "config": {"units": 3, '),
  ],
  [
    "keras.weights",
    "needs 2 weights, but dense_1 in model.weights.h5 has 1",
    "tem 1",
    changed('"use_bias": false', '"use_bias": true'),
  ],
  [
    "keras.chain",
    "but activation",
    "não segue",
    unchained((layers) => layers[2]!.inbound_nodes.push(layers[2]!.inbound_nodes[0])),
  ],
  ["keras.chain", "follow one another", "seguir uma à outra", unchained((layers) => void layers.reverse())],
  [
    "keras.chain",
    "one output",
    "uma saída",
    unchained((_, whole) => Object.assign(whole, { output_layers: [] })),
  ],
  [
    "keras.chain",
    "one input",
    "uma entrada",
    unchained((layers) => Object.assign(layers[1]!, { inbound_nodes: {} })),
  ],
  ["hdf5.signature", "no HDF5 file", "não é um arquivo HDF5", withWeights(Buffer.from("hello"))],
  ["hdf5.version", "not of version 2", "não da versão 2", damaged("\x89HDF", [2], 8)],
  ["hdf5.place", "contradicts itself at byte", "se contradiz no byte", withWeights(h5.subarray(0, 900))],
  ["hdf5.place", "contradicts itself", "se contradiz", damaged("TREE", [255, 255], 6)],
  ["hdf5.place", "contradicts itself", "se contradiz", damaged("SNOD", [0])],
  // the outermost group's header is of another version; an array lies in chunks
  [
    "hdf5.kind",
    "at byte 96 of the HDF5 file",
    "no byte 96 do arquivo HDF5",
    damaged("\x01\x00\x01\x00\x01\x00\x00\x00", [2]),
  ],
  ["hdf5.layout", "in pieces or compressed", "em pedaços ou comprimido", damaged(LAYOUT, [2], 9)],
  ["hdf5.dtype", "are no floats of", "não são reais de", damaged(FLOAT, [0x10])],
  ["hdf5.dtype", "are no floats of", "não são reais de", damaged(FLOAT, [3], 4)],
];

describe("what is no .keras file", () => {
  itRefuses(REFUSED);

  it("is refused by the library where weights have other shapes, however large", () => {
    const huge = changed('"units": 8', '"units": 1099511627776');
    let error: unknown;
    try {
      huge();
    } catch (thrown) {
      error = thrown;
    }
    expect((error as CamadaError).code).toBe("weights.shape");
  });
});
