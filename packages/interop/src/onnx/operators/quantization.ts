import type { NDArray } from "camada";
import * as a from "../arrays.js";
import { flag, int } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";
import { round } from "./elementwise.js";
import { CONV, convolved, product } from "./products.js";

// Numbers as small integers: x ≈ scale · (q - zero point). camada holds int8 in int32.

/** One number for all, or one for each index along an axis. */
function along(x: NDArray, values: NDArray, axis: number): NDArray {
  if (values.size === 1) return a.reshape(values, []);
  const place = a.fromFront(axis, x.ndim);
  return a.reshape(values, [values.size, ...x.shape.slice(place + 1).map(() => 1)]);
}

/** Integers less their zero point, which may be left out. */
function shifted(call: Call, i: number, zero: number, axis: number): NDArray {
  const x = a.asType(call.input(i), "int32");
  const point = call.optional(zero);
  return point === undefined ? x : a.subtract(x, along(x, a.asType(point, "int32"), axis));
}

/** To the nearest integers of the zero point's type, halves to the even ones, and no further than that has. */
function quantized(call: Call, x: NDArray, point: NDArray | undefined, axis: number): NDArray {
  const dtype = point?.dtype ?? "uint8";
  // an int32 array may hold wider types since there are such
  if (dtype !== "uint8" && call.opset >= 21) call.refuse("a zero point of another type than uint8");
  const near = point === undefined ? round(x) : a.add(round(x), a.asType(along(x, point, axis), x.dtype));
  const [least, most] = dtype === "uint8" ? [0, 255] : [-128, 127];
  return a.asType(a.minimum(a.maximum(near, least), most), dtype);
}

const AXIS = { axis: int(1), block_size: int(0) };

function quantize(call: Call, { axis, block_size }: { readonly axis: number; readonly block_size: number }) {
  if (block_size !== 0) call.refuse(`block_size = ${block_size}`);
  const x = call.input(0);
  return quantized(call, a.divide(x, along(x, call.input(1), axis)), call.optional(2), axis);
}

function dequantize(
  call: Call,
  { axis, block_size }: { readonly axis: number; readonly block_size: number },
) {
  if (block_size !== 0) call.refuse(`block_size = ${block_size}`);
  const scale = call.input(1);
  const whole = shifted(call, 0, 2, axis);
  return a.multiply(a.asType(whole, scale.dtype), along(whole, scale, axis));
}

/** With the scale and the zero point that the values themselves ask for: 0 must be among what there is. */
function dynamic(call: Call): readonly NDArray[] {
  const x = call.input(0);
  const flat = a.reshape(x, [-1]);
  const [most, least] = [a.maximum(a.max(flat, 0), 0), a.minimum(a.min(flat, 0), 0)];
  const scale = a.reshape(a.divide(a.subtract(most, least), 255), []);
  const point = quantized(call, a.divide(a.negative(a.reshape(least, [])), scale), undefined, 0);
  return [quantized(call, a.divide(x, scale), point, 0), scale, point];
}

/** What integers come to, in the scale and with the zero point of the result; `at` has its scale. */
function rescaled(
  call: Call,
  sums: NDArray,
  axis: number,
  [one, other, at]: readonly [number, number, number],
) {
  const scale = a.divide(a.multiply(call.input(one), along(sums, call.input(other), axis)), call.input(at));
  return quantized(call, a.multiply(a.asType(sums, scale.dtype), scale), call.input(at + 1), axis);
}

/** Operators on integers that stand for other numbers. */
export const QUANTIZATION: { readonly [name: string]: Operator } = {
  ConvInteger: operator([2, 4], CONV, (call, given) =>
    convolved(call, shifted(call, 0, 2, 1), shifted(call, 1, 3, 0), given),
  ),
  DequantizeLinear: operator([2, 3], AXIS, dequantize),
  DynamicQuantizeLinear: operator(1, {}, dynamic, 3),
  MatMulInteger: operator([2, 4], {}, (call) => product(shifted(call, 0, 2, -2), shifted(call, 1, 3, -1))),
  QLinearConv: operator([8, 9], CONV, (call, given) => {
    const sums = convolved(call, shifted(call, 0, 2, 1), shifted(call, 3, 5, 0), given);
    const biases = call.optional(8);
    const whole = biases === undefined ? sums : a.add(sums, along(sums, biases, 1));
    return rescaled(call, whole, 1, [1, 4, 6]);
  }),
  QLinearMatMul: operator(8, {}, (call) => {
    const sums = product(shifted(call, 0, 2, -2), shifted(call, 3, 5, -1));
    return rescaled(call, sums, -1, [1, 4, 6]);
  }),
  QuantizeLinear: operator([2, 3], { ...AXIS, saturate: flag(true) }, quantize),
};
