import { formatShape, type NDArray } from "camada";
import * as a from "../arrays.js";
import { type AttributesOf, choice, flag, float, floats, ints } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";

// Images in other sizes, axis by axis: each new value is a sum of some old ones, by weights that follow from where
// it lies.

const RESIZE = {
  antialias: flag(false),
  axes: ints(),
  coordinate_transformation_mode: choice(
    "half_pixel",
    "align_corners",
    "asymmetric",
    "pytorch_half_pixel",
    "tf_crop_and_resize",
    "tf_half_pixel_for_nn",
  ),
  cubic_coeff_a: float(-0.75),
  exclude_outside: flag(false),
  extrapolation_value: float(0),
  keep_aspect_ratio_policy: choice("stretch"),
  mode: choice("nearest", "linear", "cubic"),
  nearest_mode: choice("round_prefer_floor", "round_prefer_ceil", "floor", "ceil"),
};

type Settings = AttributesOf<typeof RESIZE>;

/** No image is longer. */
const MOST_PLACES = 2 ** 20;

/** An axis: its old and new size, how much longer it becomes, and the part of it that is taken, from 0 to 1. */
interface Axis {
  readonly size: number;
  readonly wanted: number;
  readonly scale: number;
  readonly part: readonly [number, number];
}

/** Scales are float32, and so is what an axis comes to: 10 times 0.7 is 7. */
const lengthOf = (size: number, scale: number): number => Math.fround(size * scale);

/** Where the new place `i` lies among the old ones. */
function placeOf(
  i: number,
  { size, wanted, scale, part }: Axis,
  mode: Settings["coordinate_transformation_mode"],
): number {
  const length = lengthOf(size, scale);
  const [from, to] = part;
  switch (mode) {
    case "align_corners":
      return length === 1 ? 0 : (i * (size - 1)) / (length - 1);
    case "asymmetric":
      return i / scale;
    case "tf_crop_and_resize":
      if (wanted === 1) return 0.5 * (from + to) * (size - 1);
      return from * (size - 1) + (i * (to - from) * (size - 1)) / (wanted - 1);
    case "pytorch_half_pixel":
      return length === 1 ? 0 : (i + 0.5) / scale - 0.5;
    case "tf_half_pixel_for_nn":
      return (i + 0.5) / scale;
    default:
      return (i + 0.5) / scale - 0.5;
  }
}

