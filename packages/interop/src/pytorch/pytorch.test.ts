/// <reference types="node" />
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  activation,
  adagrad,
  adam,
  adamw,
  averagePooling2d,
  batchNorm,
  type CamadaError,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  globalAveragePooling2d,
  globalMaxPooling2d,
  input,
  type Layer,
  l1,
  l1l2,
  l2,
  layerNorm,
  maxPooling2d,
  meanSquaredError,
  modelFromConfig,
  momentum,
  type NDArray,
  nesterov,
  random,
  rescaling,
  reshapeTo,
  rmsprop,
  Sequential,
  sgd,
  softmaxCrossEntropy,
} from "camada";
import { afterAll, describe, expect, it } from "vitest";
import { itRefuses, type Refusal } from "../../../../tests/refusedFile.js";
import {
  applyPreparation,
  fitPreparation,
  type Preparation,
  readCsv,
  readNpz,
  rowsWith,
  type Table,
  takeTableRows,
  targetsOf,
  writeCsv,
  writeNpz,
  writePytorch,
} from "../index.js";

/** Debian's own Python has Debian's PyTorch. */
const PYTHON = "/usr/bin/python3";
const hasTorch = spawnSync(PYTHON, ["-c", "import torch"]).status === 0;

const folder = mkdtempSync(join(tmpdir(), "camada-"));
afterAll(() => rmSync(folder, { recursive: true }));

const OPTIMIZERS = { sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw };
type Name = keyof typeof OPTIMIZERS;
const EPOCHS = 3;

interface Case {
  readonly name: string;
  readonly model: Sequential;
  readonly optimizer: Name;
  readonly x: NDArray;
  readonly y: NDArray;
  readonly preparation?: Preparation;
  /** The file that the program reads. */
  readonly data: string;
}

const penguins = readCsv(readFileSync(new URL("../../../../tests/data/penguins.csv", import.meta.url)));

function ofTable(name: string, target: string, separator: "," | ";", table: Table = penguins): Case {
  const known = takeTableRows(table, rowsWith(table, target));
  const { preparation } = fitPreparation(known, { target });
  const { x } = applyPreparation(preparation, known);
  const data = join(folder, `${name}.csv`);
  writeFileSync(data, writeCsv(table, { separator }));
  const outputs = preparation.target.task === "regression" ? 1 : preparation.target.classes.length;
  const layers = [input(x.shape[1]!), dense(8), activation("relu"), dense(outputs)] as Layer[];
  return {
    name,
    model: made(layers),
    optimizer: "adam",
    x,
    y: targetsOf(preparation, known),
    preparation,
    data,
  };
}

const rng = random.defaultRng(5);
const numbers = (shape: readonly number[]) => rng.standardNormal(shape).astype("float32") as NDArray;
const indices = (below: number, shape: readonly number[]) => rng.integers(0, below, shape) as NDArray;

interface Given {
  readonly x?: NDArray;
  readonly optimizer?: Name;
  readonly classes?: number;
}

function ofArrays(name: string, layers: readonly Layer[], given: Given = {}): Case {
  const { x = numbers([50, 6]), optimizer = "sgd", classes = 3 } = given;
  const y = classes === 0 ? numbers([50, 1]) : indices(classes, [50]);
  const data = join(folder, `${name}.npz`);
  writeFileSync(data, writeNpz({ x, y }));
  return { name, model: made([input(x.shape.slice(1)), ...layers]), optimizer, x, y, data };
}

/** Of images of 7 rows and 6 columns, of 2 channels. */
const ofImages = (name: string, layers: readonly Layer[]) =>
  ofArrays(name, layers, { x: numbers([50, 7, 6, 2]) });

const made = (layers: readonly Layer[]) => new Sequential(layers).initialize(7);

