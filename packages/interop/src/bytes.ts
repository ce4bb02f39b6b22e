import { formatShape } from "camada";
import { InteropError } from "./error.js";

/** The most values that an array can have. */
const MAX_VALUES = 2 ** 32 - 1;

/** @throws InteropError `file.bytes` */
export function checkBytes(op: string, bytes: unknown): asserts bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array)) throw new InteropError("file.bytes", { op });
}

/**
 * How many values sizes from a file make. An axis of 0 does not excuse the others, as in NumPy: their product
 * must stay a count.
 * @throws InteropError `file.overflow`
 */
export function countOf(op: string, shape: readonly number[]): number {
  const most = shape.reduce((product, size) => product * Math.max(size, 1), 1);
  if (most > MAX_VALUES) throw new InteropError("file.overflow", { op, sizes: formatShape(shape) });
  return shape.includes(0) ? 0 : most;
}

/** @throws InteropError `file.short`, `file.long` */
export function checkLength(op: string, shape: readonly number[], needed: number, found: number): void {
  if (found === needed) return;
  throw new InteropError(found < needed ? "file.short" : "file.long", {
    op,
    sizes: formatShape(shape),
    needed,
    found,
  });
}

/** A copy in a buffer of its own. (Not `slice`: that of Node's Buffer is a view.) */
export function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy.buffer;
}

/** Bytes as people write them: "93 4e". */
export function hex(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** Pieces of bytes, one after the other: a copy. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
