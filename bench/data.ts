import { IMAGE, ROWS } from "./tasks.js";

/**
 * Numbers from -0.5 to 0.5 that look random and follow from their place alone, so that every peer makes the
 * same ones for itself, also in Python (python/serve.py): the finalizer of MurmurHash3 (Appleby), 24 bits of it.
 */
export function drawn(stream: number, count: number, scale = 1): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => (hashed(stream, i) / 2 ** 24 - 0.5) * scale);
}

function hashed(stream: number, i: number): number {
  let h = Math.imul(i, 0x9e3779b1) ^ Math.imul(stream, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 8;
}

const STREAMS = { rows: 1, labels: 2, order: 3, left: 4, right: 5, weights: 10, biases: 20 };

/** A layer's weights, (neuron, feature) or (neuron, row, column, channel), and its biases. */
export interface LayerData {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

function layerOf(i: number, inputs: number, outputs: number): LayerData {
  return {
    inputs,
    outputs,
    weights: drawn(STREAMS.weights + i, inputs * outputs, 2 * Math.sqrt(6 / (inputs + outputs))),
    biases: drawn(STREAMS.biases + i, outputs, 0.1),
  };
}

export function networkOf(widths: readonly number[]): LayerData[] {
  return widths.slice(1).map((outputs, i) => layerOf(i, widths[i]!, outputs));
}

/** The convolutions, each neuron's window as its inputs, and the dense layer behind them. */
export function convolutionsOf(filters: readonly number[]): LayerData[] {
  const windows = filters.map((outputs, i) => layerOf(i, IMAGE.window ** 2 * (filters[i - 1] ?? 1), outputs));
  const side = IMAGE.side - filters.length * (IMAGE.window - 1);
  return [...windows, layerOf(filters.length, side ** 2 * filters.at(-1)!, IMAGE.classes)];
}

/** Rows to learn from, as many columns as an image has pixels, and their classes. */
export function rowsOf(count = ROWS): { readonly x: Float32Array; readonly y: Int32Array } {
  const labels = drawn(STREAMS.labels, count);
  return {
    x: drawn(STREAMS.rows, count * IMAGE.side ** 2),
    y: Int32Array.from(labels, (value) => Math.floor((value + 0.5) * IMAGE.classes)),
  };
}

/** The first numbers of the rows: what small networks are given. */
export const observations = (count: number): Float32Array => drawn(STREAMS.rows, count);

export function factorsOf(size: number): readonly [Float32Array, Float32Array] {
  return [drawn(STREAMS.left, size * size), drawn(STREAMS.right, size * size)];
}

/** The rows of one step after the other, in an order that is the same everywhere. */
export function* batchesOf(batch: number): Generator<Int32Array, never> {
  const order = Int32Array.from(drawn(STREAMS.order, ROWS), (value) => Math.floor((value + 0.5) * ROWS));
  for (let start = 0; ; start = start + 2 * batch > ROWS ? 0 : start + batch) {
    yield order.subarray(start, start + batch);
  }
}

/** The rows of the first steps, which are compared: in order. */
export function checkedBatch(step: number, batch: number): Int32Array {
  return Int32Array.from({ length: batch }, (_, i) => step * batch + i);
}

/** Those rows, one after the other. */
export function taken<A extends Float32Array | Int32Array>(values: A, rows: Int32Array, columns: number): A {
  const result = new (values.constructor as new (count: number) => A)(rows.length * columns);
  for (const [i, row] of rows.entries()) {
    result.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  return result;
}

/** (row, column) as (column, row): (neuron, feature) for those who have (feature, neuron), and back. */
export function transposed(values: ArrayLike<number>, rows: number, columns: number): Float32Array {
  return Float32Array.from(
    { length: rows * columns },
    (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!,
  );
}

const EVERY = 7;

/** How some of the weights have changed, of every layer its weights and its biases: what is compared. */
export function changes(layers: readonly LayerData[], now: readonly ArrayLike<number>[]): number[][] {
  const before = layers.flatMap(({ weights, biases }) => [weights, biases]);
  return before.map((old, i) =>
    Array.from({ length: Math.ceil(old.length / EVERY) }, (_, k) => now[i]![k * EVERY]! - old[k * EVERY]!),
  );
}
