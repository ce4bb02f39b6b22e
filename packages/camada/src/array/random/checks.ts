import { CamadaError } from "../../errors/error.js";
import type { Strided } from "../../storage/strided.js";

/** Refuses arguments before anything is drawn: a call that throws leaves the stream where it was. */

const MAX_LEGACY_SEED = 2 ** 32 - 1;

/** Seeds as `np.random.seed` takes them. @throws CamadaError `random.seed` */
export function checkLegacySeed(op: string, seed: number | readonly number[]): void {
  const isSeed = (part: unknown) =>
    Number.isInteger(part) && (part as number) >= 0 && (part as number) <= MAX_LEGACY_SEED;
  if (Array.isArray(seed) ? seed.length > 0 && seed.every(isSeed) : isSeed(seed)) return;
  throw new CamadaError("random.seed", { op, max: MAX_LEGACY_SEED, seed: showSeed(seed) });
}

/** Seeds as `np.random.default_rng` takes them. @throws CamadaError `random.seedLarge` */
export function checkSeed(op: string, seed: number | bigint | readonly (number | bigint)[]): void {
  const isSeed = (part: unknown) =>
    typeof part === "bigint" ? part >= 0n : Number.isSafeInteger(part) && (part as number) >= 0;
  if (Array.isArray(seed) ? seed.every(isSeed) : isSeed(seed)) return;
  throw new CamadaError("random.seedLarge", { op, seed: showSeed(seed) });
}

function showSeed(seed: unknown): string {
  return Array.isArray(seed) ? `[${seed.join(", ")}]` : String(seed);
}

/** @throws CamadaError `random.infinite` */
export function checkFinite(op: string, name: string, value: number): void {
  if (!Number.isFinite(value)) throw new CamadaError("random.infinite", { op, name, value: String(value) });
}

/** A standard deviation or a mean waiting time. @throws CamadaError `random.negative`, `random.infinite` */
export function checkScale(op: string, name: string, value: number): void {
  checkFinite(op, name, value);
  if (value < 0) throw new CamadaError("random.negative", { op, name, value });
}

/** @throws CamadaError `value.integer`, `random.bounds`, `random.span` */
export function checkRange(op: string, low: number, high: number, isOpen: boolean): void {
  for (const [name, value] of [
    ["low", low],
    ["high", high],
  ] as const) {
    if (!Number.isSafeInteger(value))
      throw new CamadaError("value.integer", { op, name, value: String(value) });
  }
  if (isOpen ? low >= high : low > high) throw new CamadaError("random.bounds", { op, low, high });
  if ((isOpen ? high - 1 : high) - low > Number.MAX_SAFE_INTEGER)
    throw new CamadaError("random.span", { op, low, high });
}

/** NumPy's tolerances for the sum of probabilities: the square roots of the two dtypes' epsilons. */
const TOLERANCE = 2 ** -26;
const TOLERANCE_FLOAT32 = 2 ** -11.5;

/**
 * Probabilities for `size` things, of which `distinct` different ones are to be chosen.
 * @throws CamadaError `random.weights`, `random.weight`, `random.weightSum`, `random.weightFew`
 */
export function checkWeights(
  op: string,
  weights: Float64Array,
  size: number,
  distinct: number,
  isFloat32: boolean,
): void {
  if (weights.length !== size) throw new CamadaError("random.weights", { op, size, count: weights.length });
  const bad = weights.find((weight) => !(weight >= 0));
  if (bad !== undefined) throw new CamadaError("random.weight", { op, value: String(bad) });
  const sum = compensatedSum(weights);
  if (Math.abs(sum - 1) > (isFloat32 ? TOLERANCE_FLOAT32 : TOLERANCE)) {
    throw new CamadaError("random.weightSum", { op, sum: String(sum) });
  }
  const positive = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  if (positive < distinct) throw new CamadaError("random.weightFew", { op, count: distinct, size: positive });
}

/** Kahan's sum, which carries the digits that each addition loses. */
function compensatedSum(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = value - lost;
    const total = sum + next;
    lost = total - sum - next;
    sum = total;
  }
  return sum;
}

/** An array that has rows to put in order. @throws CamadaError `random.scalar` */
export function checkRows(op: string, a: Strided): void {
  if (a.ndim === 0) throw new CamadaError("random.scalar", { op });
}
