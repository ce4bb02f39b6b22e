import { full } from "../array/creation.js";
import { add, divide, multiply, negative, square, subtract } from "../ops/arithmetic.js";
import { expm1, sqrt } from "../ops/math.js";
import type { NDArray } from "../shape/types.js";
import { asDType } from "./dtypes.js";
import type { Config } from "./layer.js";
import { mapNamed, type Optimizer } from "./optimizer.js";
import { type LearningRate, rateConfig, type Scalar, type Schedule, scheduleOf } from "./schedules.js";
import { type Bound, settings } from "./settings.js";

/* Names, defaults and formulas are Keras's throughout: what is called epsilon stands where it does there. */

/** A learning rate alone, or several settings by name. */
type Given<S> = LearningRate | { readonly [K in keyof S]?: S[K] };
type WithRate = { readonly learningRate: LearningRate };

const BOUNDS = {
  momentum: "fraction",
  rho: "fraction",
  beta1: "fraction",
  beta2: "fraction",
  epsilon: "positive",
  initialAccumulator: "notNegative",
  weightDecay: "notNegative",
} as const satisfies { readonly [name: string]: Bound };

/** An optimizer's name, its rate as a schedule, and what a file keeps of it. */
interface Described {
  readonly name: string;
  readonly rate: Schedule;
  readonly config: Config | undefined;
}

/** The settings given and the defaults for the others, described. */
function settingsOf<S extends WithRate>(op: string, given: Given<S>, defaults: S): S & Described {
  const own = typeof given === "object" ? given : { learningRate: given };
  const bounds = Object.entries(BOUNDS).filter(([name]) => name in defaults);
  const all = settings(op, own as Partial<S>, defaults, Object.fromEntries(bounds) as never);
  const learningRate = rateConfig(all.learningRate);
  const config = learningRate === undefined ? undefined : { name: op, ...(all as object), learningRate };
  return { ...all, name: op, rate: scheduleOf(op, all.learningRate), config };
}

/**
 * How one weight moves by its gradient `g`, of what was kept for it, group by group: what is added to it, and
 * what is kept now. `down` is minus the rate, so that all that is left to do is to add.
 */
type Rule = (g: NDArray, kept: readonly NDArray[], down: Scalar) => readonly [NDArray, ...NDArray[]];

/** An optimizer that treats each weight alike, and keeps of each the groups named, from the values given. */
function perWeight(
  { name, rate, config }: Described,
  groups: { readonly [group: string]: number },
  rule: Rule,
): Optimizer {
  const groupNames = Object.keys(groups);
  return {
    name,
    config,
    init: (weights) =>
      mapNamed(groups, (start) =>
        mapNamed(weights, ({ shape, names, dtype }) =>
          full(shape, start, (names ?? undefined) as never, { dtype }),
        ),
      ),
    update: (gradients, state, _weights, step) => {
      const down = multiply(rate(step), -1);
      const moved = mapNamed(gradients, (g, weight) =>
        rule(
          g,
          groupNames.map((group) => state[group]![weight]!),
          asDType(down, g.dtype),
        ),
      );
      const kept = groupNames.map((group, i) => [group, mapNamed(moved, (all) => all[i + 1]!)]);
      return { updates: mapNamed(moved, ([update]) => update), state: Object.fromEntries(kept) };
    },
  };
}

const DESCENT = { learningRate: 0.01 as LearningRate, momentum: 0, nesterov: false };
type Descent = typeof DESCENT;

/**
 * Gradient descent: each weight loses `learningRate` (0.01) times its gradient. With `momentum` (0) or
 * `nesterov` it is as the functions of these names.
 * @throws CamadaError `number.positive`, `number.fraction`, `option.unknown`
 * @example
 * sgd(0.1).update({ w: array([1, -2]) }, {}, {}, 0).updates.w; // [-0.1  0.2]
 */
export function sgd(given: Given<Descent> = {}): Optimizer {
  return descent("sgd", given, DESCENT);
}

/**
 * Gradient descent with momentum (0.9; Polyak 1964): v ← momentum · v - rate · g is added to the weight. As
 * in Keras the rate is within v; in PyTorch it multiplies v from outside, which differs only while the rate
 * changes.
 * @throws CamadaError `number.positive`, `number.fraction`, `option.unknown`
 * @example
 * momentum({ learningRate: 0.1, momentum: 0.5 }).name; // momentum
 */
export function momentum(given: Given<Descent> = {}): Optimizer {
  return descent("momentum", given, { ...DESCENT, momentum: 0.9 });
}

/**
 * Nesterov's momentum: what is added is momentum · v - rate · g, of the new v, as if the gradient had been
 * taken a step ahead (Sutskever, Martens, Dahl and Hinton 2013, in Keras's and PyTorch's form).
 * @throws CamadaError `number.positive`, `number.fraction`, `option.unknown`
 */
export function nesterov(given: Given<Descent> = {}): Optimizer {
  return descent("nesterov", given, { ...DESCENT, momentum: 0.9, nesterov: true });
}

