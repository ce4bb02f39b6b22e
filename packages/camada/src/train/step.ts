import { fromTypedArray } from "../array/creation.js";
import { NetworkError, NetworkShapeError } from "../errors/network.js";
import type { Graph } from "../graph/graph.js";
import { scoped } from "../graph/scope.js";
import { trace } from "../graph/trace.js";
import { sigmoid } from "../nn/activations.js";
import { asDType } from "../nn/dtypes.js";
import type { Loss } from "../nn/loss.js";
import type { Metric } from "../nn/metrics.js";
import { applyNetwork, type Mode, type Network, weightsOf } from "../nn/network.js";
import { mapNamed, type Named, type Optimizer, type OptimizerState } from "../nn/optimizer.js";
import { add, multiply } from "../ops/arithmetic.js";
import { described, sameShape } from "../ops/broadcast.js";
import { greater, logicalOr } from "../ops/comparison.js";
import { concatenate } from "../ops/joining.js";
import { reshape } from "../ops/movement.js";
import { any, mean, sum } from "../ops/reductions.js";
import { take } from "../ops/taking.js";
import type { NDArray } from "../shape/types.js";
import { isFloat } from "../storage/dtype.js";
import { differentiate } from "../transform/grad.js";

/** What adds up over the batches of an epoch. */
export interface Totals {
  /** The sum of all observations' losses, penalties included. */
  readonly loss: NDArray;
  readonly count: NDArray;
  readonly metrics: readonly NDArray[];
  /** For each relu layer, whether each of its neurons has been active. */
  readonly alive: Named;
}

/** What a step takes from the one before. */
export interface State {
  readonly weights: Named;
  readonly optimizer: OptimizerState;
  /** How many steps there have been: int32, without axes. */
  readonly step: NDArray;
  /** What the learning rate is multiplied by: a number without axes. */
  readonly rate: NDArray;
  readonly totals: Totals;
}

/** All data, as long as training goes on; each step takes some rows. */
export interface Data {
  readonly x: NDArray;
  readonly y: NDArray;
  /** How much each row counts; absent where all count alike. */
  readonly rowWeights?: NDArray;
}

/** What is measured, of which network. */
export interface Recipe {
  readonly network: Network;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
}

/** Some rows of the data, the truth as the loss takes it: without names, targets in the network's dtype. */
function rowsOf({ x, y, rowWeights }: Data, indices: NDArray, dtype: Network["dtype"]) {
  const truth = take(y, indices, 0).unnamed() as NDArray;
  return {
    x: take(x, indices, 0),
    // labels stay whole numbers
    y: truth.ndim === 1 ? truth : truth.astype(dtype),
    rowWeights: rowWeights === undefined ? undefined : (take(rowWeights, indices, 0).unnamed() as NDArray),
  };
}

/**
 * What is made smaller: the mean loss of the rows (with weights, as in Keras, the weighted losses' sum over the
 * number of rows), and what the network's weights themselves cost.
 * @throws ShapeError `fit.eachLoss`
 */
function costOf(
  { network, loss }: Recipe,
  weights: Named,
  { y, rowWeights }: { readonly y: NDArray; readonly rowWeights: NDArray | undefined },
  output: NDArray,
): NDArray {
  const each = loss.each(y, output.unnamed() as NDArray);
  const [rows] = y.shape as [number];
  if (!sameShape(each.shape, [rows])) {
    throw new NetworkShapeError("fit.eachLoss", { loss: loss.name, rows, found: described(each as never) });
  }
  const cost = mean(rowWeights === undefined ? each : multiply(each, rowWeights)) as unknown as NDArray;
  return [...weightsOf(network)].reduce(
    (sum, [name, { regularizer }]) =>
      regularizer === undefined ? sum : add(sum, regularizer.penalty(weights[name]!)),
    cost,
  );
}

function nextTotals(
  { metrics, loss: { expects } }: Recipe,
  totals: Totals,
  loss: NDArray,
  y: NDArray,
  output: NDArray,
  alive: Named,
): Totals {
  const result = output.unnamed() as NDArray;
  // metrics take probabilities where one output stands for a class
  const judged = expects === "logit" ? (sigmoid(result) as NDArray) : result;
  const size = y.shape[0]!;
  return {
    loss: add(totals.loss, multiply(loss.astype("float64"), size)),
    count: add(totals.count, size),
    metrics: metrics.map((metric, i) => add(totals.metrics[i]!, metric.sums(y, judged).astype("float64"))),
    alive: Object.fromEntries(
      Object.entries(totals.alive).map(([name, before]) => [name, logicalOr(before, alive[name]!)]),
    ),
  };
}

/** Which neurons of a relu layer are active for some row of the batch. */
function activeNeurons(output: NDArray): NDArray {
  return any(greater(reshape(output, [-1, output.shape.at(-1)!]), 0) as NDArray, 0) as NDArray;
}

/**
 * One step of training as a graph: takes rows, goes forward and backward, and updates. Its inputs are the
 * arrays of the state, the data and the rows' indices, in that order; its outputs the arrays of the new state,
 * in the order of the old one's, then the loss, and the guard: a number that is finite where the loss, the new
 * weights and all that the optimizer keeps are.
 */
