import { InteropError } from "../error.js";
import { readAttributes } from "./attributes.js";
import type { Operator, Where } from "./operator.js";
import { LATEST, OPERATORS } from "./operators/index.js";
import type { GraphProto, NodeProto } from "./schema.js";
import type { ExternalData, OnnxTensor } from "./tensor.js";

/** A node, checked: what it computes, of what, and what is done with it. */
export interface Step {
  readonly where: Where;
  readonly operator: Operator;
  readonly attributes: { readonly [name: string]: unknown };
  /** Names of values; "" for what is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly opset: number;
  /** The values that nothing needs after it. */
  readonly done: readonly string[];
}

const domainOf = (domain: string | undefined): string => (domain === "ai.onnx" ? "" : (domain ?? ""));

function whereOf({ opType, name }: NodeProto, index: number): Where {
  return { index, operator: opType ?? "", name: name ?? "" };
}

/**
 * The versions of the operators that a file is written for, by domain.
 * @throws InteropError `onnx.domainTwice`, `onnx.version`
 */
export function opsetsOf(
  imports: readonly { readonly domain: string | undefined; readonly version: number | undefined }[],
): Map<string, number> {
  const opsets = new Map<string, number>();
  for (const entry of imports) {
    const domain = domainOf(entry.domain);
    const version = entry.version ?? 0;
    if (opsets.has(domain)) throw new InteropError("onnx.domainTwice", { domain });
    const latest = LATEST.get(domain);
    if (latest !== undefined && !(version >= 1 && version <= latest)) {
      throw new InteropError("onnx.version", { domain: domain || "ai.onnx", version, latest });
    }
    opsets.set(domain, version);
  }
  return opsets;
}

/**
 * All operators that there are none for here, with the places of the nodes that name them, in one error.
 * @throws InteropError `onnx.operators`
 */
function checkOperators(nodes: readonly NodeProto[], opsets: ReadonlyMap<string, number>): void {
  const unknown = new Map<string, number[]>();
  nodes.forEach(({ opType = "", domain: given }, index) => {
    const domain = domainOf(given);
    if (opsets.has(domain) && OPERATORS.get(domain)?.has(opType)) return;
    const name = domain === "" ? opType : `${domain}.${opType}`;
    unknown.set(name, [...(unknown.get(name) ?? []).slice(0, 9), index]);
  });
  if (unknown.size === 0) return;
  const operators = [...unknown].map(([name, at]) => `${name} (${at.join(", ")})`).join("; ");
  throw new InteropError("onnx.operators", { operators });
}

/**
 * The nodes in order, each checked against the table of its operator, every value given once and before it is
 * used: so there are no cycles.
 * @throws InteropError `onnx.operators`, `onnx.name`, `onnx.source`, `onnx.inputs`, `onnx.outputs`, and what
 * `readAttributes` refuses
 */
export function planOf(
  graph: GraphProto,
  opsets: ReadonlyMap<string, number>,
  initializers: ReadonlyMap<string, OnnxTensor>,
  inputs: readonly string[],
  outputs: readonly string[],
  external: ExternalData,
): Step[] {
  checkOperators(graph.node, opsets);
  const known = new Set([...initializers.keys(), ...inputs]);
  const steps = graph.node.map((node, index) => {
    const step = stepOf(node, index, opsets, external);
    for (const name of step.inputs) {
      if (name !== "" && !known.has(name))
        throw new InteropError("onnx.source", { ...step.where, value: name });
    }
    for (const name of step.outputs) {
      if (name === "") continue;
      if (known.has(name)) throw new InteropError("onnx.name", { ...step.where, value: name });
      known.add(name);
    }
    return step;
  });
  for (const name of outputs) {
    if (!known.has(name)) throw new InteropError("onnx.output", { value: name });
  }
  return withDone(steps, new Set(outputs));
}

function stepOf(
  node: NodeProto,
  index: number,
  opsets: ReadonlyMap<string, number>,
  external: ExternalData,
): Step {
  const where = whereOf(node, index);
  const domain = domainOf(node.domain);
  const operator = OPERATORS.get(domain)!.get(node.opType ?? "")!;
  const [least, most] = operator.inputs;
  const { input, output } = node;
  if (input.length < least || input.length > most) {
    const shown = most === least ? String(least) : most === Number.POSITIVE_INFINITY ? `${least}+` : `${least}-${most}`; // biome-ignore format: one line
    throw new InteropError("onnx.inputs", { ...where, count: input.length, expected: shown });
  }
  if (output.length < 1 || output.length > operator.outputs) {
    throw new InteropError("onnx.outputs", { ...where, count: output.length, most: operator.outputs });
  }
  const attributes = readAttributes(operator.attributes, node, where, external);
  return {
    where,
    operator,
    attributes,
    inputs: input,
    outputs: output,
    opset: opsets.get(domain)!,
    done: [],
  };
}

/** Each step with the values that are used, or made, there last. */
function withDone(steps: readonly Step[], kept: Set<string>): Step[] {
  const later = kept;
  return steps
    .toReversed()
    .map((step) => {
      const here = new Set([...step.inputs, ...step.outputs]);
      const done = [...here].filter((name) => name !== "" && !later.has(name));
      for (const name of done) later.add(name);
      return { ...step, done };
    })
    .reverse();
}
