import { evaluate } from "../../graph/evaluate.js";
import type { Graph } from "../../graph/graph.js";
import { copyValues } from "../../ops/copy.js";
import type { AxisNames, Strided } from "../../storage/strided.js";
import type { Backend, Carry, Program } from "../backend.js";

/** The meaning itself as a backend: each step by the array operation that it is named after. */
export const reference: Backend = {
  name: "reference",
  prepare: (graph, carry = { carried: [] }) => new ReferenceProgram(graph, carry),
};

class ReferenceProgram implements Program {
  private readonly graph: Graph;
  private readonly carry: Carry;
  private readonly inputs: Strided[];
  private outputs: readonly Strided[] = [];

  constructor(graph: Graph, carry: Carry) {
    this.graph = graph;
    this.carry = carry;
    this.inputs = new Array(graph.inputs.length);
  }

  upload(input: number, value: Strided): void {
    this.inputs[input] = value;
  }

  run(): void {
    this.outputs = evaluate(this.graph, this.inputs);
    const { carried, guard } = this.carry;
    if (guard !== undefined && !Number.isFinite(this.outputs[guard]!.buffer[0]!)) return;
    for (const [output, input] of carried) this.inputs[input] = this.outputs[output]!;
  }

  read(output: number, names: AxisNames = null): Strided {
    return own(this.outputs[output]!, names);
  }

  value(output: number): number {
    const { buffer, offset } = this.outputs[output]!;
    return buffer[offset]!;
  }

  readInput(input: number): Strided {
    return own(this.inputs[input]!, null);
  }
}

/** A copy: an output may be a view of an input, or of a constant. */
function own(a: Strided, names: AxisNames): Strided {
  return a.make(copyValues(a), a.shape, a.dtype, names);
}
