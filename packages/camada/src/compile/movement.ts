import type { Node } from "../graph/node.js";
import { replaced } from "../ops/axes.js";
import { sameShape } from "../ops/broadcast.js";
import { type Sizes, sizeOf } from "../shape/shape.js";
import {
  aligned,
  broadcastOf,
  isKind,
  isSingle,
  isSpread,
  reshapeOf,
  sliceOf,
  solid,
  transposeOf,
  trimmed,
} from "./making.js";
import type { AnyRule, Builder, NodeOf, Rule } from "./rewrite.js";

/* Steps that only move values: fewer of them, and on fewer values. All keep the bits. */

/** A step that changes nothing. */
export const sameAsInput: AnyRule = ({ inputs: [x], shape, dtype }) =>
  sameShape(x!.shape, shape) && x!.dtype === dtype ? x! : null;

export const reshapeOfReshape: Rule<"reshape"> = ({ inputs: [x], shape }, builder) =>
  isKind(x!, "reshape") ? reshapeOf(builder, x.inputs[0]!, shape) : null;

/** Axes of 1 come and go before values are repeated. */
export const reshapeOfBroadcast: Rule<"reshape"> = ({ inputs: [x], shape }, builder) => {
  if (!isKind(x!, "broadcast")) return null;
  const [source] = x.inputs as readonly [Node];
  if (isSingle(source)) return broadcastOf(builder, reshapeOf(builder, source, []), shape);
  if (!sameShape(solid(x.shape), solid(shape))) return null;
  const sizes = aligned(source.shape, x.shape).filter((_, i) => x.shape[i] !== 1);
  let next = 0;
  const spread = shape.map((size) => (size === 1 ? 1 : sizes[next++]!));
  return broadcastOf(builder, reshapeOf(builder, source, trimmed(spread)), shape);
};

export const broadcastOfBroadcast: Rule<"broadcast"> = ({ inputs: [x], shape }, builder) =>
  isKind(x!, "broadcast") ? broadcastOf(builder, x.inputs[0]!, shape) : null;

/** A broadcast adds axes in front by itself. */
export const broadcastOfLeadingOnes: Rule<"broadcast"> = ({ inputs: [x], shape }, builder) => {
  const short = trimmed(x!.shape);
  return short.length < x!.shape.length ? broadcastOf(builder, reshapeOf(builder, x!, short), shape) : null;
};

/** Where only axes of 1 change places, no value does. */
export const transposeThatReshapes: Rule<"transpose"> = ({ step, inputs: [x], shape }, builder) => {
  const order = step.axes.filter((axis) => x!.shape[axis] !== 1);
  return order.every((axis, i) => i === 0 || axis > order[i - 1]!) ? reshapeOf(builder, x!, shape) : null;
};

export const transposeOfTranspose: Rule<"transpose"> = ({ step: { axes }, inputs: [x] }, builder) =>
  isKind(x!, "transpose")
    ? transposeOf(
        builder,
        x.inputs[0]!,
        axes.map((i) => x.step.axes[i]!),
      )
    : null;

/** Values are moved before they are repeated. */
export const transposeOfBroadcast: Rule<"transpose"> = ({ step: { axes }, inputs: [x], shape }, builder) => {
  if (!isKind(x!, "broadcast")) return null;
  const source = x.inputs[0]!;
  const whole = reshapeOf(builder, source, aligned(source.shape, shape));
  return broadcastOf(builder, transposeOf(builder, whole, axes), shape);
};

/** Axes of 1 come and go after others have changed places. */
export const transposeOfReshape: Rule<"transpose"> = ({ step: { axes }, inputs: [x], shape }, builder) => {
  if (!isKind(x!, "reshape")) return null;
  const source = x.inputs[0]!;
  if (!sameShape(solid(source.shape), solid(x.shape))) return null;
  const places = (sizes: Sizes) => sizes.flatMap((size, i) => (size === 1 ? [] : [i]));
  const [from, to] = [places(source.shape), places(x.shape)];
  const ones = source.shape.flatMap((size, i) => (size === 1 ? [i] : []));
  const order = axes.filter((axis) => x.shape[axis] !== 1).map((axis) => from[to.indexOf(axis)]!);
  return reshapeOf(builder, transposeOf(builder, source, [...ones, ...order]), shape);
};

