import * as figures from "@camada/figures";
import * as interop from "@camada/interop";
import {
  accuracy,
  adam,
  array,
  compile,
  dense,
  exp,
  input,
  matmul,
  moons,
  type NDArray,
  random,
  relu,
  sequential,
  softmaxCrossEntropy,
  wasmBackend,
} from "camada";

/** What packages must do wherever they are installed: in each engine, and in pages from each bundler. */

/** A network trains, is saved and loaded, and predicts the same to the last bit. */
export async function learn(
  keep: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array> = (bytes) => bytes,
) {
  const { x, y } = moons({ samples: 200, noise: 0.1, seed: 0 });
  const model = sequential(input(2), dense(16), relu(), dense(2)).initialize(0);
  const history = await model.fit(x, y, {
    loss: softmaxCrossEntropy(),
    optimizer: adam(0.02),
    metrics: [accuracy()],
    epochs: 40,
    seed: 0,
    backend: "wasm",
    threads: 1,
  });
  const loaded = interop.loadModel(await keep(interop.saveModel(model)));
  const [before, after] = [await model.predict(x), (await loaded.predict(x)) as NDArray];
  return {
    accuracy: history.series("accuracy").at(-1)!,
    loss: history.series("loss").at(-1)!,
    same: before.data.every((value, i) => value === after.data[i]),
  };
}

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII=";

/** What readers make of what writers wrote, as text, and a figure. */
export function files(): Readonly<Record<string, string>> {
  const drawn = random.defaultRng(0).standardNormal([2, 3]) as NDArray;
  const counts = array([[1, 2]], ["row", "column"], { dtype: "int32" }) as NDArray;
  const png = Uint8Array.from(atob(PNG), (letter) => letter.charCodeAt(0));
  const model = sequential(input(2), dense(3), relu());
  const table = interop.readCsv(interop.writeCsv(interop.readCsv("pet;weight\ncat;3,5\ndog;?\n")));
  const tensors = interop.readSafetensors(interop.writeSafetensors({ drawn })).tensors;
  return {
    npy: String(interop.readNpy(interop.writeNpy(drawn))),
    npz: String(interop.readNpz(interop.writeNpz({ drawn }, { compress: true })).get("drawn")),
    safetensors: String(tensors.get("drawn")),
    idx: String(interop.readIdx(interop.writeIdx(counts))),
    onnx: [...interop.readOnnx(interop.writeOnnx(model)).operators.keys()].join(" "),
    csv: table.columns.map(({ name, kind, missing }) => `${name} ${kind} ${missing}`).join(", "),
    png: String(interop.readPng(png)),
    figure: figures.productText({ left: drawn, right: drawn.T, lang: "pt-BR" }),
  };
}

const drawn = (...shape: number[]) => random.defaultRng(0).standardNormal(shape).astype("float32") as NDArray;
const [left, right] = [drawn(150, 170), drawn(170, 130)];

type Memory = new (limits: object) => { readonly buffer: ArrayBuffer };

/** A product by several threads, once they are there, beside the same by one. */
export async function share(seconds: number) {
  const program = (threads: number) =>
    compile((a: NDArray, b: NDArray) => exp(matmul(a, b)) as NDArray, {
      backend: wasmBackend({ threads }),
    });
  const engine = globalThis as unknown as { WebAssembly: { Memory: Memory } };
  const { Memory } = engine.WebAssembly;
  const memories: Int32Array[] = [];
  engine.WebAssembly.Memory = class extends Memory {
    constructor(limits: object) {
      super(limits);
      memories.push(new Int32Array(this.buffer));
    }
  };
  const { add, notify } = Atomics;
  let shared = false;
  // whoever calls the other threads adds to the word that they wait on, and wakes those that sleep; it is late here:
  // what changes in memory meanwhile is their doing
  const late = <A extends unknown[], R>(call: (...args: A) => R) => {
    return (...args: A): R => {
      const result = call(...args);
      const before = memories.map((words) => words.slice());
      for (const end = Date.now() + 5; Date.now() < end; );
      shared ||= memories.some((words, i) => words.some((word, at) => word !== before[i]![at]));
      return result;
    };
  };
  Atomics.add = late(add as (...args: unknown[]) => number) as typeof add;
  Atomics.notify = late(notify as (...args: unknown[]) => number) as typeof notify;
  const [alone, together] = [program(1), program(3)];
  let result = together(left, right);
  for (const end = Date.now() + seconds * 1000; !shared && Date.now() < end; ) {
    await new Promise((next) => setTimeout(next, 5));
    result = together(left, right);
  }
  Object.assign(Atomics, { add, notify });
  engine.WebAssembly.Memory = Memory;
  const expected = alone(left, right);
  return { shared, same: result.data.every((value, i) => value === expected.data[i]) };
}
