import type { NDArray, TrainingState } from "camada";
import { InteropError } from "../error.js";

/** What the names of a training's arrays begin with; the name of no layer that is saved does. */
export const STATE = "training:";
const WEIGHTS = "weights";
const NUMBERS = ["epoch", "step", "seed", "rate"] as const;

/** What is not an array of a training's state, as JSON. */
export function describeState(state: TrainingState): string {
  return JSON.stringify(Object.fromEntries(NUMBERS.map((name) => [name, state[name]])));
}

/** The arrays of a training's state, by their names in a file, which say the group and the weight. */
export function tensorsOfState({ weights, optimizer }: TrainingState): [string, NDArray][] {
  const groups = [[WEIGHTS, weights] as const, ...Object.entries(optimizer)];
  return groups.flatMap(([group, named], i) =>
    Object.entries(named).map(
      ([name, a]) => [`${STATE}${JSON.stringify([i > 0, group, name])}`, a] as [string, NDArray],
    ),
  );
}

/**
 * A training's state from both. Whether it fits a model, an optimizer and data, `fit` finds out.
 * @throws InteropError `model.state`
 */
export function stateOf(
  op: string,
  description: string,
  tensors: ReadonlyMap<string, NDArray>,
): TrainingState {
  const wrong = (what: string) => new InteropError("model.state", { op, what });
  const numbers = parsed(description) as { readonly [name: string]: unknown } | null | undefined;
  const [epoch, step, seed, rate] = NUMBERS.map((name) => {
    const value = numbers?.[name];
    if (typeof value !== "number") throw wrong(name);
    return value;
  }) as [number, number, number, number];
  const weights: [string, NDArray][] = [];
  const optimizer = new Map<string, [string, NDArray][]>();
  for (const [key, a] of tensors) {
    if (!key.startsWith(STATE)) continue;
    const parts = parsed(key.slice(STATE.length));
    if (
      !Array.isArray(parts) ||
      parts.length !== 3 ||
      typeof parts[1] !== "string" ||
      typeof parts[2] !== "string"
    ) {
      throw wrong(key.slice(0, 60));
    }
    const [remembered, group, name]: [unknown, string, string] = parts as never;
    if (remembered === false) weights.push([name, a]);
    else optimizer.set(group, [...(optimizer.get(group) ?? []), [name, a]]);
  }
  const groups = [...optimizer].map(([group, entries]) => [group, Object.fromEntries(entries)]);
  return {
    epoch,
    step,
    seed,
    rate,
    weights: Object.fromEntries(weights),
    optimizer: Object.fromEntries(groups),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
