import { bytesOf } from "../../compile/memory.js";
import type { Buffer, View } from "../../compile/view.js";
import type { ElementwiseOperation } from "../../ops/elementwise.js";
import type { DType } from "../../storage/dtype.js";
import type { Assembler, Code } from "./assembler/index.js";

/** What the machine offers, beyond SIMD: see tiers.ts. */
export interface Target {
  /** Multiplies and adds in one instruction, rounding once. */
  readonly relaxed: boolean;
  /** Pairs of vectors become one of twice the width, where the engine does that. */
  readonly wide: boolean;
}

/** Where a buffer is: an address that never changes, or the address of the word that holds it. */
type Place = { readonly address: number } | { readonly slot: number };

/** What all kernels of a module are written with. */
export interface Writer {
  readonly assembler: Assembler;
  readonly target: Target;
  readonly placeOf: (buffer: Buffer) => Place;
  /** The host's function of an operation that has no instructions, on the dtype it computes in. */
  readonly hostFunction: (operation: ElementwiseOperation, dtype: DType) => number;
  /** A kernel's own word of memory for what went wrong in it; followed by the value, as a float64. */
  readonly fault: number;
}

/** Leaves on the stack the address of a view's first value. */
export function pushAddress(code: Code, writer: Writer, { buffer, offset }: View): void {
  const place = writer.placeOf(buffer);
  const from = offset * bytesOf(buffer);
  if ("address" in place) code.i32(place.address + from);
  else {
    code.i32(0).memory("i32.load", place.slot);
    if (from !== 0) code.i32(from).op("i32.add");
  }
}

/** Adds a constant to a local, which holds an address. */
export function advance(code: Code, local: number, bytes: number): void {
  if (bytes !== 0) code.get(local).i32(bytes).op("i32.add").set(local);
}

/** A kernel as a function of where in its work to begin and to end. */
export interface Emitted {
  readonly fn: number;
  /** Where its work ends: it begins at 0. */
  readonly units: number;
  /** Whether one part of it must come after the other. */
  readonly isOrdered?: boolean;
  /** About how many cycles it takes. */
  readonly work: number;
}

/** Writes down that something went wrong in a kernel, and the value it went wrong with, unless something did before. */
export function noteFault(code: Code, fault: number, pushValue: () => void): void {
  code.i32(0).memory("i32.load", fault).op("i32.eqz").if();
  code.i32(0).i32(1).memory("i32.store", fault);
  code.i32(0);
  pushValue();
  code.memory("f64.store", fault + 8).end();
}
