import { formatShape, type NDArray } from "camada";
import * as a from "../arrays.js";
import { flag, int } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";
import { dtypeOfCode } from "../tensor.js";

// Signals and what they are made of. A complex number is two along the last axis.

/** A sum of cosines over a window: its attributes and input are those of all three. */
const cosines = (weights: readonly number[]): Operator =>
  operator(
    1,
    { output_datatype: int(1), periodic: flag(true) },
    (call, { output_datatype: code, periodic }) => {
      const [size = 0] = call.numbers(0);
      const [length] = a.sized([size]) as [number];
      const period = Math.max(periodic ? length : length - 1, 1);
      const values = Array.from({ length }, (_, i) =>
        weights.reduce((sum, weight, k) => sum + weight * Math.cos((2 * Math.PI * k * i) / period), 0),
      );
      return a.reals(values, dtypeOfCode(code, call.where.operator));
    },
  );

/** Cosines and sines of the angles of a transform: for each place of the signal one of each frequency. */
function waves(size: number, frequencies: number, dtype: NDArray["dtype"]): readonly [NDArray, NDArray] {
  a.sized([size, frequencies]);
  const angles = Array.from(
    { length: size * frequencies },
    (_, i) =>
      // the product's remainder keeps the angle, and its digits
      (2 * Math.PI * ((Math.floor(i / frequencies) * (i % frequencies)) % size)) / size,
  );
  const table = (f: (angle: number) => number) =>
    a.reshape(a.reals(angles.map(f), dtype), [size, frequencies]);
  return [table(Math.cos), table(Math.sin)];
}

/**
 * The discrete Fourier transform along the axis before the last, as products of matrices: of real numbers (1 along
 * the last axis) or complex ones (2). One side is that of the frequencies up to the half.
 */
function transformed(call: Call, x: NDArray, inverse: boolean, oneSided: boolean): NDArray {
  if (x.ndim < 3 || x.shape.at(-1)! > 2 || x.shape.includes(0) || !a.isFloat(x)) call.refuse(`X${formatShape(x.shape)}`); // biome-ignore format: one line
  const size = x.shape.at(-2)!;
  const [cos, sin] = waves(size, oneSided ? Math.floor(size / 2) + 1 : size, x.dtype);
  const [re, im] = a.split(x, [1], x.ndim - 1).map((part) => (part.size === 0 ? undefined : a.reshape(part, x.shape.slice(0, -1)))); // biome-ignore format: one line
  const turned = a.matmul(re!, inverse ? a.negative(sin) : sin);
  const real = a.matmul(re!, cos);
  const parts =
    im === undefined
      ? [real, a.negative(turned)]
      : [a.add(real, a.matmul(im, inverse ? a.negative(sin) : sin)), a.subtract(a.matmul(im, cos), turned)];
  const result = a.concatenate(parts.map((part) => a.expandDims(part, part.ndim)), x.ndim - 1); // biome-ignore format: one line
  return inverse ? a.divide(result, size) : result;
}

/** An array with one axis where another was, and back again by the same. */
const swapped = (x: NDArray, one: number, other: number): NDArray =>
  a.transpose(x, x.shape.map((_, i) => (i === one ? other : i === other ? one : i))); // biome-ignore format: one line

interface Transform {
  readonly axis: number | undefined;
  readonly inverse: boolean;
  readonly onesided: boolean;
}

function dft(call: Call, { axis, inverse, onesided }: Transform): NDArray {
  const x = call.input(0);
  const place = a.fromFront(axis ?? call.optionalNumbers(2)?.[0] ?? (call.opset < 20 ? 1 : -2), x.ndim);
  const length = call.optionalNumbers(1)?.[0] ?? x.shape[place]!;
  if (!(length >= 1) || place === x.ndim - 1) call.refuse(`dft_length = ${length}`);
  const cut = a.slice(x, x.shape.map((_, i) => (i === place ? [0, length, 1] : null))); // biome-ignore format: one line
  const whole = a.pad(cut, x.shape.map((_, i) => [0, i === place ? length - cut.shape[place]! : 0])); // biome-ignore format: one line
  return swapped(transformed(call, swapped(whole, place, x.ndim - 2), inverse, onesided), place, x.ndim - 2);
}

/** The transforms of parts of a signal, a step apart, each seen through a window. */
function stft(call: Call, oneSided: boolean): NDArray {
  const [x, window] = [call.input(0), call.optional(2)];
  const [step = 0] = call.numbers(1);
  const length = call.optionalNumbers(3)?.[0] ?? window?.size ?? 0;
  const fits = x.ndim === 3 && step >= 1 && length >= 1 && length <= x.shape[1]! && (window?.size ?? length) === length; // biome-ignore format: one line
  if (!fits) call.refuse(`frame_step = ${step}, frame_length = ${length}, X${formatShape(x.shape)}`);
  // (batch, frame, real and imaginary, place)
  const frames = a.slice(a.slidingWindowView(x, [length], [1]), [null, [null, null, step], null, null]);
  const seen = window === undefined ? frames : a.multiply(frames, window);
  return transformed(call, swapped(seen, 2, 3), false, oneSided);
}

/** Operators on signals. */
export const SIGNALS: { readonly [name: string]: Operator } = {
  BlackmanWindow: cosines([0.42, -0.5, 0.08]),
  DFT: operator([1, 3], { axis: int(), inverse: flag(false), onesided: flag(false) }, dft),
  HammingWindow: cosines([25 / 46, -21 / 46]),
  HannWindow: cosines([0.5, -0.5]),
  STFT: operator([2, 4], { onesided: flag(true) }, (call, { onesided }) => stft(call, onesided)),
};
