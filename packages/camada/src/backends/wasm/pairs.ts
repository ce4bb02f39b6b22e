import type { Code } from "./assembler/index.js";
import type { Writer } from "./writer.js";

// What V8 asks for before it takes two vectors together, where it is told to (wide.ts). It goes back from two stores
// to neighboring places, or from a sum of whole numbers, to all that is computed for them, and takes that
// together if it gains more than it costs to part what is needed by itself.

/** The order of stores: of two neighbors the first would be stored once more by itself if it came first. */
export function inOrder<T>({ target }: Writer, stores: readonly T[]): readonly T[] {
  return target.wide ? [...stores].reverse() : stores;
}

/**
 * Takes vectors together by an instruction, in the local of the first: those at even places and those at odd ones,
 * then both. So they are parted at the end and once, not where each is computed.
 */
export function takeTogether(
  code: Code,
  { target }: Writer,
  vectors: readonly number[],
  instruction: Parameters<Code["op"]>[0],
): number {
  const [first, second] = vectors as [number, number?];
  const take = (into: number, vector: number): void => {
    code.get(into).get(vector).op(instruction).set(into);
  };
  vectors.slice(2).forEach((vector, i) => {
    take(vectors[i % 2]!, vector);
  });
  if (second === undefined) return first;
  // a sum that no use is made of, for the engine to go back from
  if (target.wide) code.get(first).get(second).op("i64x2.add").op("drop");
  take(first, second);
  return first;
}
