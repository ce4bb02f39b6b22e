import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  array,
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  input,
  layerNorm,
  leakyRelu,
  maxPooling2d,
  type NDArray,
  ones,
  relu,
  Sequential,
  softmax,
  tanh,
} from "camada";
import { describe, expect, it } from "vitest";
import { itRefuses, type Refusal } from "../../../../tests/refusedFile.js";
import { loadPyTorchWeights, readNpz, readSafetensors, writeNpz, writeSafetensors } from "../index.js";

/** What tests/models/pytorch.py has made by PyTorch. */
const data = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../../../tests/models/data", name)));
const predictions = readNpz(data("pytorch-predictions.npz"));

const epsilon = 1e-5;
const table = () =>
  new Sequential([
    input(4),
    dense(8),
    batchNorm({ epsilon }),
    leakyRelu({ slope: 0.1 }),
    dropout(0.1),
    dense(5),
    layerNorm({ epsilon }),
    tanh(),
    dense(3),
  ]);
const images = () =>
  new Sequential([
    input([6, 5, 2]),
    conv2d(3, { kernelSize: 3, padding: "same" }),
    batchNorm({ epsilon }),
    relu(),
    maxPooling2d(),
    flatten(),
    dense(4),
    relu(),
    dense(2),
    softmax(),
  ]);

function furthest(a: NDArray, b: NDArray): number {
  expect(a.shape).toEqual(b.shape);
  return Math.max(...Array.from(a.data, (value, i) => Math.abs(value - b.data[i]!)));
}

describe("PyTorch's weights", () => {
  it.each([
    ["table", table(), data("pytorch-table.npz")],
    ["images", images(), data("pytorch-images.safetensors")],
  ])("predict here as they do there: %s", (name, model, bytes) => {
    const before = model.forward(predictions.get(`${name}Input`)!);
    const truth = predictions.get(`${name}Output`)!;
    expect(furthest(before as NDArray, truth)).toBeGreaterThan(0.01);
    const after = loadPyTorchWeights(model, bytes).forward(predictions.get(`${name}Input`)!);
    expect(furthest(after as NDArray, truth)).toBeLessThan(1e-6);
  });

  it("are matched by name, too, where all layers have their names", () => {
    const model = new Sequential([
      input(2),
      dense(2, { name: "out" }),
      relu(),
      dense(2, { name: "in", useBias: false }),
    ]);
    const [one, two] = [ones([2, 2]) as NDArray, array([[2, 2], [2, 2]]) as NDArray]; // biome-ignore format: matrices
    const biases = array([5, 6]) as NDArray;
    loadPyTorchWeights(model, writeSafetensors({ "in.weight": two, "out.weight": one, "out.bias": biases }));
    expect(model.weights["in.weights"]!.toArray()).toEqual(two.toArray());
    expect(model.weights["out.biases"]!.toArray()).toEqual([5, 6]);
  });

  it("of features behind a flatten come in camada's order, those of a norm too", () => {
    const model = new Sequential([input([1, 2, 3]), flatten(), layerNorm(), dense(1)]);
    const order = array([0, 1, 2, 3, 4, 5]) as NDArray;
    const file = writeNpz({
      "1.weight": order,
      "1.bias": order,
      "2.weight": order.reshape([1, 6]) as NDArray,
      "2.bias": array([7]) as NDArray,
    });
    loadPyTorchWeights(model, file);
    // (channel, row, column) counts 0 1, 2 3, 4 5; by columns these are 0 2 4 and 1 3 5
    expect(model.weights["layerNorm1.gamma"]!.toArray()).toEqual([0, 2, 4, 1, 3, 5]);
    expect(model.weights["dense1.weights"]!.toArray()).toEqual([[0, 2, 4, 1, 3, 5]]);
    expect(model.weights["dense1.biases"]!.toArray()).toEqual([7]);
  });
});

const tensors = readNpz(data("pytorch-table.npz"));
/** The weights without some, and with others. */
const file = (without: string, more: { [name: string]: NDArray } = {}) =>
  writeNpz(new Map([...[...tensors].filter(([name]) => !name.startsWith(without)), ...Object.entries(more)]));
const x = ones([1]) as NDArray;
const own = { ...relu(), kind: "own", plan: () => dense(1).plan({ shape: [1], names: ["feature"] }, "own1") };

const REFUSED: readonly Refusal[] = [
  [
    "file.bytes",
    "loadPyTorchWeights: takes",
    "loadPyTorchWeights: recebe",
    () => loadPyTorchWeights(table(), "" as never),
  ],
  ["safetensors.header", "cut off", "cortado", () => loadPyTorchWeights(table(), new Uint8Array(3))],
  [
    "pytorch.count",
    "for 4 modules (0, 1, 4, 5), but the model has 5 layers",
    "para 4 módulos",
    () => loadPyTorchWeights(table(), file("7.")),
  ],
  [
    "pytorch.names",
    "such as '0.weight', or 'dense1.weight' for every layer, but one is 'last'",
    "mas um é 'last'",
    () => loadPyTorchWeights(table(), file("7.", { "last.weight": x })),
  ],
  ["pytorch.names", "one is ''", "um é ''", () => loadPyTorchWeights(table(), file("7.", { weight: x }))],
  [
    "pytorch.weights",
    "the module '7' has bias, but the layer dense3 (dense) needs weight, bias",
    "a camada dense3 (dense) precisa",
    () => loadPyTorchWeights(table(), file("7.weight")),
  ],
  [
    "pytorch.weights",
    "has weight, more",
    "tem weight, more",
    () => loadPyTorchWeights(table(), file("7.", { "7.weight": x, "7.more": x })),
  ],
  [
    "pytorch.kind",
    "of kind own",
    "do tipo own",
    () => loadPyTorchWeights(new Sequential([input(1), own]), writeNpz({ "0.weight": x })),
  ],
];

describe("what are not PyTorch's weights of the model", () => {
  itRefuses(REFUSED);

  it("is refused by the library where shapes differ, and changes nothing", () => {
    const model = table();
    const before = model.weights;
    const wrong = file("7.", { "7.weight": ones([3, 4]) as NDArray, "7.bias": ones([3]) as NDArray });
    expect(() => loadPyTorchWeights(model, wrong)).toThrowError(
      expect.objectContaining({ code: "weights.shape" }),
    );
    expect(model.weights).toBe(before);
    expect(readSafetensors(data("pytorch-images.safetensors")).tensors.size).toBe(11);
  });
});