/** Every layer and activation that can be exported, each optimizer, and tables of both tasks. */
const CASES: readonly Case[] = [
  ofTable("species", "species", ","),
  ofTable("semicolons", "sex", ";"),
  ofTable("mass", "body_mass_g", ","),
  ofTable(
    "answers",
    "on",
    ",",
    readCsv("n,on,same,free\n1.5,Yes,5,x\n,no,5,x\n2,yes,5,x\n-3,No,5,x\n4,no,5,x\n"),
  ),
  ofArrays("layers", [
    rescaling(0.5, 0.1),
    reshapeTo([2, 3]),
    flatten(),
    dense(5, { useBias: false }),
    layerNorm(),
    activation("tanh"),
    dropout(0),
    dense(3),
  ]),
  ofArrays("amounts", [dense(4), activation("gelu"), dense(1)], { optimizer: "momentum", classes: 0 }),
  ...["elu", "leakyRelu", "linear", "sigmoid", "softmax", "softplus", "step"].map((name) =>
    ofArrays(name, [dense(4), activation(name), dense(3)]),
  ),
  ...(Object.keys(OPTIMIZERS) as Name[]).map((name) =>
    ofArrays(name, [dense(4), activation("tanh"), dense(3)], { optimizer: name }),
  ),
  ofImages("images", [
    conv2d(3, { kernelSize: 3, padding: "same", regularizer: l2(0.1) }),
    batchNorm({ momentum: 0.8 }),
    activation("tanh"),
    maxPooling2d(),
    conv2d(4, { kernelSize: [2, 1], useBias: false }),
    flatten(),
    dense(3),
  ]),
  ofImages("uneven", [
    conv2d(4, { kernelSize: [2, 4], strides: [2, 1], padding: "same" }),
    activation("tanh"),
    averagePooling2d({ poolSize: [3, 2], strides: 2, padding: "same" }),
    conv2d(3, { kernelSize: 2, dilation: 2, padding: "same" }),
    maxPooling2d({ poolSize: 2, strides: 1, padding: "same" }),
    globalAveragePooling2d(),
  ]),
  ofImages("rows", [layerNorm(), averagePooling2d(), batchNorm(), globalMaxPooling2d(), dense(3)]),
  ofArrays(
    "words",
    [
      embedding(9, 4, { regularizer: l1l2({ l1: 0.01, l2: 0.02 }) }),
      batchNorm(),
      flatten(),
      dense(5, { regularizer: l1(0.02), name: "class" }),
      activation("tanh"),
      dense(3, { name: "train" }),
    ],
    { x: indices(9, [50, 5]) },
  ),
];

/** Loads each program, and leaves what its network gives and what training makes of its weights. */
const SCRIPT = `
import importlib.util, json, sys
import numpy as np, torch
torch.set_num_threads(1)
for case in json.load(sys.stdin):
    spec = importlib.util.spec_from_file_location("program", case["folder"] + "/train.py")
    program = importlib.util.module_from_spec(spec); spec.loader.exec_module(program)
    x, y = program.read_data(case["data"], case["separator"])
    network = program.load_weights(program.Network())
    outputs = network.eval()(x).detach().numpy()
    program.train(network, x, y, program.EPOCHS, in_order=True)
    np.savez(case["folder"] + "/result.npz", outputs=outputs, x=x.numpy(), **program.weights_of(network))
`;

const settingsOf = ({ optimizer }: Case) => ({
  optimizer,
  learningRate: 0.01,
  batchSize: 16,
  epochs: EPOCHS,
  seed: 0,
});

function exported(one: Case): string {
  const to = join(folder, one.name);
  mkdirSync(to);
  const task = one.y.ndim === 2 ? "regression" : "classification";
  const options = one.preparation === undefined ? ({ task } as const) : { preparation: one.preparation };
  const files = writePytorch(one.model, { ...options, training: settingsOf(one) });
  for (const [name, bytes] of files) writeFileSync(join(to, name), bytes);
  return to;
}

/** What our own training makes of the weights: the same rows in the same order. */
async function trained({ model, x, y, ...one }: Case): Promise<Sequential> {
  await model.fit(x, y, {
    loss: y.ndim === 2 ? meanSquaredError() : softmaxCrossEntropy(),
    optimizer: OPTIMIZERS[one.optimizer](0.01),
    batchSize: 16,
    epochs: EPOCHS,
    shuffle: false,
  });
  return model;
}

/** The largest difference of two arrays, beside values of about 1. */
function difference(a: NDArray, b: NDArray): number {
  expect(a.shape).toEqual(b.shape);
  return Math.max(...Array.from(a.data as ArrayLike<number>, (value, i) => Math.abs(value - b.data[i]!) / Math.max(1, Math.abs(value)))); // biome-ignore format: one line
}

