import type { Kernel, KernelOf, Plan } from "../../compile/kernel.js";
import { planOf } from "../../compile/plan.js";
import { simplify } from "../../compile/simplify.js";
import type { Buffer } from "../../compile/view.js";
import { CamadaError } from "../../errors/error.js";
import { NetworkError } from "../../errors/network.js";
import type { Graph } from "../../graph/graph.js";
import { copyValues } from "../../ops/copy.js";
import { rowMajor, type Sizes } from "../../shape/shape.js";
import { allocate, type DType, type TypedArray } from "../../storage/dtype.js";
import { Strided } from "../../storage/strided.js";
import type { Carry, Program } from "../backend.js";
import { type EngineMemory, engine } from "./engine.js";
import { type Memories, meaningOf, sorter } from "./host.js";
import { moduleOf, READY, type WasmModule } from "./module.js";
import { canShare, maySleep, Pool } from "./pool.js";
import { panelVectors } from "./product.js";
import type { Target } from "./writer.js";

/** As many pages of 64 KiB as addresses of 32 bits reach. */
const MOST_PAGES = 65536;
/** Copying fewer values than this one by one is faster than making a view for it. */
const FEW = 64;
/** An engine compiles for good what has run some times, or for some time. */
const WARM_UP = { runs: 200, milliseconds: 40 };

/** Of the host what is needed here. */
const { performance } = globalThis as unknown as { performance: { now(): number } };

interface Exports {
  /** All of a run. */
  readonly run: () => void;
  /** A thread's part of it, where there is something to share. */
  readonly share?: (thread: number, threads: number, maySleep: 0 | 1) => void;
}

/** A graph compiled to WebAssembly, with memory of its own. */
export class WasmProgram implements Program {
  private readonly graph: Graph;
  private readonly plan: Plan;
  private readonly module: WasmModule;
  private readonly memories: Memories;
  private readonly alone: Exports["run"];
  private readonly share: Exports["share"];
  private readonly pool: Pool | undefined;
  private readonly id: number = 0;
  private readonly exchanged: readonly (readonly [output: number, input: number])[];
  private readonly guard: number | undefined;
  /** Whether after the last run outputs took the places of inputs. */
  private hasExchanged = false;

  constructor(graph: Graph, { carried, guard }: Carry, target: Target, threads: number) {
    const panel = panelVectors(target);
    this.graph = graph;
    this.guard = guard;
    this.plan = planOf(simplify(graph), {
      columnsOf: (dtype) => panel * (dtype === "float64" ? 2 : 4),
      stays: (output, input) => carried.some(([o, i]) => o === output && i === input),
    });
    const { inputs, outputs } = this.plan;
    this.exchanged = carried.filter(([output, input]) => outputs[output] !== inputs[input]);
    this.module = moduleOf(this.plan, {
      target,
      exchanged: this.exchanged.map(([output, input]) => [inputs[input]!, outputs[output]!]),
      shared: threads > 1 && canShare(),
    });
    const { pages, shared, isShared } = this.module;
    const memory = memoryOf(pages, shared);
    this.memories = memoriesOf(memory.buffer);
    for (const [buffer, slot] of this.module.slots) {
      this.memories.int32[slot / 4] = this.module.addresses.get(buffer)!;
    }
    for (const [buffer, address] of this.module.addresses) {
      if (buffer.value !== undefined) this.valuesAt(buffer, address).set(buffer.value);
    }
    const { module, exports } = this.instantiate(memory);
    this.alone = exports.run;
    this.share = exports.share;
    this.pool = isShared ? Pool.of(threads) : undefined;
    if (this.pool !== undefined) {
      this.id = this.pool.join({ module, memory, ready: READY });
      gone.register(this, { pool: this.pool, id: this.id });
    }
  }

  upload(input: number, value: Strided): void {
    const buffer = this.plan.inputs[input]!;
    const from = value.isContiguous ? value.buffer : copyValues(value);
    const offset = value.isContiguous ? value.offset : 0;
    const { size } = buffer;
    const memory = this.memories[buffer.dtype];
    const at = this.addressOf(buffer) / memory.BYTES_PER_ELEMENT;
    if (size < FEW) for (let i = 0; i < size; i++) memory[at + i] = from[offset + i]!;
    else memory.set(from.length === size ? from : from.subarray(offset, offset + size), at);
  }

  /** Runs on what is in memory, time and again, without a trace: so that the engine compiles the program for good. */
  warmUp(): void {
    const until = performance.now() + WARM_UP.milliseconds;
    for (let i = 0; i < WARM_UP.runs && performance.now() < until; i++) this.alone();
    for (const { address } of this.module.faults) this.memories.int32[address / 4] = 0;
  }

