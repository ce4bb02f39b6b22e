import { NetworkError } from "../errors/network.js";
import { add, divide, floor, maximum, minimum, multiply, subtract } from "../ops/arithmetic.js";
import { greater, lessEqual } from "../ops/comparison.js";
import { cos, power } from "../ops/math.js";
import type { NDArray } from "../shape/types.js";
import { asDType } from "./dtypes.js";
import type { Config } from "./layer.js";
import { checkNumber, settings } from "./settings.js";

/** A number, or an array without axes. */
export type Scalar = NDArray | number;

/**
 * The learning rate at a step, counted from 0: made of operations on arrays, as it is traced with the
 * optimizer. Of an array of steps it gives the rate at each, to be drawn as a curve.
 */
export interface Schedule {
  (step: NDArray): Scalar;
  /** Its name and settings, as a model's file keeps them; none where it is somebody's own. */
  readonly config?: Config;
}

/** The same rate at every step, or one that changes with the steps. */
export type LearningRate = number | Schedule;

/** A setting that has no default: refused unless it is given. */
const REQUIRED = Number.NaN;

/** A rate as a file keeps it; undefined where it is a function of somebody's own. */
export function rateConfig(rate: LearningRate): number | Config | undefined {
  return typeof rate === "number" ? rate : rate.config;
}

/** A function with the name and settings that it is made of. */
export function withConfig<F extends object>(
  f: F,
  name: string,
  given: Config,
): F & { readonly config: Config } {
  return Object.assign(f, { config: { name, ...given } });
}

/** A learning rate as a schedule. @throws CamadaError `number.positive` */
export function scheduleOf(op: string, rate: LearningRate, name = "learningRate"): Schedule {
  if (typeof rate === "function") return rate;
  checkNumber(op, name, rate, "positive");
  return () => rate;
}

/**
 * The same rate at every step.
 * @throws CamadaError `number.positive`
 */
export function constantRate(rate: number): Schedule {
  return withConfig(scheduleOf("constantRate", rate, "rate"), "constantRate", { rate });
}

interface Decay {
  readonly decayRate: number;
  /** In how many steps the rate falls by `decayRate`. */
  readonly decaySteps: number;
  /** Whether it falls only once every `decaySteps` steps. */
  readonly staircase?: boolean;
}

const DECAY = { decaySteps: "positive", decayRate: "positive" } as const;

/**
 * rate · decayRate^(step / decaySteps), as Keras's ExponentialDecay; with `staircase` the exponent is rounded
 * down.
 * @throws CamadaError `number.positive`, `option.unknown`
 * @example
 * exponentialDecay(0.1, { decaySteps: 10, decayRate: 0.5 })(array([0, 10, 20])); // [0.1   0.05  0.025]
 */
export function exponentialDecay(rate: number, given: Decay): Schedule {
  const { decayRate, elapsed, made } = decay("exponentialDecay", rate, given, REQUIRED);
  return made((step) => multiply(power(decayRate, elapsed(step)), rate));
}

/**
 * rate / (1 + decayRate · step / decaySteps), as Keras's InverseTimeDecay; with `staircase` the quotient is
 * rounded down. `decaySteps` is 1 unless given.
 * @throws CamadaError `number.positive`, `option.unknown`
 * @example
 * inverseTimeDecay(1, { decayRate: 0.1 })(array([0, 10])); // [1.  0.5]
 */
export function inverseTimeDecay(rate: number, given: Omit<Decay, "decaySteps"> & Partial<Decay>): Schedule {
  const { decayRate, elapsed, made } = decay("inverseTimeDecay", rate, given, 1);
  return made((step) => divide(rate, add(multiply(elapsed(step), decayRate), 1)));
}

function decay(op: string, rate: number, given: Partial<Decay>, decaySteps: number) {
  scheduleOf(op, rate, "rate");
  const all = settings(op, given, { decayRate: REQUIRED, decaySteps, staircase: false }, DECAY);
  const elapsed = (step: NDArray): NDArray => {
    const periods = divide(step, all.decaySteps);
    return all.staircase ? floor(periods) : periods;
  };
  const made = (schedule: Schedule) => withConfig(schedule, op, { rate, ...all });
  return { decayRate: all.decayRate, elapsed, made };
}

/**
 * Down half a cosine, from the rate to `alpha` (0) times it, in `decaySteps` steps (Loshchilov and Hutter
 * 2017, without restarts), as Keras's CosineDecay.
 * @throws CamadaError `number.positive`, `number.notNegative`, `option.unknown`
 * @example
 * cosineDecay(0.1, { decaySteps: 100 })(array([0, 50, 100])); // [0.1  0.05 0.  ]
 */
