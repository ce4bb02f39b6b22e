import { CamadaError } from "../errors/error.js";
import { evaluate } from "../graph/evaluate.js";
import { copyValues } from "../ops/copy.js";
import { rowMajor, sizeOf } from "../shape/shape.js";
import { Strided } from "../storage/strided.js";
import { constantOf, filled, isKind } from "./making.js";
import type { AnyRule, Rule } from "./rewrite.js";

/** The most values of a result that is kept though it is larger than what it was computed of. */
const KEPT = 4096;

/** What follows from constants alone is computed now; what is refused then is left to be refused when it runs. */
export const constantsFolded: AnyRule = (node, builder) => {
  const { inputs, shape, dtype } = node;
  if (!inputs.every((x) => isKind(x, "constant"))) return null;
  const given = inputs.reduce((sum, x) => sum + sizeOf(x.shape), 0);
  if (sizeOf(shape) > Math.max(KEPT, given)) return null;
  try {
    const [value] = evaluate({ inputs: [], outputs: [node], nodes: [...inputs, node] }, []);
    return constantOf(builder, new Strided(copyValues(value!), shape, rowMajor(shape), 0, dtype, null));
  } catch (error) {
    if (error instanceof CamadaError) return null;
    throw error;
  }
};

/** A constant that is the same everywhere is one value, repeated. */
export const constantOfOneValue: Rule<"constant"> = ({ step: { value }, shape, dtype }, builder) => {
  const [first] = value.buffer;
  if (shape.length === 0 || first === undefined || !value.buffer.every((x) => Object.is(x, first)))
    return null;
  return filled(builder, first, shape, dtype);
};
