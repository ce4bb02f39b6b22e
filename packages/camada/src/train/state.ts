import { array } from "../array/creation.js";
import { NetworkError } from "../errors/network.js";
import { type Network, weightsOf } from "../nn/network.js";
import { mapNamed, type Named, type Optimizer, type OptimizerState } from "../nn/optimizer.js";
import type { NDArray } from "../shape/types.js";
import { Strided } from "../storage/strided.js";
import { like } from "./weights.js";

/**
 * Where training stands between two epochs, as plain data: `fit(x, y, { resume: state })` goes on from there,
 * exactly, given the same data and options. `JSON.parse(JSON.stringify(state))` serves as well. What callbacks
 * remember is not in it.
 */
export interface TrainingState {
  /** How many epochs are done. */
  readonly epoch: number;
  /** How many batches are done, in all epochs together. */
  readonly step: number;
  /** What order and chance follow from. */
  readonly seed: number;
  /** All weights by layer and name. */
  readonly weights: Named;
  /** What the optimizer remembers. */
  readonly optimizer: OptimizerState;
  /** What the learning rate is multiplied by. */
  readonly rate: number;
}

/** The largest seed: it is kept as an int32. */
export const MAX_SEED = 2 ** 31 - 1;

/** Before the first step. @throws CamadaError `fit.nothing` */
export function freshState(
  network: Network,
  weights: Named,
  optimizer: Optimizer,
  seed: number,
): TrainingState {
  const learnt = [...weightsOf(network)].filter(([, { trainable }]) => trainable).map(([name]) => name);
  if (learnt.length === 0) throw new NetworkError("fit.nothing");
  const memory = optimizer.init(Object.fromEntries(learnt.map((name) => [name, weights[name]!])));
  return { epoch: 0, step: 0, seed, rate: 1, weights, optimizer: memory };
}

/**
 * A state to go on from, in the dtypes and with the names of a fresh one: it may have been written to a file
 * and read again.
 * @throws CamadaError `fit.state`, `fit.resume`
 */
export function resumedState(fresh: TrainingState, state: TrainingState): TrainingState {
  for (const name of ["epoch", "step", "seed"] as const) {
    const value = state[name];
    if (!(Number.isInteger(value) && value >= 0 && value <= MAX_SEED)) throw notAState(name, value);
  }
  if (!(state.rate > 0 && state.rate < Infinity)) throw notAState("rate", state.rate);
  const weights = mapNamed(state.weights ?? {}, read);
  const optimizer = mapNamed(state.optimizer ?? {}, (group) => mapNamed(group, read));
  const [found, expected] = [
    shapes({ weights, ...optimizer }),
    shapes({ weights: fresh.weights, ...fresh.optimizer }),
  ];
  if (found.join() !== expected.join()) throw new NetworkError("fit.resume", { found, expected });
  return {
    ...state,
    weights: mapNamed(fresh.weights, (own, name) => like(own, weights[name]!)),
    optimizer: mapNamed(fresh.optimizer, (group, name) =>
      mapNamed(group, (own, weight) => like(own, optimizer[name]![weight]!)),
    ),
  };
}

/** An array, or what JSON made of it. */
function read(value: unknown, name: string): NDArray {
  if (value instanceof Strided) return value as unknown as NDArray;
  if (Array.isArray(value)) return array(value as number[]) as NDArray;
  throw notAState(name, value);
}

function notAState(name: string, value: unknown): NetworkError {
  return new NetworkError("fit.state", { name, value: String(value) });
}

/** Every array of some groups and its shape, in the order of their names. */
function shapes(groups: OptimizerState): string[] {
  return Object.entries(groups)
    .flatMap(([group, named]) =>
      Object.entries(named).map(([name, { shape }]) => `${group}.${name} (${shape.join(", ")})`),
    )
    .toSorted();
}
