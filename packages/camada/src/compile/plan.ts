import { CamadaError } from "../errors/error.js";
import type { Graph } from "../graph/graph.js";
import type { Kind, Node, StepOf } from "../graph/node.js";
import { add, multiply } from "../ops/arithmetic.js";
import type { ElementwiseOperation } from "../ops/elementwise.js";
import { type Sizes, sizeOf } from "../shape/shape.js";
import type { DType } from "../storage/dtype.js";
import { isFloat } from "../storage/dtype.js";
import { type Expression, expressionsIn, load, loadsIn, viewed } from "./expression.js";
import { fuse } from "./fuse.js";
import { type Kernel, type Plan, REDUCTIONS, type Reduction, writtenBy } from "./kernel.js";
import { orientationOf } from "./orientation.js";
import { packed } from "./pack.js";
import {
  type Buffer,
  broadcasted,
  isWhole,
  reshaped,
  sliced,
  transposed,
  type View,
  viewOf,
  windowed,
  withLast,
} from "./view.js";

/**
 * A graph as loops over memory. Steps that only move values become views; elementwise steps become part of what
 * is computed where they are needed; the rest become loops of their own, which `fuse` then joins.
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

const { lower: _, ...addition } = add.operation;
/** The sum of two whole numbers, refused where int32 does not hold it: by the host, as vectors wrap. */
const sumThatFits: ElementwiseOperation = {
  ...addition,
  name: "cumsum",
  integer: (x, y) => {
    const value = x + y;
    if (value !== (value | 0)) throw new CamadaError("dtype.overflow", { op: "cumsum", value });
    return value;
  },
};

type Lowering<K extends Kind> = (planner: Planner, node: Node, step: StepOf<K>) => Expression;

