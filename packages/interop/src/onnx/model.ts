import { CamadaError, type DType, formatShape, type NDArray } from "camada";
import { InteropError } from "../error.js";
import { isTraced, limited, Refused } from "./arrays.js";
import { Call, type Value } from "./operator.js";
import type { Step } from "./plan.js";
import { OnnxTensor, type OnnxType, outside } from "./tensor.js";

/** What goes into a model, or comes out of it, as its file says. */
export interface OnnxValue {
  /** What the file calls it. */
  readonly name: string;
  /** The type of its values. */
  readonly type: OnnxType;
  /** What camada holds values of the type in: `run` takes and gives arrays of it. */
  readonly dtype: DType;
  /** Each axis' size; its name where the size may be any; null where the file says nothing. */
  readonly shape: readonly (number | string | null)[] | null;
}

/** Arrays by name. */
export interface NamedArrays {
  readonly [name: string]: NDArray;
}

interface Parts {
  readonly inputs: ReadonlyMap<string, OnnxValue>;
  readonly outputs: ReadonlyMap<string, OnnxValue>;
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  readonly opsets: ReadonlyMap<string, number>;
  readonly producer: string;
  readonly steps: readonly Step[];
  readonly most: number;
}

/** A model of an ONNX file: what it is made of, and `run`, which computes it. */
export class OnnxModel {
  /** What must come in, by name. */
  readonly inputs: ReadonlyMap<string, OnnxValue>;
  /** What comes out, by name. */
  readonly outputs: ReadonlyMap<string, OnnxValue>;
  /** The constants of the file, its weights first of all, by name. */
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  /** The versions of the operators that the file is written for, by domain ("" is ONNX's own). */
  readonly opsets: ReadonlyMap<string, number>;
  /** How many nodes there are of each operator. */
  readonly operators: ReadonlyMap<string, number>;
  /** The program that wrote the file. */
  readonly producer: string;
  private readonly steps: readonly Step[];
  private readonly most: number;

  constructor({ inputs, outputs, initializers, opsets, producer, steps, most }: Parts) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.initializers = initializers;
    this.opsets = opsets;
    this.producer = producer;
    this.steps = steps;
    this.most = most;
    const operators = new Map<string, number>();
    for (const { where } of steps) operators.set(where.operator, (operators.get(where.operator) ?? 0) + 1);
    this.operators = operators;
  }

  /**
   * The outputs, by name, for arrays by name, without axis names. It is made of camada's operations, so `compile(model.run)`
   * is a program that any backend runs. Integers of 64 bits are taken, computed and given as int32.
   * @throws InteropError `onnx.input`, `onnx.inputUnknown`, `onnx.inputType`, `onnx.inputShape`, `onnx.valueRange`; `onnx.node`
   * for what does not fit within, and other words on nodes
   */
  readonly run = (given: NamedArrays): { [name: string]: NDArray } => {
    const values = this.valuesOf(given);
    limited(this.most, () => {
      for (const step of this.steps) {
        compute(step, values);
        for (const name of step.done) values.delete(name);
      }
    });
    return Object.fromEntries(
      [...this.outputs.values()].map((output) => {
        const array = arrayOf(values.get(output.name)!);
        checkRange(output, array);
        return [output.name, array];
      }),
    );
  };

  /** The arrays that come in, checked, and the constants. */
  private valuesOf(given: NamedArrays): Map<string, Value> {
    const values = new Map<string, Value>(this.initializers);
    const sizes = new Map<string, number>();
    for (const [name, array] of Object.entries(given)) {
      const input = this.inputs.get(name);
      if (input === undefined) {
        throw new InteropError("onnx.inputUnknown", {
          input: name,
          known: [...this.inputs.keys()].join(", "),
        });
      }
      checkInput(input, array, sizes);
      values.set(name, array.unnamed());
    }
    for (const name of this.inputs.keys()) {
      if (!values.has(name)) throw new InteropError("onnx.input", { input: name });
    }
    return values;
  }
}

const arrayOf = (value: Value): NDArray => (value instanceof OnnxTensor ? value.array : value);

/** Refuses another dtype, another number of axes, and sizes that are not the file's. */
function checkInput(
  { name, type, dtype, shape }: OnnxValue,
  array: NDArray,
  sizes: Map<string, number>,
): void {
  if (array.dtype !== dtype) {
    throw new InteropError("onnx.inputType", { input: name, dtype, found: array.dtype });
  }
  checkRange({ name, type }, array);
  const fits =
    shape === null ||
    (shape.length === array.ndim &&
      shape.every((expected, i) => {
        if (expected === null) return true;
        const size = typeof expected === "string" ? (sizes.get(expected) ?? array.shape[i]!) : expected;
        if (typeof expected === "string") sizes.set(expected, size);
        return size === array.shape[i];
      }));
  if (fits) return;
  const said = `(${shape!.map((size) => (typeof size === "string" && sizes.has(size) ? `${size} ${sizes.get(size)}` : (size ?? "?"))).join(", ")})`; // biome-ignore format: one line
  throw new InteropError("onnx.inputShape", { input: name, shape: said, found: formatShape(array.shape) });
}

/** Refuses what the file's type does not have, where it is there to be seen: the array may hold more. */
function checkRange({ name, type }: Pick<OnnxValue, "name" | "type">, array: NDArray): void {
  if (isTraced(array)) return;
  const index = outside(type, array.data);
  if (index >= 0) throw new InteropError("onnx.valueRange", { value: name, type, found: array.data[index]!, index }); // biome-ignore format: one line
}

function compute(step: Step, values: Map<string, Value>): void {
  const { where, operator, attributes, opset, inputs, outputs } = step;
  const given = inputs.map((name) => (name === "" ? undefined : values.get(name)));
  const call = new Call(given, { opset, wanted: outputs.length, where });
  const results = [refusedBy(step, () => operator.run(call, attributes))].flat() as readonly Value[];
  outputs.forEach((name, i) => {
    if (name === "") return;
    const result = results[i];
    if (result === undefined) throw new InteropError("onnx.missingOutput", { ...where, output: i });
    values.set(name, result);
  });
}

/** What operations refuse, with the node that asked for it. */
function refusedBy<T>({ where }: Step, f: () => T): T {
  try {
    return f();
  } catch (error) {
    if (error instanceof Refused) throw new InteropError(error.code, { ...where, ...error.data });
    // a RangeError: an array that the engine cannot make
    if (!(error instanceof CamadaError || error instanceof RangeError)) throw error;
    throw new InteropError("onnx.node", { ...where, reason: error.message });
  }
}
