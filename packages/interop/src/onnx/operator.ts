import type { NDArray } from "camada";
import { InteropError } from "../error.js";
import { isTraced } from "./arrays.js";
import type { Attributes, AttributesOf } from "./attributes.js";
import { OnnxTensor } from "./tensor.js";

/** A node as sentences name it: its place among the nodes, what it computes, and its name. */
export type Where = { readonly index: number; readonly operator: string; readonly name: string };

/** What flows between nodes: arrays; and constants of the file, whose integers may be larger than an array's. */
export type Value = NDArray | OnnxTensor;

/** A node while it is computed: what comes in. */
export class Call {
  /** The version of the operators that the file is written for. */
  readonly opset: number;
  /** How many of its outputs somebody may want. */
  readonly wanted: number;
  readonly where: Where;
  private readonly given: readonly (Value | undefined)[];

  constructor(
    given: readonly (Value | undefined)[],
    { opset, wanted, where }: Pick<Call, "opset" | "wanted" | "where">,
  ) {
    this.given = given;
    this.opset = opset;
    this.wanted = wanted;
    this.where = where;
  }

  /** All inputs, of an operator that takes any number of them. */
  get inputs(): readonly NDArray[] {
    return this.given.map((_, i) => this.input(i));
  }

  has(i: number): boolean {
    return this.given[i] !== undefined;
  }

  /** @throws InteropError `onnx.missing` where a node leaves out an input that it needs */
  input(i: number): NDArray {
    const value = this.given[i];
    if (value === undefined) throw new InteropError("onnx.missing", { ...this.where, input: i });
    return value instanceof OnnxTensor ? value.array : value;
  }

  optional(i: number): NDArray | undefined {
    return this.has(i) ? this.input(i) : undefined;
  }

  /**
   * The values of an input that says what is done, not what it is done with, such as a shape.
   * @throws InteropError `onnx.values` where they come only when a compiled function runs
   */
  numbers(i: number): readonly number[] {
    const value = this.given[i];
    if (value instanceof OnnxTensor) return value.numbers;
    const array = this.input(i);
    if (isTraced(array)) throw new InteropError("onnx.values", { ...this.where, input: i });
    return Array.from(array.data);
  }

  /** The same of an input that may be missing. */
  optionalNumbers(i: number): readonly number[] | undefined {
    return this.has(i) ? this.numbers(i) : undefined;
  }

  /** Refuses what the operator may be told but camada cannot do. @throws InteropError `onnx.setting` */
  refuse(setting: string): never {
    throw new InteropError("onnx.setting", { ...this.where, setting });
  }
}

type Result = Value | readonly Value[];

/** What a file's operator means: said by operations of camada, so that every backend runs it. */
export interface Operator {
  readonly attributes: Attributes;
  /** How many inputs it takes, at least and at most. */
  readonly inputs: readonly [least: number, most: number];
  /** How many outputs it has at most. */
  readonly outputs: number;
  run(call: Call, attributes: { readonly [name: string]: unknown }): Result;
}

/** An operator from what it takes, its attributes, and what it gives. */
export function operator<A extends Attributes>(
  inputs: number | readonly [number, number],
  attributes: A,
  run: (call: Call, attributes: AttributesOf<A>) => Result,
  outputs = 1,
): Operator {
  const range = typeof inputs === "number" ? ([inputs, inputs] as const) : inputs;
  return { attributes, inputs: range, outputs, run: run as Operator["run"] };
}

export const ANY = Number.POSITIVE_INFINITY;
