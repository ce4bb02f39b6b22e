import type { KernelOf } from "../../compile/kernel.js";
import { BYTES, bytesOf } from "../../compile/memory.js";
import type { View } from "../../compile/view.js";
import { sizeOf } from "../../shape/shape.js";
import { loadVector, storeVector } from "./access.js";
import type { Code } from "./assembler/index.js";
import { DTYPES } from "./host.js";
import { nestOf } from "./nest.js";
import { formOf } from "./values.js";
import { type Emitted, noteFault, pushAddress, type Writer } from "./writer.js";

type Indexed = KernelOf<"take" | "scatterAdd">;

/** From so many bytes on the engine's own way of copying is the faster one, for all that it is a call. */
const LONG_COPY = 512;

/** Copies the parts at some indices, part by part. */
export function emitTake(writer: Writer, kernel: Indexed): Emitted {
  const { from, into } = kernel;
  const bytes = from.shape[2]! * bytesOf(from.buffer);
  const isLongCopy = from.strides[2] === 1 && into.strides[2] === 1 && bytes >= LONG_COPY;
  const fn = writer.assembler.function(null, ["i32", "i32"], [], (code) => {
    eachPart(code, writer, kernel, from, into, (source, target) => {
      if (isLongCopy) code.get(target).get(source).i32(bytes).memoryCopy();
      else eachVector(code, from, into, source, target, (read, write) => write(read()));
    });
  });
  return { fn, units: into.shape[1]!, work: (sizeOf(into.shape) * bytesOf(from.buffer)) / 8 };
}

/** Adds parts to those at some indices, one after the other: the same index may come again. */
export function emitScatterAdd(writer: Writer, kernel: Indexed): Emitted {
  const { from, into } = kernel;
  const { dtype } = into.buffer;
  const add = dtype === "float64" ? "f64x2.add" : dtype === "float32" ? "f32x4.add" : "i32x4.add";
  const fn = writer.assembler.function(null, ["i32", "i32"], [], (code) => {
    pushAddress(code, writer, into);
    code
      .i32(0)
      .i32(sizeOf(into.shape) * bytesOf(into.buffer))
      .memoryFill();
    eachPart(code, writer, kernel, into, from, (target, source) => {
      eachVector(code, from, into, source, target, (read, write, readTarget) => {
        const sum = code.local("v128");
        code.get(readTarget()).get(read()).op(add).set(sum);
        write(sum);
      });
    });
  });
  return { fn, units: from.shape[1]!, isOrdered: true, work: sizeOf(from.shape) + sizeOf(into.shape) / 16 };
}

/**
 * Visits, from index local 0 to index local 1, the part of `at` that each index names and the part of `beside` that
 * is its place among the indices: with the addresses of their first values in locals.
 * An index that there is not is written down as what went wrong, and 0 stands for it.
 */
function eachPart(
  code: Code,
  writer: Writer,
  { indices }: Indexed,
  at: View,
  beside: View,
  body: (at: number, beside: number) => void,
): void {
  const size = at.shape[1]!;
  const outer = at.shape[0]!;
  const [i, o, index, there, here] = Array.from({ length: 5 }, () => code.local("i32")) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const bytesAlong = (view: View, axis: number): number => view.strides[axis]! * bytesOf(view.buffer);
  const step = bytesAlong(indices, 0);
  code.get(0).set(i).loop();
  pushAddress(code, writer, indices);
  code.get(i).i32(step).op("i32.mul").op("i32.add");
  code.memory(indices.buffer.dtype === "int32" ? "i32.load" : "i32.load8_u").tee(index);
  code.i32(0).op("i32.lt_s").if();
  code.get(index).i32(size).op("i32.add").set(index).end();
  code.get(index).i32(size).op("i32.ge_u").if();
  // as it was given
  noteFault(code, writer.fault, () => {
    code.get(index).get(index).i32(size).op("i32.sub").get(index).i32(0).op("i32.ge_s").op("select");
    code.op("f64.convert_i32_s");
  });
  code.i32(0).set(index).end();
  pushAddress(code, writer, at);
  code.get(index).i32(bytesAlong(at, 1)).op("i32.mul").op("i32.add").set(there);
  pushAddress(code, writer, beside);
  code.get(i).i32(bytesAlong(beside, 1)).op("i32.mul").op("i32.add").set(here);
  code.i32(outer).set(o).loop();
  body(there, here);
  code.get(there).i32(bytesAlong(at, 0)).op("i32.add").set(there);
  code.get(here).i32(bytesAlong(beside, 0)).op("i32.add").set(here);
  code.get(o).i32(1).op("i32.sub").tee(o).brIf(0).end();
  code.get(i).i32(1).op("i32.add").tee(i).get(1).op("i32.lt_u").brIf(0).end();
}