export function cosineDecay(
  rate: number,
  given: { readonly decaySteps: number; readonly alpha?: number },
): Schedule {
  const bounds = { decaySteps: "positive", alpha: "notNegative" } as const;
  scheduleOf("cosineDecay", rate, "rate");
  const all = settings("cosineDecay", given, { decaySteps: REQUIRED, alpha: 0 }, bounds);
  const { decaySteps, alpha } = all;
  const schedule = (step: NDArray): Scalar => {
    const half = multiply(add(cos(multiply(minimum(step, decaySteps), Math.PI / decaySteps)), 1), 0.5);
    return multiply(add(multiply(half, 1 - alpha), alpha), rate);
  };
  return withConfig(schedule, "cosineDecay", { rate, ...all });
}

/**
 * From the rate to `endLearningRate` (0.0001) in `decaySteps` steps: along (1 - step / decaySteps)^power,
 * which with the `power` 1 is a straight line, as Keras's PolynomialDecay.
 * @throws CamadaError `number.positive`, `number.notNegative`, `option.unknown`
 * @example
 * polynomialDecay(0.1, { decaySteps: 10, endLearningRate: 0 })(array([0, 5, 20])); // [0.1  0.05 0.  ]
 */
export function polynomialDecay(
  rate: number,
  given: { readonly decaySteps: number; readonly endLearningRate?: number; readonly power?: number },
): Schedule {
  const bounds = { decaySteps: "positive", endLearningRate: "notNegative", power: "positive" } as const;
  const defaults = { decaySteps: REQUIRED, endLearningRate: 0.0001, power: 1 };
  scheduleOf("polynomialDecay", rate, "rate");
  const all = settings("polynomialDecay", given, defaults, bounds);
  const schedule = (step: NDArray): Scalar => {
    const left = subtract(1, divide(minimum(step, all.decaySteps), all.decaySteps));
    return add(multiply(power(left, all.power), rate - all.endLearningRate), all.endLearningRate);
  };
  return withConfig(schedule, "polynomialDecay", { rate, ...all });
}

/**
 * The first rate up to and with the step `boundaries[0]`, then the second up to and with `boundaries[1]`, and
 * so on, as Keras's PiecewiseConstantDecay: one rate more than boundaries.
 * @throws CamadaError `schedule.count`, `schedule.order`, `number.positive`
 * @example
 * piecewiseConstant([10, 20], [0.1, 0.01, 0.001])(array([10, 11, 21])); // [0.1   0.01  0.001]
 */
export function piecewiseConstant(boundaries: readonly number[], rates: readonly number[]): Schedule {
  const op = "piecewiseConstant";
  if (rates.length !== boundaries.length + 1) {
    throw new NetworkError("schedule.count", { op, boundaries: boundaries.length, rates: rates.length });
  }
  for (const rate of rates) scheduleOf(op, rate, "rate");
  boundaries.forEach((boundary, i) => {
    checkNumber(op, "boundary", boundary, "notNegative");
    if (i > 0 && boundary <= boundaries[i - 1]!) throw new NetworkError("schedule.order", { op, boundary });
  });
  const schedule = (step: NDArray): Scalar => {
    const parts = rates.map((rate, i) => {
      const inside = multiply(
        greater(step, boundaries[i - 1] ?? -Infinity),
        lessEqual(step, boundaries[i] ?? Infinity),
      );
      return multiply(asDType(inside, step.dtype), rate) as NDArray;
    });
    return parts.reduce((a, b) => add(a, b));
  };
  return withConfig(schedule, op, { boundaries, rates });
}

/**
 * Rises in a straight line for `steps` steps to the rate, or to a schedule's first rate, and goes on with
 * that from there (Goyal et al. 2017, section 2.2): at the first step it is 1 / steps of it.
 * @throws CamadaError `number.positive`
 * @example
 * warmup(4, 0.1)(array([0, 1, 3, 9])); // [0.025 0.05  0.1   0.1  ]
 */
export function warmup(steps: number, rate: LearningRate): Schedule {
  checkNumber("warmup", "steps", steps, "positive");
  const after = scheduleOf("warmup", rate, "rate");
  const schedule = (step: NDArray): Scalar =>
    multiply(minimum(divide(add(step, 1), steps), 1), after(maximum(subtract(step, steps), 0)));
  const config = rateConfig(rate);
  return config === undefined ? schedule : withConfig(schedule, "warmup", { steps, rate: config });
}
