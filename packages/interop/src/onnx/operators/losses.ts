import type { NDArray } from "camada";
import * as a from "../arrays.js";
import { type AttributesOf, choice, float, int } from "../attributes.js";
import { type Call, type Operator, operator } from "../operator.js";
import { logShares } from "./normalization.js";

const LOSS = { ignore_index: int(), reduction: choice("mean", "sum", "none") };

const total = (x: NDArray): NDArray => a.reshape(a.sum(a.reshape(x, [x.size]), 0), []);

/** Minus the right class's value, of axes (batch, class, ...places), times what its class weighs. */
function likelihood(
  call: Call,
  logs: NDArray,
  { ignore_index: ignored, reduction }: AttributesOf<typeof LOSS>,
): NDArray {
  const labels = call.input(1);
  const skipped = ignored === undefined ? undefined : a.equal(labels, ignored);
  // any class will do where none is meant: it counts for nothing
  const classes = skipped === undefined ? labels : a.where(skipped, 0, labels);
  const right = a.reshape(a.takeAlongAxis(logs, a.expandDims(classes, 1), 1), labels.shape);
  const weights = call.optional(2);
  const each = weights === undefined ? a.full(labels.shape, 1, logs.dtype) : a.take(weights, classes, 0);
  const counted = skipped === undefined ? each : a.where(skipped, 0, each);
  const loss = a.negative(a.multiply(right, counted));
  if (reduction === "none") return loss;
  return reduction === "sum" ? total(loss) : a.divide(total(loss), total(counted));
}

const TRAINING = { epsilon: float(0), norm_coefficient: float(0) };

/** Rates and counts come first, then so many arrays of each kind: what becomes of each weight, kind by kind. */
function eachWeight(
  call: Call,
  kinds: number,
  rule: (rate: NDArray, count: NDArray, arrays: readonly NDArray[]) => readonly NDArray[],
): readonly NDArray[] {
  const [rate, count, ...arrays] = call.inputs as [NDArray, NDArray, ...NDArray[]];
  const weights = arrays.length / kinds;
  if (!Number.isInteger(weights) || weights === 0) call.refuse(`${arrays.length} / ${kinds}`);
  const results = Array.from({ length: weights }, (_, i) =>
    rule(rate, a.asType(count, rate.dtype), Array.from({ length: kinds }, (_, kind) => arrays[kind * weights + i]!)),
  ); // biome-ignore format: one block
  return results[0]!.flatMap((_, kind) => results.map((result) => result[kind]!));
}

const mixed = (kept: NDArray, now: NDArray, share: number): NDArray =>
  a.add(a.multiply(kept, share), a.multiply(now, 1 - share));

/** The gradient with what the weight's own size costs. */
const regularized = (x: NDArray, g: NDArray, { norm_coefficient: norm }: { norm_coefficient: number }) =>
  norm === 0 ? g : a.add(a.multiply(x, norm), g);

const ADAM = { ...TRAINING, epsilon: float(1e-6), alpha: float(0.9), beta: float(0.999), norm_coefficient_post: float(0) }; // biome-ignore format: one line

function adam(call: Call, given: AttributesOf<typeof ADAM>): readonly NDArray[] {
  const { alpha, beta, epsilon, norm_coefficient_post: post } = given;
  return eachWeight(call, 4, (rate, count, [x, g, v, h]) => {
    const gradient = regularized(x!, g!, given);
    const momentum = mixed(v!, gradient, alpha);
    const velocity = mixed(h!, a.square(gradient), beta);
    const past = (share: number) => a.subtract(1, a.power(a.full([], share, rate.dtype), count));
    const corrected = a.divide(a.multiply(rate, a.sqrt(past(beta))), past(alpha));
    const adjusted = a.where(a.greater(count, 0), corrected, rate);
    const moved = a.subtract(x!, a.divide(a.multiply(adjusted, momentum), a.add(a.sqrt(velocity), epsilon)));
    return [post === 0 ? moved : a.multiply(moved, 1 - post), momentum, velocity];
  });
}

const ADAGRAD = { ...TRAINING, decay_factor: float(0) };

function adagrad(call: Call, given: AttributesOf<typeof ADAGRAD>): readonly NDArray[] {
  return eachWeight(call, 3, (rate, count, [x, g, h]) => {
    const now = a.divide(rate, a.add(a.multiply(count, given.decay_factor), 1));
    const gradient = regularized(x!, g!, given);
    const sum = a.add(h!, a.square(gradient));
    return [a.subtract(x!, a.divide(a.multiply(now, gradient), a.add(a.sqrt(sum), given.epsilon))), sum];
  });
}

const MOMENTUM = { alpha: float(0), beta: float(0), norm_coefficient: float(0), mode: choice("standard", "nesterov") }; // biome-ignore format: one line

function momentum(call: Call, given: AttributesOf<typeof MOMENTUM>): readonly NDArray[] {
  const { alpha, beta, mode } = given;
  return eachWeight(call, 3, (rate, count, [x, g, v]) => {
    const gradient = regularized(x!, g!, given);
    const share = a.where(a.greater(count, 0), a.full([], beta, rate.dtype), 1);
    const velocity = a.add(a.multiply(v!, alpha), a.multiply(gradient, share));
    const step = mode === "standard" ? velocity : a.add(gradient, a.multiply(velocity, alpha));
    return [a.subtract(x!, a.multiply(rate, step)), velocity];
  });
}

/** Losses, of results and truth. */
export const LOSSES: { readonly [name: string]: Operator } = {
  NegativeLogLikelihoodLoss: operator([2, 3], LOSS, (call, given) => likelihood(call, call.input(0), given)),
  SoftmaxCrossEntropyLoss: operator(
    [2, 3],
    LOSS,
    (call, given) => {
      const logs = logShares(call.input(0), [1]);
      return [likelihood(call, logs, given), logs];
    },
    2,
  ),
};

const ANY_NUMBER = [3, 2 ** 20] as const;

/** What becomes of weights in a step of training: ai.onnx.preview.training. */
export const OPTIMIZERS: { readonly [name: string]: Operator } = {
  Adagrad: operator(ANY_NUMBER, ADAGRAD, adagrad, 2 ** 20),
  Adam: operator(ANY_NUMBER, ADAM, adam, 2 ** 20),
  Momentum: operator(ANY_NUMBER, MOMENTUM, momentum, 2 ** 20),
};
