/// <reference types="node" />
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  InteropError,
  loadKerasModel,
  loadModel,
  loadPyTorchWeights,
  loadTraining,
  type Notebook,
  type OnnxValue,
  type OpenNpz,
  openNpz,
  openSafetensors,
  readCsv,
  readIdx,
  readNotebook,
  readNpy,
  readNpz,
  readOnnx,
  readPng,
  readSafetensors,
  saveModel,
  type TrainedWith,
  writeCsv,
  writeIdx,
  writeNotebook,
  writeNpy,
  writeNpz,
  writeOnnx,
  writeSafetensors,
} from "@camada/interop";
import {
  accuracy,
  adam,
  arange,
  batchNorm,
  CamadaError,
  chain,
  clipByGlobalNorm,
  conv2d,
  cumsum,
  dense,
  embedding,
  f1,
  flatten,
  huber,
  input,
  layerNorm,
  less,
  linspace,
  maxPooling2d,
  type NDArray,
  piecewiseConstant,
  relu,
  Sequential,
  softmax,
  sort,
  warmup,
  where,
  zeros,
} from "camada";
import { crc32 } from "../../packages/interop/src/zip/crc32.js";
import { readZip, writeZip } from "../../packages/interop/src/zip/zip.js";

/** A reader that any bytes may be given to. */
export interface Parser {
  /** Valid files, which are then changed. */
  readonly seeds: readonly Uint8Array[];
  /** Reads bytes, or refuses them; throws an Error where what it has made of them is not what they say. */
  readonly read: (bytes: Uint8Array) => void | Promise<void>;
}

const DTYPES = ["float64", "float32", "int32", "uint8", "bool"] as const;
const ARRAYS = DTYPES.map((dtype) => arange(6).reshape([2, 3]).astype(dtype) as NDArray);
const NAMED = new Map([...ARRAYS, linspace(-1, 1, 300) as NDArray].map((a, i) => [`array${i}`, a]));

const [CONFIG, WEIGHTS] = ["config.json", "model.weights.h5"] as const;
const KERAS = new Map<string, Uint8Array>(
  readZip("", readFileSync(join(import.meta.dirname, "../models/data/keras-images.keras"))),
);
const TABLE = () => new Sequential([input(4), dense(8), batchNorm(), dense(5), layerNorm(), dense(3)]);
/** Images of several kinds, as the tests of PNG have them from Python. */
const PNGS = (
  JSON.parse(readFileSync(join(import.meta.dirname, "../oracle/fixtures/png.json"), "utf8")) as [string][]
).map(([file]) => Buffer.from(file, "base64"));
/** Archives of wide numbers, as the test of .npz has them from NumPy. */
const WIDE = (
  JSON.parse(readFileSync(join(import.meta.dirname, "../oracle/fixtures/npz-wide.json"), "utf8")) as string[]
).map((file) => Buffer.from(file, "base64"));
/** Every array that the archives have, as a file. */
const KNOWN = [...NAMED.values(), ...WIDE.flatMap((file) => [...readNpz(file).values()])].map(writeNpy);
const TORCH = readFileSync(join(import.meta.dirname, "../models/data/pytorch-table.npz"));
const MODELS = [
  new Sequential([
    input([5, 5, 1]),
    conv2d(2, { kernelSize: 3 }),
    batchNorm(),
    maxPooling2d(),
    flatten(),
    dense(2),
    softmax(),
  ]),
  new Sequential([input(3), embedding(4, 2), flatten(), dense(2), relu()]),
];

/** What a model is trained with, of every kind of setting. */
const TRAINING: TrainedWith = {
  loss: huber({ delta: 2 }),
  optimizer: chain(clipByGlobalNorm(1), adam({ learningRate: warmup(5, piecewiseConstant([3], [0.1, 0.01])) })), // biome-ignore format: one line
  metrics: [accuracy(), f1({ average: "macro" })],
};

/** Tables with all that CSV has: quotes, line ends in them, missing values, commas in numbers. */
const TABLES = [
  'name,weight,fed\r\n"Rex, the ""dog""",3.5,yes\r\n"Tom\r\nCat",,no\r\n',
  "pet;weight\ncat;3,5\ndog;?\ncat;4,25\n",
  "a\tb\n1\t2e3\n-4\tNaN\n",
];

