import { full } from "../array/creation.js";
import type { NDArray } from "../array/ndarray.js";
import type { Generator } from "../array/random/index.js";
import { NetworkError } from "../errors/network.js";
import type { Config } from "./layer.js";
import { orthonormalized } from "./orthogonal.js";
import { settings } from "./settings.js";

/** How many values each neuron takes in, and how many neurons take each value. */
type Fan = { readonly in: number; readonly out: number };

/**
 * Makes first values for a layer's weights; float64, drawn from `rng` in row-major order, so neuron by
 * neuron where the first axis is the neurons'.
 */
export interface Initializer {
  /** What it is called in models as plain data. */
  readonly name: string;
  /** Its name and settings, as a model's file keeps them: `initializerOf` makes it again. */
  readonly config: Config;
  init(rng: Generator, shape: readonly number[], fan: Fan): NDArray;
}

function initializer(name: string, given: Config, init: Initializer["init"]): Initializer {
  return { name, config: { name, ...given }, init };
}

/** Uniform draws of a variance: those within ±limit have limit² / 3. */
function uniformOf(name: string, variance: (fan: Fan) => number): () => Initializer {
  return () =>
    initializer(name, {}, (rng, shape, fan) => {
      const limit = Math.sqrt(3 * variance(fan));
      return rng.uniform(-limit, limit, shape);
    });
}

/** Normal draws of a variance: whole ones, where Keras cuts them off at two standard deviations. */
function normalOf(name: string, variance: (fan: Fan) => number): () => Initializer {
  return () => initializer(name, {}, (rng, shape, fan) => rng.normal(0, Math.sqrt(variance(fan)), shape));
}

// layers that take nothing in have weights of no values: any variance will do, if it is finite
const glorot = (fan: Fan): number => 2 / Math.max(fan.in + fan.out, 1);
const he = (fan: Fan): number => 2 / Math.max(fan.in, 1);
const lecun = (fan: Fan): number => 1 / Math.max(fan.in, 1);

/**
 * Uniform in ±√(6 / (in + out)): keeps the variance of values and of gradients where layers are nearly
 * linear (Glorot and Bengio 2010, equation 16). Also called Xavier's.
 * @example
 * glorotUniform().init(random.defaultRng(0), [2, 3], { in: 3, out: 2 }).shape; // [2, 3]
 */
export const glorotUniform = /* @__PURE__ */ uniformOf("glorotUniform", glorot);

/** Normal, of variance 2 / (in + out) (Glorot and Bengio 2010, equation 12): see `glorotUniform`. */
export const glorotNormal = /* @__PURE__ */ normalOf("glorotNormal", glorot);

/** Uniform in ±√(6 / in), of the variance of `heNormal`. */
export const heUniform = /* @__PURE__ */ uniformOf("heUniform", he);

/**
 * Normal, of variance 2 / in: keeps the variance of values where ReLU makes half of them 0 (He, Zhang, Ren
 * and Sun 2015, equation 10).
 * @example
 * heNormal().init(random.defaultRng(0), [2], { in: 8, out: 2 }); // [ 0.06286511 -0.06605243]
 */
export const heNormal = /* @__PURE__ */ normalOf("heNormal", he);

/** Uniform in ±√(3 / in), of the variance of `lecunNormal`. */
export const lecunUniform = /* @__PURE__ */ uniformOf("lecunUniform", lecun);

/** Normal, of variance 1 / in: keeps the variance of values (LeCun, Bottou, Orr and Müller 1998, equation 16). */
export const lecunNormal = /* @__PURE__ */ normalOf("lecunNormal", lecun);

/**
 * `gain` (1) times a matrix whose rows, or columns if they are fewer, are of length 1 and at right angles: Q
 * of the QR decomposition of normal draws, with the signs that make R's diagonal positive, so that each such
 * matrix is as likely as another (Saxe, McClelland and Ganguli 2014; Mezzadri 2007). All axes after the
 * first count as columns.
 * @throws CamadaError `number.finite`, `option.unknown`
 * @example
 * const q = orthogonal().init(random.defaultRng(0), [2, 3], { in: 3, out: 2 });
 * allClose(dot(q, q.T), eye(2)); // true
 */
