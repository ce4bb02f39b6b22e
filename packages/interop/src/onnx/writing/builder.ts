import type { NDArray } from "camada";
import { encode } from "../message.js";
import { ATTRIBUTE_TYPES, type AttributeDraft, MODEL, type NodeDraft, type TensorDraft } from "../schema.js";
import { codeOfDType, int64Tensor, tensorOf } from "../tensor.js";

/** The version of the operators, and of the format, that files are written for. */
const OPSET = 17;
const IR_VERSION = 8;

/** Whole numbers and lists of them as they are, texts, and other numbers marked. */
type Setting = number | readonly number[] | string | { readonly float: number };

/** Attributes by name; and what the node is called. */
export interface Settings {
  readonly name?: string;
  readonly [attribute: string]: Setting | undefined;
}

const encoder = new TextEncoder();

function attributeOf(name: string, value: Setting): AttributeDraft {
  if (typeof value === "number") return { name, i: value, type: ATTRIBUTE_TYPES.int };
  if (typeof value === "string") return { name, s: encoder.encode(value), type: ATTRIBUTE_TYPES.string };
  if ("float" in value) return { name, f: value.float, type: ATTRIBUTE_TYPES.float };
  return { name, ints: value, type: ATTRIBUTE_TYPES.ints };
}

interface Declared {
  readonly name: string;
  readonly dtype: NDArray["dtype"];
  /** Sizes; a name where the size may be any. */
  readonly shape: readonly (number | string)[];
}

/** A graph while it is written: nodes one after the other, each giving values whose names nothing else has. */
export class Builder {
  private readonly nodes: NodeDraft[] = [];
  private readonly initializers: TensorDraft[] = [];
  private readonly names: Set<string>;

  /** `reserved` are the names of what goes in and comes out. */
  constructor(reserved: readonly string[]) {
    this.names = new Set(reserved);
  }

  /** A name that nothing has yet: `wanted`, or with a number behind it. */
  private fresh(wanted: string): string {
    let name = wanted;
    for (let count = 1; this.names.has(name); count++) name = `${wanted}.${count}`;
    this.names.add(name);
    return name;
  }

  /** A node, called as its value is, of which the name is given back. */
  add(opType: string, input: readonly string[], settings: Settings = {}): string {
    return this.addAll(opType, input, 1, settings)[0]!;
  }

  /** A node of several outputs, whose names are given back. */
  addAll(
    opType: string,
    input: readonly string[],
    outputs: number,
    { name = opType, ...settings }: Settings = {},
  ): readonly string[] {
    const output = Array.from({ length: outputs }, () => this.fresh(name));
    const attribute = Object.entries(settings).map(([key, setting]) => attributeOf(key, setting!));
    this.nodes.push({ opType, name: output[0], input, output, attribute });
    return output;
  }

  /** A constant of the file. */
  constant(array: NDArray, wanted = "constant"): string {
    const name = this.fresh(wanted);
    this.initializers.push(tensorOf(name, array));
    return name;
  }

  /** Whole numbers that say what a node does: a shape, axes. */
  integers(numbers: readonly number[], wanted = "integers"): string {
    const name = this.fresh(wanted);
    this.initializers.push(int64Tensor(name, numbers));
    return name;
  }

  /** The file, once each output is given the name that it is to have. */
  finish(
    inputs: readonly Declared[],
    outputs: readonly (Declared & { readonly value: string })[],
  ): Uint8Array<ArrayBuffer> {
    // by a node that changes nothing only where it is another's, or comes in
    for (const { name, value } of outputs) {
      const made = this.nodes.findIndex(({ output }) => output?.includes(value));
      const single = outputs.filter((other) => other.value === value).length === 1;
      if (made < 0 || !single) this.nodes.push({ opType: "Identity", name, input: [value], output: [name] });
      else this.rename(value, name);
    }
    return encode(MODEL, {
      irVersion: IR_VERSION,
      producerName: "camada",
      opsetImport: [{ domain: "", version: OPSET }],
      graph: {
        name: "camada",
        node: this.nodes,
        initializer: this.initializers,
        input: inputs.map(valueInfo),
        output: outputs.map(valueInfo),
      },
    });
  }

  private rename(value: string, name: string): void {
    const renamed = (names: readonly string[] = []) => names.map((each) => (each === value ? name : each));
    this.nodes.forEach((node, i) => {
      this.nodes[i] = { ...node, input: renamed(node.input), output: renamed(node.output) };
    });
  }
}

function valueInfo({ name, dtype, shape }: Declared) {
  const dim = shape.map((size) => (typeof size === "string" ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: codeOfDType(dtype), shape: { dim } } } };
}