const LOWERINGS: { readonly [K in Kind]: Lowering<K> } = {
  input: () => {
    throw new Error("inputs have their places before a graph is planned");
  },
  constant: (_, { dtype, shape }, { value }) =>
    value.size === 1
      ? { kind: "number", value: value.buffer[value.offset]!, dtype }
      : load(
          viewOf(
            { dtype, size: value.size, value: value.buffer.slice(value.offset, value.offset + value.size) },
            shape,
          ),
        ),
  elementwise: (planner, { inputs, dtype }, { operation }) => ({
    kind: "apply",
    operation,
    args: inputs.map((input) => planner.valueOf(input)),
    dtype,
  }),
  where: (planner, { inputs, dtype }) => ({
    kind: "where",
    args: inputs.map((input) => planner.valueOf(input)),
    dtype,
  }),
  cast: (planner, { inputs, dtype }) => ({ kind: "cast", args: [planner.valueOf(inputs[0]!)], dtype }),
  reduce: (planner, { inputs: [x], shape, dtype }, { operation, axis }) => {
    const by = operation.name as Reduction;
    if (!REDUCTIONS.includes(by)) throw new Error(`there is no loop for the reduction '${by}'`);
    const value = viewed((view) => withLast(view, axis))(planner.valueOf(x!));
    return planner.reduce(value, shape, x!.shape[axis]!, by, dtype);
  },
  matmul: (planner, node) => {
    const [a, b] = node.inputs.map((input) => planner.place(planner.valueOf(input), input.shape)) as [
      View,
      View,
    ];
    return planner.product(a, b, node);
  },
  transpose: (planner, { inputs: [x] }, { axes }) =>
    viewed((view) => transposed(view, axes))(planner.valueOf(x!)),
  reshape: (planner, { inputs: [x], shape }) => {
    const value = planner.valueOf(x!);
    if (value.kind === "number") return value;
    const fits = loadsIn([value]).every((view) => reshaped(view, shape) !== null);
    const flat = fits ? value : load(planner.copy(value, x!.shape));
    return viewed((view) => reshaped(view, shape)!)(flat);
  },
  broadcast: (planner, { inputs: [x], shape }) => {
    const value = planner.valueOf(x!);
    // what is repeated is computed once, but for what costs nothing
    const repeats = sizeOf(shape) > x!.shape.reduce((all, size) => all * size, 1);
    const once = repeats && "args" in value ? load(planner.place(value, x!.shape)) : value;
    return viewed((view) => broadcasted(view, shape))(once);
  },
  slice: (planner, { inputs: [x], shape }, { starts, steps }) =>
    viewed((view) => sliced(view, starts, steps, shape))(planner.valueOf(x!)),
  pad: (planner, { inputs: [x], shape, dtype }, { starts, steps }) => {
    const whole = viewOf(planner.buffer(dtype, sizeOf(shape)), shape);
    planner.store(whole, { kind: "number", value: 0, dtype });
    planner.store(sliced(whole, starts, steps, x!.shape), planner.valueOf(x!));
    return load(whole);
  },
  concatenate: (planner, { inputs, shape, dtype }, { axis }) => {
    const whole = viewOf(planner.buffer(dtype, sizeOf(shape)), shape);
    const starts = shape.map(() => 0);
    const steps = shape.map(() => 1);
    for (const input of inputs) {
      planner.store(sliced(whole, starts, steps, input.shape), planner.valueOf(input));
      starts[axis]! += input.shape[axis]!;
    }
    return load(whole);
  },
  take: (planner, { inputs: [x, indices], shape, dtype }, { axis }) => {
    const into = viewOf(planner.buffer(dtype, sizeOf(shape)), shape);
    const parts = inThree(x!.shape, axis, 1);
    planner.add({
      kind: "take",
      from: planner.reshape(planner.valueOf(x!), x!.shape, parts),
      indices: planner.reshape(planner.valueOf(indices!), indices!.shape, [sizeOf(indices!.shape)]),
      into: reshaped(into, inThree(shape, axis, indices!.shape.length))!,
      axis,
    });
    return load(into);
  },
  scatterAdd: (planner, { inputs: [x, indices], shape, dtype }, { axis }) => {
    if (sizeOf(x!.shape) === 0) return { kind: "number", value: 0, dtype };
    const into = viewOf(planner.buffer(dtype, sizeOf(shape)), shape);
    planner.add({
      kind: "scatterAdd",
      from: planner.reshape(planner.valueOf(x!), x!.shape, inThree(x!.shape, axis, indices!.shape.length)),
      indices: planner.reshape(planner.valueOf(indices!), indices!.shape, [sizeOf(indices!.shape)]),
      into: reshaped(into, inThree(shape, axis, 1))!,
      axis,
    });
    return load(into);
  },
  windows: (planner, { inputs: [x], shape }, { axes }) =>
    viewed((view) => windowed(view, axes, shape))(planner.valueOf(x!)),
  overlapAdd: (planner, { inputs: [x], shape, dtype }, { axes }) => {
    const whole = viewOf(planner.buffer(dtype, sizeOf(shape)), shape);
    planner.store(whole, { kind: "number", value: 0, dtype });
    // each place in the windows adds to different values, one place after the other
    const places = x!.shape.map((_, i) => (i + shape.length) % x!.shape.length);
    const first = (view: View): View => transposed(view, places);
    const into = first(windowed(whole, axes, x!.shape));
    const more = viewed(first)(planner.valueOf(x!));
    planner.add({
      kind: "map",
      shape: into.shape,
      stores: [
        { view: into, value: { kind: "apply", operation: add.operation, args: [load(into), more], dtype } },
      ],
      ordered: axes.length,
    });
    return load(whole);
  },
  cumsum: (planner, { inputs: [x], shape, dtype }, { axis }) => {
    const whole = viewOf(planner.buffer(dtype, sizeOf(shape)), shape);
    // the axis first: one place along it after the other
    const order = [axis, ...shape.map((_, i) => i).filter((i) => i !== axis)];
    const part =
      (start: number, count: number) =>
      (view: View): View => {
        const along = transposed(view, order);
        const starts = along.shape.map((_, i) => (i === 0 ? start : 0));
        return sliced(along, starts, along.shape.map(() => 1), [count, ...along.shape.slice(1)]); // biome-ignore format: one line
      };
    const value = planner.valueOf(x!);
    const size = shape[axis]!;
    if (sizeOf(shape) === 0) return load(whole);
    planner.store(part(0, 1)(whole), viewed(part(0, 1))(value));
    const into = part(1, size - 1)(whole);
    const args = [load(part(0, size - 1)(whole)), viewed(part(1, size - 1))(value)];
    const operation = isFloat(dtype) ? add.operation : sumThatFits;
    const sum: Expression = { kind: "apply", operation, args, dtype };
    planner.add({ kind: "map", shape: into.shape, stores: [{ view: into, value: sum }], ordered: 1 });
    return load(whole);
  },
  argsort: (planner, { inputs: [x], shape, dtype }, { axis }) => {
    const into = viewOf(planner.buffer(dtype, sizeOf(shape)), shape);
    const from = planner.place(planner.valueOf(x!), shape);
    planner.add({ kind: "argsort", from: withLast(from, axis), into: withLast(into, axis) });
    return load(into);
  },
  uniform: (planner, { inputs: [key], shape, dtype }, { stream }) => {
    const into = viewOf(planner.buffer(dtype, sizeOf(shape)), shape);
    planner.add({ kind: "uniform", key: planner.place(planner.valueOf(key!), key!.shape), stream, into });
    return load(into);
  },
};

