import type { NDArray } from "camada";
import * as a from "../arrays.js";
import { choice, ints } from "../attributes.js";
import type { Call } from "../operator.js";

// Windows that slide over the axes behind batch and channel: what convolution and pooling share.

/** The attributes of whatever slides. */
export const SLIDE = {
  auto_pad: choice("NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID"),
  dilations: ints(),
  kernel_shape: ints(),
  pads: ints(),
  strides: ints(),
};

interface Given {
  readonly auto_pad: "NOTSET" | "SAME_UPPER" | "SAME_LOWER" | "VALID";
  readonly dilations: readonly number[] | undefined;
  readonly pads: readonly number[] | undefined;
  readonly strides: readonly number[] | undefined;
}

/** Along one axis: how windows lie, and how many there are. */
export interface Slide {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

/** One number for each axis; refuses what is not as many, and what is below `least`. */
export function perAxis(
  call: Call,
  name: string,
  given: readonly number[] | undefined,
  count: number,
  least: number,
  otherwise: number,
): readonly number[] {
  const numbers = given ?? new Array<number>(count).fill(otherwise);
  // a little more than any array's size, so that products of two are exact
  const fits = (n: number) => Number.isInteger(n) && n >= least && n <= 2 ** 32;
  if (numbers.length === count && numbers.every(fits)) return numbers;
  return call.refuse(`${name} = [${numbers.join(", ")}]`);
}

export const spanOf = ({ size, dilation }: Pick<Slide, "size" | "dilation">): number =>
  dilation * (size - 1) + 1;

/** How windows of a kernel's sizes lie over the axes behind batch and channel. */
export function slidesOver(
  call: Call,
  x: NDArray,
  kernel: readonly number[],
  given: Given,
  ceil = false,
): Slide[] {
  const sizes = x.shape.slice(2);
  const n = sizes.length;
  perAxis(call, "kernel_shape", kernel, n, 1, 1);
  const strides = perAxis(call, "strides", given.strides, n, 1, 1);
  const dilations = perAxis(call, "dilations", given.dilations, n, 1, 1);
  const pads = perAxis(call, "pads", given.pads, 2 * n, 0, 0);
  return sizes.map((length, i) => {
    const [stride, dilation, size] = [strides[i]!, dilations[i]!, kernel[i]!];
    const span = spanOf({ size, dilation });
    const around = given.auto_pad === "NOTSET" ? [pads[i]!, pads[i + n]!] : same(given.auto_pad, length, stride, span); // biome-ignore format: one line
    const [before, after] = around as [number, number];
    const more = ceil ? missing(length + before, after, stride, span) : 0;
    if (length + before + after + more < span) call.refuse(`kernel_shape = [${kernel.join(", ")}]`);
    return { size, stride, dilation, before, after: after + more };
  });
}

/** How much is added on both sides, so that there is a window for every stride. */
function same(mode: Given["auto_pad"], length: number, stride: number, span: number): [number, number] {
  if (mode === "VALID") return [0, 0];
  const total = Math.max((Math.ceil(length / stride) - 1) * stride + span - length, 0);
  const less = Math.floor(total / 2);
  return mode === "SAME_UPPER" ? [less, total - less] : [total - less, less];
}

/** How much is missing at the end for a last window that begins within, but does not fit. */
function missing(length: number, after: number, stride: number, span: number): number {
  let last = Math.ceil((length + after - span) / stride) * stride;
  if (last >= length) last -= stride;
  return Math.max(last + span - length - after, 0);
}

/** With `value` around it; what is not 0 is laid around once for all observations and channels. */
export function padded(x: NDArray, slides: readonly Slide[], value = 0): NDArray {
  if (slides.every(({ before, after }) => before === 0 && after === 0)) return x;
  const widths = [
    [0, 0] as const,
    [0, 0] as const,
    ...slides.map(({ before, after }) => [before, after] as const),
  ];
  const wide = a.pad(x, widths);
  if (value === 0) return wide;
  const frame = a.pad(a.full([1, 1, ...x.shape.slice(2)], 0, x.dtype), widths, value);
  return a.add(wide, frame);
}

/** Every window of `x`, of axes (batch, channel, ...places): (batch, channel, ...windows, ...cells). */
export function windowsOf(x: NDArray, slides: readonly Slide[]): NDArray {
  const axes = slides.map((_, i) => i + 2);
  const windows = a.slidingWindowView(x, slides.map(spanOf), axes);
  const every = (step: number) => (step === 1 ? null : ([null, null, step] as const));
  const parts = [
    null,
    null,
    ...slides.map(({ stride }) => every(stride)),
    ...slides.map(({ dilation }) => every(dilation)),
  ];
  return parts.some((part) => part !== null) ? a.slice(windows, parts) : windows;
}

/** The same with the cells of a window in a row, one axis, the last. */
export function inRows(x: NDArray, slides: readonly Slide[]): NDArray {
  const windows = windowsOf(x, slides);
  const cells = slides.reduce((product, { size }) => product * size, 1);
  return a.reshape(windows, [...windows.shape.slice(0, 2 + slides.length), cells]);
}
