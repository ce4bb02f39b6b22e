import { type Kernel, type Plan, readBy, writtenBy } from "./kernel.js";
import type { Buffer } from "./view.js";

/** Where buffers lie, in bytes. */
export interface Layout {
  readonly addresses: ReadonlyMap<Buffer, number>;
  readonly end: number;
}

/** How many bytes a value of a dtype takes. */
export const BYTES = { float64: 8, float32: 4, int32: 4, uint8: 1, bool: 1 } as const;
/** Buffers start at whole cache lines. */
const LINE = 64;

/** How many bytes a value of a buffer takes. */
export function bytesOf({ dtype }: Buffer): number {
  return BYTES[dtype];
}

/**
 * Places for all buffers of a plan, from `start` on. Inputs, outputs and constants have theirs for good; others
 * only from the kernel that writes them first to the one that reads them last, so that several share a place: the
 * largest first, each at the lowest address that is free all that time (greedy by size: Pisarchyk and Lee,
 * "Efficient memory management for deep neural net inference", 2020).
 */
export function layoutOf({ kernels, inputs, outputs }: Plan, start: number): Layout {
  const lives = livesOf(kernels);
  const addresses = new Map<Buffer, number>();
  let end = start;
  const lasting = [...lives.keys()].filter(({ value }) => value !== undefined);
  for (const buffer of [...inputs, ...outputs, ...lasting]) {
    if (addresses.has(buffer)) continue;
    addresses.set(buffer, end);
    end += room(buffer);
  }
  const passing = [...lives.keys()].filter((buffer) => !addresses.has(buffer));
  const placed: Buffer[] = [];
  const base = end;
  for (const buffer of passing.sort((a, b) => room(b) - room(a))) {
    const life = lives.get(buffer)!;
    const around = placed
      .filter((other) => lives.get(other)!.first <= life.last && life.first <= lives.get(other)!.last)
      .sort((a, b) => addresses.get(a)! - addresses.get(b)!);
    let at = base;
    for (const other of around) {
      const from = addresses.get(other)!;
      if (at + room(buffer) <= from) break;
      at = Math.max(at, from + room(other));
    }
    addresses.set(buffer, at);
    placed.push(buffer);
    end = Math.max(end, at + room(buffer));
  }
  return { addresses, end };
}

interface Life {
  readonly first: number;
  last: number;
}

function livesOf(kernels: readonly Kernel[]): Map<Buffer, Life> {
  const lives = new Map<Buffer, Life>();
  kernels.forEach((kernel, i) => {
    for (const { buffer } of [...writtenBy(kernel), ...readBy(kernel)]) {
      const life = lives.get(buffer);
      if (life === undefined) lives.set(buffer, { first: i, last: i });
      else life.last = i;
    }
  });
  return lives;
}

/** The bytes that a buffer takes. A last vector may be read past its end. */
function room(buffer: Buffer): number {
  return Math.ceil((buffer.size * bytesOf(buffer) + 16) / LINE) * LINE;
}
