import { NDArray } from "../array/ndarray.js";
import { describe } from "../errors/error.js";
import { NetworkError } from "../errors/network.js";
import { copyValues } from "../ops/copy.js";
import { rowMajor, type Sizes } from "../shape/shape.js";
import type { DType, TypedArray } from "../storage/dtype.js";
import { type AxisNames, type Recorder, Strided } from "../storage/strided.js";
import type { Node, Step } from "./node.js";
import { currentScope } from "./scope.js";

function noValues(op: string): never {
  throw new NetworkError("trace.values", { op });
}

/** Stands where values would: whoever reaches for them is told that there are none yet. */
const NO_VALUES = new Proxy(new Float64Array(0), {
  get: () => noValues("data"),
  set: () => noValues("data"),
}) as TypedArray;

/**
 * An array without values, as a function that is traced sees its arguments and all that it makes of them.
 * Operations check its shape, dtype and names as any array's, and add a node to the graph.
 */
export class Traced extends (NDArray as unknown as typeof Strided) implements Recorder {
  readonly node: Node;

  constructor(node: Node, names: AxisNames) {
    super(NO_VALUES, node.shape, rowMajor(node.shape), 0, node.dtype, names);
    this.node = node;
  }

  override get recorder(): this {
    return this;
  }

  record(step: Step, inputs: readonly Strided[], shape: Sizes, dtype: DType, names: AxisNames): Traced {
    return new Traced(
      { step, inputs: inputs.map(nodeOf), shape, dtype, names, scope: currentScope() },
      names,
    );
  }

  /** Names belong to who looks, not to what is computed: only they can be seen otherwise. */
  override view(shape: Sizes, _strides: Sizes, _offset: number, names: AxisNames): this {
    if (shape !== this.shape) noValues("view");
    return new Traced(this.node, names) as this;
  }

  override make(): this {
    return noValues("make");
  }

  /** The values are not there to be copied. */
  get data(): never {
    return noValues("data");
  }

  toArray(): never {
    return noValues("toArray");
  }

  /** JavaScript's own arithmetic, `x * 2`, would need a number: `multiply(x, 2)` does not. */
  override valueOf(): never {
    return noValues("+ - * / < >");
  }

  override toString(): string {
    return `${describe(this)} ${this.dtype}`;
  }

  inspect(): string {
    return this.toString();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** The node that an array stands for; of an array with values, a constant. */
export function nodeOf(a: Strided): Node {
  if (a instanceof Traced) return a.node;
  const value = new Strided(copyValues(a), a.shape, rowMajor(a.shape), 0, a.dtype, null);
  return {
    step: { kind: "constant", value },
    inputs: [],
    shape: a.shape,
    dtype: a.dtype,
    names: a.names,
    scope: currentScope(),
  };
}

/** An input of a graph to be, as the function sees it. */
export function inputLike(a: { shape: Sizes; dtype: DType; names: AxisNames }, name = ""): Traced {
  const { shape, dtype, names } = a;
  return new Traced({ step: { kind: "input" }, inputs: [], shape, dtype, names, scope: name }, names);
}

/** Values as a constant of a graph. */
export function lifted(a: Strided): Traced {
  return new Traced(nodeOf(a), a.names);
}
