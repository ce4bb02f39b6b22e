import type { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bits, drawn, int } from "../../../../../tests/models.js";
import { inProcess } from "../../../../../tests/process.js";
import { refused } from "../../../../../tests/refused.js";
import { trace } from "../../graph/trace.js";
import type { NDArray } from "../../index.js";
import * as camada from "../../index.js";
import type { Strided } from "../../storage/strided.js";
import { Bytes } from "./assembler/bytes.js";
import { wasmBackend } from "./index.js";
import { Pool } from "./pool.js";
import { WasmProgram } from "./program.js";
import { targetOf } from "./target.js";

/** What several threads compute together is, to the last bit, what one computes alone. */

type Op = (...args: unknown[]) => NDArray;
const c = camada as unknown as Record<string, Op>;
const turn = () => new Promise((next) => setTimeout(next));

/** What programs have in memory, by pool and number. */
const memories = new WeakMap<Pool, Map<number, Int32Array>>();
/** What is done when the threads have been called and the first has done nothing yet. */
let afterStart = (_: Int32Array): void => {};
const { join, start } = Pool.prototype;
vi.spyOn(Pool.prototype, "join").mockImplementation(function (this: Pool, joined) {
  const id = join.call(this, joined);
  if (!memories.has(this)) memories.set(this, new Map());
  memories.get(this)!.set(id, new Int32Array(joined.memory.buffer));
  return id;
});
const started = vi.spyOn(Pool.prototype, "start").mockImplementation(function (this: Pool, id) {
  start.call(this, id);
  afterStart(memories.get(this)!.get(id)!);
});
const sleep = (milliseconds: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

function programOf(f: (...args: never[]) => unknown, args: readonly NDArray[], threads: number) {
  const { graph } = trace("threads", f, [...args]);
  const program = new WasmProgram(graph, { carried: [] }, targetOf(), threads);
  args.forEach((value, i) => {
    program.upload(i, value as unknown as Strided);
  });
  const run = (): number[] => {
    program.run();
    return graph.outputs.flatMap((_, i) => [...program.read(i).buffer]);
  };
  return { program, run };
}

/** Does something time and again, with a first thread that is late, until others have done a part of it. */
async function whenShared<T>(run: () => T): Promise<Awaited<T>[]> {
  const results: Awaited<T>[] = [];
  let isShared = false;
  afterStart = (words) => {
    if (isShared) return;
    const before = words.slice();
    sleep(2);
    isShared = words.some((word, i) => word !== before[i]);
  };
  while (!isShared) {
    await turn();
    started.mockClear();
    results.push(await run());
    expect(started, "there is something to share").toHaveBeenCalled();
  }
  afterStart = () => {};
  return results;
}

/** How many values have not the same bits: quicker than to compare lists. */
const differences = (a: readonly number[], b: readonly number[]): number =>
  a.filter((x, i) => !Object.is(x, b[i])).length + Math.abs(a.length - b.length);

const of = (...shape: number[]) => drawn(shape);
/** Beside something that is shared, as what overlaps may not be. */
const gradientOfWindows = (x: NDArray) => [
  camada.grad((y: NDArray) => c["sum"]!(c["sin"]!(c["slidingWindowView"]!(y, [7], [0]))) as never)(
    x as never,
  ),
  c["exp"]!(c["tanh"]!(x)),
];

const PROGRAMS: Readonly<Record<string, readonly [f: (...args: never[]) => unknown, ...args: NDArray[]]>> = {
  "product NN": [c["matmul"]!, of(67, 131), of(131, 73)],
  "product NT": [(a: NDArray, b: NDArray) => c["matmul"]!(a, b.T), of(67, 131), of(73, 131)],
  "product TN": [(a: NDArray, b: NDArray) => c["matmul"]!(a.T, b), of(131, 67), of(131, 73)],
  "product of one row": [c["matmul"]!, of(1, 401), of(401, 303)],
  "products of stacks": [c["matmul"]!, of(5, 33, 47), of(5, 47, 29)],
  "product, bias and activation": [
    (x: NDArray, w: NDArray, b: NDArray) => c["maximum"]!(c["add"]!(c["dot"]!(x, w.T), b), 0),
    of(32, 211),
    of(65, 211),
    of(65),
  ],
  "place by place": [(x: NDArray) => [c["exp"]!(x), c["tanh"]!(x.T)], of(301, 103)],
  "place by place along one axis": [(x: NDArray) => c["log1p"]!(c["square"]!(x)), of(30011)],
  "sums along the last axis": [(x: NDArray) => c["sum"]!(x, 1), of(301, 203)],
  "sums along the first axis": [(x: NDArray) => c["sum"]!(x, 0), of(203, 301)],
  "a sum of all": [(x: NDArray) => c["sum"]!(x), of(70_000)],
  "the largest and where": [(x: NDArray) => [c["max"]!(x, 0), c["argmax"]!(x, 1)], of(301, 203)],
  softmax: [
    (x: NDArray) => {
      const e = c["exp"]!(c["subtract"]!(x, c["max"]!(x, 1, { keepdims: true })));
      return c["divide"]!(e, c["sum"]!(e, 1, { keepdims: true }));
    },
    of(303, 101),
  ],
  "rows taken": [
    (x: NDArray, i: NDArray) => c["take"]!(x, i, 0),
    of(200, 65),
    int(Array.from({ length: 501 }, (_, i) => (i * i) % 200)),
  ],
  "running sums": [(x: NDArray) => [c["cumsum"]!(x, 0), c["cumsum"]!(x, 1)], of(203, 301)],
  "what only the first thread can do": [(x: NDArray) => c["exp"]!(c["sort"]!(c["exp"]!(x), 1)), of(203, 101)],
  "windows that overlap, added": [gradientOfWindows, of(20_011)],
  "windows that overlap, of rows": [gradientOfWindows, of(211, 65)],
};

describe.each(["float32", "float64"] as const)("%s", (dtype) => {
  it.each(Object.entries(PROGRAMS))(
    "%s has the same bits on 1, 2 and 3 threads",
    async (_, [f, ...arrays]) => {
      const args = arrays.map((x) => (x.dtype === "int32" ? x : x.astype(dtype)));
      const alone = programOf(f, args, 1).run();
      expect(alone.every(Number.isFinite)).toBe(true);
      for (const threads of [2, 3]) {
        const { run } = programOf(f, args, threads);
        const results = [...(await whenShared(run)), ...Array.from({ length: 8 }, run)];
        for (const result of results) expect(differences(result, alone)).toBe(0);
      }
    },
  );
});

describe("training", () => {
  const { adam, batchNorm, conv2d, dense, dropout, flatten, input, relu, sequential } = camada;
  const images = drawn([96, 12, 12, 1]);
  const labels = int(Array.from({ length: 96 }, (_, i) => (i * i) % 5));

  it("has the same bits on 1, 2 and 3 threads", async () => {
    const train = async (threads: number) => {
      const model = sequential(input([12, 12, 1]), conv2d(8, { kernelSize: 3 }), relu(), flatten(), dense(64), batchNorm(), relu(), dropout(0.3), dense(5)).initialize(1); // biome-ignore format: a list
      const history = await model.fit(
        images as never,
        labels as never,
        {
          loss: camada.softmaxCrossEntropy(),
          optimizer: adam(0.01),
          batchSize: 32,
          epochs: 5,
          seed: 2,
          validationSplit: 0.2,
          threads,
        } as never,
      );
      return [...bits(model as never), ...history.epochs.flatMap(({ loss, valLoss }) => [loss, valLoss])];
    };
    const alone = await train(1);
    for (const threads of [2, 3]) {
      const all = [...(await whenShared(() => train(threads))), await train(threads)];
      for (const one of all) expect(one).toEqual(alone);
    }
  });
});

describe("a backend", () => {
  it("is the same for the same number of threads, so that programs are found again", () => {
    const backend = wasmBackend({ tier: "simd" });
    const two = backend.withThreads!(2);
    expect(two).not.toBe(backend);
    expect(backend.withThreads!(3)).not.toBe(two);
    for (const one of [backend, two, backend.withThreads!(3)]) expect(one.withThreads!(2)).toBe(two);
  });
});

describe("several programs", () => {
  it("are shared by threads that started after all of them were there", async () => {
    // so many that no other test has them; in one turn, so that none can be there before all programs are
    const programs = [30_000, 40_000, 50_000].map((size) => programOf(c["exp"]!, [of(size)], 5));
    for (const { run } of programs) run();
    for (const { run } of programs) expect(await whenShared(run)).not.toHaveLength(0);
  });
});

describe("threads that stop", () => {
  const x = of(301, 103);
  const alone = programOf(c["exp"]!, [x], 1).run();
  const node = process.getBuiltinModule("node:worker_threads");
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: { Module: new (bytes: Uint8Array<ArrayBuffer>) => object };
  };
  const engine = { Worker: node.Worker, Module: WebAssembly.Module };
  const workers: Worker[] = [];

  beforeAll(() => {
    node.Worker = class extends engine.Worker {
      constructor(...args: ConstructorParameters<typeof engine.Worker>) {
        super(...args);
        workers.push(this);
      }
    };
    // as many nanoseconds as a thread waits: five seconds are enough to see it give up
    const [long, short] = [60_000_000_000n, 5_000_000_000n].map((n) => [...new Bytes().signed64(n).done()]);
    const padded = [...short!.slice(0, -1), short!.at(-1)! | 128, 0];
    WebAssembly.Module = class extends engine.Module {
      constructor(bytes: Uint8Array<ArrayBuffer>) {
        const at = Buffer.from(bytes).indexOf(Buffer.from(long!));
        super(
          at < 0
            ? bytes
            : Buffer.concat([bytes.subarray(0, at), Buffer.from(padded), bytes.subarray(at + padded.length)]),
        );
      }
    };
  });

  afterAll(() => {
    node.Worker = engine.Worker;
    WebAssembly.Module = engine.Module;
  });

  it("between runs leave the work to the first, and new ones start for new programs", async () => {
    const { run } = programOf(c["exp"]!, [x], 4);
    await whenShared(run);
    expect(workers).toHaveLength(3);
    await workers[1]!.terminate();
    started.mockClear();
    expect(differences(run(), alone)).toBe(0);
    expect(started).not.toHaveBeenCalled();
    const results = await whenShared(programOf(c["exp"]!, [x], 4).run);
    expect(workers).toHaveLength(6);
    for (const result of results) expect(differences(result, alone)).toBe(0);
  });

  it("in a run end it with a sentence, and the next is done by the first", async () => {
    const large = [of(800, 1500), of(1500, 800)];
    const { run } = programOf(c["matmul"]!, large, 4);
    await whenShared(run);
    // in the middle of what they have claimed: nothing can tell but that it is never done
    afterStart = () => {
      sleep(2);
      for (const worker of workers.splice(0)) void worker.terminate();
    };
    expect(refused(run).code).toBe("backend.thread");
    afterStart = () => {};
    expect(differences(run(), programOf(c["matmul"]!, large, 1).run())).toBe(0);
  });
});

