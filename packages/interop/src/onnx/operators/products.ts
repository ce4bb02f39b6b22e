import type { NDArray } from "camada";
import * as camada from "camada";
import * as a from "../arrays.js";
import { type AttributesOf, flag, float, int, ints, needed, text } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";
import { padded, perAxis, SLIDE, type Slide, slidesOver, spanOf, windowsOf } from "./windows.js";

/** As NumPy's matmul: a vector is a row on the left and a column on the right, for the product only. */
export function product(x: NDArray, y: NDArray): NDArray {
  const left = x.ndim === 1 ? a.expandDims(x, 0) : x;
  const right = y.ndim === 1 ? a.expandDims(y, 1) : y;
  const result = a.matmul(left, right);
  const gone = [...(x.ndim === 1 ? [result.ndim - 2] : []), ...(y.ndim === 1 ? [result.ndim - 1] : [])];
  return a.reshape(
    result,
    result.shape.filter((_, i) => !gone.includes(i)),
  );
}

const GEMM = {
  alpha: float(1),
  beta: float(1),
  transA: flag(false),
  transB: flag(false),
  // of opset 6 and before, where it said what is always so since
  broadcast: flag(true),
};

/** alpha · A B + beta · C. */
function gemm(call: Call, { alpha, beta, transA, transB }: AttributesOf<typeof GEMM>): NDArray {
  const [x, y] = [call.input(0), call.input(1)];
  if (x.ndim !== 2 || y.ndim !== 2) call.refuse(`A${shown(x)} B${shown(y)}`);
  const scaled = times(a.matmul(transA ? (x.T as NDArray) : x, transB ? (y.T as NDArray) : y), alpha);
  const added = call.optional(2);
  return added === undefined ? scaled : a.add(scaled, times(added, beta));
}

const times = (x: NDArray, factor: number): NDArray => (factor === 1 ? x : a.multiply(x, factor));
const shown = ({ shape }: NDArray): string => camada.formatShape(shape);

/** The axes that "..." stands for get letters of their own, from the last, as broadcasting counts them. */
function spelledOut(call: Call, equation: string): string {
  const [left, right] = equation.replaceAll(" ", "").split("->") as [string, string | undefined];
  const free = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].filter((letter) => !equation.includes(letter));
  const counts = left
    .split(",")
    .map((term, i) => call.input(i).ndim - (term.includes("...") ? term.length - 3 : term.length));
  const most = Math.max(...counts, 0);
  if (most > free.length) call.refuse(`equation = ${equation}`);
  const letters = (count: number) => free.slice(most - count, most).join("");
  const inputs = left.split(",").map((term, i) => term.replace("...", letters(Math.max(counts[i]!, 0))));
  const all = left.replaceAll(/[.,]/g, "");
  const once = [...new Set(all)].filter((letter) => all.split(letter).length === 2).sort();
  const output = right ?? `${left.includes("...") ? "..." : ""}${once.join("")}`;
  return `${inputs.join(",")}->${output.replace("...", letters(most))}`;
}

function einsum(call: Call, equation: string): NDArray {
  // what is longer, or of other letters, no einsum is
  if (equation.length > 1024 || !/^[a-zA-Z.,> -]*$/.test(equation)) call.refuse("equation");
  const { inputs } = call;
  const subscripts = spelledOut(call, equation);
  checkSize(subscripts, inputs);
  const result = a.einsum(subscripts, inputs);
  return typeof result === "number" ? a.full([], result, inputs[0]!.dtype) : result;
}

/** Of two arrays the result is the largest; on the way of more there may be one with all letters. */
function checkSize(subscripts: string, inputs: readonly NDArray[]): void {
  const [left, output] = subscripts.split("->") as [string, string];
  const terms = left.split(",");
  const sizes = new Map(
    terms.flatMap((term, i) => [...term].map((letter, axis) => [letter, inputs[i]?.shape[axis] ?? 1])),
  );
  const kept = terms.length > 2 ? [...sizes.keys()] : [...output];
  a.sized([kept.reduce((product, letter) => product * (sizes.get(letter) ?? 1), 1)]);
}

