import {
  InteropError,
  loadModel,
  readIdx,
  readNpy,
  readNpz,
  readSafetensors,
  saveModel,
  writeIdx,
  writeNpy,
  writeNpz,
  writeSafetensors,
} from "@camada/interop";
import {
  arange,
  batchNorm,
  CamadaError,
  conv2d,
  dense,
  embedding,
  flatten,
  input,
  linspace,
  maxPooling2d,
  type NDArray,
  relu,
  Sequential,
  softmax,
  zeros,
} from "camada";

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

/** Every reader of files, by its name on the command line. */
export const PARSERS: { readonly [name: string]: Parser } = {
  idx: {
    seeds: ARRAYS.filter(({ dtype }) => dtype !== "bool").map(writeIdx),
    read: (bytes) => {
      const a = readIdx(bytes);
      // int8 and int16, which become int32, cannot be written again
      if (bytes[2] !== 9 && bytes[2] !== 11) same(writeIdx(a), bytes);
    },
  },
  model: {
    seeds: MODELS.map((model) => saveModel(model.initialize(1))),
    read: (bytes) => {
      const model = loadModel(bytes);
      const { input, output } = model.network;
      const size = [...input.shape, ...output.shape].reduce((a, b) => a * Math.max(b, 1), 1);
      if (size > 1e6) return;
      const { shape } = model.forward(zeros([2, ...input.shape], undefined, { dtype: "int32" }));
      if (shape.join() !== [2, ...output.shape].join())
        throw new Error("its result has another shape than it says");
      same(saveModel(loadModel(saveModel(model))), saveModel(model));
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
    seeds: [writeNpz(NAMED), writeNpz(NAMED, { compress: true }), writeNpz({})],
    // names may change, but whoever passes the checksum is one of the arrays that were there
    read: (bytes) => {
      const known = [...NAMED.values()].map(writeNpy);
      for (const a of readNpz(bytes).values()) oneOf(known, writeNpy(a));
    },
  },
  safetensors: {
    seeds: [writeSafetensors(NAMED, { format: "pt" }), writeSafetensors({})],
    read: (bytes) => {
      const { tensors, metadata } = readSafetensors(bytes);
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

function same(made: Uint8Array, bytes: Uint8Array): void {
  if (Buffer.compare(made, bytes) !== 0) throw new Error("what was read is not what the file says");
}

function oneOf(known: readonly Uint8Array[], made: Uint8Array): void {
  if (!known.some((one) => Buffer.compare(one, made) === 0)) throw new Error("an array came of no array");
}
