import { formatShape, type NDArray } from "camada";
import * as a from "../arrays.js";
import { choice, flag, float, floats, int, ints, needed, tensor } from "../attributes.js";
import { ANY, type Call, type Operator, operator } from "../operator.js";
import { OnnxTensor } from "../tensor.js";

/** The sizes of two shapes that go together, as broadcasting lines them up. */
function broadcastShape(call: Call, x: readonly number[], y: readonly number[]): number[] {
  const length = Math.max(x.length, y.length);
  const at = (shape: readonly number[], i: number) => shape[i - length + shape.length] ?? 1;
  return Array.from({ length }, (_, i) => {
    const [p, q] = [at(x, i), at(y, i)];
    if (p !== q && p !== 1 && q !== 1) call.refuse(`shape = [${y.join(", ")}], X${formatShape(x)}`);
    return p === 1 ? q : p;
  });
}

/** A size of 0 stands for the input's own, unless zeros are allowed; -1 for what is left. */
function reshape(call: Call, allowZero: boolean): NDArray {
  const x = call.input(0);
  const sizes = call.numbers(1).map((size, i) => (size === 0 && !allowZero ? (x.shape[i] ?? 0) : size));
  return a.reshape(x, sizes);
}

function squeeze(call: Call, given: readonly number[] | undefined): NDArray {
  const x = call.input(0);
  const axes = given ?? call.optionalNumbers(1);
  const gone = axes === undefined || axes.length === 0 ? x.shape.flatMap((size, i) => (size === 1 ? [i] : [])) : a.axesFromFront(axes, x.ndim); // biome-ignore format: one line
  if (gone.some((axis) => x.shape[axis] !== 1)) call.refuse(`axes = [${gone.join(", ")}], X${formatShape(x.shape)}`); // biome-ignore format: one line
  return a.reshape(
    x,
    x.shape.filter((_, i) => !gone.includes(i)),
  );
}

function unsqueeze(call: Call, given: readonly number[] | undefined): NDArray {
  const x = call.input(0);
  const axes = given ?? call.numbers(1);
  const ndim = x.ndim + axes.length;
  const places = a.axesFromFront(axes, ndim).sort((p, q) => p - q);
  const sizes = [...x.shape];
  for (const place of places) sizes.splice(place, 0, 1);
  return a.reshape(x, sizes);
}

function flatten(call: Call, axis: number): NDArray {
  const x = call.input(0);
  const place = axis === x.ndim ? axis : a.fromFront(axis, x.ndim);
  const size = (sizes: readonly number[]) => sizes.reduce((n, s) => n * s, 1);
  return a.reshape(x, [size(x.shape.slice(0, place)), size(x.shape.slice(place))]);
}

/** Into parts of given sizes, or into as many as there are outputs, of which the last may be smaller. */
function split(call: Call, axis: number, given: readonly number[] | undefined, count: number | undefined) {
  const x = call.input(0);
  const place = a.fromFront(axis, x.ndim);
  const size = x.shape[place]!;
  const parts = call.wanted;
  const each = Math.ceil(size / parts);
  const even = Array.from({ length: parts }, (_, i) => Math.max(Math.min(each, size - i * each), 0));
  const sizes = given ?? call.optionalNumbers(1) ?? even;
  let stop = 0;
  const stops = sizes.map((part) => {
    stop += part;
    return stop;
  });
  const fits = sizes.length === parts && (count ?? parts) === parts && stop === size;
  if (!fits || sizes.some((part) => part < 0)) call.refuse(`split, X${formatShape(x.shape)}`);
  return a.split(x, stops.slice(0, -1), place);
}

function tile(call: Call): NDArray {
  const x = call.input(0);
  const repeats = call.numbers(1);
  if (repeats.length !== x.ndim) call.refuse(`repeats = [${repeats.join(", ")}], X${formatShape(x.shape)}`);
  const shape = x.shape.map((size, i) => size * repeats[i]!);
  const apart = x.shape.flatMap((size) => [1, size]);
  const repeated = x.shape.flatMap((size, i) => [repeats[i]!, size]);
  return a.reshape(a.broadcastTo(a.reshape(x, apart), repeated), shape);
}

/** Blocks of channels to blocks of places, or back: axes taken apart, put in another order, and together. */
function rearranged(
  call: Call,
  block: number,
  order: readonly number[],
  apart: (x: readonly number[]) => number[],
  whole: (x: readonly number[]) => number[],
): NDArray {
  const x = call.input(0);
  if (x.ndim !== 4 || !(block >= 1)) call.refuse(`blocksize = ${block}, X${formatShape(x.shape)}`);
  return a.reshape(a.transpose(a.reshape(x, apart(x.shape)), order), whole(x.shape));
}