/** A notebook with a cell and an output of every kind. */
const NOTEBOOK: Notebook = {
  metadata: { kernelspec: { name: "deno", display_name: "Deno" }, camada: { lesson: "03-x" } },
  cells: [
    {
      kind: "markdown",
      source: "# A\n\n![b](attachment:b.svg)",
      metadata: {},
      attachments: { "b.svg": { "image/svg+xml": "<svg/>\n" } },
    },
    { kind: "raw", id: "raw", source: "é 🎉", metadata: { nested: [[1, { a: null }]] } },
    {
      kind: "code",
      source: "const a = 1;\nconsole.log(a);",
      metadata: {},
      executionCount: 3,
      outputs: [
        { kind: "stream", name: "stdout", text: "1\n" },
        { kind: "error", name: "ShapeError", value: "no", traceback: ["ShapeError: no"] },
        { kind: "display", data: { "image/png": "iVBORw0=", "application/json": { a: [1] } }, metadata: {} },
        { kind: "result", data: { "text/plain": "1\n2" }, metadata: {}, executionCount: null },
      ],
    },
  ],
};

/** Every reader of files, by its name on the command line. */
export const PARSERS: { readonly [name: string]: Parser } = {
  csv: {
    seeds: TABLES.map((text) => Buffer.from(text)),
    read: (bytes) => {
      const table = readCsv(bytes);
      const { rows, columns } = table;
      if (columns.some(({ values }) => values.length !== rows))
        throw new Error("a column has other rows than the table");
      const types = Object.fromEntries(columns.map(({ name, kind }) => [name, kind]));
      const written = writeCsv(table, { formulas: true });
      same(writeCsv(readCsv(written, { separator: ",", types }), { formulas: true }), written);
    },
  },
  idx: {
    seeds: ARRAYS.filter(({ dtype }) => dtype !== "bool").map(writeIdx),
    read: (bytes) => {
      const a = readIdx(bytes);
      // int8 and int16, which become int32, cannot be written again
      if (bytes[2] !== 9 && bytes[2] !== 11) same(writeIdx(a), bytes);
    },
  },
  kerasConfig: {
    seeds: [KERAS.get(CONFIG)!],
    read: (bytes) => applied(loadKerasModel(writeZip("", new Map(KERAS).set(CONFIG, bytes), false))),
  },
  kerasWeights: {
    seeds: [KERAS.get(WEIGHTS)!],
    read: (bytes) => applied(loadKerasModel(writeZip("", new Map(KERAS).set(WEIGHTS, bytes), false))),
  },
  model: {
    seeds: [
      ...MODELS.map((model) => saveModel(model.initialize(1))),
      saveModel(MODELS[1]!, { training: TRAINING }),
    ],
    read: (bytes) => {
      const model = loadModel(bytes);
      applied(model);
      if (readSafetensors(bytes).metadata.has("camada.trainedWith")) {
        const training = loadTraining(bytes);
        same(saveModel(model, { training: loadTraining(saveModel(model, { training })) }), saveModel(model, { training })); // biome-ignore format: one line
      }
      same(saveModel(loadModel(saveModel(model))), saveModel(model));
    },
  },
  notebook: {
    seeds: [writeNotebook(NOTEBOOK), Buffer.from(JSON.stringify(JSON.parse(utf8(writeNotebook(NOTEBOOK)))))],
    read: (bytes) => {
      const written = writeNotebook(readNotebook(bytes));
      same(writeNotebook(readNotebook(written)), written);
    },
  },
  npy: {
    seeds: ARRAYS.map(writeNpy),
    read: (bytes) => {
      const a = readNpy(bytes);
      const values = bytes.length - bytes.indexOf(0x0a, 10) - 1;
      if (a.data.length !== a.size) throw new Error("there are other values than the shape says");
      if (![1, 2, 4, 8].some((size) => size * a.size <= values))
        throw new Error("there are more values than bytes");
      same(writeNpy(readNpy(writeNpy(a))), writeNpy(a));
    },
  },
  npz: {
    seeds: [writeNpz(NAMED), writeNpz(NAMED, { compress: true }), writeNpz({}), ...WIDE],
    // names may change, but whoever passes the checksum is one of the arrays that were there
    read: async (bytes) => {
      const arrays = await twice(bytes, readNpz, openNpz);
      for (const a of arrays.values()) oneOf(KNOWN, writeNpy(a));
    },
  },
  onnx: {
    seeds: [
      ...MODELS.map((model) => writeOnnx(model.initialize(1))),
      writeOnnx(({ x, y }) => ({ z: where(less(x!, y!), cumsum(x!, 1), sort(y!, 0)) as NDArray }), {
        x: ARRAYS[1]!,
        y: ARRAYS[1]!,
      }),
    ],
    read: (bytes) => {
      const model = readOnnx(bytes, { maxValues: 2 ** 16 });
      const outputs = model.run(Object.fromEntries([...model.inputs.values()].map(zerosFor)));
      for (const a of Object.values(outputs)) {
        if (a.data.length !== a.size) throw new Error("there are other values than the shape says");
      }
    },
  },
  png: {
    seeds: PNGS,
    read: (bytes) => {
      const { data, size } = readPng(sealed(bytes));
      if (data.length !== size) throw new Error("there are other pixels than the sizes say");
    },
  },
  pytorch: {
    seeds: [
      TORCH,
      writeSafetensors(readNpz(TORCH)),
      writeSafetensors(
        new Map([...readNpz(TORCH)].map(([name, a]) => [name, a.astype("float64") as NDArray])),
      ),
    ],
    read: (bytes) => applied(loadPyTorchWeights(TABLE(), bytes)),
  },
  safetensors: {
    seeds: [writeSafetensors(NAMED, { format: "pt" }), writeSafetensors({})],
    read: async (bytes) => {
      const tensors = await twice(bytes, (file) => readSafetensors(file).tensors, openSafetensors);
      const { metadata } = readSafetensors(bytes);
      for (const a of tensors.values()) {
        if (a.data.length !== a.size) throw new Error("there are other values than the shape says");
      }
      const written = writeSafetensors(tensors, metadata);
      same(writeSafetensors(readSafetensors(written).tensors, metadata), written);
    },
  },
};

