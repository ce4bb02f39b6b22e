import type { NDArray } from "camada";
import * as a from "../arrays.js";
import { type AttributesOf, flag, int, ints, needed } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";
import { along } from "./reductions.js";
import { inRows, padded, SLIDE, type Slide, slidesOver } from "./windows.js";

const POOL = { ...SLIDE, kernel_shape: needed(ints()), ceil_mode: flag(false) };

function slidesOf(call: Call, given: AttributesOf<typeof POOL>): Slide[] {
  return slidesOver(call, call.input(0), given.kernel_shape, given, given.ceil_mode);
}

const last = (x: NDArray, f: (x: NDArray, axis: number) => NDArray): NDArray => {
  const axis = x.ndim - 1;
  return a.reshape(f(x, axis), x.shape.slice(0, axis));
};

/** What never wins, of each dtype. */
const LEAST = { float64: -Infinity, float32: -Infinity, int32: -(2 ** 31), uint8: 0, bool: 0 } as const;

function maxPool(
  call: Call,
  given: AttributesOf<typeof POOL> & { readonly storage_order: number },
): readonly NDArray[] {
  const x = call.input(0);
  const slides = slidesOf(call, given);
  const rows = inRows(padded(x, slides, LEAST[x.dtype]), slides);
  const largest = last(rows, a.max);
  return call.wanted > 1 ? [largest, places(x, rows, slides, given.storage_order === 1)] : [largest];
}

/** Where in the flattened input each window's largest value stands; or with the last axes' order turned. */
function places(x: NDArray, rows: NDArray, slides: readonly Slide[], columnMajor: boolean): NDArray {
  const sizes = x.shape.slice(2);
  const all = sizes.reduce((product, size) => product * size, 1);
  const axes = sizes.map((_, i) => i);
  const own = columnMajor
    ? a.transpose(a.reshape(a.counting(all), sizes.toReversed()), axes.toReversed())
    : a.reshape(a.counting(all), sizes);
  const cells = inRows(padded(a.reshape(own, [1, 1, ...sizes]), slides), slides);
  const within = last(a.broadcastTo(cells, rows.shape), (from, axis) =>
    a.takeAlongAxis(from, a.argmax(rows, axis), axis),
  );
  const [batch, channels] = x.shape as [number, number];
  const starts = a.multiply(a.counting(batch * channels), all);
  return a.add(within, a.reshape(starts, [batch, channels, ...sizes.map(() => 1)]));
}

function averagePool(
  call: Call,
  given: AttributesOf<typeof POOL> & { readonly count_include_pad: boolean },
): NDArray {
  const x = call.input(0);
  const slides = slidesOf(call, given);
  const total = last(inRows(padded(x, slides), slides), a.sum);
  // cells beyond the edge that the file asks for may count; those that only fill the last window do not
  const asked = given.count_include_pad ? slidesOver(call, x, given.kernel_shape, given) : undefined;
  const cells = a.full([1, 1, ...x.shape.slice(2)], 1, x.dtype);
  const counted = asked === undefined ? padded(cells, slides) : padded(padded(cells, asked, 1), slides.map((slide, i) => ({ ...slide, before: 0, after: slide.after - asked[i]!.after }))); // biome-ignore format: one line
  return a.divide(total, last(inRows(counted, slides), a.sum));
}

/** Of all places behind batch and channel one value, along axes of size 1. */
const overall = (f: (x: NDArray, axis: number) => NDArray): Operator =>
  operator(1, {}, (call) => {
    const x = call.input(0);
    return along(
      x,
      x.shape.slice(2).map((_, i) => i + 2),
      f,
    );
  });

/** Operators that take windows to one value. */
export const POOLING: { readonly [name: string]: Operator } = {
  AveragePool: operator(1, { ...POOL, count_include_pad: flag(false) }, averagePool),
  GlobalAveragePool: overall(a.mean),
  GlobalMaxPool: overall(a.max),
  MaxPool: operator(1, { ...POOL, storage_order: int(0) }, maxPool, 2),
};
