import { formatShape, type NDArray } from "camada";
import * as a from "../arrays.js";
import { type AttributesOf, choice, int, ints, needed } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";
import { perAxis } from "./windows.js";

// Writing at places that come as values: nothing is written, but a new array takes each value from where it is.

const JOINS = { add: a.add, max: a.maximum, min: a.minimum, mul: a.multiply };

const REDUCTION = choice("none", "add", "max", "min", "mul");

/**
 * `x` with updates at places, counted in row-major order. Of several at one place the last stays; or each is joined
 * with what is there, in rounds in which no place comes twice.
 */
function written(
  x: NDArray,
  places: readonly number[],
  updates: NDArray,
  reduction: keyof typeof JOINS | "none",
): NDArray {
  if (places.length === 0) return x;
  const flat = a.reshape(x, [-1]);
  const values = a.reshape(updates, [-1]);
  const rounds: Map<number, number>[] = [];
  const times = new Map<number, number>();
  places.forEach((place, i) => {
    const round = reduction === "none" ? 0 : (times.get(place) ?? 0);
    times.set(place, round + 1);
    rounds[round] = (rounds[round] ?? new Map<number, number>()).set(place, i);
  });
  a.sized([rounds.length, flat.size]);
  const result = rounds.reduce((before, round) => {
    const from = a.integers(Array.from({ length: flat.size }, (_, at) => round.get(at) ?? 0));
    const held = a.asType(a.integers(Array.from({ length: flat.size }, (_, at) => Number(round.has(at)))), "bool"); // biome-ignore format: one line
    const update = a.take(values, from, 0);
    return a.where(held, reduction === "none" ? update : JOINS[reduction](before, update), before);
  }, flat);
  return a.reshape(result, x.shape);
}

/** How far apart neighbors along each axis lie. */
function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
}

/** An index from the front. */
function checked(call: Call, index: number, size: number): number {
  const at = index < 0 ? index + size : index;
  if (!(at >= 0 && at < size)) call.refuse(`index ${index}, size ${size}`);
  return at;
}

function scatterElements(
  call: Call,
  { axis, reduction }: { readonly axis: number; readonly reduction: keyof typeof JOINS | "none" },
): NDArray {
  const [x, indices, updates] = [call.input(0), call.input(1), call.input(2)];
  const along = a.fromFront(axis, x.ndim);
  const fits =
    formatShape(indices.shape) === formatShape(updates.shape) &&
    indices.ndim === x.ndim &&
    indices.shape.every((size, i) => i === along || size <= x.shape[i]!);
  if (!fits) call.refuse(`X${formatShape(x.shape)}, indices${formatShape(indices.shape)}, updates${formatShape(updates.shape)}`); // biome-ignore format: one line
  const [own, others] = [stridesOf(x.shape), stridesOf(indices.shape)];
  const places = call.numbers(1).map((index, i) =>
    indices.shape.reduce((place, size, k) => {
      const at = k === along ? checked(call, index, x.shape[k]!) : Math.floor(i / others[k]!) % size;
      return place + at * own[k]!;
    }, 0),
  );
  return written(x, places, updates, reduction);
}

function scatterND(call: Call, reduction: keyof typeof JOINS | "none"): NDArray {
  const [x, indices, updates] = [call.input(0), call.input(1), call.input(2)];
  const count = indices.shape.at(-1) ?? 0;
  const parts = indices.shape.slice(0, -1);
  const expected = [...parts, ...x.shape.slice(count)];
  if (count < 1 || count > x.ndim || formatShape(updates.shape) !== formatShape(expected)) {
    call.refuse(`X${formatShape(x.shape)}, indices${formatShape(indices.shape)}, updates${formatShape(updates.shape)}`); // biome-ignore format: one line
  }
  const strides = stridesOf(x.shape);
  const numbers = call.numbers(1);
  const block = strides[count - 1]!;
  const places = Array.from({ length: updates.size }, (_, i) => {
    const row = Math.floor(i / block) * count;
    const begin = strides.slice(0, count).reduce((sum, stride, k) => sum + checked(call, numbers[row + k]!, x.shape[k]!) * stride, 0); // biome-ignore format: one line
    return begin + (i % block);
  });
  return written(x, places, updates, reduction);
}

const UNPOOL = { kernel_shape: needed(ints()), pads: ints(), strides: ints() };

/** Values back where MaxPool says that they were, among zeros. */
function maxUnpool(call: Call, given: AttributesOf<typeof UNPOOL>): NDArray {
  const x = call.input(0);
  const sizes = x.shape.slice(2);
  const n = sizes.length;
  const kernel = perAxis(call, "kernel_shape", given.kernel_shape, n, 1, 1);
  const strides = perAxis(call, "strides", given.strides, n, 1, 1);
  const pads = perAxis(call, "pads", given.pads, 2 * n, 0, 0);
  const spread = sizes.map((size, i) => (size - 1) * strides[i]! + kernel[i]! - pads[i]! - pads[i + n]!);
  const shape = [...x.shape.slice(0, 2), ...spread];
  if (n < 1 || spread.some((size) => size < 1) || call.input(1).size !== x.size) call.refuse(`X${formatShape(x.shape)}`); // biome-ignore format: one line
  const zeros = a.full(shape, 0, x.dtype);
  const places = call.numbers(1).map((index) => checked(call, index, zeros.size));
  const result = written(zeros, places, x, "none");
  const wanted = call.optionalNumbers(2) ?? shape;
  const more = shape.map((size, i) => [0, (wanted[i] ?? 0) - size] as const);
  if (wanted.length !== shape.length || more.some(([, after]) => after < 0)) call.refuse(`output_shape = [${wanted.join(", ")}]`); // biome-ignore format: one line
  return a.pad(result, more);
}

const SCATTER = operator(3, { axis: int(0), reduction: REDUCTION }, scatterElements);

/** Operators that write at places that come as values. */
export const SCATTERING: { readonly [name: string]: Operator } = {
  MaxUnpool: operator([2, 3], UNPOOL, maxUnpool),
  // what ScatterElements was called up to opset 10
  Scatter: SCATTER,
  ScatterElements: SCATTER,
  ScatterND: operator(3, { reduction: REDUCTION }, (call, { reduction }) => scatterND(call, reduction)),
};
