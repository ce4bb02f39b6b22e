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
import type { Emitted, Target, Writer } from "./writer.js";

export interface ModuleOptions {
  readonly target: Target;
  /** Buffers whose places are exchanged after runs. */
  readonly exchanged: readonly (readonly [Buffer, Buffer])[];
  /** Whether several threads work on the memory. */
  readonly shared: boolean;
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
  /** Whether the memory can be shared. */
  readonly shared: boolean;
  /** Whether threads have something to share, if they can. */
  readonly isShared: boolean;
}

const PAGE = 65536;
/** What is shared by threads has cache lines of its own. */
const LINE = 64;
/** Where threads that wait for each other are counted, and their rounds. */
const ARRIVED = LINE;
const ROUND = 2 * LINE;
/** Where threads that have come to know the program are counted. */
export const READY = 3 * LINE;
const FIRST = 4 * LINE;
/** About how many cycles of work are worth sharing. */
const WORTH_SHARING = 8000;
/**
 * How often a thread looks whether the others have come before it sleeps: for about half a millisecond. Who sleeps
 * is late at the next barrier, where the others then sleep in turn, so it must be rare.
 */
const SPINS = 400_000;
/** How long, in nanoseconds, a thread sleeps before it gives up, by a trap: one of the others must have died. */
const PATIENCE = 60_000_000_000n;

/** The module of a plan: `run` does all of it, `share` one thread's part. */
export function moduleOf(plan: Plan, { target, exchanged, shared }: ModuleOptions): WasmModule {
  let next = FIRST;
  const words = (count: number): number => {
    const address = next;
    next += count * 8;
    return address;
  };
  const slots = new Map(exchanged.flat().map((buffer) => [buffer, words(1)]));
  const faults = plan.kernels.filter(canFail).map((kernel) => ({ address: words(2), kernel }));
  const { addresses, end } = layoutOf(plan, Math.ceil(next / LINE) * LINE);
  const pages = Math.ceil(end / PAGE);

  const assembler = new Assembler({ min: pages, max: pages, shared, from: ["camada", "memory"] });
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
  if (shared && isShared) writeShare(assembler, stages);
  return { bytes: assembler.build(), pages, addresses, slots, hostFunctions, faults, shared, isShared };
}

interface Stage {
  readonly fn: number;
  readonly units: number;
  readonly isShared: boolean;
  readonly reads: readonly Bytes[];
  readonly writes: readonly Bytes[];
}

interface Bytes {
  readonly from: number;
  readonly to: number;
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

const overlap = (some: readonly Bytes[], others: readonly Bytes[]): boolean =>
  some.some((a) => others.some((b) => a.from < b.to && b.from < a.to));

/** `share(thread, threads, maySleep)`: the thread's part of what is shared, and of the first thread also the rest. */
function writeShare(assembler: Assembler, stages: readonly Stage[]): void {
  const barrier = writeBarrier(assembler);
  assembler.function("share", ["i32", "i32", "i32"], [], (code) => {
    const [thread, threads, maySleep] = [0, 1, 2];
    const [from, to, each, left] = [0, 1, 2, 3].map(() => code.local("i32")) as [
      number,
      number,
      number,
      number,
    ];
    let since: Stage[] = [];
    const wait = (): void => {
      code.get(threads).get(maySleep).call(barrier);
      since = [];
    };
    for (const stage of stages) {
      // what threads have not waited for each other since: a part of it may not be done, or may be done already
      const depends = since.some(
        (before) =>
          (before.isShared || stage.isShared) &&
          (overlap(before.writes, stage.reads) ||
            overlap(before.writes, stage.writes) ||
            overlap(before.reads, stage.writes)),
      );
      if (depends) wait();
      since.push(stage);
      if (stage.isShared) {
        // as many units as all get, and one more for the first ones while there are any left
        code.i32(stage.units).get(threads).op("i32.div_u").set(each);
        code.i32(stage.units).get(threads).op("i32.rem_u").set(left);
        code.get(thread).get(each).op("i32.mul");
        code.get(thread).get(left).get(thread).get(left).op("i32.lt_u").op("select").op("i32.add").set(from);
        code.get(from).get(each).op("i32.add").get(thread).get(left).op("i32.lt_u").op("i32.add").set(to);
        code.get(from).get(to).op("i32.lt_u").if().get(from).get(to).call(stage.fn).end();
      } else code.get(thread).op("i32.eqz").if().i32(0).i32(stage.units).call(stage.fn).end();
    }
    wait();
  });
}

/**
 * A function of the number of threads that returns when all have called it: it looks for a while, then sleeps where it
 * may. After too long it traps.
 */
function writeBarrier(assembler: Assembler): number {
  return assembler.function(null, ["i32", "i32"], [], (code) => {
    const [threads, maySleep, round, spins] = [0, 1, code.local("i32"), code.local("i32")];
    code.i32(0).memory("i32.atomic.load", ROUND).set(round);
    code
      .i32(0)
      .i32(1)
      .memory("i32.atomic.rmw.add", ARRIVED)
      .i32(1)
      .op("i32.add")
      .get(threads)
      .op("i32.eq")
      .if();
    code.i32(0).i32(0).memory("i32.atomic.store", ARRIVED);
    code.i32(0).i32(1).memory("i32.atomic.rmw.add", ROUND).op("drop");
    code.i32(ROUND).get(threads).memory("memory.atomic.notify").op("drop").return().end();
    code.loop();
    code.i32(0).memory("i32.atomic.load", ROUND).get(round).op("i32.ne").if().return().end();
    code.get(spins).i32(1).op("i32.add").tee(spins).i32(SPINS).op("i32.lt_u").brIf(0);
    // what may not sleep looks on, some seconds at most
    code.get(maySleep).op("i32.eqz").if().get(spins).i32(-1).op("i32.ne").brIf(1).op("unreachable").end();
    code.i32(ROUND).get(round).i64(PATIENCE).memory("memory.atomic.wait32").i32(2).op("i32.eq").if();
    code.op("unreachable").end().br(0).end();
  });
}