// Debian's python3-torch: where it is not, there is nothing to compare with
describe.skipIf(!hasTorch)("a program of PyTorch", () => {
  it("prepares, gives and learns the same, whatever the layers, the optimizer and the table", {
    timeout: 300_000,
  }, async () => {
    const jobs = CASES.map((one) => ({
      folder: exported(one),
      data: one.data,
      separator: one.name === "semicolons" ? ";" : ",",
    }));
    const run = spawnSync(PYTHON, ["-c", SCRIPT], { input: JSON.stringify(jobs), encoding: "utf8" });
    expect(run.stderr).toBe("");
    for (const [i, one] of CASES.entries()) {
      const { outputs, x, ...weights } = Object.fromEntries(
        readNpz(readFileSync(join(jobs[i]!.folder, "result.npz"))),
      );
      expect(difference(one.x, x!), one.name).toBeLessThan(1e-5);
      expect(difference((await one.model.predict(one.x)) as NDArray, outputs!), one.name).toBeLessThan(1e-5);
      const before = Object.values(one.model.weights).map((weight) => weight.toArray());
      const model = await trained(one);
      expect(Object.values(model.weights).map((weight) => weight.toArray())).not.toEqual(before);
      expect(Object.keys(weights).sort()).toEqual(Object.keys(model.weights).sort());
      for (const [name, weight] of Object.entries(model.weights)) {
        expect(difference(weight, weights[name]!), `${one.name} ${name}`).toBeLessThan(1e-4);
      }
    }
  });

  it.each([
    ofTable("two", "species", ","),
    ofImages("two-images", [
      conv2d(3, { kernelSize: 3, regularizer: l2(0.1) }),
      batchNorm(),
      activation("tanh"),
      flatten(),
      dense(3),
    ]),
  ])("learns the same in two processes: $name", { timeout: 300_000 }, async (one) => {
    const to = exported(one);
    // what it writes to stderr is told to go where it goes anyway: PyTorch 1.13 does not understand its own default
    // under Python 3.11, as Debian has both
    const run = spawnSync(
      PYTHON,
      [
        "-m",
        "torch.distributed.run",
        "--redirects",
        "2",
        "--tee",
        "2",
        "--nproc_per_node",
        "2",
        "--standalone",
        "train.py",
        one.data,
        "--in-order",
      ],
      { cwd: to, encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1" }, timeout: 240_000 },
    );
    expect([run.status, run.stdout.match(/^epoch \d\/3 {2}loss \d\.\d{4}$/gm)?.length], run.stderr).toEqual([
      0,
      EPOCHS,
    ]);
    const weights = readNpz(readFileSync(join(to, "trained.npz")));
    const model = await trained(one);
    for (const [name, weight] of Object.entries(model.weights)) {
      expect(difference(weight, weights.get(name)!), name).toBeLessThan(1e-4);
    }
  });
});

it("all kinds of layer are among them", () => {
  let known: readonly string[] = [];
  try {
    modelFromConfig({ layers: [{ kind: "?", name: "" }] });
  } catch (error) {
    known = (error as CamadaError).data["known"] as readonly string[];
  }
  const found = CASES.flatMap(({ model }) => model.layers.map(({ kind }) => kind));
  expect([...new Set(found)].sort()).toEqual([...known].sort());
});

const training = settingsOf({ optimizer: "adam" } as Case);
const REFUSED: readonly Refusal[] = [
  [
    "pytorch.name",
    "'my layer' cannot be a name",
    "'my layer' não pode ser um nome",
    () => writePytorch(new Sequential([input(2), dense(2, { name: "my layer" })]), { training }),
  ],
  [
    "pytorch.optimizer",
    "no optimizer 'adan'. There are: sgd",
    "não existe o otimizador 'adan'",
    () =>
      writePytorch(new Sequential([input(2), dense(2)]), { training: { ...training, optimizer: "adan" } }),
  ],
];

describe("what a program of PyTorch cannot have", () => {
  itRefuses(REFUSED);

  it("is nothing that a table's words could do", () => {
    const odd = 'x" + exit(1) + "\\\n\u2028é😀';
    const table = readCsv(`a,b\n1,"${odd.replaceAll('"', '""')}"\n2,y\n`);
    const { preparation } = fitPreparation(table, { target: "b" });
    const model = new Sequential([input(1), dense(2)]);
    const text = new TextDecoder().decode(writePytorch(model, { preparation, training }).get("train.py"));
    const [, target] = /^TARGET = (.*)$/m.exec(text)!;
    const read = spawnSync(
      "python3",
      ["-c", "import ast, json, sys; print(json.dumps(ast.literal_eval(sys.stdin.read())))"],
      { input: target!, encoding: "utf8" },
    );
    expect(JSON.parse(read.stdout)).toEqual(preparation.target);
  });
});
