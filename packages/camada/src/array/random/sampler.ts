import { CamadaError } from "../../errors/error.js";
import type { Plain } from "../../shape/literals.js";
import { checkShape, rowMajor, type Sizes, sizeOf } from "../../shape/shape.js";
import type * as types from "../../shape/types.js";
import { type DType, dtypeOf, type TypedArray } from "../../storage/dtype.js";
import { type AxisNames, Strided } from "../../storage/strided.js";
import { NDArray } from "../ndarray.js";
import { checkFinite, checkRange, checkRows, checkScale, checkWeights } from "./checks.js";
import { reorderRows, takeRows } from "./rows.js";
import {
  countUp,
  fillUniform,
  fillWeighted,
  fillWeightedDistinct,
  type Indices,
  indices,
  type Stream,
  shuffleList,
} from "./stream.js";

/** An array's type from the sizes that it is asked for by. */
export type Sized<S extends Sizes> = types.NDArray<Plain<S>>;

type Weights = readonly number[] | types.NDArray;

/** How `choice` chooses. */
export interface ChoiceOptions {
  /** Whether the same one may come twice: true by default. */
  readonly replace?: boolean;
  /** The probability of each; all alike by default. */
  readonly p?: Weights;
}

/**
 * What every stream of random numbers can do; the streams differ in their numbers. All arguments are
 * checked before anything is drawn: a call that throws leaves the stream where it was. Refused here and
 * taken by NumPy: a mean or scale that is not finite, a count below 0, empty bounds with an empty shape.
 *
 * Without a shape each gives one number, with one an array. Whole numbers come as int32 where the range
 * fits, else as float64 (NumPy: int64), up to 2⁵³.
 */
export abstract class Sampler {
  protected abstract get stream(): Stream;

  /**
   * Numbers from `low` (0) up to, but without, `high` (1), all alike likely.
   * @throws CamadaError `random.infinite`; ShapeError `shape.size`
   * @example
   * random.uniform(-1, 1, [2, 3]);
   */
  uniform(low?: number, high?: number): number;
  uniform<const S extends Sizes>(low: number | undefined, high: number | undefined, shape: S): Sized<S>;
  uniform(low = 0, high = 1, shape?: Sizes): unknown {
    checkFinite("uniform", "low", low);
    checkFinite("uniform", "high", high);
    checkFinite("uniform", "high - low", high - low);
    return this.floats("uniform", shape, (out) => {
      fillUniform(this.stream.bits, out);
      for (let i = 0; i < out.length; i++) out[i] = low + (high - low) * out[i]!;
    });
  }

  /**
   * Normal deviates (the bell curve) around `mean` (0) with standard deviation `std` (1).
   * @throws CamadaError `random.negative`, `random.infinite`; ShapeError `shape.size`
   * @example
   * random.normal(5, 2, [1000]).mean();
   */
  normal(mean?: number, std?: number): number;
  normal<const S extends Sizes>(mean: number | undefined, std: number | undefined, shape: S): Sized<S>;
  normal(mean = 0, std = 1, shape?: Sizes): unknown {
    checkFinite("normal", "mean", mean);
    checkScale("normal", "std", std);
    return this.floats("normal", shape, (out) => {
      this.stream.fillNormal(out);
      for (let i = 0; i < out.length; i++) out[i] = mean + std * out[i]!;
    });
  }

  /**
   * Waiting times with mean `scale` (1): the exponential distribution.
   * @throws CamadaError `random.negative`, `random.infinite`; ShapeError `shape.size`
   * @example
   * random.exponential(2, [3]);
   */
  exponential(scale?: number): number;
  exponential<const S extends Sizes>(scale: number | undefined, shape: S): Sized<S>;
  exponential(scale = 1, shape?: Sizes): unknown {
    checkScale("exponential", "scale", scale);
    return this.floats("exponential", shape, (out) => {
      this.stream.fillExponential(out);
      for (let i = 0; i < out.length; i++) out[i] = scale * out[i]!;
    });
  }

