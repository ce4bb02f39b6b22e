import type { Graph } from "../graph/graph.js";
import type { AxisNames, Strided } from "../storage/strided.js";

/** What a program keeps between runs, beside its graph. */
export interface Carry {
  /** Pairs of an output and the input whose place its value takes after each run: weights, say. */
  readonly carried: readonly (readonly [output: number, input: number])[];
  /** An output of one value: where it is not finite, the carried inputs stay as they were. */
  readonly guard?: number;
}

/** Something that runs graphs. It knows no operation's meaning of its own: graph/evaluate.ts has it. */
export interface Backend {
  /** What it is called in options. */
  readonly name: string;
  /** A program of a graph, with memory of its own, freed with it. */
  prepare(graph: Graph, carry?: Carry): Program;
  /** The same on so many threads, where it can use more than one. */
  withThreads?(threads: number): Backend;
}

/** A prepared graph: values go in by the places of its inputs, it runs, and values come out by the places of its outputs. */
export interface Program {
  /** Sets the value of an input, for this run and those after it. Copies where the backend must. */
  upload(input: number, value: Strided): void;
  /** Computes the outputs. Every input must have a value. */
  run(): void;
  /** An output's value as of the last run, or a carried input's, its axes named; the caller's own. */
  read(output: number, names?: AxisNames): Strided;
  /** The first value of an output as of the last run: of one that is a single number, all of it, and no array is made. */
  value(output: number): number;
  /** The value of an input as it is now: of a carried one after the last run. */
  readInput(input: number): Strided;
}
