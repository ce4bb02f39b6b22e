import { formatShape, type NDArray, RandomState } from "camada";
import * as a from "../arrays.js";
import { type AttributesOf, flag, float, int, ints } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";
import { along } from "./reductions.js";

interface Moments {
  readonly mean: NDArray;
  readonly variance: NDArray;
}

/** Mean and variance along axes, which stay with size 1. */
function momentsOf(x: NDArray, axes: readonly number[]): Moments {
  const mean = along(x, axes, a.mean);
  return { mean, variance: along(a.square(a.subtract(x, mean)), axes, a.mean) };
}

/** (x - mean) / √(variance + epsilon), and what it was divided by, turned over. */
function standardized(x: NDArray, { mean, variance }: Moments, epsilon: number) {
  const inverse = a.divide(1, a.sqrt(a.add(variance, epsilon)));
  return { value: a.multiply(a.subtract(x, mean), inverse), inverse };
}

/** One value for each channel, the second axis, to go with all of `x`. */
const perChannel = (x: NDArray, values: NDArray): NDArray =>
  a.reshape(values, [values.size, ...x.shape.slice(2).map(() => 1)]);

const from = (first: number, ndim: number): number[] =>
  Array.from({ length: ndim - first }, (_, i) => first + i);

/** Each channel (the second axis) of each observation by itself. */
const eachChannel = (x: NDArray): number[] => from(2, x.ndim);

/** All channels together, over batch and places. */
const overBatch = (x: NDArray): number[] => [0, ...from(2, x.ndim)];

const BATCH = {
  epsilon: float(1e-5),
  momentum: float(0.9),
  training_mode: flag(false),
  // before opset 7: whether it is for inference; the one way that camada knows
  is_test: flag(false),
  spatial: flag(true),
};

function batchNormalization(call: Call, given: AttributesOf<typeof BATCH>): readonly NDArray[] {
  if (call.opset < 7 && !given.is_test) call.refuse("is_test = 0");
  if (!given.spatial) call.refuse("spatial = 0");
  // before opset 14 further outputs were those of training
  if (call.opset < 14 && call.wanted > 1) call.refuse("training");
  const [x, scale, bias, mean, variance] = [0, 1, 2, 3, 4].map((i) => call.input(i)) as [
    NDArray, NDArray, NDArray, NDArray, NDArray,
  ]; // biome-ignore format: a list
  const known = { mean: perChannel(x, mean), variance: perChannel(x, variance) };
  const moments = given.training_mode ? momentsOf(x, overBatch(x)) : known;
  const { value } = standardized(x, moments, given.epsilon);
  const result = a.add(a.multiply(value, perChannel(x, scale)), perChannel(x, bias));
  if (!given.training_mode) return [result];
  const moved = (running: NDArray, now: NDArray): NDArray =>
    a.add(a.multiply(running, given.momentum), a.multiply(a.reshape(now, running.shape), 1 - given.momentum));
  return [result, moved(mean, moments.mean), moved(variance, moments.variance)];
}

const LAYER = { axis: int(-1), epsilon: float(1e-5), stash_type: int(1) };

function layerNormalization(call: Call, { axis, epsilon }: AttributesOf<typeof LAYER>): readonly NDArray[] {
  const x = call.input(0);
  const moments = momentsOf(x, from(a.fromFront(axis, x.ndim), x.ndim));
  const { value, inverse } = standardized(x, moments, epsilon);
  const scaled = a.multiply(value, call.input(1));
  const bias = call.optional(2);
  return [bias === undefined ? scaled : a.add(scaled, bias), moments.mean, inverse];
}

/** Channels in groups: each group of each observation by itself. Its scale is for groups before opset 21. */
function groupNormalization(call: Call, groups: number, epsilon: number): NDArray {
  const x = call.input(0);
  const [batch, channels, ...places] = x.shape as [number, number, ...number[]];
  if (groups < 1 || channels % groups !== 0) call.refuse(`num_groups = ${groups}, X${formatShape(x.shape)}`);
  const apart = a.reshape(x, [batch, groups, channels / groups, ...places]);
  const { value } = standardized(apart, momentsOf(apart, from(2, apart.ndim)), epsilon);
  const byGroup = call.opset < 21;
  const whole = byGroup ? value : a.reshape(value, x.shape);
  const each = (i: number) => perChannel(whole, call.input(i));
  return a.reshape(a.add(a.multiply(whole, each(1)), each(2)), x.shape);
}

