import type { Strided } from "../../storage/strided.js";
import type { PrintOptions } from "./options.js";

/**
 * The values that will be shown: all, or where `edge` is a number, on each axis that many from both ends.
 * NumPy's `_leading_trailing`.
 */
export function shownValues({ buffer, shape, strides, offset }: Strided, edge: number | null): number[] {
  const values: number[] = [];
  const visit = (axis: number, at: number) => {
    if (axis === shape.length) {
      values.push(buffer[at]!);
      return;
    }
    const size = shape[axis]!;
    const cut = edge !== null && edge > 0 && size > 2 * edge;
    for (let i = 0; i < size; i++) {
      if (cut && i === edge) i = size - edge;
      visit(axis + 1, at + i * strides[axis]!);
    }
  };
  visit(0, offset);
  return values;
}

/**
 * The values between brackets, a row a line, the axes further out an empty line more each; rows that do
 * not fit are broken. NumPy's `_formatArray`.
 */
export function layOut(
  { buffer, shape, strides, offset }: Strided,
  format: (x: number) => string,
  edge: number | null,
  { linewidth }: PrintOptions,
): string {
  /** What an axis shows, in order: a null where it leaves something out. */
  const indices = (size: number): (number | null)[] => {
    if (edge === null || size <= 2 * edge) return Array.from({ length: size }, (_, i) => i);
    const ends = Array.from({ length: Math.max(edge, 1) }, (_, i) => i);
    return [...ends.slice(0, edge), null, ...ends.map((i) => size - ends.length + i)];
  };

  const nested = (axis: number, at: number): string => {
    const indent = " ".repeat(axis + 1);
    const isRow = axis === shape.length - 1;
    const parts = indices(shape[axis]!).map((i) => {
      if (i === null) return "...";
      const next = at + i * strides[axis]!;
      return isRow ? format(buffer[next]!) : nested(axis + 1, next);
    });
    // Each axis has its own closing bracket to leave room for.
    if (isRow) return `[${wrap(parts, indent, linewidth - axis - 1)}]`;
    return `[${parts.join("\n".repeat(shape.length - axis - 1) + indent)}]`;
  };
  return nested(0, offset);
}

/** Words with spaces between, on lines of at most `width` that start with `indent` (the first has it as brackets). */
function wrap(words: readonly string[], indent: string, width: number): string {
  let text = "";
  let line = indent;
  words.forEach((word, i) => {
    if (line.length + word.length > width && line.length > indent.length) {
      text += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += i < words.length - 1 ? `${word} ` : word;
  });
  return (text + line).slice(indent.length);
}