/** Visits the vectors of two parts side by side, without moving the locals that hold their addresses. */
function eachVector(
  code: Code,
  from: View,
  into: View,
  source: number,
  target: number,
  body: (read: () => number, write: (local: number) => void, readTarget: () => number) => void,
): void {
  const { dtype } = from.buffer;
  const lanes = dtype === "float64" ? 2 : 4;
  const size = from.shape[2]!;
  const [fromStep, intoStep] = [from.strides[2]!, into.strides[2]!];
  const [p, q] = [code.local("i32"), code.local("i32")];
  code.get(source).set(p).get(target).set(q);
  const vectors = (n: number, count: number): void => {
    for (let i = 0; i < n; i++) {
      const access = (pointer: number, step: number) => ({
        pointer,
        offset: i * lanes * step * BYTES[dtype],
        step,
        count,
      });
      body(
        () => loadVector(code, dtype, lanes, access(p, fromStep)).local,
        (local) => storeVector(code, dtype, lanes, { local, form: formOf(dtype) }, access(q, intoStep)),
        () => loadVector(code, dtype, lanes, access(q, intoStep)).local,
      );
    }
  };
  const whole = Math.floor(size / lanes);
  const rounds = whole > 8 ? Math.floor(whole / 4) : 0;
  if (rounds > 0) {
    const left = code.local("i32");
    code.i32(rounds).set(left).loop();
    vectors(4, lanes);
    code
      .get(p)
      .i32(4 * lanes * fromStep * BYTES[dtype])
      .op("i32.add")
      .set(p);
    code
      .get(q)
      .i32(4 * lanes * intoStep * BYTES[dtype])
      .op("i32.add")
      .set(q);
    code.get(left).i32(1).op("i32.sub").tee(left).brIf(0).end();
  }
  vectors(whole - rounds * 4, lanes);
  if (size % lanes > 0) {
    const done = whole - rounds * 4;
    code
      .get(p)
      .i32(done * lanes * fromStep * BYTES[dtype])
      .op("i32.add")
      .set(p);
    code
      .get(q)
      .i32(done * lanes * intoStep * BYTES[dtype])
      .op("i32.add")
      .set(q);
    vectors(1, size % lanes);
  }
}

/** The order that sorts each line, by the host: its sorting keeps equal values in order, as the operation's does. */
export function emitArgsort(writer: Writer, sort: number, { from, into }: KernelOf<"argsort">): Emitted {
  const { sizes, stepsOf } = nestOf(
    from.shape.slice(0, -1),
    [into, from].map((view) => ({
      ...view,
      shape: view.shape.slice(0, -1),
      strides: view.strides.slice(0, -1),
    })),
  );
  const n = from.shape.at(-1)!;
  const fn = writer.assembler.function(null, ["i32", "i32"], [], (code) => {
    const counters = sizes.map(() => code.local("i32"));
    const push = (view: View): void => {
      const steps = stepsOf({ ...view, strides: view.strides.slice(0, -1) });
      pushAddress(code, writer, view);
      steps.forEach((step, axis) => {
        code
          .get(counters[axis]!)
          .i32(step * bytesOf(view.buffer))
          .op("i32.mul")
          .op("i32.add");
      });
    };
    const line = (axis: number): void => {
      if (axis === sizes.length) {
        push(from);
        code.i32(from.strides.at(-1)!).i32(DTYPES.indexOf(from.buffer.dtype));
        push(into);
        code.i32(into.strides.at(-1)!).i32(n).call(sort);
        return;
      }
      code.i32(0).set(counters[axis]!).loop();
      line(axis + 1);
      code.get(counters[axis]!).i32(1).op("i32.add").tee(counters[axis]!);
      code.i32(sizes[axis]!).op("i32.lt_u").brIf(0).end();
    };
    line(0);
  });
  return { fn, units: 1, work: sizeOf(from.shape) * 64 };
}
