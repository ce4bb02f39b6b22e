import type { Code } from "../errors/catalog.js";
import { NetworkError } from "../errors/network.js";
import { type Node, nameOf } from "../graph/node.js";
import type { Expects, Loss } from "./loss.js";

/**
 * What a result has gone through last, as far as its graph shows it for certain: "raw" is a product of
 * matrices and what keeps it without bounds, "given" are weights, inputs and constants.
 */
type Activation = "softmax" | "sigmoid" | "tanh" | "raw" | "given" | "unknown";

/** Why a loss cannot follow an activation. */
const REFUSED: { readonly [E in Expects]?: { readonly [A in Activation]?: Code } } = {
  logits: { softmax: "loss.softmaxTwice", sigmoid: "loss.sigmoidTwice" },
  logit: { softmax: "loss.softmaxTwice", sigmoid: "loss.sigmoidTwice" },
  probabilities: { sigmoid: "loss.sigmoidForSoftmax", tanh: "loss.noSoftmax", raw: "loss.noSoftmax" },
  probability: { tanh: "loss.noSigmoid", raw: "loss.noSigmoid" },
};

/**
 * Refuses a loss that does not fit what the model ends with, `output` being the node of its result: logits
 * must not have gone through softmax or sigmoid, probabilities must have. Only what is certain is refused: an
 * activation of one's own passes.
 * @throws CamadaError `loss.softmaxTwice`, `loss.sigmoidTwice`, `loss.sigmoidForSoftmax`, `loss.noSoftmax`,
 * `loss.noSigmoid`
 */
export function checkLastActivation({ name, expects }: Loss, output: Node): void {
  const code = REFUSED[expects]?.[lastActivation(output, new Map())];
  if (code !== undefined) throw new NetworkError(code, { loss: name });
}

/** Each node is looked at once, however many ways lead to it. */
function lastActivation(node: Node, known: Map<Node, Activation>): Activation {
  const found = known.get(node) ?? activationOf(node, (input) => lastActivation(input, known));
  known.set(node, found);
  return found;
}

function activationOf(node: Node, within: (input: Node) => Activation): Activation {
  const { step, inputs } = node;
  switch (step.kind) {
    case "input":
    case "constant":
      return "given";
    case "matmul":
      return "raw";
    case "reshape":
    case "broadcast":
    case "cast":
    case "transpose":
    case "slice":
      return within(inputs[0]!);
    case "where":
      return together(inputs.slice(1).map(within));
    case "concatenate":
      return together(inputs.map(within));
    case "elementwise":
      return isSoftmax(node) ? "softmax" : ofElementwise(nameOf(node), () => inputs.map(within));
    default:
      return "unknown";
  }
}

function ofElementwise(name: string, inputs: () => readonly Activation[]): Activation {
  switch (name) {
    case "sigmoid":
    case "tanh":
      return name;
    case "add":
    case "subtract":
    case "multiply":
    case "negative":
    case "maximum":
      return together(inputs()) === "raw" ? "raw" : "unknown";
    default:
      return "unknown";
  }
}

/** The one activation of several values; what was given beside them has none. */
function together(activations: readonly Activation[]): Activation {
  const [first = "given", ...more] = activations.filter((a) => a !== "given");
  return more.every((a) => a === first) ? first : "unknown";
}

/** Whether a step divides exponentials by their sum along an axis. */
function isSoftmax(node: Node): boolean {
  if (nameOf(node) !== "divide") return false;
  const [exponentials, divisor] = node.inputs as readonly [Node, Node];
  let sum = divisor;
  while (sum.step.kind === "broadcast" || sum.step.kind === "reshape") sum = sum.inputs[0]!;
  return nameOf(exponentials) === "exp" && nameOf(sum) === "sum" && sum.inputs[0] === exponentials;
}
