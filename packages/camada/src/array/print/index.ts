import type { Strided } from "../../storage/strided.js";
import { type Format, formatFor, formatScalar } from "./format.js";
import { getPrintOptions, type PrintOptions } from "./options.js";

/**
 * An array as NumPy's `print` shows it: every value in the fewest digits that tell it apart, all of one
 * width; more than `threshold` values summarized; lines broken at `linewidth` (see `setPrintOptions`).
 */
export function print(a: Strided): string {
  if (a.ndim === 0) return formatScalar(a.buffer[a.offset]!, a.dtype);
  const options = getPrintOptions();
  const summarize = a.size > options.threshold;
  const shown = shownIndices(a, options, summarize);
  const values: number[] = [];
  collect(a, shown, 0, a.offset, values);
  const format = formatFor(values, a.dtype, options);
  return nest(a, shown, format, 0, a.offset, " ", options.linewidth);
}

/** For each axis the positions that are shown, and null where values are left out. */
function shownIndices(a: Strided, { edgeitems }: PrintOptions, summarize: boolean): (number | null)[][] {
  return a.shape.map((size) => {
    const all = !summarize || size <= 2 * edgeitems;
    const count = all ? size : edgeitems;
    const front = Array.from({ length: count }, (_, i) => i);
    return all ? front : [...front, null, ...front.map((i) => size - count + i)];
  });
}

function collect(a: Strided, shown: (number | null)[][], axis: number, at: number, into: number[]): void {
  if (axis === a.ndim) {
    into.push(a.buffer[at]!);
    return;
  }
  for (const i of shown[axis]!) if (i !== null) collect(a, shown, axis + 1, at + i * a.strides[axis]!, into);
}

/** One level of brackets: rows of the last axis broken into lines, other axes set apart by empty ones. */
function nest(a: Strided, shown: (number | null)[][], format: Format, axis: number, at: number, indent: string, width: number): string {
  if (a.size === 0) return emptyText(a, axis, indent);
  const step = a.strides[axis]!;
  const inner = width - 1;
  if (axis < a.ndim - 1) {
    const parts = shown[axis]!.map((i) =>
      i === null ? "..." : nest(a, shown, format, axis + 1, at + i * step, `${indent} `, inner),
    );
    return `[${parts.join("\n".repeat(a.ndim - 1 - axis) + indent)}]`;
  }
  let text = "";
  let line = indent;
  shown[axis]!.forEach((i, k) => {
    const word = i === null ? "..." : format(a.buffer[at + i * step]!);
    if (line.length + word.length > inner && line.length > indent.length) {
      text += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += word;
    if (k < shown[axis]!.length - 1) line += " ";
  });
  return `[${(text + line).slice(indent.length)}]`;
}

/** Without values NumPy shows one pair of brackets, whatever the shape. */
function emptyText(_a: Strided, _axis: number, _indent: string): string {
  return "[]";
}
