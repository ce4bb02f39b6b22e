import { NDArray } from "../array/ndarray.js";
import type { Backend, Program } from "../backends/backend.js";
import type { Graph } from "../graph/graph.js";
import { arraysOf } from "../graph/trace.js";
import { mapTree } from "../graph/tree.js";
import { mapNamed, type Named } from "../nn/optimizer.js";
import { contiguous } from "../ops/copy.js";
import { take } from "../ops/taking.js";
import type { Strided } from "../storage/strided.js";
import { allRows, indicesOf } from "./rows.js";
import type { Data } from "./step.js";

/** A graph as `Stepper` needs it: the carried arrays come first, among the inputs and among the outputs. */
export interface StepGraph {
  readonly graph: Graph;
  /** Which output says, by being finite, that what is carried may be replaced. */
  readonly guard?: number;
}

interface Prepared {
  readonly program: Program;
  readonly graph: StepGraph;
  /** Whether all data are in its memory, and not just the rows of one step. */
  readonly hasAll: boolean;
}

export interface StepperOptions<Carried> {
  readonly backend: Backend;
  readonly carried: Carried;
  /** Trees of arrays that stay until they are replaced. */
  readonly fixed?: readonly unknown[];
  readonly data: Data;
  /** Whether the first program, whose steps are the most by far, gets all data at once. */
  readonly holdsData: boolean;
  /** The step, of the arrays that are carried, the fixed ones, the data, and the indices of rows, in that order. */
  readonly trace: (carried: Carried, data: Data, indices: NDArray) => StepGraph;
}

/**
 * Repeats a step that carries arrays from one run to the next. Batches of another size (the last of an epoch)
 * need a program of their own; what is carried moves along. Such a program gets the rows of each step, and not all
 * data, which may fill the memory.
 */
export class Stepper<Carried> {
  private readonly backend: Backend;
  private readonly data: Data;
  private readonly holdsData: boolean;
  private readonly traceOf: StepperOptions<Carried>["trace"];
  private fixed: readonly unknown[];
  private readonly programs = new Map<number, Prepared>();
  private readonly count: number;
  private readonly inputOfData: number;
  private readonly inputOfIndices: number;
  private form: Carried;
  private current: number | undefined;

  constructor({ backend, carried, fixed = [], data, holdsData, trace }: StepperOptions<Carried>) {
    this.backend = backend;
    this.form = carried;
    this.count = leaves(carried).length;
    this.fixed = fixed;
    // rows of what does not lie row by row would be a copy of all each time
    this.data = mapNamed(data as unknown as Named, (array) => contiguous(array as never)) as unknown as Data;
    this.holdsData = holdsData;
    this.inputOfData = this.count + leaves(fixed).length;
    this.inputOfIndices = this.inputOfData + leaves(data).length;
    this.traceOf = trace;
  }

  /** What is carried, as of the last step. */
  get carried(): Carried {
    if (this.current === undefined) return this.form;
    const { program } = this.programs.get(this.current)!;
    const values = leaves(this.form).map((leaf, i) => {
      const { buffer, shape, strides, offset, dtype } = program.readInput(i);
      return new NDArray(buffer, shape, strides, offset, dtype, leaf.names) as unknown as Strided;
    });
    return rebuilt(this.form, values);
  }

  /** Replaces what is carried. */
  set carried(carried: Carried) {
    this.form = carried;
    if (this.current !== undefined) upload(this.programs.get(this.current)!.program, carried, 0);
  }

  /** Replaces what stays: arrays of the same form. */
  replaceFixed(fixed: readonly unknown[]): void {
    this.fixed = fixed;
    for (const { program } of this.programs.values()) upload(program, fixed, this.count);
  }

  /** Traces and prepares the step for as many rows as `indices` names: what cannot be traced is refused. */
  prepare(indices: NDArray): void {
    this.programFor(indices);
  }

  /** Traces the step for rows of all data. */
  trace(indices: NDArray): StepGraph {
    return this.traceOf(this.carried, this.data, indices);
  }

  /** Runs one step on the rows at `indices`; gives the value of the first output that is not carried. */
  run(indices: NDArray): number {
    const { program, hasAll } = this.programFor(indices);
    if (hasAll) program.upload(this.inputOfIndices, indices as unknown as Strided);
    else upload(program, rowsAt(this.data, indices), this.inputOfData);
    program.run();
    return program.value(this.count);
  }

  /** The value of the guard after the last step. */
  get guard(): number {
    const { program, graph } = this.programs.get(this.current!)!;
    return program.value(graph.guard!);
  }

  /** The graph of the last step and the values that its inputs have now. */
  get last(): { readonly graph: StepGraph; readonly inputs: readonly Strided[] } {
    const { program, graph } = this.programs.get(this.current!)!;
    return { graph, inputs: graph.graph.inputs.map((_, i) => program.readInput(i)) };
  }

  private programFor(indices: NDArray): Prepared {
    const size = indices.shape[0]!;
    let found = this.programs.get(size);
    if (this.current === size && found !== undefined) return found;
    const carried = this.carried;
    if (found === undefined) {
      const hasAll = this.holdsData && this.programs.size === 0;
      const all = allRows(indices);
      const graph = hasAll
        ? this.trace(indices)
        : this.traceOf(carried, rowsAt(this.data, indices), indicesOf(all));
      const pairs = leaves(carried).map((_, i) => [i, i] as const);
      const program = this.backend.prepare(graph.graph, {
        carried: pairs,
        ...(graph.guard === undefined ? {} : { guard: graph.guard }),
      });
      upload(program, this.fixed, this.count);
      if (hasAll) upload(program, this.data, this.inputOfData);
      else program.upload(this.inputOfIndices, indicesOf(all) as unknown as Strided);
      found = { program, graph, hasAll };
      this.programs.set(size, found);
    }
    upload(found.program, carried, 0);
    this.current = size;
    return found;
  }
}

/** Some rows of the data. */
function rowsAt(data: Data, indices: NDArray): Data {
  return mapNamed(data as unknown as Named, (array) => take(array, indices, 0)) as unknown as Data;
}

function leaves(tree: unknown): Strided[] {
  return arraysOf("fit", [tree]);
}

function upload(program: Program, tree: unknown, from: number): void {
  for (const [i, leaf] of leaves(tree).entries()) program.upload(from + i, leaf);
}

/** A tree of the same form with other arrays. */
function rebuilt<T>(form: T, values: readonly Strided[]): T {
  let next = 0;
  return mapTree(form, () => values[next++]!, { code: "trace.argument", op: "fit" }) as T;
}
