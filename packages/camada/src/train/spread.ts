/** Some measurements of one thing, and how they lie. Without values, what they would be of is NaN. */
export interface Spread {
  /** Their mean. */
  readonly mean: number;
  /** The standard deviation of a sample, by n - 1: NaN of fewer than two values, which have no spread. */
  readonly std: number;
  /** The least. */
  readonly min: number;
  /** The largest. */
  readonly max: number;
  /** All of them, in the order of the seeds. */
  readonly values: readonly number[];
}

export function spreadOf(values: readonly number[]): Spread {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const [min, max] = count === 0 ? [Number.NaN, Number.NaN] : [Math.min(...values), Math.max(...values)];
  return { mean, std: count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1)), min, max, values };
}
