import { NDArray } from "../../array/ndarray.js";
import type { KernelOf } from "../../compile/kernel.js";
import { planOf } from "../../compile/plan.js";
import { simplify } from "../../compile/simplify.js";
import type { Buffer } from "../../compile/view.js";
import { CamadaError } from "../../errors/error.js";
import { NetworkError } from "../../errors/network.js";
import { warnOnce } from "../../errors/warn.js";
import type { Graph } from "../../graph/graph.js";
import { copyValues } from "../../ops/copy.js";
import { rowMajor, type Sizes } from "../../shape/shape.js";
import { allocate, type DType, type TypedArray } from "../../storage/dtype.js";
import type { AxisNames, Strided } from "../../storage/strided.js";
import type { Carry, Program } from "../backend.js";
import { type EngineMemory, engine } from "./engine.js";
import { type Memories, meaningOf, sorter } from "./host.js";
import { moduleOf, type WasmModule } from "./module.js";
import { canShare, maySleep, Pool } from "./pool.js";
import { panelVectors } from "./product.js";
import { RUN } from "./sharing.js";
import { Trials } from "./trials.js";
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
  readonly share?: (thread: number, maySleep: 0 | 1) => void;
}

/** A graph compiled to WebAssembly, with memory of its own. */
export class WasmProgram implements Program {
  private readonly module: WasmModule;
  private readonly ports: { readonly inputs: readonly Port[]; readonly outputs: readonly Port[] };
  private readonly memories: Memories;
  private readonly alone: Exports["run"];
  private readonly share: Exports["share"];
  private readonly pool: Pool | undefined;
  private readonly id: number = 0;
  /** Runs alone or with the pool, whichever is faster at the time. */
  private readonly trials: Trials | undefined;
  /** Outputs that take the places of inputs, and these. */
  private readonly exchanged: readonly (readonly [output: Port, input: Port])[];
  /** Where the outputs are once they have. */
  private readonly results: readonly Port[];
  private readonly guard: number | undefined;
  /** What an operation of JavaScript's refused in this run: thrown at its end, as other threads go on meanwhile. */
  private refusal: unknown;
  /** Whether after the last run outputs took the places of inputs. */
  private hasExchanged = false;

  constructor(graph: Graph, { carried, guard }: Carry, target: Target, threads: number) {
    const panel = panelVectors(target);
    this.guard = guard;
    const plan = planOf(simplify(graph), {
      columnsOf: (dtype) => panel * (dtype === "float64" ? 2 : 4),
      stays: (output, input) => carried.some(([o, i]) => o === output && i === input),
    });
    const { inputs, outputs } = plan;
    const exchanged = carried.filter(([output, input]) => outputs[output] !== inputs[input]);
    this.module = moduleOf(plan, {
      target,
      exchanged: exchanged.map(([output, input]) => [inputs[input]!, outputs[output]!]),
      threads: canShare() ? threads : 1,
    });
    const { pages, isShared } = this.module;
    const memory = memoryOf(pages, threads > 1 && canShare());
    this.memories = memoriesOf(memory.buffer);
    for (const [buffer, slot] of this.module.slots) {
      this.memories.int32[slot / 4] = this.module.addresses.get(buffer)!;
    }
    for (const [buffer, address] of this.module.addresses) {
      const memory = this.memories[buffer.dtype];
      if (buffer.value !== undefined) memory.set(buffer.value, address / memory.BYTES_PER_ELEMENT);
    }
    this.ports = {
      inputs: inputs.map((buffer, i) => this.portOf(buffer, graph.inputs[i]!)),
      outputs: outputs.map((buffer, i) => this.portOf(buffer, graph.outputs[i]!)),
    };
    this.exchanged = exchanged.map(([output, input]) => [
      this.ports.outputs[output]!,
      this.ports.inputs[input]!,
    ]);
    this.results = this.ports.outputs.map((port) => {
      return this.exchanged.find(([output]) => output === port)?.[1] ?? port;
    });
    const { module, exports } = this.instantiate(memory);
    this.alone = exports.run;
    this.share = exports.share;
    if (isShared && threads > 1 && !canShare()) warnOnce("warning.threads");
    this.pool = isShared ? Pool.of(threads) : undefined;
    if (this.pool !== undefined) {
      this.id = this.pool.join({ module, memory });
      gone.register(this, { pool: this.pool, id: this.id });
      const { alone, pool } = this;
      this.trials = new Trials(
        alone,
        () => this.together(pool),
        () => pool.isThere,
      );
    }
  }

  upload(input: number, value: Strided): void {
    const { memory, slot, at, size } = this.ports.inputs[input]!;
    const isTogether = value.isContiguous;
    const from = isTogether ? value.buffer : copyValues(value);
    const offset = isTogether ? value.offset : 0;
    const to = slot < 0 ? at : this.at(memory, slot);
    if (size < FEW) for (let i = 0; i < size; i++) memory[to + i] = from[offset + i]!;
    else memory.set(from.length === size ? from : from.subarray(offset, offset + size), to);
  }

