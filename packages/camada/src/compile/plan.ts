import type { Graph } from "../graph/graph.js";
import type { Kind, Node } from "../graph/node.js";
import { multiply } from "../ops/arithmetic.js";
import { type Sizes, sizeOf } from "../shape/shape.js";
import { type DType, isFloat } from "../storage/dtype.js";
import { type Expression, expressionsIn, load, loadsIn, viewed } from "./expression.js";
import { fuse, LONG_ROW } from "./fuse.js";
import { type Kernel, type Plan, type Reduction, writtenBy } from "./kernel.js";
import { LOWERINGS, type Lowering, type Planning } from "./lowering.js";
import { orientationOf } from "./orientation.js";
import { packed } from "./pack.js";
import { type Buffer, broadcasted, isWhole, reshaped, transposed, type View, viewOf } from "./view.js";

/**
 * A graph as loops over memory. Steps that only move values become views; elementwise steps become part of what
 * is computed where they are needed; the rest become loops of their own, which `fuse` then joins. `columnsOf`
 * says how many columns of a product of matrices are computed together, `stays` whether an output that is an input
 * is so for good, and needs no copy.
 */
export function planOf(
  graph: Graph,
  {
    columnsOf,
    stays,
  }: { columnsOf: (dtype: DType) => number; stays: (output: number, input: number) => boolean },
): Plan {
  const { kernels, inputs, outputs } = new Planner(graph).plan(stays);
  return { kernels: packed(fuse(kernels, outputs), columnsOf), inputs, outputs };
}

/** Sums of at least so many values are made in parts, so that threads can share them. */
const LONG = 1 << 14;
const MOST_PARTS = 64;

class Planner implements Planning {
  private readonly graph: Graph;
  private readonly kernels: Kernel[] = [];
  private readonly values = new Map<Node, Expression>();
  private readonly uses = new Map<Node, number>();
  private readonly outputs: ReadonlySet<Node>;
  private readonly isSwapped: ReturnType<typeof orientationOf>;

  constructor(graph: Graph) {
    this.graph = graph;
    this.outputs = new Set(graph.outputs);
    for (const node of graph.nodes) for (const input of node.inputs) this.use(input);
    for (const node of graph.outputs) this.use(node);
    this.isSwapped = orientationOf(graph, (node) => this.values.get(node));
  }

  plan(stays: (output: number, input: number) => boolean): Plan {
    const { inputs, nodes, outputs } = this.graph;
    const buffers = inputs.map(({ dtype, shape }) => this.buffer(dtype, sizeOf(shape)));
    inputs.forEach((node, i) => {
      this.values.set(node, load(viewOf(buffers[i]!, node.shape)));
    });
    for (const node of nodes) {
      if (this.values.has(node)) continue;
      const value = (LOWERINGS[node.step.kind] as Lowering<Kind>)(this, node, node.step);
      this.values.set(node, this.kept(node, value));
    }
    const taken = new Set<Buffer>(buffers);
    const places = outputs.map((node, i) => {
      const value = this.valueOf(node);
      const input = inputs.indexOf(node);
      if (input >= 0 && stays(i, input)) return buffers[input]!;
      if (value.kind === "load" && isWhole(value.view)) {
        const { buffer } = value.view;
        if (!taken.has(buffer) && buffer.value === undefined) {
          taken.add(buffer);
          return buffer;
        }
      }
      const own = this.buffer(node.dtype, sizeOf(node.shape));
      this.store(viewOf(own, node.shape), value);
      return own;
    });
    return { kernels: this.kernels, inputs: buffers, outputs: places };
  }

  valueOf(node: Node): Expression {
    return this.values.get(node)!;
  }

  buffer(dtype: DType, size: number): Buffer {
    return { dtype, size };
  }

  /** Has a kernel run, unless it has nothing to do. */
  add(kernel: Kernel): void {
    if (writtenBy(kernel).some(({ shape }) => sizeOf(shape) > 0)) this.kernels.push(kernel);
  }

  store(view: View, value: Expression): void {
    this.add({ kind: "map", shape: view.shape, stores: [{ view, value }], ordered: 0 });
  }

  /** Where a value's numbers lie: where they are, or where they are put now. */
  place(value: Expression, shape: Sizes): View {
    return value.kind === "load" ? value.view : this.copy(value, shape, likeIn(value, shape));
  }

  keep(node: Node): View {
    const view = this.place(this.valueOf(node), node.shape);
    this.values.set(node, load(view));
    return view;
  }

  /** A value's numbers in a buffer of their own, in row-major order unless another order of axes is given. */
  copy(value: Expression, shape: Sizes, order: readonly number[] = shape.map((_, i) => i)): View {
    const buffer = this.buffer(value.dtype, sizeOf(shape));
    const back = order.map((_, i) => order.indexOf(i));
    const view = transposed(
      viewOf(
        buffer,
        order.map((axis) => shape[axis]!),
      ),
      back,
    );
    this.store(view, value);
    return view;
  }

  reshape(value: Expression, from: Sizes, to: Sizes): View {
    const placed = this.place(value, from);
    return reshaped(placed, to) ?? reshaped(this.copy(load(placed), from), to)!;
  }