  run(): void {
    if (this.pool?.start(this.id) === true) this.together(this.pool);
    else this.alone();
    for (const { address, kernel } of this.module.faults) {
      if (this.memories.int32[address / 4] !== 0) this.fail(address, kernel);
    }
    this.hasExchanged =
      this.guard === undefined || Number.isFinite(this.first(this.plan.outputs[this.guard]!));
    if (this.hasExchanged) this.exchange();
  }

  read(output: number): Strided {
    const pair = this.hasExchanged ? this.exchanged.find(([from]) => from === output) : undefined;
    const buffer = pair === undefined ? this.plan.outputs[output]! : this.plan.inputs[pair[1]]!;
    return this.copyOf(buffer, this.graph.outputs[output]!);
  }

  readInput(input: number): Strided {
    return this.copyOf(this.plan.inputs[input]!, this.graph.inputs[input]!);
  }

  /** The first thread's part of a run that the others have been started on. */
  private together(pool: Pool): void {
    try {
      this.share!(0, pool.threads, maySleep ? 1 : 0);
    } catch (error) {
      // an operation of JavaScript's that refuses its values leaves the others waiting, as one that has died does
      pool.giveUp();
      if (error instanceof CamadaError) throw error;
      throw new NetworkError("backend.thread");
    }
  }

  private instantiate(memory: EngineMemory): { readonly module: object; readonly exports: Exports } {
    const { bytes, hostFunctions } = this.module;
    const here = engine()!;
    const host = Object.fromEntries(hostFunctions.map((needed, i) => [String(i), meaningOf(needed)]));
    const imports = { camada: { memory, argsort: sorter(() => this.memories) }, host };
    try {
      const module = new here.Module(bytes);
      const { exports } = new here.Instance(module, imports);
      return { module, exports: exports as unknown as Exports };
    } catch (error) {
      throw new NetworkError("backend.refused", { reason: (error as Error).message });
    }
  }

  /** Has each output that is carried and the input whose place it takes exchange their places. */
  private exchange(): void {
    const { int32 } = this.memories;
    const { slots } = this.module;
    const { inputs, outputs } = this.plan;
    for (const [output, input] of this.exchanged) {
      const [a, b] = [slots.get(inputs[input]!)! / 4, slots.get(outputs[output]!)! / 4];
      const address = int32[a]!;
      int32[a] = int32[b]!;
      int32[b] = address;
    }
  }

  private addressOf(buffer: Buffer): number {
    const slot = this.module.slots.get(buffer);
    return slot === undefined ? this.module.addresses.get(buffer)! : this.memories.int32[slot / 4]! >>> 0;
  }

  private valuesAt({ dtype, size }: Buffer, address: number): TypedArray {
    const memory = this.memories[dtype];
    const at = address / memory.BYTES_PER_ELEMENT;
    return memory.subarray(at, at + size);
  }

  private first(buffer: Buffer): number {
    const memory = this.memories[buffer.dtype];
    return memory[this.addressOf(buffer) / memory.BYTES_PER_ELEMENT]!;
  }

  private copyOf(buffer: Buffer, { shape, dtype }: { shape: Sizes; dtype: DType }): Strided {
    const { size } = buffer;
    const out = allocate(dtype, size);
    const memory = this.memories[dtype];
    const at = this.addressOf(buffer) / memory.BYTES_PER_ELEMENT;
    if (size < FEW) for (let i = 0; i < size; i++) out[i] = memory[at + i]!;
    else out.set(memory.subarray(at, at + size));
    return new Strided(out, shape, rowMajor(shape), 0, dtype, null);
  }

  /** Throws what the operation that a kernel stands for throws. */
  private fail(address: number, kernel: Kernel): never {
    this.memories.int32[address / 4] = 0;
    const value = this.memories.float64[address / 8 + 1]!;
    if (kernel.kind === "take" || kernel.kind === "scatterAdd") {
      const { axis, from, into } = kernel;
      const size = (kernel.kind === "take" ? from : into).shape[1]!;
      throw new CamadaError("index.range", { op: "take", index: value, axis, size });
    }
    throw new CamadaError("dtype.overflow", { op: (kernel as KernelOf<"reduce">).by, value });
  }
}

/** Programs that nothing refers to any more: threads forget them too. */
const gone = /* @__PURE__ */ new FinalizationRegistry<{ readonly pool: Pool; readonly id: number }>(
  ({ pool, id }) => pool.leave(id),
);

function memoryOf(pages: number, shared: boolean): EngineMemory {
  try {
    if (pages > MOST_PAGES) throw new RangeError();
    return new (engine()!.Memory)({ initial: pages, maximum: pages, shared });
  } catch {
    throw new NetworkError("backend.memory", { megabytes: Math.ceil(pages / 16) });
  }
}

function memoriesOf(buffer: ArrayBuffer): Memories {
  const bytes = new Uint8Array(buffer);
  return {
    float64: new Float64Array(buffer),
    float32: new Float32Array(buffer),
    int32: new Int32Array(buffer),
    uint8: bytes,
    bool: bytes,
  };
}
