import { type Backend, compile, type Graph, type NDArray, zeros } from "camada";
import { InteropError } from "../../error.js";
import type { NamedArrays } from "../model.js";
import { Builder } from "./builder.js";
import { type Node, writeStep } from "./steps.js";

/** A function of arrays by name. */
export type NamedFunction = (inputs: { readonly [name: string]: NDArray }) => {
  readonly [name: string]: NDArray | number;
};

/** The graph of a function, and the names of what it gives: seen by a backend that only looks. */
function graphOf(f: NamedFunction, inputs: NamedArrays): { graph: Graph; outputs: string[] } {
  let seen: Graph | undefined;
  const looker: Backend = {
    name: "onnx",
    prepare: (graph) => {
      seen = graph;
      const nothing = (node: Node) => zeros([...node.shape], undefined, { dtype: node.dtype }) as unknown as ReturnType<ReturnType<Backend["prepare"]>["read"]>; // biome-ignore format: one line
      return {
        upload: () => {},
        run: () => {},
        read: (i) => nothing(graph.outputs[i]!),
        value: () => 0,
        readInput: (i) => nothing(graph.inputs[i]!),
      };
    },
  };
  const results: unknown = compile(f, { backend: looker })(inputs);
  const named = typeof results === "object" && results !== null ? Object.entries(results) : [];
  const isValue = (value: unknown) => typeof value === "number" || (value as NDArray)?.shape !== undefined;
  if (named.length === 0 || Array.isArray(results) || !named.every(([, value]) => isValue(value))) {
    throw new InteropError("onnx.results");
  }
  return { graph: seen!, outputs: named.map(([name]) => name) };
}

/** The file of a function, traced for the arrays that it is given. */
export function writeFunction(f: NamedFunction, inputs: NamedArrays): Uint8Array<ArrayBuffer> {
  const { graph, outputs } = graphOf(f, inputs);
  const names = Object.keys(inputs);
  const twice = outputs.find((name) => names.includes(name));
  if (twice !== undefined) throw new InteropError("onnx.results");
  const builder = new Builder([...names, ...outputs]);
  const values = new Map<Node, string>(graph.inputs.map((node, i) => [node, names[i]!]));
  const valueOf = (node: Node): string => {
    let value = values.get(node);
    if (value === undefined) {
      value = writeStep({ builder, node, inputs: inputsOf(node).map(valueOf) });
      values.set(node, value);
    }
    return value;
  };
  // in order, so that nothing is deep; what is repeated only for the operator's sake waits for one that needs it
  for (const node of graph.nodes) if (node.step.kind !== "broadcast") valueOf(node);
  return builder.finish(
    graph.inputs.map(({ dtype, shape }, i) => ({ name: names[i]!, dtype, shape })),
    graph.outputs.map((node, i) => ({
      name: outputs[i]!,
      value: valueOf(node),
      dtype: node.dtype,
      shape: node.shape,
    })),
  );
}

/** What a step works on: ONNX's operators repeat values themselves, where another input has the whole shape. */
function inputsOf({ step, inputs }: Node): readonly Node[] {
  if (step.kind !== "elementwise" && step.kind !== "where") return inputs;
  const repeated = inputs.map((input) => input.step.kind === "broadcast");
  if (repeated.every(Boolean)) return inputs;
  return inputs.map((input, i) => (repeated[i] ? input.inputs[0]! : input));
}
