import type { Program } from "../backends/backend.js";
import { type BackendChoice, chooseBackend } from "../backends/registry.js";
import { arraysOf, type Trace, trace } from "../graph/trace.js";
import { Traced } from "../graph/traced.js";
import { mapTree } from "../graph/tree.js";
import type { Strided } from "../storage/strided.js";

export interface CompileOptions {
  /** What runs it; the configured backend unless given. */
  readonly backend?: BackendChoice;
}

/**
 * A function of arrays as a program: run once on arrays without values to see what it does, then that, by a
 * backend, for any values. Arguments may be arrays, numbers, and lists and objects of them; so may the
 * result. It is traced anew for other shapes, dtypes, names or numbers, so numbers that change are better
 * arrays. The function must be made of operations on arrays and must not change anything outside; what
 * arrays it uses beside its arguments are copied when it is traced.
 * @throws CamadaError `trace.values` where the function asks for values while it is traced; and, when it is
 * first run, what its operations refuse
 * @example
 * const layer = compile((x, weights) => tanh(dot(x, weights.T)));
 * layer(array([[1, 2]]), array([[0.5, 0.25]])); // [[0.76159416]]
 */
export function compile<F extends (...args: never[]) => unknown>(f: F, { backend }: CompileOptions = {}): F {
  const known = new Map<string, { readonly program: Program; readonly traced: Trace }>();
  const run = (...args: unknown[]): unknown => {
    const arrays = arraysOf("compile", args);
    // within a function that is traced itself this one is part of it
    if (arrays.some((a) => a instanceof Traced)) return f(...(args as never[]));
    const key = signature(args);
    let entry = known.get(key);
    if (entry === undefined) {
      const traced = trace("compile", f, args);
      entry = { program: chooseBackend(backend).prepare(traced.graph), traced };
      known.set(key, entry);
    }
    const { program, traced } = entry;
    for (const [i, a] of arrays.entries()) program.upload(i, a);
    program.run();
    return traced.rebuild(traced.graph.outputs.map((_, i) => program.read(i)));
  };
  return run as unknown as F;
}

/** Everything of the arguments that a trace depends on. */
function signature(args: readonly unknown[]): string {
  return JSON.stringify(
    mapTree(args, (leaf) => (typeof leaf === "number" ? String(leaf) : kind(leaf)), {
      code: "trace.argument",
      op: "compile",
    }),
  );
}

function kind({ dtype, shape, names }: Strided): object {
  return { dtype, shape, names };
}