type Four = readonly [number, number, number, number];

function depthToSpace(call: Call, block: number, mode: string): NDArray {
  const columns = mode === "CRD";
  return rearranged(
    call,
    block,
    columns ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2],
    (x) => {
      const [n, c, h, w] = x as Four;
      const depth = c / block ** 2;
      return columns ? [n, depth, block, block, h, w] : [n, block, block, depth, h, w];
    },
    (x) => [x[0]!, x[1]! / block ** 2, x[2]! * block, x[3]! * block],
  );
}

function spaceToDepth(call: Call, block: number): NDArray {
  return rearranged(
    call,
    block,
    [0, 3, 5, 1, 2, 4],
    ([n, c, h, w] = []) => [n!, c!, h! / block, block, w! / block, block],
    ([n, c, h, w] = []) => [n!, c! * block ** 2, h! / block, w! / block],
  );
}

function shapeOf(call: Call, start: number, end: number | undefined): NDArray {
  return a.integers(call.input(0).shape.slice(start, end));
}

/** An array of one value; a tensor says which, and of what type. */
function constantOfShape(call: Call, value: OnnxTensor | undefined): NDArray {
  const shape = call.numbers(0);
  return value === undefined
    ? a.full(shape, 0, "float32")
    : a.broadcastTo(a.reshape(value.array, shape.map(() => 1)), shape); // biome-ignore format: one line
}

const CONSTANT = { value: tensor(), value_float: float(), value_floats: floats(), value_int: int(), value_ints: ints() }; // biome-ignore format: one line

function range(call: Call): NDArray {
  const [start, limit, step] = [0, 1, 2].map((i) => call.numbers(i)[0] ?? call.refuse(`input ${i}`));
  const { dtype } = call.input(0);
  if (step === 0) call.refuse("delta = 0");
  const size = Math.max(Math.ceil((limit! - start!) / step!), 0);
  const steps = a.multiply(a.asType(a.counting(size), dtype), a.full([], step!, dtype));
  return a.add(steps, a.full([], start!, dtype));
}

/** Operators that change no value, only where it stands; and those that make arrays of a shape. */
export const SHAPING: { readonly [name: string]: Operator } = {
  Concat: operator([1, ANY], { axis: needed(int()) }, ({ inputs }, { axis }) => a.concatenate(inputs, axis)),
  Constant: operator(0, CONSTANT, (call, given) => {
    if (given.value !== undefined) return given.value;
    if (given.value_float !== undefined) return a.full([], given.value_float, "float32");
    const ints = given.value_ints ?? (given.value_int === undefined ? undefined : [given.value_int]);
    const dims = given.value_ints === undefined ? [] : [given.value_ints.length];
    if (ints !== undefined) return new OnnxTensor("", "int64", dims, ints);
    const numbers = given.value_floats ?? call.refuse("value");
    return a.reals(numbers);
  }),
  ConstantOfShape: operator(1, { value: tensor() }, (call, { value }) => constantOfShape(call, value)),
  DepthToSpace: operator(1, { blocksize: needed(int()), mode: choice("DCR", "CRD") }, (call, given) =>
    depthToSpace(call, given.blocksize, given.mode),
  ),
  Expand: operator(2, {}, (call) => {
    const x = call.input(0);
    return a.broadcastTo(x, broadcastShape(call, x.shape, call.numbers(1)));
  }),
  Flatten: operator(1, { axis: int(1) }, (call, { axis }) => flatten(call, axis)),
  Range: operator(3, {}, range),
  Reshape: operator(2, { allowzero: flag(false) }, (call, { allowzero }) => reshape(call, allowzero)),
  Shape: operator(1, { start: int(0), end: int() }, (call, { start, end }) => shapeOf(call, start, end)),
  Size: operator(1, {}, (call) => a.integers([call.input(0).size], [])),
  SpaceToDepth: operator(1, { blocksize: needed(int()) }, (call, { blocksize }) => spaceToDepth(call, blocksize)), // biome-ignore format: one line
  Split: operator(
    [1, 2],
    { axis: int(0), split: ints(), num_outputs: int() },
    (call, { axis, split: sizes, num_outputs: count }) => split(call, axis, sizes, count),
    2 ** 20,
  ),
  Squeeze: operator([1, 2], { axes: ints() }, (call, { axes }) => squeeze(call, axes)),
  Tile: operator(2, {}, tile),
  Transpose: operator(1, { perm: ints() }, (call, { perm }) => {
    const x = call.input(0);
    return a.transpose(x, perm ?? x.shape.map((_, i) => x.ndim - 1 - i));
  }),
  Unsqueeze: operator([1, 2], { axes: ints() }, (call, { axes }) => unsqueeze(call, axes)),
};
