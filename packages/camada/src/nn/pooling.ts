import { ones } from "../array/creation.js";
import { divide } from "../ops/arithmetic.js";
import { reshape } from "../ops/movement.js";
import { max, mean, sum } from "../ops/reductions.js";
import { sizeOf } from "../shape/shape.js";
import type { NDArray } from "../shape/types.js";
import type { Layer, LayerOptions } from "./layer.js";
import {
  checkImages,
  checkPadding,
  type Padding,
  type Pair,
  pairOf,
  type Slide,
  type Window,
  windowCounts,
  windowsOf,
} from "./windows.js";

/** Options of `maxPooling2d` and `averagePooling2d`. */
export interface PoolingOptions<K extends Pair = Pair, S extends Pair = Pair, P extends Padding = Padding>
  extends LayerOptions {
  /** How many rows and columns a window has: 2 unless given. */
  readonly poolSize?: K;
  /** How far apart windows are: as far as they are large unless given, so that they tile the image. */
  readonly strides?: S;
  /** Whether windows stay inside ("valid", unless given) or there is one for each stride ("same"). */
  readonly padding?: P;
}

type Pooling<Kind extends string> = <
  const K extends Pair = 2,
  const S extends Pair = K,
  const P extends Padding = "valid",
>(
  options?: PoolingOptions<K, S, P>,
) => Layer<Slide<K, S, P, 1, number, null>, Kind>;

type Global = { readonly does: "pool" };

/** A layer that takes each window to one value, each channel by itself. */
function pooling<Kind extends string>(
  kind: Kind,
  pool: (x: NDArray, window: Window) => NDArray,
): Pooling<Kind> {
  const make = ({
    poolSize = 2,
    strides = poolSize,
    padding = "valid",
    name,
  }: PoolingOptions = {}): Layer => {
    const size = pairOf(kind, "poolSize", poolSize);
    const slide = { strides: pairOf(kind, "strides", strides), padding: checkPadding(kind, padding) };
    const window = { size, dilation: [1, 1], ...slide } as const;
    return {
      kind,
      name,
      config: { poolSize: size, ...slide },
      plan: (input, layer) => {
        const shape = [...windowCounts(window, input, layer), input.shape[2]!];
        return { output: { shape, names: ["row", "column", "channel"] }, weights: {} };
      },
      apply: (x) => pool(x, window),
    };
  };
  return make as never;
}

/** The windows' values in a row, one axis, the last. */
function inRows(windows: NDArray): NDArray {
  return reshape(windows, [...windows.shape.slice(0, 4), sizeOf(windows.shape.slice(4))]) as NDArray;
}

/**
 * The largest value of each window, from (batch, row, column, channel) to the same axes, each channel by
 * itself, as Keras's MaxPooling2D. Cells outside the image never win. Equal values share the gradient.
 * @throws ShapeError `layer.rank`, `layer.window`; CamadaError `value.integer`, `value.positive`,
 * `value.choice`
 * @example
 * const image = array([[1, 2, 3, 4], [5, 6, 7, 8]]).reshape([1, 2, 4, 1]);
 * sequential(input([2, 4, 1]), maxPooling2d()).forward(image).reshape([2]); // [6. 8.]
 */
export const maxPooling2d = /* @__PURE__ */ pooling(
  "maxPooling2d",
  (x, window) => max(inRows(windowsOf(x, window, -Infinity)), -1) as NDArray,
);

/**
 * The mean of each window, from (batch, row, column, channel) to the same axes, each channel by itself, as
 * Keras's AveragePooling2D. Cells outside the image do not count.
 * @throws ShapeError `layer.rank`, `layer.window`; CamadaError `value.integer`, `value.positive`,
 * `value.choice`
 * @example
 * const image = array([[1, 2, 3, 4], [5, 6, 7, 8]]).reshape([1, 2, 4, 1]);
 * sequential(input([2, 4, 1]), averagePooling2d()).forward(image).reshape([2]); // [3.5 5.5]
 */
export const averagePooling2d = /* @__PURE__ */ pooling("averagePooling2d", (x, window) => {
  const total = sum(inRows(windowsOf(x, window)), -1) as NDArray;
  const [, rows, columns] = x.shape as readonly [number, number, number, number];
  const cells = ones([1, rows, columns, 1], undefined, { dtype: x.dtype }) as NDArray;
  return divide(total, sum(inRows(windowsOf(cells, window)), -1) as NDArray) as NDArray;
});

/** A layer that takes all rows and columns to one value for each channel. */
function globalPooling<Kind extends string>(kind: Kind, pool: (x: NDArray) => NDArray) {
  return ({ name }: LayerOptions = {}): Layer<Global, Kind> => ({
    kind,
    name,
    config: {},
    plan: (input, layer) => {
      checkImages(input, layer);
      return { output: { shape: input.shape.slice(2), names: ["channel"] }, weights: {} };
    },
    apply: (x) => {
      const [batch, rows, columns, channels] = x.shape as readonly [number, number, number, number];
      return pool(reshape(x, [batch, rows * columns, channels]) as NDArray);
    },
  });
}

/**
 * The mean of each channel, from (batch, row, column, channel) to (batch, channel), as Keras's
 * GlobalAveragePooling2D (Lin, Chen and Yan, ICLR 2014).
 * @throws ShapeError `layer.rank`
 * @example
 * const image = array([1, 2, 3, 6]).reshape([1, 2, 2, 1]);
 * sequential(input([2, 2, 1]), globalAveragePooling2d()).forward(image); // [[3.]]
 */
export const globalAveragePooling2d = /* @__PURE__ */ globalPooling(
  "globalAveragePooling2d",
  (x) => mean(x, 1) as NDArray,
);

/**
 * The largest value of each channel, from (batch, row, column, channel) to (batch, channel), as Keras's
 * GlobalMaxPooling2D.
 * @throws ShapeError `layer.rank`
 * @example
 * const image = array([1, 2, 3, 6]).reshape([1, 2, 2, 1]);
 * sequential(input([2, 2, 1]), globalMaxPooling2d()).forward(image); // [[6.]]
 */
export const globalMaxPooling2d = /* @__PURE__ */ globalPooling(
  "globalMaxPooling2d",
  (x) => max(x, 1) as NDArray,
);
