import { zeros } from "../array/creation.js";
import { checkCount } from "../data/checks.js";
import { NetworkError, NetworkShapeError } from "../errors/network.js";
import { add } from "../ops/arithmetic.js";
import { pad, slidingWindowView } from "../ops/windows.js";
import type { Product, Sub, Sum } from "../shape/arithmetic.js";
import type { NDArray } from "../shape/types.js";
import type { Features } from "./layer.js";

// Windows that slide over rows and columns: what convolution and pooling share.

/** One number for rows and columns, or one for each. */
export type Pair = number | readonly [number, number];

/**
 * "valid": only where the window fits. "same": cells are added around, as evenly as they can be and the odd
 * one after, so that there is a window for every stride-th row and column.
 */
export type Padding = "valid" | "same";

/** Its sizes, and how far apart windows, and cells within one, are: for rows, then for columns. */
export interface Window {
  readonly size: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly padding: Padding;
}

type Row<P> = P extends readonly [infer R, unknown] ? R : P;
type Column<P> = P extends readonly [unknown, infer C] ? C : P;
type SpanOf<K, D, P> = number extends K | D
  ? number
  : P extends "same"
    ? 1
    : D extends 1
      ? K
      : Sum<[Product<[D, Sub<K, 1>]>, 1]>;
/** What a layer with such a window does, as the compiler knows it. */
export interface Slide<K, S, P, D, From extends number, To extends number | null> {
  readonly does: "slide";
  readonly span: readonly [SpanOf<Row<K>, Row<D>, P> & number, SpanOf<Column<K>, Column<D>, P> & number];
  readonly strides: readonly [Row<S> & number, Column<S> & number];
  readonly from: From;
  readonly to: To;
}

/** What was given, for rows and for columns. @throws CamadaError `value.integer`, `value.positive` */
export function pairOf(op: string, name: string, value: Pair): readonly [number, number] {
  const [rows, columns] = Array.isArray(value) ? value : [value, value];
  checkCount(op, name, rows);
  checkCount(op, name, columns);
  return [rows, columns];
}

/** @throws CamadaError `value.choice` */
export function checkPadding(op: string, padding: Padding): Padding {
  const known = ["valid", "same"];
  if (known.includes(padding)) return padding;
  throw new NetworkError("value.choice", { op, name: "padding", value: String(padding), known });
}

/** How many cells a window reaches over, from its first to its last. */
function spanOf({ size, dilation }: Window): [number, number] {
  return [dilation[0] * (size[0] - 1) + 1, dilation[1] * (size[1] - 1) + 1];
}

/**
 * How many windows there are along rows and columns.
 * @throws ShapeError `layer.rank` unless the axes are (row, column, channel), `layer.window` where none fits
 */
export function windowCounts(window: Window, input: Features, layer: string): [number, number] {
  checkImages(input, layer);
  const span = spanOf(window);
  const needed = window.padding === "same" ? [1, 1] : span;
  const [rows, columns] = [0, 1].map((i) =>
    Math.floor((input.shape[i]! + window.strides[i]! - needed[i]!) / window.strides[i]!),
  ) as [number, number];
  if (rows < 1 || columns < 1) {
    const names = ["row", "column"];
    throw new NetworkShapeError("layer.window", { layer, window: { shape: needed, names }, found: input });
  }
  return [rows, columns];
}

/** @throws ShapeError `layer.rank` */
export function checkImages(input: Features, layer: string): void {
  if (input.shape.length !== 3) throw new NetworkShapeError("layer.rank", { layer, found: input });
}

/**
 * Every window of `x`, of axes (batch, row, column, channel): (batch, row, column, channel, row in the
 * window, column in the window). What lies outside of `x` is `outside`.
 */
export function windowsOf(x: NDArray, window: Window, outside = 0): NDArray {
  const { strides, dilation } = window;
  const windows = slidingWindowView(padded(x, window, outside), spanOf(window), [1, 2]);
  const every = (step: number) => (step === 1 ? null : ([null, null, step] as const));
  const parts = [null, ...strides.map(every), null, ...dilation.map(every)];
  return parts.some((part) => part !== null) ? (windows.slice(...parts) as NDArray) : windows;
}

function padded(x: NDArray, window: Window, outside: number): NDArray {
  if (window.padding === "valid") return x;
  const span = spanOf(window);
  const widths = x.shape.map((size, axis): [number, number] => {
    if (axis === 0 || axis === 3) return [0, 0];
    const stride = window.strides[axis - 1]!;
    const count = Math.ceil(size / stride);
    const missing = Math.max((count - 1) * stride + span[axis - 1]! - size, 0);
    const before = Math.floor(missing / 2);
    return [before, missing - before];
  });
  const wide = pad(x, widths);
  if (outside === 0) return wide;
  // the frame is the same for all observations and channels
  const { dtype, shape } = x;
  const frame = pad(zeros([1, shape[1]!, shape[2]!, 1], undefined, { dtype }) as NDArray, widths, outside);
  return add(wide, frame) as NDArray;
}
