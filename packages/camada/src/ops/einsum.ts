import { CamadaError, ShapeError } from "../errors/error.js";
import type * as signatures from "../shape/signatures.js";
import { type Strided, someNames } from "../storage/strided.js";
import { checkDistinct, described } from "./broadcast.js";
import { contract } from "./contraction.js";

/**
 * Sums of products by Einstein's convention, as NumPy's `einsum`: a letter an axis; equal letters run
 * together; letters that the result does not have are summed over. Without `->` the result has the letters
 * that occur once, in alphabetical order.
 * @throws CamadaError `einsum.subscripts`, `einsum.operands`; ShapeError `einsum.axes`, `einsum.sizes`,
 * `einsum.names` where one letter stands for axes of different names, `names.repeated`
 * @example
 * einsum("ij,kj->ik", array([[1, 2]]), array([[3, 4]])); // [[11.]]
 */
export const einsum = ((subscripts: string, ...arrays: Strided[]): Strided | number => {
  const { inputs, output } = parse(subscripts, arrays.length);
  const axes = bind(subscripts, inputs, arrays);
  const names = output.map((letter) => axes.get(letter)!.name);
  checkDistinct("einsum", names);
  const unnamed = arrays.map((a) => a.view(a.shape, a.strides, a.offset, null));
  const result = contract(unnamed, inputs, output);
  if (result.recorder === null && result.ndim === 0) return result.buffer[result.offset]!;
  return result.view(result.shape, result.strides, result.offset, someNames(names));
}) as unknown as signatures.Einsum;

function parse(subscripts: string, count: number): { inputs: string[]; output: string[] } {
  const match = /^([a-zA-Z]*(?:,[a-zA-Z]*)*)(?:->([a-zA-Z]*))?$/.exec(subscripts.replaceAll(" ", ""));
  if (match === null) throw new CamadaError("einsum.subscripts", { subscripts });
  const inputs = match[1]!.split(",");
  const letters = inputs.join("");
  const once = [...new Set(letters)].filter((letter) => letters.split(letter).length === 2);
  const output = match[2] ?? once.sort().join("");
  const known = [...output].every((letter, i) => letters.includes(letter) && output.indexOf(letter) === i);
  if (!known) throw new CamadaError("einsum.subscripts", { subscripts });
  if (inputs.length !== count) {
    throw new CamadaError("einsum.operands", { subscripts, expected: inputs.length, count });
  }
  return { inputs, output: [...output] };
}

interface Axis {
  size: number;
  name: string | null;
}

/** What each letter is bound to: one size and at most one name, in all arrays. */
function bind(subscripts: string, inputs: readonly string[], arrays: readonly Strided[]): Map<string, Axis> {
  const axes = new Map<string, Axis>();
  arrays.forEach((a, i) => {
    const letters = inputs[i]!;
    if (letters.length !== a.ndim) {
      throw new ShapeError("einsum.axes", {
        subscripts,
        expected: letters.length,
        array: described(a),
        ndim: a.ndim,
      });
    }
    a.shape.forEach((size, axis) => {
      const letter = letters[axis]!;
      const name = a.names?.[axis] ?? null;
      const bound = axes.get(letter);
      if (bound === undefined) {
        axes.set(letter, { size, name });
        return;
      }
      if (bound.size !== size) throw new ShapeError("einsum.sizes", { letter, a: bound.size, b: size });
      if (bound.name !== null && name !== null && bound.name !== name) {
        throw new ShapeError("einsum.names", { letter, a: bound.name, b: name });
      }
      bound.name ??= name;
    });
  });
  return axes;
}
