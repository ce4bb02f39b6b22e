import { formatShape, type NDArray } from "camada";
import * as a from "../arrays.js";
import { type AttributesOf, choice, flag, float, int, ints } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";
import { dtypeOfCode } from "../tensor.js";

function gather(call: Call, axis: number): NDArray {
  return a.take(call.input(0), call.input(1), axis);
}

/** At each place the value at an index along an axis; the indices may be fewer along the others. */
function gatherElements(call: Call, axis: number): NDArray {
  const [x, indices] = [call.input(0), call.input(1)];
  const place = a.fromFront(axis, x.ndim);
  const parts = x.shape.map((_, i) => (i === place ? null : ([0, indices.shape[i] ?? 0, 1] as const)));
  return a.takeAlongAxis(a.slice(x, parts), indices, place);
}

/** The parts at several indices at once, one for each of the first axes. */
function gatherND(call: Call, batchAxes: number): NDArray {
  const [x, indices] = [call.input(0), call.input(1)];
  const count = indices.shape.at(-1) ?? 0;
  const sizes = x.shape.slice(batchAxes, batchAxes + count);
  const fits = count > 0 && batchAxes >= 0 && sizes.length === count && batchAxes < indices.ndim;
  if (!fits) call.refuse(`batch_dims = ${batchAxes}, X${formatShape(x.shape)}, indices${formatShape(indices.shape)}`); // biome-ignore format: one line
  const size = (of: readonly number[]) => of.reduce((n, s) => n * s, 1);
  const batches = size(x.shape.slice(0, batchAxes));
  const rest = x.shape.slice(batchAxes + count);
  const rows = a.reshape(indices, [batches, -1, count]);
  // where each part begins, counted in parts, within all of its batch
  const strides = sizes.map((_, i) => size(sizes.slice(i + 1)));
  const columns = a.split(
    rows,
    sizes.slice(1).map((_, i) => i + 1),
    2,
  );
  const at = columns
    .map((column, i) => a.multiply(a.where(a.less(column, 0), a.add(column, sizes[i]!), column), strides[i]!))
    .reduce((x, y) => a.add(x, y));
  const starts = a.multiply(a.reshape(a.counting(batches), [batches, 1, 1]), size(sizes));
  const parts = a.take(a.reshape(x, [batches * size(sizes), ...rest]), a.reshape(a.add(at, starts), [-1]), 0);
  return a.reshape(parts, [...indices.shape.slice(0, -1), ...rest]);
}

const SLICE = { axes: ints(), ends: ints(), starts: ints() };

/** Ranges as in Python; attributes up to opset 9, inputs since. */
function slice(call: Call, given: AttributesOf<typeof SLICE>): NDArray {
  const x = call.input(0);
  const starts = given.starts ?? call.numbers(1);
  const ends = given.ends ?? call.numbers(2);
  const axes = a.axesFromFront(given.axes ?? call.optionalNumbers(3) ?? starts.map((_, i) => i), x.ndim);
  const steps = call.optionalNumbers(4) ?? starts.map(() => 1);
  const fits = [ends, axes, steps].every(({ length }) => length === starts.length);
  if (!fits || steps.includes(0)) call.refuse(`axes = [${axes.join(", ")}], X${formatShape(x.shape)}`); // biome-ignore format: one line
  const parts = x.shape.map((_, axis) => {
    const i = axes.indexOf(axis);
    return i < 0 ? null : ([starts[i]!, ends[i]!, steps[i]!] as const);
  });
  return a.slice(x, parts);
}

const PAD = { mode: choice("constant", "reflect", "edge", "wrap"), pads: ints(), value: float() };

function pad(call: Call, { mode, pads, value }: AttributesOf<typeof PAD>): NDArray {
  const x = call.input(0);
  const given = pads ?? call.numbers(1);
  const axes = a.axesFromFront(call.optionalNumbers(3) ?? x.shape.map((_, i) => i), x.ndim);
  if (given.length !== 2 * axes.length) call.refuse(`pads = [${given.join(", ")}], X${formatShape(x.shape)}`);
  const widths = x.shape.map((_, axis) => {
    const i = axes.indexOf(axis);
    return i < 0 ? ([0, 0] as const) : ([given[i]!, given[i + axes.length]!] as const);
  });
  a.sized(x.shape.map((size, i) => size + widths[i]![0] + widths[i]![1]));
  // what is less than nothing is cut off
  const parts = x.shape.map((size, i) => [Math.max(-widths[i]![0], 0), size - Math.max(-widths[i]![1], 0), 1] as const); // biome-ignore format: one line
  const inner = a.slice(x, parts);
  const around = widths.map(([before, after]) => [Math.max(before, 0), Math.max(after, 0)] as const);
  if (mode === "constant") return a.pad(inner, around, value ?? call.optionalNumbers(2)?.[0] ?? 0);
  return around.reduce((result, [before, after], axis) => {
    if (before === 0 && after === 0) return result;
    const size = result.shape[axis]!;
    if (size === 0) call.refuse(`mode = ${mode}, X${formatShape(x.shape)}`);
    const at = Array.from({ length: before + size + after }, (_, i) => SOURCES[mode](i - before, size));
    return a.take(result, a.integers(at), axis);
  }, inner);
}

/** From where within 0 to below `size` a place outside takes its value. */
const SOURCES = {
  edge: (at: number, size: number) => Math.min(Math.max(at, 0), size - 1),
  wrap: (at: number, size: number) => ((at % size) + size) % size,
  reflect: (at: number, size: number) => {
    const period = Math.max(2 * (size - 1), 1);
    const within = ((at % period) + period) % period;
    return within < size ? within : period - within;
  },
};