  reduce(value: Expression, shape: Sizes, size: number, by: Reduction, dtype: DType): Expression {
    if (size === 0) return { kind: "number", value: by === "prod" || by === "all" ? 1 : 0, dtype };
    const isCut = by === "sum" && isFloat(dtype) && sizeOf(shape) < 16 && size >= LONG;
    const parts = isCut ? (this.rowsOf(value, size) ?? partsOf(size)) : 1;
    if (parts > 1) {
      const cut = (view: View): View | null => reshaped(view, [...shape, parts, size / parts]);
      if (loadsIn([value]).every((view) => cut(view) !== null)) {
        const each = viewed((view) => cut(view)!)(value);
        const sums = this.reduce(each, [...shape, parts], size / parts, by, dtype);
        return this.reduce(sums, shape, parts, by, dtype);
      }
    }
    const into = viewOf(this.buffer(dtype, sizeOf(shape)), shape);
    this.add({ kind: "reduce", shape, size, by, value, into, stores: [] });
    return load(into);
  }

  /** How many rows the loop goes through that makes what is added up: so that it can add up each row as it goes. */
  private rowsOf(value: Expression, size: number): number | undefined {
    const buffers = new Set(loadsIn([value]).map(({ buffer }) => buffer));
    for (const kernel of this.kernels) {
      if (kernel.kind !== "map" || !writtenBy(kernel).some(({ buffer }) => buffers.has(buffer))) continue;
      const [rows, columns] = kernel.shape as [number, number];
      if (kernel.shape.length === 2 && rows * columns === size && columns >= LONG_ROW) return rows;
    }
    return undefined;
  }

  product(a: View, b: View, node: Node): Expression {
    const { dtype, shape } = node;
    const k = a.shape.at(-1)!;
    if (k === 0) return { kind: "number", value: 0, dtype };
    const lead = shape.slice(0, -2);
    const [m, n] = shape.slice(-2) as [number, number];
    // what has nothing to add up is a product of each with each, which may become part of what follows
    if (k === 1 || !isFloat(dtype)) {
      const rows = load(
        broadcasted({ ...a, shape: [...lead, m, 1, k], strides: inserted(a.strides, 1) }, [...lead, m, n, k]),
      );
      const columns = load(
        broadcasted(
          {
            ...b,
            shape: [...lead, 1, n, k],
            strides: inserted(swapped(b.strides), 2),
          },
          [...lead, m, n, k],
        ),
      );
      const each: Expression = { kind: "apply", operation: multiply.operation, args: [rows, columns], dtype };
      if (k === 1) return viewed((view) => reshaped(view, shape)!)(each);
      return this.reduce(each, shape, k, dtype === "bool" ? "any" : "wrappingSum", dtype);
    }
    const swap = this.isSwapped(node, a, b);
    const order = shape.map((_, i) => i);
    const axes = swap ? swapped(order) : order;
    const buffer = this.buffer(dtype, sizeOf(shape));
    const into = viewOf(
      buffer,
      axes.map((axis) => shape[axis]!),
    );
    this.add({
      kind: "product",
      shape: into.shape,
      a: swap ? transposed(b, axes) : a,
      b: swap ? transposed(a, axes) : b,
      stores: [{ view: into, value: { kind: "product", dtype } }],
    });
    return load(swap ? transposed(into, axes) : into);
  }

  /** The value as it is computed again where it is needed, or from where it is kept. */
  private kept(node: Node, value: Expression): Expression {
    if (!("args" in value)) return value;
    // what is written anyway is read from there by what needs it too
    if (this.outputs.has(node)) return load(this.copy(value, node.shape));
    const isKept = this.uses.get(node)! > 1 ? isWorthKeeping(value) : expressionsIn([value]).length > LARGE;
    return isKept ? load(this.place(value, node.shape)) : value;
  }

  private use(node: Node): void {
    this.uses.set(node, (this.uses.get(node) ?? 0) + 1);
  }
}

/** What is larger is kept, so that no loop's body grows without bound. */
const LARGE = 48;

/** As many steps as reading a truth takes, which lies in a byte of its own. */
const READING = 5;

/** Whether computing a value again, in each place that needs it, costs more than keeping it. */
function isWorthKeeping(value: Expression): boolean {
  if (!("args" in value)) return false;
  if (value.kind === "apply" && value.operation.gives === "float") return true;
  const parts = value.args.flatMap((arg) => ("args" in arg ? [arg] : []));
  if (value.dtype === "bool" && !parts.some(isWorthKeeping)) return expressionsIn([value]).length > READING;
  return parts.length > 0;
}

/** The order of axes in which the largest of a value's operands lies: so that a copy of it lies alike. */
function likeIn(value: Expression, shape: Sizes): readonly number[] {
  const axes = shape.map((_, i) => i);
  const full = loadsIn([value]).find(({ strides }) =>
    strides.every((stride, i) => stride !== 0 || shape[i] === 1),
  );
  return full === undefined ? axes : axes.sort((i, j) => full.strides[j]! - full.strides[i]! || i - j);
}

/** Into how many equal parts a sum is cut: the most that divide it. */
function partsOf(size: number): number {
  for (let parts = MOST_PARTS; parts > 1; parts--) if (size % parts === 0) return parts;
  return 1;
}

/** The same with the last two exchanged. */
function swapped<T>(list: readonly T[]): T[] {
  return [...list.slice(0, -2), list.at(-1)!, list.at(-2)!];
}

/** The same with a 0 before the last `fromEnd`. */
function inserted(strides: Sizes, fromEnd: number): Sizes {
  const at = strides.length - fromEnd;
  return [...strides.slice(0, at), 0, ...strides.slice(at)];
}
