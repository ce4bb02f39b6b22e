/** How well two peers agree: as doubles do, as singles do, or not. */
export type Agreement = "float64" | "float32" | "no";

const TOLERANCES = { float64: 1e-9, float32: 2e-3 } as const;

/** Compares results array by array, by the largest difference beside the largest value. */
export function agreement(theirs: Result, ours: Result): Agreement {
  if (theirs.length !== ours.length) return "no";
  const off = Math.max(...ours.map((values, i) => distance(theirs[i]!, values)));
  if (off <= TOLERANCES.float64) return "float64";
  return off <= TOLERANCES.float32 ? "float32" : "no";
}

export type Result = readonly (readonly number[])[];

function distance(theirs: readonly number[], ours: readonly number[]): number {
  if (theirs.length !== ours.length) return Number.POSITIVE_INFINITY;
  const largest = (values: readonly number[]) =>
    values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const off = largest(ours.map((value, i) => value - theirs[i]!)) / largest(ours);
  // where all is zero nothing is compared, and NaN agrees with nothing
  return Number.isNaN(off) ? Number.POSITIVE_INFINITY : off;
}