/** Divided by a power of what the neighboring channels hold. */
function localResponse(call: Call, given: AttributesOf<typeof LOCAL>): NDArray {
  const x = call.input(0);
  const { size, alpha, beta, bias } = given;
  if (!(size >= 1 && size <= 2 ** 16)) call.refuse(`size = ${size}`);
  const before = Math.floor((size - 1) / 2);
  const widths = x.shape.map((_, axis) => (axis === 1 ? ([before, size - 1 - before] as const) : ([0, 0] as const))); // biome-ignore format: one line
  const windows = a.slidingWindowView(a.pad(a.square(x), widths), [size], [1]);
  const total = a.reshape(a.sum(windows, windows.ndim - 1), x.shape);
  return a.divide(x, a.power(a.add(a.multiply(total, alpha / size), bias), beta));
}

const LOCAL = { alpha: float(0.0001), beta: float(0.75), bias: float(1), size: int(0) };

/** exp of each over the sum of all along axes, less the largest first, so that nothing overflows. */
function shares(x: NDArray, axes: readonly number[]): NDArray {
  const e = a.exp(a.subtract(x, along(x, axes, a.max)));
  return a.divide(e, along(e, axes, a.sum));
}

/** The logarithm of `shares`, without going by way of them. */
export function logShares(x: NDArray, axes: readonly number[]): NDArray {
  const less = a.subtract(x, along(x, axes, a.max));
  return a.subtract(less, a.log(along(a.exp(less), axes, a.sum)));
}

/** 1 for the first of the largest along axes, else 0. */
function hardest(x: NDArray, axes: readonly number[]): NDArray {
  const flat = a.reshape(x, [...x.shape.slice(0, axes[0]), -1, ...x.shape.slice(axes.at(-1)! + 1)]);
  const place = axes[0]!;
  const size = flat.shape[place]!;
  const after = flat.shape.slice(place + 1).map(() => 1);
  const positions = a.reshape(a.counting(size), [size, ...after]);
  return a.reshape(a.asType(a.equal(positions, a.argmax(flat, place)), x.dtype), x.shape);
}

/** Along one axis, the last; before opset 13 along all from one on, the second. */
const normalized = (f: (x: NDArray, axes: readonly number[]) => NDArray): Operator =>
  operator(1, { axis: int() }, (call, { axis }) => {
    const x = call.input(0);
    const place = a.fromFront(axis ?? (call.opset < 13 ? 1 : -1), x.ndim);
    return f(x, call.opset < 13 ? from(place, x.ndim) : [place]);
  });

const DROPOUT = { ratio: float(0.5), seed: int(), is_test: flag(false) };

/**
 * Changes nothing, but while training: there values are dropped by chance, which follows from the seed alone
 * (as NumPy draws it). Without a seed it would be another one at each run, and a compiled function has one.
 */
function dropout(
  call: Call,
  { ratio, seed, is_test: isTest }: AttributesOf<typeof DROPOUT>,
): readonly NDArray[] {
  if (call.opset < 7 && !isTest) call.refuse("is_test = 0");
  const x = call.input(0);
  const training = (call.optionalNumbers(2)?.[0] ?? 0) !== 0;
  const rate = call.optionalNumbers(1)?.[0] ?? ratio;
  if (!training || rate === 0) {
    return call.wanted > 1 ? [x, a.full(x.shape, 1, call.opset < 10 ? x.dtype : "bool")] : [x];
  }
  if (seed === undefined) call.refuse("training_mode = true");
  const chances = a.reshape(new RandomState(seed).uniform(0, 1, [x.size]) as NDArray, x.shape);
  const mask = a.greaterEqual(chances, rate);
  return [a.multiply(a.multiply(x, a.asType(mask, x.dtype)), 1 / (1 - rate)), mask];
}

/** Operators that bring values to a common scale. */
export const NORMALIZATION: { readonly [name: string]: Operator } = {
  BatchNormalization: operator(5, BATCH, batchNormalization, 5),
  Dropout: operator([1, 3], DROPOUT, dropout, 2),
  GroupNormalization: operator(
    3,
    { epsilon: float(1e-5), num_groups: int(0), stash_type: int(1) },
    (call, { num_groups: groups, epsilon }) => groupNormalization(call, groups, epsilon),
  ),
  Hardmax: normalized(hardest),
  InstanceNormalization: operator(3, { epsilon: float(1e-5) }, (call, { epsilon }) => {
    const x = call.input(0);
    const { value } = standardized(x, momentsOf(x, eachChannel(x)), epsilon);
    return a.add(a.multiply(value, perChannel(x, call.input(1))), perChannel(x, call.input(2)));
  }),
  LayerNormalization: operator([2, 3], LAYER, layerNormalization, 3),
  LogSoftmax: normalized(logShares),
  LRN: operator(1, LOCAL, localResponse),
  MeanVarianceNormalization: operator(1, { axes: ints([0, 2, 3]) }, (call, { axes }) => {
    const x = call.input(0);
    return standardized(x, momentsOf(x, a.axesFromFront(axes, x.ndim)), 1e-9).value;
  }),
  Softmax: normalized(shares),
};