export function orthogonal(given: { readonly gain?: number } = {}): Initializer {
  const { gain } = settings("orthogonal", given, { gain: 1 }, { gain: "finite" });
  return initializer("orthogonal", { gain }, (rng, shape) => {
    const draws = rng.standardNormal(shape);
    const [rows = 1] = shape;
    orthonormalized(draws.data as Float64Array, rows, rows === 0 ? 0 : draws.size / rows, gain);
    return draws;
  });
}

/**
 * One value throughout.
 * @throws CamadaError `number.finite`
 * @example
 * constant(0.5).init(random.defaultRng(0), [2], { in: 1, out: 2 }); // [0.5 0.5]
 */
export function constant(value: number): Initializer {
  settings("constant", { value }, { value }, { value: "finite" });
  return initializer("constant", { value }, (_, shape) => full(shape, value));
}

/** Zeros: `constant(0)`, usual for biases. */
export const zerosInit = (): Initializer => constant(0);

/** Ones: `constant(1)`. */
export const onesInit = (): Initializer => constant(1);

/**
 * Normal around `mean` (0) with standard deviation `std` (0.1): 0.1 · randn, as courses begin.
 * @throws CamadaError `number.finite`, `number.notNegative`, `option.unknown`
 * @example
 * randomNormal().init(random.defaultRng(42), [2], { in: 1, out: 2 }); // [ 0.03047171 -0.10399841]
 */
export function randomNormal(given: { readonly mean?: number; readonly std?: number } = {}): Initializer {
  const bounds = { mean: "finite", std: "notNegative" } as const;
  const { mean, std } = settings("randomNormal", given, { mean: 0, std: 0.1 }, bounds);
  return initializer("randomNormal", { mean, std }, (rng, shape) => rng.normal(mean, std, shape));
}

/**
 * Uniform from `low` (-0.05) up to `high` (0.05): Keras's bounds.
 * @throws CamadaError `number.finite`, `option.unknown`
 * @example
 * randomUniform({ low: 0, high: 1 }).init(random.defaultRng(0), [1], { in: 1, out: 1 }); // [0.63696169]
 */
export function randomUniform(given: { readonly low?: number; readonly high?: number } = {}): Initializer {
  const bounds = { low: "finite", high: "finite" } as const;
  const { low, high } = settings("randomUniform", given, { low: -0.05, high: 0.05 }, bounds);
  return initializer("randomUniform", { low, high }, (rng, shape) => rng.uniform(low, high, shape));
}

const MAKERS: { readonly [name: string]: (given: never) => Initializer } = {
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  lecunUniform,
  lecunNormal,
  orthogonal,
  constant: ({ value }: { readonly value: number }) => constant(value),
  randomNormal,
  randomUniform,
};

/**
 * The initializer that a config describes: of a fixed list, so that a file cannot name anything else.
 * @throws CamadaError `config.unknown`, and what its maker throws
 * @example
 * initializerOf(constant(2).config).init(random.defaultRng(0), [1], { in: 1, out: 1 }); // [2.]
 */
export function initializerOf({ name, ...given }: Config): Initializer {
  if (!Object.hasOwn(MAKERS, String(name))) {
    const known = Object.keys(MAKERS);
    throw new NetworkError("config.unknown", { op: "initializerOf", name: String(name), known });
  }
  const made = MAKERS[String(name)]!(given as never);
  const { name: own, ...known } = made.config;
  const option = Object.keys(given).find((key) => !Object.hasOwn(known, key));
  if (option === undefined) return made;
  throw new NetworkError("option.unknown", { op: String(own), option, known: Object.keys(known) });
}
