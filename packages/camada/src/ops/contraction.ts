import { sizeOf } from "../shape/shape.js";
import { promote } from "../storage/dtype.js";
import type { Strided } from "../storage/strided.js";
import { cast, toDType } from "./copy.js";
import { constant } from "./elementwise.js";
import { broadcastTo, reshape, sliceAt, transpose } from "./movement.js";
import { matmul } from "./product.js";

/** An array whose axes are called by letters, each once. */
interface Lettered {
  readonly array: Strided;
  readonly letters: readonly string[];
}

/** The public functions, seen without their types of shapes and names. */
type Loose = (...args: unknown[]) => Strided;
const move = transpose as unknown as Loose;
const shaped = reshape as unknown as Loose;
const repeated = broadcastTo as unknown as Loose;
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
  const dtype = arrays.map((a) => a.dtype).reduce(promote);
  // of one array a copy, as the result is none of its views
  const own = arrays.length > 1 ? toDType : cast;
  const operands = arrays.map((array, i) => diagonal({ array: own(array, dtype), letters: [...inputs[i]!] }));
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
  const steps = [...sizes.map(() => 1), size + 1];
  const line = sliceAt(square, new Array<number>(steps.length).fill(0), steps, [...sizes, size], null);
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
  const sizes = { kept: sizesOf(left, kept), rows: sizesOf(left, rows), columns: sizesOf(right, columns) };
  const along = sizeOf(sizesOf(left, summed));
  const matrices = product(
    shaped(arranged(left, [...kept, ...rows, ...summed]), [sizeOf(sizes.kept), sizeOf(sizes.rows), along]),
    shaped(arranged(right, [...kept, ...summed, ...columns]), [
      sizeOf(sizes.kept),
      along,
      sizeOf(sizes.columns),
    ]),
  );
  return {
    array: shaped(matrices, [...sizes.kept, ...sizes.rows, ...sizes.columns]),
    letters: [...kept, ...rows, ...columns],
  };
}

/** Summed over the letters that nothing needs: by a product with ones, which keeps the dtype as products do. */
function reduced(a: Lettered, needed: ReadonlySet<string>): Lettered {
  const letters = a.letters.filter((letter) => needed.has(letter));
  const summed = a.letters.filter((letter) => !needed.has(letter));
  if (summed.length === 0) return a;
  const sizes = sizesOf(a, letters);
  const rows = shaped(arranged(a, [...letters, ...summed]), [sizeOf(sizes), sizeOf(sizesOf(a, summed))]);
  const ones = repeated(constant(1, a.array.dtype), [rows.shape[1]!]);
  return { array: shaped(product(rows, ones), sizes), letters };
}

function sizesOf({ array, letters }: Lettered, of: readonly string[]): number[] {
  return of.map((letter) => array.shape[letters.indexOf(letter)]!);
}

function arranged({ array, letters }: Lettered, order: readonly string[]): Strided {
  return order.length < 2 ? array : move(array, ...order.map((letter) => letters.indexOf(letter)));
}