/** Whether an error is how files are refused: by a code. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof InteropError || error instanceof CamadaError;

/** The arrays of a file that is read whole, which must be those of one that is opened, or refused there too. */
async function twice(
  bytes: Uint8Array,
  read: (bytes: Uint8Array) => Map<string, NDArray>,
  opens: (source: Blob) => Promise<OpenNpz>,
): Promise<Map<string, NDArray>> {
  const opened = async () => {
    const file = await opens(new Blob([Uint8Array.from(bytes)]));
    const arrays: [string, NDArray][] = [];
    for (const name of file.names) arrays.push([name, await file.read(name)]);
    return arrays;
  };
  let whole: Map<string, NDArray>;
  try {
    whole = read(bytes);
  } catch (error) {
    const other = await opened().catch((thrown: unknown) => thrown);
    if (!isRefusal(other))
      throw new Error("what is refused whole is read where it is opened", { cause: other });
    throw error;
  }
  for (const [name, a] of await opened()) same(writeNpy(a), writeNpy(whole.get(name)!));
  return whole;
}

/** An image with checksums that are right, so that what they would hide is read. */
function sealed(image: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(image);
  const view = new DataView(bytes.buffer);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 <= bytes.length) view.setUint32(end, crc32(bytes.subarray(at + 4, end)));
    at = end + 4;
  }
  return bytes;
}

/** Applies a model to a batch of zeros, where it is small enough for that. */
function applied(model: Sequential): void {
  const { layers, input } = model.network;
  const sizes = [input, ...layers.map(({ plan }) => plan.output)].map(({ shape }) =>
    shape.reduce((a, b) => a * Math.max(b, 1), 1),
  );
  if (Math.max(...sizes) > 1e5) return;
  const { shape } = model.forward(zeros([2, ...input.shape], undefined, { dtype: "int32" }));
  const expected = [2, ...model.network.output.shape];
  if (shape.join() !== expected.join()) throw new Error("a model's result has another shape than it says");
}

/** Zeros for an input of a model, of as many observations as axes without a size. */
function zerosFor({ name, dtype, shape }: OnnxValue): [string, NDArray] {
  const sizes = (shape ?? []).map((size) => (typeof size === "number" ? Math.min(size, 100) : 2));
  return [name, zeros(sizes.slice(0, 4), undefined, { dtype }) as NDArray];
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function same(made: Uint8Array, bytes: Uint8Array): void {
  if (Buffer.compare(made, bytes) !== 0) throw new Error("what was read is not what the file says");
}

function oneOf(known: readonly Uint8Array[], made: Uint8Array): void {
  if (!known.some((one) => Buffer.compare(one, made) === 0)) throw new Error("an array came of no array");
}