const NEAREST = {
  round_prefer_floor: (x: number) => Math.ceil(x - 0.5),
  round_prefer_ceil: (x: number) => Math.floor(x + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
};

/** How much the old places near `x` count, from the first on (Keys, IEEE Trans. ASSP 29, 1981, for cubic). */
function tapsOf(
  x: number,
  { mode, nearest_mode: nearest, cubic_coeff_a: c }: Settings,
): [first: number, weights: number[]] {
  const below = Math.floor(x);
  const t = x - below;
  if (mode === "nearest") return [NEAREST[nearest](x), [1]];
  if (mode === "linear") return [below, [1 - t, t]];
  const near = (d: number) => ((c + 2) * d - (c + 3)) * d * d + 1;
  const far = (d: number) => ((c * d - 5 * c) * d + 8 * c) * d - 4 * c;
  return [below - 1, [far(t + 1), near(t), near(1 - t), far(2 - t)]];
}

/** What the new places of an axis are sums of: old places, those outside being the edge's, and how much they count. */
function weighed(axis: Axis, settings: Settings) {
  const rows = Array.from({ length: axis.wanted }, (_, i) => {
    const [first, all] = tapsOf(placeOf(i, axis, settings.coordinate_transformation_mode), settings);
    const outside = (k: number) => first + k < 0 || first + k >= axis.size;
    if (!settings.exclude_outside) return { first, weights: all };
    const inside = all.map((weight, k) => (outside(k) ? 0 : weight));
    const sum = inside.reduce((total, weight) => total + weight, 0);
    return { first, weights: inside.map((weight) => weight / sum) };
  });
  const taps = rows[0]?.weights.length ?? 0;
  return Array.from({ length: taps }, (_, k) => ({
    places: rows.map(({ first }) => Math.min(Math.max(first + k, 0), axis.size - 1)),
    weights: rows.map(({ weights }) => weights[k]!),
  }));
}

/** Numbers that lie along an axis of an array, as an array that goes with it. */
function laid(x: NDArray, values: readonly number[], axis: number, dtype: NDArray["dtype"]): NDArray {
  const shape = x.shape.map((_, i) => (i === axis ? values.length : 1));
  return a.reshape(a.reals(values, dtype), shape);
}

function resampled(x: NDArray, axes: readonly Axis[], settings: Settings): NDArray {
  a.sized(axes.map(({ wanted }) => wanted));
  const result = axes.reduce((before, axis, i) => {
    if (axis.wanted === axis.size && axis.part[0] === 0 && axis.part[1] === 1) return before;
    const taps = weighed(axis, settings);
    const parts = taps.map(({ places }) => a.take(before, a.integers(places), i));
    if (settings.mode === "nearest") return parts[0]!;
    return parts
      .map((part, k) => a.multiply(part, laid(part, taps[k]!.weights, i, part.dtype)))
      .reduce((sum, part) => a.add(sum, part));
  }, x);
  if (settings.coordinate_transformation_mode !== "tf_crop_and_resize") return result;
  return axes.reduce((inner, axis, i) => {
    const inside = Array.from({ length: axis.wanted }, (_, at) => {
      const place = placeOf(at, axis, "tf_crop_and_resize");
      return Number(place >= 0 && place <= axis.size - 1);
    });
    return a.where(laid(x, inside, i, "bool"), inner, settings.extrapolation_value);
  }, result);
}

function resize(call: Call, settings: Settings, scales: readonly number[]): NDArray {
  const x = call.input(0);
  const named = a.axesFromFront(settings.axes ?? x.shape.map((_, i) => i), x.ndim);
  const sizes = scales.length > 0 ? [] : (call.optionalNumbers(3) ?? []);
  const crop = settings.coordinate_transformation_mode === "tf_crop_and_resize";
  const roi = crop ? call.numbers(1) : [];
  const fits =
    Math.max(scales.length, sizes.length) === named.length &&
    scales.every((scale) => scale > 0 && scale < Infinity) &&
    sizes.every((size) => size >= 0) &&
    (!crop || roi.length === 2 * named.length) &&
    !x.shape.includes(0);
  if (!fits) call.refuse(`scales = [${scales.join(", ")}], sizes = [${sizes.join(", ")}], X${formatShape(x.shape)}`); // biome-ignore format: one line
  if (settings.antialias) call.refuse("antialias");
  // weights are fractions
  if (settings.mode !== "nearest" && !a.isFloat(x)) call.refuse(`mode = ${settings.mode}, ${x.dtype}`);
  const axes = x.shape.map((size, axis): Axis => {
    const i = named.indexOf(axis);
    if (i < 0) return { size, wanted: size, scale: 1, part: [0, 1] };
    const part = crop ? ([roi[i]!, roi[i + named.length]!] as const) : ([0, 1] as const);
    if (scales.length > 0)
      return { size, wanted: Math.floor(lengthOf(size, scales[i]!)), scale: scales[i]!, part };
    return { size, wanted: sizes[i]!, scale: sizes[i]! / size, part };
  });
  if (axes.some(({ wanted }) => wanted > MOST_PLACES)) call.refuse(`scales = [${scales.join(", ")}], sizes = [${sizes.join(", ")}]`); // biome-ignore format: one line
  return resampled(x, axes, settings);
}

/** What there was before places could lie otherwise. */
const SIMPLE = {
  antialias: false,
  axes: undefined,
  coordinate_transformation_mode: "asymmetric",
  cubic_coeff_a: -0.75,
  exclude_outside: false,
  extrapolation_value: 0,
  keep_aspect_ratio_policy: "stretch",
  nearest_mode: "floor",
} as const;

/** Operators that make images larger or smaller. */
export const RESAMPLING: { readonly [name: string]: Operator } = {
  Resize: operator([1, 4], RESIZE, (call, given) =>
    call.opset < 11
      ? resize(call, { ...SIMPLE, mode: given.mode }, call.numbers(1))
      : resize(call, given, call.optionalNumbers(2) ?? []),
  ),
  Upsample: operator(
    [1, 2],
    { mode: choice("nearest", "linear"), scales: floats() },
    (call, { mode, scales }) => resize(call, { ...SIMPLE, mode }, scales ?? call.numbers(1)),
  ),
};
