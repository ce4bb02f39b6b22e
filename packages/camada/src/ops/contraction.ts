import { sizeOf } from "../shape/shape.js";
import type { Strided } from "../storage/strided.js";
import { reshape, transpose } from "./movement.js";
import { matmul } from "./product.js";
import { sum } from "./reductions.js";

/** An array whose axes are called by letters, each once. */
interface Lettered {
  readonly array: Strided;
  readonly letters: readonly string[];
}

/** The public functions, seen without their types of shapes and names. */
type Loose = (...args: unknown[]) => Strided;
const move = transpose as unknown as Loose;
const shaped = reshape as unknown as Loose;
const total = sum as unknown as Loose;
const product = matmul as unknown as Loose;

/**
 * What `einsum` means, said by products of matrices: arrays are taken in one after the other, each step a
 * product over the letters that nothing needs any more.
 */
export function contract(
  arrays: readonly Strided[],
  inputs: readonly string[],
  output: readonly string[],
): Strided {
  const operands = arrays.map((array, i) => diagonal({ array, letters: [...inputs[i]!] }));
  const result = operands.slice(1).reduce((left, right, i) => {
    const later = operands.slice(i + 2).flatMap(({ letters }) => letters);
    return multiplyBy(left, right, new Set([...output, ...later]));
  }, operands[0]!);
  return arranged(reduced(result, new Set(output)), output);
}

/** Equal letters within one array run together: of their axes only the diagonal is left. */
function diagonal({ array, letters }: Lettered): Lettered {
  const twice = letters.find((letter, i) => letters.indexOf(letter) !== i);
  if (twice === undefined) return { array, letters };
  const first = letters.indexOf(twice);
  const second = letters.indexOf(twice, first + 1);
  const others = letters.map((_, i) => i).filter((i) => i !== first && i !== second);
  const sizes = others.map((i) => array.shape[i]!);
  const size = array.shape[first]!;
  const square = shaped(move(array, ...others, first, second), [...sizes, size * size]);
  const line = (square as unknown as { slice: Loose }).slice(...sizes.map(() => null), [
    null,
    null,
    size + 1,
  ]);
  return diagonal({ array: line, letters: [...others.map((i) => letters[i]!), twice] });
}

function multiplyBy(a: Lettered, b: Lettered, needed: ReadonlySet<string>): Lettered {
  const left = reduced(a, new Set([...needed, ...b.letters]));
  const right = reduced(b, new Set([...needed, ...a.letters]));
  const shared = left.letters.filter((letter) => right.letters.includes(letter));
  const kept = shared.filter((letter) => needed.has(letter));
  const summed = shared.filter((letter) => !needed.has(letter));
  const rows = left.letters.filter((letter) => !shared.includes(letter));
  const columns = right.letters.filter((letter) => !shared.includes(letter));
  const size = (from: Lettered, of: readonly string[]) =>
    of.map((letter) => from.array.shape[from.letters.indexOf(letter)]!);
  const sizes = { kept: size(left, kept), rows: size(left, rows), columns: size(right, columns) };
  const matrices = product(
    shaped(arranged(left, [...kept, ...rows, ...summed]), [
      sizeOf(sizes.kept),
      sizeOf(sizes.rows),
      sizeOf(size(left, summed)),
    ]),
    shaped(arranged(right, [...kept, ...summed, ...columns]), [
      sizeOf(sizes.kept),
      sizeOf(size(left, summed)),
      sizeOf(sizes.columns),
    ]),
  );
  return {
    array: shaped(matrices, [...sizes.kept, ...sizes.rows, ...sizes.columns]),
    letters: [...kept, ...rows, ...columns],
  };
}

/** Summed over the letters that nothing needs. */
function reduced({ array, letters }: Lettered, needed: ReadonlySet<string>): Lettered {
  const place = letters.findIndex((letter) => !needed.has(letter));
  if (place < 0) return { array, letters };
  return reduced({ array: total(array, place), letters: letters.filter((_, i) => i !== place) }, needed);
}

function arranged({ array, letters }: Lettered, order: readonly string[]): Strided {
  return order.length < 2 ? array : move(array, ...order.map((letter) => letters.indexOf(letter)));
}
