import type { Kernel, Plan } from "../../compile/kernel.js";
import { readBy, writtenBy } from "../../compile/kernel.js";
import { bytesOf, layoutOf } from "../../compile/memory.js";
import type { Buffer } from "../../compile/view.js";
import { Assembler } from "./assembler/index.js";
import { type HostFunction, hostFunctionsOf } from "./host.js";
import { emitMap } from "./map.js";
import { emitArgsort, emitScatterAdd, emitTake } from "./moving.js";
import { emitProduct } from "./product.js";
import { emitUniform } from "./random.js";
import { emitReduce } from "./reduce.js";
import { type Bytes, FIRST, LINE, type Stage, WORTH_SHARING, writeShare } from "./sharing.js";
import type { Emitted, Target, Writer } from "./writer.js";

export interface ModuleOptions {
  readonly target: Target;
  /** Buffers whose places are exchanged after runs. */
  readonly exchanged: readonly (readonly [Buffer, Buffer])[];
  /** How many threads work on the memory. */
  readonly threads: number;
}

/** A plan as a module, and what is where in its memory, in bytes. */
export interface WasmModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly pages: number;
  readonly addresses: ReadonlyMap<Buffer, number>;
  /** For buffers whose places are exchanged, where the address is kept. */
  readonly slots: ReadonlyMap<Buffer, number>;
  readonly hostFunctions: readonly HostFunction[];
  /** Of kernels that may fail, where they write that down: a word that is not 0, and, 8 bytes on, a float64. */
  readonly faults: readonly { readonly address: number; readonly kernel: Kernel }[];
  /** Whether threads have something to share. */
  readonly isShared: boolean;
}

const PAGE = 65536;

/** The module of a plan: `run` does all of it, `share` what one of several threads can do. */
export function moduleOf(plan: Plan, { target, exchanged, threads }: ModuleOptions): WasmModule {
  let next = FIRST;
  const words = (count: number): number => {
    const address = next;
    next += count * 8;
    return address;
  };
  const slots = new Map(exchanged.flat().map((buffer) => [buffer, words(1)]));
  const faults = plan.kernels.filter(canFail).map((kernel) => ({ address: words(2), kernel }));
  const { addresses, end } = layoutOf(plan, Math.ceil(next / LINE) * LINE);

  const assembler = new Assembler();
  const hostFunctions: HostFunction[] = [];
  const indices = new Map<string, number>();
  for (const needed of plan.kernels.flatMap(hostFunctionsOf)) {
    const key = `${needed.operation.name} ${needed.dtype}`;
    if (indices.has(key)) continue;
    const isFloat = needed.dtype === "float64" || needed.dtype === "float32";
    const gives = isFloat && needed.operation.gives !== "bool" ? "f64" : "i32";
    const params = needed.operation.arity === 2 ? (["f64", "f64"] as const) : (["f64"] as const);
    indices.set(
      key,
      assembler.importFunction("host", String(hostFunctions.push(needed) - 1), params, [gives]),
    );
  }
  const i32 = (count: number) => new Array<"i32">(count).fill("i32");
  const sort = assembler.importFunction("camada", "argsort", i32(6), []);

  const stages = plan.kernels.flatMap((kernel): Stage[] => {
    const writer: Writer = {
      assembler,
      target,
      placeOf: (buffer) => {
        const slot = slots.get(buffer);
        return slot === undefined ? { address: addresses.get(buffer)! } : { slot };
      },
      hostFunction: ({ name }, dtype) => indices.get(`${name} ${dtype}`)!,
      fault: faults.find((fault) => fault.kernel === kernel)?.address ?? 0,
    };
    const isHosts = kernel.kind === "argsort" || hostFunctionsOf(kernel).length > 0;
    return emit(writer, kernel, sort).map(({ fn, units, work, isOrdered }) => ({
      fn,
      units,
      work,
      // only the first thread can call what is JavaScript's
      isShared: !isHosts && isOrdered !== true && units > 1 && work > WORTH_SHARING,
      reads: rangesOf(readBy(kernel), addresses),
      writes: rangesOf(writtenBy(kernel), addresses),
    }));
  });
  assembler.function("run", [], [], (code) => {
    for (const { fn, units } of stages) code.i32(0).i32(units).call(fn);
  });
  const isShared = stages.some((stage) => stage.isShared);
  const needed = threads > 1 && isShared ? writeShare(assembler, stages, threads, end) : end;
  const pages = Math.ceil(needed / PAGE);
  assembler.memory = { min: pages, max: pages, shared: threads > 1, from: ["camada", "memory"] };
  return { bytes: assembler.build(), pages, addresses, slots, hostFunctions, faults, isShared };
}

function emit(writer: Writer, kernel: Kernel, sort: number): Emitted[] {
  switch (kernel.kind) {
    case "map":
      return [emitMap(writer, kernel)];
    case "reduce":
      return emitReduce(writer, kernel);
    case "product":
      return [emitProduct(writer, kernel)];
    case "take":
      return [emitTake(writer, kernel)];
    case "scatterAdd":
      return [emitScatterAdd(writer, kernel)];
    case "argsort":
      return [emitArgsort(writer, sort, kernel)];
    case "uniform":
      return [emitUniform(writer, kernel)];
  }
}

function canFail(kernel: Kernel): boolean {
  if (kernel.kind === "take" || kernel.kind === "scatterAdd") return true;
  return (
    kernel.kind === "reduce" &&
    (kernel.by === "sum" || kernel.by === "prod") &&
    kernel.into.buffer.dtype === "int32"
  );
}

function rangesOf(
  views: readonly { readonly buffer: Buffer }[],
  addresses: ReadonlyMap<Buffer, number>,
): Bytes[] {
  return views.map(({ buffer }) => {
    const from = addresses.get(buffer)!;
    return { from, to: from + buffer.size * bytesOf(buffer) };
  });
}
