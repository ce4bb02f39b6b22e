import type { Backend, Program } from "../backends/backend.js";
import { type BackendChoice, chooseBackend } from "../backends/registry.js";
import { arraysOf, isTracing, type Trace, trace, type ValueOf } from "../graph/trace.js";
import { lifted } from "../graph/traced.js";
import { type Leaf, mapTree } from "../graph/tree.js";
import { Strided } from "../storage/strided.js";

/** How many programs one function keeps: for more kinds of arguments than that, the oldest gives way. */
const KEPT = 32;

/** A function's program for arguments of one kind. */
export interface Compiled {
  readonly backend: Backend;
  readonly program: Program;
  readonly traced: Trace;
  readonly read: ValueOf;
}

/** What runs a compiled function. */
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
  const programs = new Programs("compile", f);
  /** What ran last, and the arrays it ran on: where those of a call are alike, nothing need be looked up. */
  let last: { readonly compiled: Compiled; readonly args: readonly unknown[] } | undefined;
  const run = (...args: unknown[]): unknown => {
    if (isTracing()) return programs.trace(args);
    const backend = chooseBackend("compile", options);
    if (last !== undefined && last.compiled.backend === backend && areAlike(args, last.args)) {
      return resultOf(last.compiled, args as readonly Strided[]);
    }
    const arrays = arraysOf("compile", args);
    const compiled = programs.find(backend, args);
    last = { compiled, args };
    return resultOf(compiled, arrays);
  };
  return run as unknown as F;
}

function resultOf({ program, traced, read }: Compiled, arrays: readonly Strided[]): unknown {
  for (let i = 0; i < arrays.length; i++) program.upload(i, arrays[i]!);
  program.run();
  return traced.rebuild(read);
}

/** A function's programs, for the kinds of arguments that it has been called with. */
export class Programs {
  private readonly op: string;
  private readonly f: (...args: never[]) => unknown;
  private readonly known = new Map<string, Compiled>();

  constructor(op: string, f: (...args: never[]) => unknown) {
    this.op = op;
    this.f = f;
  }

  /** What the function gives within one that is traced itself: it is part of that. */
  trace(args: readonly unknown[]): unknown {
    return this.f(...(mapTree(args, withoutValues, { ...WHERE, op: this.op }) as never[]));
  }

  /** The program for arguments: of all but the arrays' values. */
  find(backend: Backend, args: readonly unknown[]): Compiled {
    const { known, op, f } = this;
    const key = signature(args);
    const found = known.get(key);
    if (found?.backend === backend) return found;
    const traced = found?.traced ?? trace(op, f, args);
    const program = backend.prepare(traced.graph);
    const compiled = { backend, program, traced, read: program.read.bind(program) };
    if (known.size === KEPT && !known.has(key)) known.delete(known.keys().next().value!);
    known.set(key, compiled);
    return compiled;
  }
}

/** Whether arguments are arrays, all of them, that differ from others in their values alone. */
function areAlike(args: readonly unknown[], others: readonly unknown[]): boolean {
  if (args.length !== others.length) return false;
  for (let i = 0; i < args.length; i++) {
    const [a, b] = [args[i], others[i]];
    if (!(a instanceof Strided && b instanceof Strided) || !isAlike(a, b)) return false;
  }
  return true;
}

/** Whether arrays differ in their values alone. */
export function isAlike(a: Strided, b: Strided): boolean {
  if (a === b) return true;
  return a.dtype === b.dtype && areEqual(a.shape, b.shape) && areEqual(a.names, b.names);
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