/** A slice of everything; a pad of nothing. */
export const wholeInput = ({
  step: { starts, steps },
  inputs: [x],
  shape,
}: NodeOf<"slice"> | NodeOf<"pad">) =>
  sameShape(x!.shape, shape) && shape.every((size, i) => starts[i] === 0 && (size < 2 || steps[i] === 1))
    ? x!
    : null;

export const sliceOfSlice: Rule<"slice"> = ({ step: { starts, steps }, inputs: [x], shape }, builder) => {
  if (!isKind(x!, "slice")) return null;
  const inner = x.step;
  return sliceOf(
    builder,
    x.inputs[0]!,
    inner.starts.map((start, i) => start + inner.steps[i]! * starts[i]!),
    inner.steps.map((step, i) => step * steps[i]!),
    shape,
  );
};

/** What is repeated is cut before. */
export const sliceOfBroadcast: Rule<"slice"> = ({ step: { starts, steps }, inputs: [x], shape }, builder) => {
  if (!isKind(x!, "broadcast")) return null;
  const [source] = x.inputs as readonly [Node];
  const sizes = aligned(source.shape, x.shape);
  const cut = sliceOf(
    builder,
    reshapeOf(builder, source, sizes),
    starts.map((start, i) => (sizes[i] === 1 ? 0 : start)),
    steps.map((step, i) => (sizes[i] === 1 ? 1 : step)),
    shape.map((size, i) => (sizes[i] === 1 ? 1 : size)),
  );
  return broadcastOf(builder, cut, shape);
};

/** Of values among zeros, a part without the zeros. */
export const sliceOfPad: Rule<"slice"> = ({ step: { starts, steps }, inputs: [x], shape }, builder) => {
  if (!isKind(x!, "pad")) return null;
  const source = x.inputs[0]!;
  const first = starts.map((start, i) => (start - x.step.starts[i]!) / x.step.steps[i]!);
  const apart = steps.map((step, i) => (shape[i]! < 2 ? 1 : step / x.step.steps[i]!));
  const within = (at: number, size: number) => Number.isInteger(at) && at >= 0 && at < size;
  const fits = shape.every(
    (count, i) =>
      count > 0 &&
      Number.isInteger(apart[i]) &&
      within(first[i]!, source.shape[i]!) &&
      within(first[i]! + (count - 1) * apart[i]!, source.shape[i]!),
  );
  return fits ? sliceOf(builder, source, first, apart, shape) : null;
};

/** Of arrays in a row, a part that lies in one of them. */
export const sliceOfConcatenate: Rule<"slice"> = (
  { step: { starts, steps }, inputs: [x], shape },
  builder,
) => {
  if (!isKind(x!, "concatenate") || sizeOf(shape) === 0) return null;
  const { axis } = x.step;
  const start = starts[axis]!;
  const last = start + (shape[axis]! - 1) * steps[axis]!;
  let from = 0;
  for (const part of x.inputs) {
    const to = from + part.shape[axis]!;
    if (Math.min(start, last) >= from && Math.max(start, last) < to)
      return sliceOf(builder, part, replaced(starts, axis, start - from), steps, shape);
    from = to;
  }
  return null;
};

export const concatenateOfOne: Rule<"concatenate"> = ({ inputs }) =>
  inputs.length === 1 ? inputs[0]! : null;

/** Windows that lie side by side are parts of the axis: nothing is in two of them. */
export const windowsSideBySide: Rule<"slice"> = (
  { step: { starts, steps }, inputs: [windows], shape },
  builder,
) => {
  if (!isKind(windows!, "windows")) return null;
  const source = windows.inputs[0]!;
  const tiles = tilesOf(windows.step.axes, source.shape, shape, starts, steps);
  if (tiles === null) return null;
  const part = sliceOf(
    builder,
    source,
    starts.slice(0, source.shape.length),
    source.shape.map(() => 1),
    tiles.covered,
  );
  return transposeOf(builder, reshapeOf(builder, part, tiles.split), tiles.order);
};

/** What windows side by side add up to: each value by itself. A -0 stays one, which added to 0 would be 0. */
export const overlapSideBySide: Rule<"overlapAdd"> = ({ step: { axes }, inputs: [x], shape }, builder) => {
  if (!isKind(x!, "pad")) return null;
  const { starts, steps } = x.step;
  const values = x.inputs[0]!;
  const tiles = tilesOf(axes, shape, values.shape, starts, steps);
  if (tiles === null) return null;
  const back = tiles.order.map((_, i) => tiles.order.indexOf(i));
  const part = reshapeOf(builder, transposeOf(builder, values, back), tiles.covered);
  const kind = { kind: "pad", starts: starts.slice(0, shape.length), steps: shape.map(() => 1) } as const;
  return builder.make(kind, [part], shape, x.dtype);
};