  /**
   * Normal deviates with mean 0 and standard deviation 1.
   * @throws ShapeError `shape.size`
   * @example
   * random.standardNormal([2, 3]);
   */
  standardNormal(): number;
  standardNormal<const S extends Sizes>(shape: S): Sized<S>;
  standardNormal(shape?: Sizes): unknown {
    return this.floats("standardNormal", shape, (out) => this.stream.fillNormal(out));
  }

  /**
   * Waiting times with mean 1.
   * @throws ShapeError `shape.size`
   * @example
   * random.standardExponential([3]);
   */
  standardExponential(): number;
  standardExponential<const S extends Sizes>(shape: S): Sized<S>;
  standardExponential(shape?: Sizes): unknown {
    return this.floats("standardExponential", shape, (out) => this.stream.fillExponential(out));
  }

  /**
   * The numbers 0 to n - 1, or the rows of an array, in random order: a copy, with the axis names. A list
   * of numbers is taken as an array; any other list gives a list.
   * @throws ShapeError `shape.size`; CamadaError `random.scalar`
   * @example
   * random.seed(0);
   * random.permutation(5); // [2 0 1 3 4]
   */
  permutation<const N extends number>(n: N): types.NDArray<[N]>;
  permutation<A extends types.NDArray>(a: A): A;
  permutation(list: readonly number[]): types.NDArray<[number]>;
  permutation<T>(list: readonly T[]): T[];
  permutation(a: unknown): unknown {
    const items = asItems("permutation", a);
    if (items instanceof Strided) checkRows("permutation", items);
    const order = countUp(lengthOf(items));
    shuffleList(this.stream.bits, order);
    return choose(items, order, [order.length]);
  }

  /**
   * Puts the rows of an array, or the items of a list, in random order: in place. The one function here
   * that changes its argument, as in NumPy; through a view it changes the array that the view is of.
   * @throws CamadaError `random.scalar`
   * @example
   * const cards = ["A", "B", "C"];
   * random.shuffle(cards);
   * cards.length; // 3
   */
  shuffle(a: types.NDArray | unknown[]): void {
    if (Array.isArray(a)) {
      shuffleList(this.stream.bits, a);
      return;
    }
    const array = a as unknown as Strided;
    checkRows("shuffle", array);
    if (array.size === 0) return;
    const order = countUp(array.shape[0]!);
    shuffleList(this.stream.bits, order);
    reorderRows(array, order);
  }

  /**
   * Chooses from the numbers 0 to a - 1, from the rows of an array or from a list; without a shape, one. A
   * list of numbers is taken as an array; any other list gives an item or a list. Names stay, but that of
   * the first axis goes unless the shape has one axis.
   * @throws CamadaError `random.empty`, `random.population`, `random.axes` (the legacy stream chooses from
   * one axis only), `random.weights`, `random.weight`, `random.weightSum`, `random.weightFew`; ShapeError
   * `shape.size`
   * @example
   * random.seed(0);
   * random.choice(6, [5]); // [4 5 0 3 3]
   * random.choice(["red", "green"], undefined, { p: [0.9, 0.1] }); // red
   */
  choice(a: number | readonly number[], shape?: undefined, options?: ChoiceOptions): number;
  choice<const S extends Sizes>(a: number | readonly number[], shape: S, options?: ChoiceOptions): Sized<S>;
  choice(a: types.NDArray<[number]>, shape?: undefined, options?: ChoiceOptions): number;
  choice(a: types.NDArray, shape?: undefined, options?: ChoiceOptions): number | types.NDArray;
  choice<const S extends Sizes>(a: types.NDArray<[number]>, shape: S, options?: ChoiceOptions): Sized<S>;
  choice(a: types.NDArray, shape: Sizes, options?: ChoiceOptions): types.NDArray;
  choice<T>(a: readonly T[], shape?: undefined, options?: ChoiceOptions): T;
  choice<T>(a: readonly T[], shape: readonly [number], options?: ChoiceOptions): T[];
  choice(a: unknown, shape?: Sizes, { replace = true, p }: ChoiceOptions = {}): unknown {
    const items = asItems("choice", a);
    if (items instanceof Strided) this.checkChoice(items);
    const population = lengthOf(items);
    const count = shape === undefined ? 1 : sizeChecked("choice", shape);
    if (population === 0 && count > 0) throw new CamadaError("random.empty", { op: "choice" });
    if (!replace && count > population) {
      throw new CamadaError("random.population", { op: "choice", count, size: population });
    }
    const weights = p === undefined ? undefined : weightsOf(p);
    if (weights !== undefined) {
      checkWeights("choice", weights, population, replace ? 0 : count, isFloat32(p));
    }
    const positions = this.positions(population, count, replace, weights);
    return choose(items, positions, shape);
  }

