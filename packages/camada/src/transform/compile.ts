import type { Backend, Program } from "../backends/backend.js";
import { type BackendChoice, chooseBackend } from "../backends/registry.js";
import { arraysOf, isTracing, type Trace, trace } from "../graph/trace.js";
import { lifted } from "../graph/traced.js";
import { type Leaf, mapTree } from "../graph/tree.js";
import { Strided } from "../storage/strided.js";

/** How many programs one function keeps: for more kinds of arguments than that, the oldest gives way. */
const KEPT = 32;

interface Compiled {
  readonly backend: Backend;
  readonly program: Program;
  readonly traced: Trace;
}

export interface CompileOptions {
  /** What runs it; the configured backend unless given. */
  readonly backend?: BackendChoice;
  /** How many threads share the work, where the backend can use them: as many as the machine has unless given. */
  readonly threads?: number;
}

/**
 * A function of arrays as a program: run once on arrays without values to see what it does, then that, by a
 * backend, for any values. Arguments may be arrays, numbers, and lists and objects of them; so may the
 * result. It is traced anew for other shapes, dtypes, names or numbers (the last 32 kinds are kept), so numbers
 * that change are better arrays. The function must be made of operations on arrays and must not change anything outside; what
 * arrays it uses beside its arguments are copied when it is traced, and what it draws from `random` is drawn then,
 * once.
 * @throws CamadaError `trace.values` where the function asks for values while it is traced; and, when it is
 * first run, what its operations refuse
 * @example
 * const layer = compile((x, weights) => tanh(dot(x, weights.T)));
 * layer(array([[1, 2]]), array([[0.5, 0.25]])); // [[0.76159416]]
 */
export function compile<F extends (...args: never[]) => unknown>(f: F, options: CompileOptions = {}): F {
  const known = new Map<string, Compiled>();
  /** What ran last, and the arrays it ran on: where those of a call are alike, nothing need be looked up. */
  let last: { readonly entry: Compiled; readonly args: readonly unknown[] } | undefined;
  const run = (...args: unknown[]): unknown => {
    // within a function that is traced itself this one is part of it
    if (isTracing()) return f(...(mapTree(args, withoutValues, WHERE) as never[]));
    const runs = chooseBackend("compile", options);
    if (last !== undefined && last.entry.backend === runs && areAlike(args, last.args)) {
      return resultOf(last.entry, args as readonly Strided[]);
    }
    const arrays = arraysOf("compile", args);
    const key = signature(args);
    let entry = known.get(key);
    if (entry?.backend !== runs) {
      const traced = entry?.traced ?? trace("compile", f, args);
      entry = { backend: runs, program: runs.prepare(traced.graph), traced };
      if (known.size === KEPT && !known.has(key)) known.delete(known.keys().next().value!);
      known.set(key, entry);
    }
    last = { entry, args };
    return resultOf(entry, arrays);
  };
  return run as unknown as F;
}

function resultOf({ program, traced }: Compiled, arrays: readonly Strided[]): unknown {
  for (let i = 0; i < arrays.length; i++) program.upload(i, arrays[i]!);
  program.run();
  return traced.rebuild(traced.graph.outputs.map((_, i) => program.read(i)));
}

/** Whether arguments are arrays, all of them, that differ from others in their values alone. */
function areAlike(args: readonly unknown[], others: readonly unknown[]): boolean {
  if (args.length !== others.length) return false;
  for (let i = 0; i < args.length; i++) {
    const [a, b] = [args[i], others[i]];
    if (a === b && a instanceof Strided) continue;
    if (!(a instanceof Strided && b instanceof Strided) || a.dtype !== b.dtype) return false;
    if (!areEqual(a.shape, b.shape) || !areEqual(a.names, b.names)) return false;
  }
  return true;
}

function areEqual(a: readonly unknown[] | null, b: readonly unknown[] | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const WHERE = { code: "trace.argument", op: "compile" } as const;

/** An array as a function that is traced sees it. */
function withoutValues(leaf: Leaf): Leaf {
  return typeof leaf === "number" ? leaf : lifted(leaf);
}

/** Everything of the arguments that a trace depends on: all but the arrays' values. */
function signature(args: readonly unknown[]): string {
  const marked = mapTree(args, (leaf) => new Mark(leaf), WHERE);
  return JSON.stringify(marked, (_, part) => {
    if (part instanceof Mark) return part.text;
    // what no mark begins with: a text may say what a mark does
    if (typeof part === "string") return `"${part}`;
    return part === undefined ? "undefined" : part;
  });
}

/** An array or a number among the parts of a signature. */
class Mark {
  readonly text: string;

  constructor(leaf: Leaf) {
    if (typeof leaf === "number") this.text = Object.is(leaf, -0) ? "-0" : String(leaf);
    else this.text = `${leaf.dtype} ${JSON.stringify([leaf.shape, leaf.names])}`;
  }
}
