import { CamadaError } from "../../errors/error.js";
import type { Sizes } from "../../shape/shape.js";
import type { Strided } from "../../storage/strided.js";
import { entropy } from "./bits.js";
import { checkLegacySeed } from "./checks.js";
import { LegacyStream } from "./legacy-stream.js";
import { isMT19937State, type MT19937State } from "./mt19937.js";
import { Sampler, type Sized } from "./sampler.js";
import { fillUniform } from "./stream.js";

/** Where a legacy stream stands: plain data, so that it can be saved as JSON. */
export interface RandomStateState extends MT19937State {
  readonly bitGenerator: "MT19937";
  /** The second of a pair of normal deviates, if it has not been asked for yet. */
  readonly gauss: number | null;
}

/**
 * NumPy's legacy stream of random numbers, as `np.random.RandomState(seed)`: the same seed gives the same
 * numbers as NumPy, digit for digit. Without a seed, numbers that nobody can foretell.
 *
 * `random` is one of these, for all to share.
 *
 * @example
 * new RandomState(0).randn(3); // [1.76405235 0.40015721 0.97873798]
 */
export class RandomState extends Sampler {
  private current: LegacyStream | undefined;

  /** @throws CamadaError `random.seed` */
  constructor(seed?: number | readonly number[]) {
    super();
    if (seed !== undefined) this.seed(seed);
  }

  protected get stream(): LegacyStream {
    this.current ??= new LegacyStream(entropy(8));
    return this.current;
  }

  /**
   * Starts the stream anew: after the same seed (a whole number from 0 to 2³² - 1, or a list of such) come
   * the same numbers. Without a seed, numbers that nobody can foretell.
   * @throws CamadaError `random.seed`
   * @example
   * random.seed(0);
   * random.rand(); // 0.5488135039273248
   */
  seed(seed: number | readonly number[] = entropy(8)): void {
    checkLegacySeed("seed", seed);
    this.current = new LegacyStream(seed);
  }

  /**
   * Numbers in [0, 1), all alike likely; the sizes are the arguments. Without sizes, one number.
   * @throws ShapeError `shape.size`
   * @example
   * random.rand(3, 2).shape; // [3, 2]
   */
  rand(): number;
  rand<const S extends Sizes>(...sizes: S): Sized<S>;
  rand(...sizes: number[]): unknown {
    return this.floats("rand", sizes.length === 0 ? undefined : sizes, (out) =>
      fillUniform(this.stream.bits, out),
    );
  }

  /**
   * Normal deviates with mean 0 and standard deviation 1; the sizes are the arguments. Without sizes, one
   * number.
   * @throws ShapeError `shape.size`
   * @example
   * random.randn(3, 2).shape; // [3, 2]
   */
  randn(): number;
  randn<const S extends Sizes>(...sizes: S): Sized<S>;
  randn(...sizes: number[]): unknown {
    return this.floats("randn", sizes.length === 0 ? undefined : sizes, (out) => this.stream.fillNormal(out));
  }

  /**
   * Numbers in [0, 1), all alike likely.
   * @throws ShapeError `shape.size`
   * @example
   * random.randomSample([3, 2]);
   */
  randomSample(): number;
  randomSample<const S extends Sizes>(shape: S): Sized<S>;
  randomSample(shape?: Sizes): unknown {
    return this.floats("randomSample", shape, (out) => fillUniform(this.stream.bits, out));
  }

  /**
   * Whole numbers from `low` up to, but without, `high`; from 0 up to the first argument if it is alone.
   * They are those that NumPy draws as int64 and come as int32, or as float64 where int32 is too small.
   * @throws CamadaError `value.integer`, `random.bounds`, `random.span`; ShapeError `shape.size`
   * @example
   * // five throws of a die
   * random.seed(0);
   * random.randint(1, 7, [5]); // [5 6 1 4 4]
   */
  randint(high: number): number;
  randint(low: number, high: number | undefined): number;
  randint<const S extends Sizes>(low: number, high: number | undefined, shape: S): Sized<S>;
  randint(low: number, high?: number, shape?: Sizes): unknown {
    return this.wholes("randint", high === undefined ? 0 : low, high ?? low, shape, true);
  }

  protected override checkChoice(a: Strided): void {
    super.checkChoice(a);
    if (a.ndim !== 1) {
      throw new CamadaError("random.axes", {
        op: "choice",
        array: { shape: a.shape, names: a.names },
        ndim: a.ndim,
      });
    }
  }

  /**
   * Where the stream stands, as plain data: `setState` goes on from there, exactly.
   * @example
   * const state = random.getState();
   * const a = random.rand();
   * random.setState(state);
   * random.rand() === a; // true
   */
  getState(): RandomStateState {
    const { bits, gauss } = this.stream;
    return { bitGenerator: "MT19937", ...bits.getState(), gauss };
  }

  /** Goes on from where `getState` was called. @throws CamadaError `random.state` */
  setState(state: RandomStateState): void {
    const { bitGenerator, gauss } = state;
    const isGauss = gauss === null || Number.isFinite(gauss);
    if (bitGenerator !== "MT19937" || !isMT19937State(state) || !isGauss) {
      throw new CamadaError("random.state", { generator: "MT19937" });
    }
    const stream = new LegacyStream(0);
    stream.bits.setState(state);
    stream.gauss = gauss;
    this.current = stream;
  }
}