export function traceTraining(
  recipe: Recipe,
  optimizer: Optimizer,
  state: State,
  data: Data,
  indices: NDArray,
  seed: number,
): Graph {
  const { network } = recipe;
  const trainable = [...weightsOf(network)].filter(([, weight]) => weight.trainable).map(([name]) => name);
  const seedArray = fromTypedArray(Int32Array.of(seed), [1]) as NDArray;
  const step = (state: State, data: Data, indices: NDArray) => {
    const rows = rowsOf(data, indices, network.dtype);
    const changed: Record<string, NDArray> = {};
    const alive: Record<string, NDArray> = {};
    const mode: Mode = {
      training: true,
      key: concatenate([seedArray, reshape(state.step, [1])]) as NDArray,
      update: (name, value) => {
        changed[name] = value;
      },
      seen: ({ layer, name }, output) => {
        if (layer.kind === "relu") alive[name] = activeNeurons(output);
      },
    };
    let output: NDArray;
    const cost = (learnt: Named): NDArray => {
      const weights = { ...state.weights, ...learnt };
      output = applyNetwork(network, weights, rows.x, mode);
      return scoped("loss", () => costOf(recipe, weights, rows, output));
    };
    const learnt = pick(state.weights, trainable);
    const [value, gradients] = differentiate(cost as never, [learnt], 0) as [NDArray, Named];
    const { updated, memory } = scoped("optimizer", () => {
      const count = state.step.astype(network.dtype);
      const moved = optimizer.update(gradients, state.optimizer, learnt, count);
      const updates = conformed(optimizer, learnt, moved.updates);
      return {
        updated: mapNamed(learnt, (weight, name) => add(weight, multiply(updates[name]!, state.rate))),
        memory: mapNamed(state.optimizer, (before, group) =>
          conformed(optimizer, before, moved.state[group] ?? {}),
        ),
      };
    });
    const weights = mapNamed(state.weights, (old, name) =>
      asDType(updated[name] ?? changed[name] ?? old, old.dtype),
    );
    const next: State = {
      weights,
      optimizer: memory,
      step: add(state.step, 1),
      rate: state.rate,
      totals: nextTotals(recipe, state.totals, value, rows.y, output!, alive),
    };
    const kept = [weights, ...Object.values(memory)].flatMap((named) => Object.values(named));
    return [next, value, guardOf(value, kept)];
  };
  return trace("fit", step as never, [state, data, indices]).graph;
}

/**
 * What an optimizer gave for each array, in the order and the dtypes of those: the step's outputs take their
 * place. @throws CamadaError `fit.optimizer`
 */
function conformed({ name: optimizer }: Optimizer, like: Named, given: Named): Named {
  return mapNamed(like, ({ shape, dtype }, name) => {
    const value = given[name];
    if (value === undefined || !sameShape(value.shape, shape)) {
      throw new NetworkError("fit.optimizer", { optimizer, name, shape: { shape, names: null } });
    }
    return asDType(value, dtype);
  });
}

/**
 * A number that is not finite where any of these is not: 0 times what is not finite is not 0. Arrays of one shape are
 * gone through together, as the loop does that makes them.
 */
function guardOf(value: NDArray, arrays: readonly NDArray[]): NDArray {
  const alike = new Map<string, NDArray>();
  for (const a of arrays) {
    if (!isFloat(a.dtype)) continue;
    const key = `${a.dtype} ${a.shape}`;
    const [zeros, before] = [multiply(a.unnamed() as NDArray, 0) as NDArray, alike.get(key)];
    alike.set(key, before === undefined ? zeros : (add(before, zeros) as NDArray));
  }
  return [...alike.values()].reduce((all, zeros) => add(all, sum(zeros) as unknown as NDArray), value);
}

/**
 * One step of evaluation as a graph. Its inputs are the arrays of the totals, the weights, the data and the
 * rows' indices; its outputs those of the new totals, then the loss.
 */
export function traceEvaluation(
  recipe: Recipe,
  totals: Totals,
  weights: Named,
  data: Data,
  indices: NDArray,
): Graph {
  const { network } = recipe;
  const step = (totals: Totals, weights: Named, data: Data, indices: NDArray) => {
    const rows = rowsOf(data, indices, network.dtype);
    const output = applyNetwork(network, weights, rows.x, { training: false });
    const value = costOf(recipe, weights, rows, output);
    return [nextTotals(recipe, totals, value, rows.y, output, {}), value];
  };
  return trace("evaluate", step as never, [totals, weights, data, indices]).graph;
}

function pick(all: Named, names: readonly string[]): Named {
  return Object.fromEntries(names.map((name) => [name, all[name]!]));
}

/** What has added up, as people read it: the mean loss, and each metric's value. */
export function readTotals(metrics: readonly Metric[], totals: Totals): Record<string, number | NDArray> {
  return {
    loss: totals.loss.data[0]! / totals.count.data[0]!,
    ...Object.fromEntries(metrics.map((metric, i) => [metric.name, metric.value(totals.metrics[i]!)])),
  };
}