  /** Runs on what is in memory, time and again, without a trace: so that the engine compiles the program for good. */
  warmUp(): void {
    const until = performance.now() + WARM_UP.milliseconds;
    for (let i = 0; i < WARM_UP.runs && performance.now() < until; i++) this.alone();
    this.takeRefusal();
  }

  run(): void {
    if (this.pool?.isBroken === false) this.trials!.run();
    else this.alone();
    const refusal = this.takeRefusal();
    if (refusal !== undefined) throw refusal;
    this.hasExchanged = false;
    if (this.guard !== undefined && !Number.isFinite(this.value(this.guard))) return;
    this.hasExchanged = true;
    this.exchange();
  }

  read(output: number, names: AxisNames = null): Strided {
    return this.copyOf(this.portOfResult(output), names);
  }

  value(output: number): number {
    const { memory, slot, at } = this.portOfResult(output);
    return memory[slot < 0 ? at : this.at(memory, slot)]!;
  }

  readInput(input: number): Strided {
    return this.copyOf(this.ports.inputs[input]!, null);
  }

  /** Does a run, with those of the other threads that come. */
  private together(pool: Pool): void {
    const { int32 } = this.memories;
    // at once a release: whoever sees the run sees the inputs that were uploaded for it
    Atomics.store(int32, RUN / 4, int32[RUN / 4]! + 1);
    pool.start(this.id);
    try {
      this.share!(0, maySleep ? 1 : 0);
    } catch {
      pool.giveUp();
      throw new NetworkError("backend.thread");
    }
  }

  private instantiate(memory: EngineMemory): { readonly module: object; readonly exports: Exports } {
    const { bytes, hostFunctions } = this.module;
    const here = engine()!;
    const host = Object.fromEntries(
      hostFunctions.map((needed, i) => [String(i), this.refusingLater(meaningOf(needed))]),
    );
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
    for (const [output, input] of this.exchanged) {
      const address = int32[output.slot]!;
      int32[output.slot] = int32[input.slot]!;
      int32[input.slot] = address;
    }
  }

  /** Where the values are now whose address is kept in a slot. */
  private at(memory: TypedArray, slot: number): number {
    return (this.memories.int32[slot]! >>> 0) / memory.BYTES_PER_ELEMENT;
  }

  private portOf(buffer: Buffer, { shape, dtype }: { shape: Sizes; dtype: DType }): Port {
    const memory = this.memories[dtype];
    const slot = this.module.slots.get(buffer);
    const at = this.module.addresses.get(buffer)! / memory.BYTES_PER_ELEMENT;
    const strides = rowMajor(shape);
    return { memory, at, slot: slot === undefined ? -1 : slot / 4, size: buffer.size, shape, strides, dtype };
  }

  /** Where an output's value is now. */
  private portOfResult(output: number): Port {
    return (this.hasExchanged ? this.results : this.ports.outputs)[output]!;
  }

  private copyOf({ memory, slot, at, size, shape, strides, dtype }: Port, names: AxisNames): Strided {
    const from = slot < 0 ? at : this.at(memory, slot);
    const out = allocate(dtype, size);
    if (size < FEW) for (let i = 0; i < size; i++) out[i] = memory[from + i]!;
    else out.set(memory.subarray(from, from + size));
    return new NDArray(out, shape, strides, 0, dtype, names) as unknown as Strided;
  }

  /** A function that gives 0 where it refuses its values, and leaves what it throws for the end of the run. */
  private refusingLater(f: (x: number, y: number) => number): typeof f {
    return (x, y) => {
      try {
        return f(x, y);
      } catch (error) {
        this.refusal ??= error;
        return 0;
      }
    };
  }

  /** What this run was refused for, which the next one knows nothing of. */
  private takeRefusal(): unknown {
    const { int32 } = this.memories;
    let { refusal } = this;
    this.refusal = undefined;
    for (const fault of this.module.faults) {
      if (int32[fault.address / 4] === 0) continue;
      int32[fault.address / 4] = 0;
      refusal ??= this.errorOf(fault);
    }
    return refusal;
  }

  /** What the operation that a kernel stands for throws. */
  private errorOf({ address, kernel }: WasmModule["faults"][number]): CamadaError {
    const value = this.memories.float64[address / 8 + 1]!;
    if (kernel.kind === "take" || kernel.kind === "scatterAdd") {
      const { axis, from, into } = kernel;
      const size = (kernel.kind === "take" ? from : into).shape[1]!;
      return new CamadaError("index.range", { op: "take", index: value, axis, size });
    }
    return new CamadaError("dtype.overflow", { op: (kernel as KernelOf<"reduce">).by, value });
  }
}

/** Where an input or output is: at an index of a typed array over all memory, or where a slot says. */
interface Port {
  readonly memory: TypedArray;
  readonly at: number;
  /** The index of the slot among words of 32 bits, or -1. */
  readonly slot: number;
  readonly size: number;
  readonly shape: Sizes;
  readonly strides: Sizes;
  readonly dtype: DType;
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
