import { NDArray } from "../array/ndarray.js";
import type { Backend, Program } from "../backends/backend.js";
import type { Graph } from "../graph/graph.js";
import { arraysOf } from "../graph/trace.js";
import { mapTree } from "../graph/tree.js";
import type { Strided } from "../storage/strided.js";

/** A graph as `Stepper` needs it: the carried arrays come first, among the inputs and among the outputs. */
export interface StepGraph {
  readonly graph: Graph;
  /** Which output says, by being finite, that what is carried may be replaced. */
  readonly guard?: number;
}

/**
 * Repeats a step that carries arrays from one run to the next. Batches of another size (the last of an epoch)
 * need a program of their own; what is carried moves along.
 */
export class Stepper<Carried> {
  private readonly backend: Backend;
  readonly trace: (carried: Carried, indices: NDArray) => StepGraph;
  private fixed: readonly unknown[];
  private readonly programs = new Map<number, { readonly program: Program; readonly graph: StepGraph }>();
  private readonly count: number;
  private readonly inputOfIndices: number;
  private form: Carried;
  private current: number | undefined;

  /** `fixed`: the trees of arrays between what is carried and the indices; they stay until they are replaced. */
  constructor(
    backend: Backend,
    carried: Carried,
    fixed: readonly unknown[],
    trace: (carried: Carried, indices: NDArray) => StepGraph,
  ) {
    this.backend = backend;
    this.form = carried;
    this.count = leaves(carried).length;
    this.fixed = fixed;
    this.inputOfIndices = this.count + leaves(fixed).length;
    this.trace = trace;
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

  /** Runs one step on the rows at `indices`; gives the value of the first output that is not carried. */
  run(indices: NDArray): number {
    const { program } = this.programFor(indices);
    program.upload(this.inputOfIndices, indices as unknown as Strided);
    program.run();
    const output = program.read(this.count);
    return output.buffer[output.offset]!;
  }

  /** The value of the guard after the last step. */
  get guard(): number {
    const { program, graph } = this.programs.get(this.current!)!;
    const output = program.read(graph.guard!);
    return output.buffer[output.offset]!;
  }

  /** The graph of the last step and the values that its inputs have now. */
  get last(): { readonly graph: StepGraph; readonly inputs: readonly Strided[] } {
    const { program, graph } = this.programs.get(this.current!)!;
    return { graph, inputs: graph.graph.inputs.map((_, i) => program.readInput(i)) };
  }

  private programFor(indices: NDArray) {
    const size = indices.shape[0]!;
    let found = this.programs.get(size);
    if (this.current === size && found !== undefined) return found;
    const carried = this.carried;
    if (found === undefined) {
      const graph = this.trace(carried, indices);
      const pairs = leaves(carried).map((_, i) => [i, i] as const);
      const program = this.backend.prepare(graph.graph, {
        carried: pairs,
        ...(graph.guard === undefined ? {} : { guard: graph.guard }),
      });
      upload(program, this.fixed, this.count);
      found = { program, graph };
      this.programs.set(size, found);
    }
    upload(found.program, carried, 0);
    this.current = size;
    return found;
  }
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