/**
 * If windows over `shape`, those at `starts`, `steps` apart, lie side by side: what of the shape they cover,
 * its axes split in windows and places within, and the order of these that windows have.
 */
function tilesOf(
  axes: readonly number[],
  shape: Sizes,
  windows: Sizes,
  starts: readonly number[],
  steps: readonly number[],
): { covered: number[]; split: number[]; order: number[] } | null {
  const rank = shape.length;
  const sizes = windows.slice(rank);
  const positions: number[] = [];
  const places = new Array<number>(axes.length);
  const split: number[] = [];
  const covered: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const i = axes.indexOf(axis);
    const size = i < 0 ? 1 : sizes[i]!;
    const count = windows[axis]!;
    if (count === 0 || (count > 1 && steps[axis] !== size)) return null;
    positions.push(split.length);
    split.push(count);
    covered.push(count * size);
    if (i < 0) continue;
    places[i] = split.length;
    split.push(size);
  }
  // all places of each window, in order
  if (starts.slice(rank).some((start) => start !== 0) || steps.slice(rank).some((step) => step !== 1)) return null; // biome-ignore format: one line
  return { covered, split, order: [...positions, ...places] };
}

/** What is computed of repeated values is computed once and then repeated. */
export const pointwiseOfBroadcasts: AnyRule = ({ step, inputs, shape, dtype }, builder) => {
  const sources = inputs.map((x) => (isKind(x, "broadcast") ? x.inputs[0]! : x));
  const sizes = sources.map((x) => aligned(x.shape, shape));
  const small = trimmed(shape.map((size, i) => (sizes.some((source) => source[i] !== 1) ? size : 1)));
  const allShorter = inputs.every((x) => isKind(x, "broadcast")) && small.length < shape.length;
  if (sizeOf(small) >= sizeOf(shape) && !allShorter) return null;
  const narrow = sources.map((x) => broadcastOf(builder, reshapeOf(builder, x, trimmed(x.shape)), small));
  return broadcastOf(builder, builder.make(step, narrow, small, dtype), shape);
};

/**
 * What is computed of reshaped values is computed in their own shape, the one of the fewest axes, so that it
 * stands beside what made them.
 */
export const pointwiseOfReshapes: AnyRule = ({ step, inputs, shape, dtype }, builder) => {
  const shapes = inputs.filter((x) => isKind(x, "reshape")).map((x) => x.inputs[0]!.shape);
  const from = shapes.reduce((best, other) => (other.length < best.length ? other : best), shape);
  if (from === shape) return null;
  const before = inputs.map((x) => unshaped(x, from, builder));
  if (before.includes(null)) return null;
  return reshapeOf(builder, builder.make(step, before as Node[], from, dtype), shape);
};

/** The node whose values in row-major order are those of `x`, in a shape, where it is at hand. */
function unshaped(x: Node, shape: Sizes, builder: Builder): Node | null {
  if (isKind(x, "reshape")) return reshapeOf(builder, x.inputs[0]!, shape);
  if (!isKind(x, "broadcast")) return null;
  const source = x.inputs[0]!;
  const n = source.shape.length;
  const same = n <= shape.length && (n === 0 || sameShape(x.shape.slice(-n), shape.slice(-n)));
  return same ? broadcastOf(builder, source, shape) : null;
}

/** What is computed of values that all changed places alike is computed where they were. */
export const pointwiseOfTransposes: AnyRule = ({ step, inputs, dtype }, builder) => {
  const moved = inputs.find((x) => isKind(x, "transpose"));
  if (moved === undefined) return null;
  const { axes } = moved.step;
  const shape = moved.inputs[0]!.shape;
  const before = inputs.map((x) => {
    if (isSpread(x)) return broadcastOf(builder, x.inputs[0]!, shape);
    return isKind(x, "transpose") && sameShape(x.step.axes, axes) ? x.inputs[0]! : null;
  });
  if (before.includes(null)) return null;
  return transposeOf(builder, builder.make(step, before as Node[], shape, dtype), axes);
};