describe("a process", () => {
  it("ends by itself when its work is done, although threads wait for more", () => {
    const code = `
      const f = camada.compile(camada.exp, { threads: 3 });
      result = [...f(camada.zeros([50000])).data.slice(0, 2)];`;
    expect(inProcess<number[]>(code)).toEqual([1, 1]);
  });
});

describe("what is refused", () => {
  const rows = of(300, 65);

  it("leaves nothing behind: neither of one kernel nor of others", () => {
    const f = camada.compile(
      (x: NDArray, y: NDArray, i: NDArray) => [c["take"]!(x, i, 0), c["take"]!(y, i, 0)],
      { backend: wasmBackend({ threads: 1 }) },
    );
    expect(refused(() => f(of(3, 2), of(3, 4), int([0, 3]))).code).toBe("index.range");
    expect(f(of(3, 2), of(3, 4), int([0, 2]))).toHaveLength(2);
  });

  it("by JavaScript's own operations leaves the other threads at work", async () => {
    const f = (x: NDArray, i: NDArray) => [c["exp"]!(x), c["cumsum"]!(i)];
    const { program, run } = programOf(f, [rows, int([1, 2])], 2);
    const alone = programOf(f, [rows, int([1, 2])], 1).run();
    await whenShared(run);
    started.mockClear();
    program.upload(1, int([2 ** 31 - 1, 1]) as unknown as Strided);
    expect(refused(run).code).toBe("dtype.overflow");
    program.upload(1, int([1, 2]) as unknown as Strided);
    expect(run()).toEqual(alone);
    expect(started).toHaveBeenCalled();
  });

  it("are threads that nobody can count", () => {
    expect(refused(() => wasmBackend({ threads: 1.5 })).code).toBe("value.integer");
    expect(refused(() => wasmBackend({ threads: 0 })).code).toBe("value.positive");
  });
});