class Planner {
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
    this.isSwapped = orientationOf(graph);
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
      // what is written anyway is read from there by what needs it too
      const isKept = this.outputs.has(node) ? "args" in value : this.isKept(node, value);
      this.values.set(node, isKept ? load(this.place(value, node.shape)) : value);
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
    const parts = isFloat(dtype) && sizeOf(shape) < 16 && size >= LONG ? partsOf(size) : 1;
    if (parts > 1 && by === "sum") {
      const cut = (view: View): View | null => reshaped(view, [...shape, parts, size / parts]);
      if (loadsIn([value]).every((view) => cut(view) !== null)) {
        const each = viewed((view) => cut(view)!)(value);
        const sums = this.reduce(each, [...shape, parts], size / parts, by, dtype);
        return this.reduce(sums, shape, parts, by, dtype);
      }
    }
    const into = viewOf(this.buffer(dtype, sizeOf(shape)), shape);
    this.add({ kind: "reduce", shape, size, by, value, into });
    return load(into);
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

  private isKept(node: Node, value: Expression): boolean {
    return this.uses.get(node)! > 1 ? isWorthKeeping(value) : expressionsIn([value]).length > LARGE;
  }

  private use(node: Node): void {
    this.uses.set(node, (this.uses.get(node) ?? 0) + 1);
  }
}

/** What is larger is kept, so that no loop's body grows without bound. */
const LARGE = 48;

/** Whether computing a value again, in each place that needs it, costs more than keeping it. */
function isWorthKeeping(value: Expression): boolean {
  if (!("args" in value)) return false;
  return (
    value.args.some((arg) => "args" in arg) || (value.kind === "apply" && value.operation.gives === "float")
  );
}

/** The order of axes in which the largest of a value's operands lies: so that a copy of it lies alike. */
function likeIn(value: Expression, shape: Sizes): readonly number[] {
  const axes = shape.map((_, i) => i);
  const full = loadsIn([value]).find(({ strides }) =>
    strides.every((stride, i) => stride !== 0 || shape[i] === 1),
  );
  return full === undefined ? axes : axes.sort((i, j) => full.strides[j]! - full.strides[i]! || i - j);
}

/** A shape as the axes before `axis`, `count` axes from there, and those behind, each together. */
function inThree(shape: Sizes, axis: number, count: number): Sizes {
  return [
    sizeOf(shape.slice(0, axis)),
    sizeOf(shape.slice(axis, axis + count)),
    sizeOf(shape.slice(axis + count)),
  ];
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
