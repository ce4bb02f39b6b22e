import type { Strided } from "../../storage/strided.js";
import { floatFormat, floatScalar } from "./float.js";
import { boolFormat, integerFormat } from "./integer.js";
import { layOut, shownValues } from "./layout.js";
import { getPrintOptions, type PrintOptions } from "./options.js";

export { getPrintOptions, type PrintOptions, setPrintOptions } from "./options.js";

/**
 * An array as NumPy's `print` shows it: every value in the fewest digits that tell it apart, all of one
 * width; more than `threshold` values summarized; lines broken at `linewidth` (see `setPrintOptions`).
 *
 * @example
 * String(array([1, 0.25])); // [1.   0.25]
 */
export function print(a: Strided): string {
  if (a.ndim === 0) return scalar(a.buffer[a.offset]!, a);
  if (a.size === 0) return "[]";
  const options = getPrintOptions();
  const edge = a.size > options.threshold ? options.edgeitems : null;
  return layOut(a, formatOf(a, shownValues(a, edge), options), edge, options);
}

function formatOf(
  { dtype }: Strided,
  values: readonly number[],
  options: PrintOptions,
): (x: number) => string {
  if (dtype === "bool") return boolFormat;
  if (dtype === "int32" || dtype === "uint8") return integerFormat(values, options);
  return floatFormat(values, dtype === "float32", options);
}

/** A value alone, as Python prints NumPy's scalars. */
function scalar(x: number, { dtype }: Strided): string {
  if (dtype === "bool") return x ? "True" : "False";
  return dtype === "int32" || dtype === "uint8" ? String(x) : floatScalar(x, dtype === "float32");
}