  /** What cannot be chosen from. @throws CamadaError `random.scalar` */
  protected checkChoice(a: Strided): void {
    checkRows("choice", a);
  }

  private positions(population: number, count: number, replace: boolean, weights?: Float64Array): Indices {
    const { stream } = this;
    if (weights === undefined && !replace) return stream.distinct(population, count);
    const out = indices(count, population - 1);
    if (weights === undefined) for (let i = 0; i < count; i++) out[i] = stream.integer(population - 1);
    else if (replace) fillWeighted(stream.bits, weights, out);
    else fillWeightedDistinct(stream.bits, weights, out);
    return out;
  }

  /** Numbers that `fill` draws: one without a shape, else an array. */
  protected floats(op: string, shape: Sizes | undefined, fill: (out: Float64Array) => void): unknown {
    const out = new Float64Array(shape === undefined ? 1 : sizeChecked(op, shape));
    fill(out);
    return shape === undefined ? out[0]! : arrayOf(out, shape);
  }

  /** Whole numbers from `low`, up to `high` or, if open, to below it. */
  protected wholes(
    op: string,
    low: number,
    high: number,
    shape: Sizes | undefined,
    isOpen: boolean,
  ): unknown {
    checkRange(op, low, high, isOpen);
    const count = shape === undefined ? 1 : sizeChecked(op, shape);
    const last = isOpen ? high - 1 : high;
    const out = indices(count, low < -(2 ** 31) ? Number.MAX_SAFE_INTEGER : last);
    const { stream } = this;
    for (let i = 0; i < count; i++) out[i] = low + stream.integer(last - low);
    return shape === undefined ? out[0]! : arrayOf(out, shape);
  }
}

function sizeChecked(op: string, shape: Sizes): number {
  checkShape(op, shape);
  return sizeOf(shape);
}

function arrayOf(data: TypedArray, shape: Sizes, dtype: DType = dtypeOf(data), names: AxisNames = null) {
  return new NDArray(data, [...shape], rowMajor(shape), 0, dtype, names);
}

/** What to choose from or to reorder: a count of numbers from 0, the rows of an array, or any list. */
type Items = number | Strided | readonly unknown[];

function asItems(op: string, a: unknown): Items {
  if (typeof a === "number") {
    checkShape(op, [a]);
    return a;
  }
  if (!Array.isArray(a)) return a as Strided;
  const isNumbers = a.every((item) => typeof item === "number");
  return isNumbers ? (arrayOf(Float64Array.from(a), [a.length]) as unknown as Strided) : a;
}

function lengthOf(items: Items): number {
  if (typeof items === "number") return items;
  return items instanceof Strided ? items.shape[0]! : items.length;
}

/** The items at the given positions: the one there without a shape, else an array (or list) of that shape. */
function choose(items: Items, positions: Indices, shape: Sizes | undefined): unknown {
  if (typeof items === "number") return shape === undefined ? positions[0]! : arrayOf(positions, shape);
  if (items instanceof Strided) {
    const rows = takeRows(items, positions, shape ?? []);
    return rows.ndim === 0 && shape === undefined ? rows.buffer[0]! : rows;
  }
  if (shape === undefined) return items[positions[0]!];
  const pick = (at: unknown): unknown => (Array.isArray(at) ? at.map(pick) : items[at as number]);
  return pick(arrayOf(positions, shape).toArray());
}

function weightsOf(p: Weights): Float64Array {
  return Float64Array.from(Array.isArray(p) ? p : (p as types.NDArray).data);
}

function isFloat32(p: unknown): boolean {
  return p instanceof Strided && p.dtype === "float32";
}