/** Windows times weights, each group of channels by itself: (batch, neuron, ...windows). */
function correlated(x: NDArray, weights: NDArray, slides: readonly Slide[], groups: number): NDArray {
  const windows = windowsOf(padded(x, slides), slides);
  const [batch, channels] = x.shape as [number, number];
  const places = windows.shape.slice(2, 2 + slides.length);
  const cells = slides.map(({ size }) => size);
  const neurons = weights.shape[0]!;
  const flat = (sizes: readonly number[]) => sizes.reduce((n, size) => n * size, 1);
  const each = [channels / groups, neurons / groups] as const;
  const apart = a.reshape(windows, [batch, groups, each[0], ...places, ...cells]);
  // (group, batch, ...places, channel, ...cells): a row for each window
  const n = places.length;
  const count = (from: number) => Array.from({ length: n }, (_, i) => from + i);
  const rows = a.reshape(a.transpose(apart, [1, 0, ...count(3), 2, ...count(3 + n)]), [
    groups,
    batch * flat(places),
    each[0] * flat(cells),
  ]);
  const columns = a.transpose(a.reshape(weights, [groups, each[1], each[0] * flat(cells)]), [0, 2, 1]);
  const results = a.reshape(a.matmul(rows, columns), [groups, batch, ...places, each[1]]);
  const ordered = a.transpose(results, [1, 0, 2 + n, ...count(2)]);
  return a.reshape(ordered, [batch, neurons, ...places]);
}

/** A bias for each channel. */
function biased(call: Call, x: NDArray): NDArray {
  const biases = call.optional(2);
  if (biases === undefined) return x;
  return a.add(x, a.reshape(biases, [biases.size, ...x.shape.slice(2).map(() => 1)]));
}

/** The convolution of `x` by weights. */
export function convolved(
  call: Call,
  x: NDArray,
  weights: NDArray,
  given: AttributesOf<typeof CONV>,
): NDArray {
  const kernel = weights.shape.slice(2);
  checkKernel(call, x, kernel, given.kernel_shape);
  const fits = given.group >= 1 && x.shape[1] === weights.shape[1]! * given.group && weights.shape[0]! % given.group === 0; // biome-ignore format: one line
  if (!fits) call.refuse(`group = ${given.group}, X${shown(x)} W${shown(weights)}`);
  return correlated(x, weights, slidesOver(call, x, kernel, given), given.group);
}

function checkKernel(call: Call, x: NDArray, kernel: readonly number[], said: readonly number[] | undefined) {
  const agrees = said === undefined || String(said) === String(kernel);
  if (x.ndim < 3 || x.ndim !== kernel.length + 2 || !agrees) {
    call.refuse(`kernel_shape = [${(said ?? kernel).join(", ")}], X${shown(x)}`);
  }
}

/**
 * The reverse of a convolution, as one of its own: over values `stride` apart with zeros between, by the
 * kernel turned around.
 */
