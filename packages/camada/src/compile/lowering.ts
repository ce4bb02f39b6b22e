import { CamadaError } from "../errors/error.js";
import type { Kind, Node, StepOf } from "../graph/node.js";
import { add } from "../ops/arithmetic.js";
import type { ElementwiseOperation } from "../ops/elementwise.js";
import { type Sizes, sizeOf } from "../shape/shape.js";
import { type DType, isFloat } from "../storage/dtype.js";
import { type Expression, load, loadsIn, viewed } from "./expression.js";
import { type Kernel, REDUCTIONS, type Reduction } from "./kernel.js";
import {
  type Buffer,
  broadcasted,
  reshaped,
  sliced,
  transposed,
  type View,
  viewOf,
  windowed,
  withLast,
} from "./view.js";

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

/** What a plan is made with. */
export interface Planning {
  valueOf(node: Node): Expression;
  buffer(dtype: DType, size: number): Buffer;
  /** Has a kernel run, unless it has nothing to do. */
  add(kernel: Kernel): void;
  /** Has a value stored. */
  store(view: View, value: Expression): void;
  /** Where a value's numbers lie: where they are, or where they are put now. */
  place(value: Expression, shape: Sizes): View;
  /** Where a node's numbers lie, from now on for all that need them. */
  keep(node: Node): View;
  /** A value's numbers in a buffer of their own, in row-major order unless another order of axes is given. */
  copy(value: Expression, shape: Sizes, order?: readonly number[]): View;
  /** A value's numbers in another shape, where they are if strides can say that. */
  reshape(value: Expression, from: Sizes, to: Sizes): View;
  reduce(value: Expression, shape: Sizes, size: number, by: Reduction, dtype: DType): Expression;
  product(a: View, b: View, node: Node): Expression;
}

export type Lowering<K extends Kind> = (planner: Planning, node: Node, step: StepOf<K>) => Expression;

/** What each step becomes: a value, of loops that are added to the plan where one is needed. */
export const LOWERINGS: { readonly [K in Kind]: Lowering<K> } = {
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
    const once = repeats && "args" in value ? load(planner.keep(x!)) : value;
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

/** A shape as the axes before `axis`, `count` axes from there, and those behind, each together. */
function inThree(shape: Sizes, axis: number, count: number): Sizes {
  return [
    sizeOf(shape.slice(0, axis)),
    sizeOf(shape.slice(axis, axis + count)),
    sizeOf(shape.slice(axis + count)),
  ];
}