function oneHot(call: Call, axis: number): NDArray {
  const indices = a.asType(call.input(0), "int32");
  const depth = call.numbers(1)[0] ?? call.refuse("depth");
  const place = a.fromFront(axis, indices.ndim + 1);
  const values = call.input(2);
  const [off, on] = [0, 1].map((i) => a.reshape(a.take(values, a.integers([i]), 0), [])) as [NDArray, NDArray]; // biome-ignore format: one line
  const classes = a.where(a.less(indices, 0), a.add(indices, depth), indices);
  const places = a.reshape(a.counting(depth), [depth, ...indices.shape.slice(place).map(() => 1)]);
  return a.where(a.equal(a.expandDims(classes, place), places), on, off);
}

/** Row and column of each place of the last two axes: whether column - row suits. */
function diagonal(shape: readonly number[], suits: (above: number) => boolean): NDArray {
  const [rows, columns] = shape.slice(-2) as [number, number];
  const values = Array.from({ length: rows * columns }, (_, i) => Number(suits((i % columns) - Math.floor(i / columns)))); // biome-ignore format: one line
  return a.asType(a.integers(values, [rows, columns]), "bool");
}

function triangle(call: Call, upper: boolean): NDArray {
  const x = call.input(0);
  if (x.ndim < 2) call.refuse(`X${formatShape(x.shape)}`);
  const k = call.optionalNumbers(1)?.[0] ?? 0;
  return a.where(diagonal(x.shape, (above) => (upper ? above >= k : above <= k)), x, 0); // biome-ignore format: one line
}

const TOP = { axis: int(-1), largest: flag(true), sorted: flag(true), k: int() };

/** The largest or smallest along an axis, and where they stood; of equals the first. */
function top(call: Call, { axis, largest, k }: AttributesOf<typeof TOP>): readonly NDArray[] {
  const x = call.input(0);
  const place = a.fromFront(axis, x.ndim);
  const count = k ?? call.numbers(1)[0] ?? 0;
  if (!(count >= 0 && count <= x.shape[place]!)) call.refuse(`k = ${count}, X${formatShape(x.shape)}`);
  const order = a.argsort(largest ? a.negative(x.dtype === "uint8" ? a.asType(x, "int32") : x) : x, place);
  const indices = a.slice(order, x.shape.map((_, i) => (i === place ? [0, count, 1] : null))); // biome-ignore format: one line
  return [a.takeAlongAxis(x, indices, place), indices];
}

/** The parts along an axis where a condition holds; without an axis, of all values in a row. */
function compress(call: Call, axis: number | undefined): NDArray {
  const x = axis === undefined ? a.reshape(call.input(0), [-1]) : call.input(0);
  const chosen = call.numbers(1).flatMap((holds, i) => (holds !== 0 ? [i] : []));
  return a.take(x, a.integers(chosen), axis ?? 0);
}

/** Ones along a diagonal, `k` above the main one, in the shape of the input. */
function eyeLike(call: Call, k: number, code: number | undefined): NDArray {
  const x = call.input(0);
  if (x.ndim !== 2) call.refuse(`X${formatShape(x.shape)}`);
  const dtype = code === undefined ? x.dtype : dtypeOfCode(code, call.where.operator);
  return a.asType(diagonal(x.shape, (above) => above === k), dtype); // biome-ignore format: one line
}

/** Of each row of a batch the first so many steps in reverse, the others as they are. */
function reverseSequence(call: Call, rows: number, steps: number): NDArray {
  const [x, lengths] = [call.input(0), call.numbers(1)];
  const [row, step] = [rows, steps].map((axis) => a.fromFront(axis, x.ndim)) as [number, number];
  const [count, size] = [x.shape[row]!, x.shape[step]!];
  const fits = row !== step && lengths.length === count && lengths.every((n) => n >= 0 && n <= size);
  if (!fits) call.refuse(`sequence_lens = [${lengths.join(", ")}], X${formatShape(x.shape)}`);
  const order = lengths.flatMap((n) => Array.from({ length: size }, (_, i) => (i < n ? n - 1 - i : i)));
  const own = a.integers(order, [count, size]);
  const between = x.shape.map((each, i) => (i === row || i === step ? each : 1));
  const indices = a.reshape(row < step ? own : a.transpose(own, [1, 0]), between);
  return a.takeAlongAxis(x, a.broadcastTo(indices, x.shape), step);
}

/** Operators that pick values by where they stand. */
export const INDEXING: { readonly [name: string]: Operator } = {
  Compress: operator(2, { axis: int() }, (call, { axis }) => compress(call, axis)),
  EyeLike: operator(1, { dtype: int(), k: int(0) }, (call, { dtype, k }) => eyeLike(call, k, dtype)),
  Gather: operator(2, { axis: int(0) }, (call, { axis }) => gather(call, axis)),
  GatherElements: operator(2, { axis: int(0) }, (call, { axis }) => gatherElements(call, axis)),
  GatherND: operator(2, { batch_dims: int(0) }, (call, { batch_dims: axes }) => gatherND(call, axes)),
  OneHot: operator(3, { axis: int(-1) }, (call, { axis }) => oneHot(call, axis)),
  Pad: operator([1, 4], PAD, pad),
  ReverseSequence: operator(2, { batch_axis: int(1), time_axis: int(0) }, (call, given) =>
    reverseSequence(call, given.batch_axis, given.time_axis),
  ),
  Slice: operator([1, 5], SLICE, slice),
  TopK: operator([1, 2], TOP, top, 2),
  Trilu: operator([1, 2], { upper: flag(true) }, (call, { upper }) => triangle(call, upper)),
};
