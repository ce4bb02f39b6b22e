/// <reference types="node" />
import { chance, mutated } from "./mutate.js";
import { isRefusal, type Parser } from "./parsers.js";

/** What came of giving a reader changed files. */
export interface Outcome {
  readonly runs: number;
  /** How many were still read, and how many refused. */
  readonly read: number;
  readonly refused: number;
  readonly slowestMs: number;
  /** The files that it failed on otherwise, which are as many as there were: none. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly run: number;
  readonly reason: string;
  readonly bytes: string;
}

const MAX_FAILURES = 5;

/**
 * Gives a reader `runs` files, each a valid one that is changed. What run `i` is given follows from `seed` and `i`
 * alone. `started` is told of each, so that whoever watches knows on which a reader hangs.
 */
export async function fuzz(
  parser: Parser,
  runs: number,
  seed: number,
  started: (run: number) => void = () => {},
): Promise<Outcome> {
  let [read, refused, slowestMs] = [0, 0, 0];
  const failures: Failure[] = [];
  for (const bytes of parser.seeds) await parser.read(bytes);
  for (let run = 0; run < runs && failures.length < MAX_FAILURES; run++) {
    const bytes = fileOf(parser, seed, run);
    started(run);
    const before = performance.now();
    try {
      await parser.read(bytes);
      read++;
    } catch (error) {
      if (isRefusal(error)) refused++;
      else failures.push({ run, reason: String((error as Error).stack), bytes: base64(bytes) });
    }
    slowestMs = Math.max(slowestMs, performance.now() - before);
  }
  return { runs, read, refused, slowestMs, failures };
}

/** The file that a run is given. */
export function fileOf({ seeds }: Parser, seed: number, run: number): Uint8Array {
  return mutated(seeds, chance(Math.imul(seed + 1, 0x9e3779b1) + run));
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