function convTranspose(call: Call, given: AttributesOf<typeof CONV_TRANSPOSE>): NDArray {
  const [x, weights] = [call.input(0), call.input(1)];
  const kernel = weights.shape.slice(2);
  checkKernel(call, x, kernel, given.kernel_shape);
  const { group } = given;
  const fits = group >= 1 && x.shape[1] === weights.shape[0] && x.shape[1]! % group === 0;
  if (!fits) call.refuse(`group = ${group}, X${shown(x)} W${shown(weights)}`);
  const n = kernel.length;
  const strides = perAxis(call, "strides", given.strides, n, 1, 1);
  const dilations = perAxis(call, "dilations", given.dilations, n, 1, 1);
  const more = perAxis(call, "output_padding", given.output_padding, n, 0, 0);
  const cut = cutOf(call, x, kernel, strides, dilations, more, given);
  const slides = kernel.map((size, i): Slide => {
    const dilation = dilations[i]!;
    const around = spanOf({ size, dilation }) - 1;
    const [before, after] = cut[i]!;
    return { size, dilation, stride: 1, before: around - before, after: around + more[i]! - after };
  });
  const [channels, each] = weights.shape as [number, number];
  const apart = a.reshape(weights, [group, channels / group, each, ...kernel]);
  const turned = kernel.reduce((w, _, i) => a.flip(w, 3 + i), apart);
  const order = [0, 2, 1, ...kernel.map((_, i) => 3 + i)];
  const neurons = a.reshape(a.transpose(turned, order), [group * each, channels / group, ...kernel]);
  const spread = strides.reduce((value, stride, i) => apartBy(value, stride, 2 + i), x);
  const inside = trimmed(spread, slides);
  const outside = slides.map((s) => ({ ...s, before: Math.max(s.before, 0), after: Math.max(s.after, 0) }));
  return biased(call, correlated(inside, neurons, outside, group));
}

/** Along an axis, zeros between the values. */
function apartBy(x: NDArray, stride: number, axis: number): NDArray {
  if (stride === 1) return x;
  const column = a.expandDims(x, axis + 1);
  const widths = column.shape.map((_, i) => [0, i === axis + 1 ? stride - 1 : 0] as const);
  const wide = a.pad(column, widths);
  const sizes = x.shape.map((size, i) => (i === axis ? size * stride : size));
  const all = a.reshape(wide, sizes);
  const parts = sizes.map((size, i) => (i === axis ? ([0, size - stride + 1, 1] as const) : null));
  return a.slice(all, parts);
}

/** Without what is to be taken away at the edges: where there is less than nothing to add. */
function trimmed(x: NDArray, slides: readonly Slide[]): NDArray {
  const parts = slides.map(({ before, after }, i) => {
    const size = x.shape[i + 2]!;
    return [Math.max(-before, 0), Math.min(size + after, size), 1] as const;
  });
  return a.slice(x, [null, null, ...parts]);
}

/** How much of the whole result is cut off before and after each axis. */
function cutOf(
  call: Call,
  x: NDArray,
  kernel: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
  more: readonly number[],
  given: AttributesOf<typeof CONV_TRANSPOSE>,
): readonly (readonly [number, number])[] {
  const n = kernel.length;
  const pads = perAxis(call, "pads", given.pads, 2 * n, 0, 0);
  const wanted = given.output_shape?.slice(-n);
  if (wanted === undefined && (given.auto_pad === "NOTSET" || given.auto_pad === "VALID")) {
    return kernel.map((_, i) => [pads[i]!, pads[i + n]!]);
  }
  return kernel.map((size, i) => {
    const length = x.shape[i + 2]!;
    const whole = strides[i]! * (length - 1) + more[i]! + spanOf({ size, dilation: dilations[i]! });
    const target = wanted?.[i] ?? length * strides[i]!;
    const total = whole - target;
    if (wanted === undefined && total < 0) call.refuse(`auto_pad = ${given.auto_pad}`);
    const less = Math.floor(total / 2);
    return given.auto_pad === "SAME_UPPER" ? [less, total - less] : [total - less, less];
  });
}

export const CONV = { ...SLIDE, group: int(1) };
const CONV_TRANSPOSE = { ...CONV, output_padding: ints(), output_shape: ints() };

/** Sums of products. */
export const PRODUCTS: { readonly [name: string]: Operator } = {
  Conv: operator([2, 3], CONV, (call, given) =>
    biased(call, convolved(call, call.input(0), call.input(1), given)),
  ),
  ConvTranspose: operator([2, 3], CONV_TRANSPOSE, convTranspose),
  Einsum: operator([1, 64], { equation: needed(text()) }, (call, { equation }) => einsum(call, equation)),
  Gemm: operator([2, 3], GEMM, gemm),
  MatMul: operator(2, {}, (call) => product(call.input(0), call.input(1))),
};
