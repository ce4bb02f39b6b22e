/// <reference types="node" />
import { coverage } from "./coverage.js";
import { chance, mutated } from "./mutate.js";
import { isRefusal, type Parser } from "./parsers.js";

/** What came of giving a reader changed files. */
export interface Outcome {
  readonly runs: number;
  /** How many were still read, and how many refused. */
  readonly read: number;
  readonly refused: number;
  readonly slowestMs: number;
  /** The most memory that a file left allocated when it had been read or refused. */
  readonly largestMiB: number;
  /** How many ways through the readers' functions were seen, by the valid files and by all. */
  readonly ways: readonly [valid: number, all: number];
  /** The files that it failed on otherwise, which are as many as there were: none. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly run: number;
  readonly reason: string;
  readonly bytes: string;
}

const MAX_FAILURES = 5;
/** After how many files it is asked what was covered: asking takes longer than reading most. */
const BATCH = 8;
/** How many files that went a new way are kept to be changed further. */
const MAX_FOUND = 1000;
/** The most memory that a file may leave allocated: none has 100 KB. */
const MAX_MIB = 64;
const MIB = 2 ** 20;

/**
 * Gives a reader `runs` files, each one that is changed: a valid one, or one that went through the readers' functions
 * in a way that none had gone before. Chance follows from `seed`. `started` is told of each file, so that whoever
 * watches knows on which a reader hangs.
 */
export async function fuzz(
  { seeds, read }: Parser,
  runs: number,
  seed: number,
  started: (run: number, bytes: Uint8Array) => void = () => {},
): Promise<Outcome> {
  const pick = chance(seed);
  let [good, refused, slowestMs, largestMiB] = [0, 0, 0, 0];
  const failures: Failure[] = [];
  const covered = coverage();
  for (const bytes of seeds) await read(bytes);
  const seen = new Set(covered.taken());
  const valid = seen.size;
  const found: Uint8Array[] = [];
  let batch: Uint8Array[] = [];
  for (let run = 0; run < runs && failures.length < MAX_FAILURES; run++) {
    const bytes = mutated(found.length > 0 && pick(2) === 0 ? found : seeds, pick);
    batch.push(bytes);
    started(run, bytes);
    const failed = (reason: string) => void failures.push({ run, reason, bytes: base64(bytes) });
    const [allocated, before] = [process.memoryUsage().arrayBuffers, performance.now()];
    try {
      await read(bytes);
      good++;
    } catch (error) {
      if (isRefusal(error)) refused++;
      else failed(String((error as Error).stack));
    }
    slowestMs = Math.max(slowestMs, performance.now() - before);
    const left = (process.memoryUsage().arrayBuffers - allocated) / MIB;
    largestMiB = Math.max(largestMiB, left);
    if (left > MAX_MIB) failed(`${left.toFixed(0)} MiB were left allocated`);
    if (batch.length < BATCH) continue;
    if (isNew(covered.taken(), seen)) await keepNew(batch);
    batch = [];
  }
  covered.end();
  return { runs, read: good, refused, slowestMs, largestMiB, ways: [valid, seen.size], failures };

  /** Asks of each file by itself whether it was the one. */
  async function keepNew(files: readonly Uint8Array[]): Promise<void> {
    for (const bytes of files) {
      try {
        await read(bytes);
      } catch {
        // counted before
      }
      const ways = covered.taken();
      if (isNew(ways, seen)) found[found.length < MAX_FOUND ? found.length : pick(MAX_FOUND)] = bytes;
      for (const way of ways) seen.add(way);
    }
  }
}

const isNew = (ways: ReadonlySet<string>, seen: ReadonlySet<string>): boolean => [...ways].some((way) => !seen.has(way)); // biome-ignore format: one line

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