function descent(name: string, given: Given<Descent>, defaults: Descent): Optimizer {
  const all = settingsOf(name, given, defaults);
  if (all.momentum === 0) return perWeight(all, {}, (g, _, down) => [multiply(g, down)]);
  return perWeight(all, { velocity: 0 }, (g, [v], down) => {
    const step = multiply(g, down);
    const velocity = add(multiply(v!, all.momentum), step);
    return [all.nesterov ? add(multiply(velocity, all.momentum), step) : velocity, velocity];
  });
}

/**
 * AdaGrad (Duchi, Hazan and Singer 2011): the rate (0.001) of each value is divided by the root of the sum
 * of all its squared gradients so far, which begins at `initialAccumulator` (0.1), plus `epsilon` (1e-7).
 * @throws CamadaError `number.positive`, `number.notNegative`, `option.unknown`
 * @example
 * adagrad(0.1).init({ w: array([1, 2]) }).accumulator.w; // [0.1 0.1]
 */
export function adagrad(given: Given<typeof ADAGRAD> = {}): Optimizer {
  const all = settingsOf("adagrad", given, ADAGRAD);
  const groups = { accumulator: all.initialAccumulator };
  return perWeight(all, groups, (g, [a], down) => {
    const accumulator = add(a!, square(g));
    return [divide(multiply(g, down), sqrt(add(accumulator, all.epsilon))), accumulator];
  });
}

const ADAGRAD = { learningRate: 0.001 as LearningRate, initialAccumulator: 0.1, epsilon: 1e-7 };

/**
 * RMSprop (Tieleman and Hinton 2012, lecture 6.5): the rate (0.001) of each value is divided by the root of
 * the running mean of its squared gradients, of which `rho` (0.9) stays at each step, plus `epsilon` (1e-7).
 * @throws CamadaError `number.positive`, `number.fraction`, `option.unknown`
 * @example
 * rmsprop({ learningRate: 0.01, rho: 0.95 }).name; // rmsprop
 */
export function rmsprop(given: Given<typeof RMSPROP> = {}): Optimizer {
  const all = settingsOf("rmsprop", given, RMSPROP);
  return perWeight(all, { velocity: 0 }, (g, [v], down) => {
    const velocity = add(multiply(v!, all.rho), multiply(square(g), 1 - all.rho));
    return [divide(multiply(g, down), sqrt(add(velocity, all.epsilon))), velocity];
  });
}

const RMSPROP = { learningRate: 0.001 as LearningRate, rho: 0.9, epsilon: 1e-7 };

/**
 * Adam (Kingma and Ba 2015): running means of the gradients and of their squares, of which `beta1` (0.9) and
 * `beta2` (0.999) stay at each step, freed of their start at 0; the rate (0.001) times the first over the
 * root of the second. `epsilon` (1e-7) is the paper's ε̂, added to the root before the start's part is taken
 * out (the formula before section 2.1), as in Keras and ONNX; PyTorch adds it after.
 * @throws CamadaError `number.positive`, `number.fraction`, `option.unknown`
 * @example
 * adam(0.01).update({ w: array([5]) }, adam().init({ w: array([1]) }), {}, 0).updates.w; // [-0.00999999]
 */
export function adam(given: Given<typeof ADAM> = {}): Optimizer {
  return adamOf(settingsOf("adam", given, ADAM));
}

const ADAM = { learningRate: 0.001 as LearningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

function adamOf(all: typeof ADAM & Described): Optimizer {
  const { rate, beta1, beta2, epsilon } = all;
  const corrected: Schedule = (step) => {
    const count = add(step, 1);
    return divide(multiply(rate(step), sqrt(past(beta2, count))), past(beta1, count));
  };
  return perWeight({ ...all, rate: corrected }, { momentum: 0, velocity: 0 }, (g, [m, v], down) => {
    const momentum = add(m!, multiply(subtract(g, m!), 1 - beta1));
    const velocity = add(v!, multiply(subtract(square(g), v!), 1 - beta2));
    return [divide(multiply(momentum, down), add(sqrt(velocity), epsilon)), momentum, velocity];
  });
}

/** 1 - beta to the power of count, without losing the digits that the difference loses near 1. */
function past(beta: number, count: NDArray): NDArray {
  return negative(expm1(multiply(count, Math.log(beta))));
}

/**
 * Adam whose weights also lose the rate times `weightDecay` (0.004) of themselves at each step, apart from
 * the gradients (Loshchilov and Hutter 2019). All weights do, biases too, as in Keras.
 * @throws CamadaError `number.positive`, `number.fraction`, `number.notNegative`, `option.unknown`
 * @example
 * adamw({ learningRate: 0.01, weightDecay: 0.1 }).name; // adamw
 */
export function adamw(given: Given<typeof ADAMW> = {}): Optimizer {
  const all = settingsOf("adamw", given, ADAMW);
  const inner = adamOf(all);
  return {
    ...inner,
    update: (gradients, state, weights, step) => {
      const own = inner.update(gradients, state, weights, step);
      const decay = multiply(all.rate(step), -all.weightDecay);
      const updates = mapNamed(own.updates, (update, name) =>
        add(update, multiply(weights[name]!, asDType(decay, update.dtype))),
      );
      return { ...own, updates };
    },
  };
}

const ADAMW = { ...ADAM, weightDecay: 0.004 };
