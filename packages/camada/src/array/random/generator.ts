import { CamadaError } from "../../errors/error.js";
import type { Sizes } from "../../shape/shape.js";
import { entropy } from "./bits.js";
import { checkSeed } from "./checks.js";
import { GeneratorStream } from "./generator-stream.js";
import { isPCG64State, type PCG64State } from "./pcg64.js";
import { Sampler, type Sized } from "./sampler.js";
import { fillUniform } from "./stream.js";

/** What a generator's numbers follow from: a whole number that is not negative, or a list of such. */
export type Seed = number | bigint | readonly (number | bigint)[];

/** Where a generator's stream stands: plain data, so that it can be saved as JSON. */
export interface GeneratorState extends PCG64State {
  readonly bitGenerator: "PCG64";
}

/**
 * A stream of random numbers of its own, as NumPy's `np.random.default_rng(seed)`: the same seed gives the
 * same numbers as NumPy, digit for digit. Made by `random.defaultRng`.
 */
export class Generator extends Sampler {
  protected readonly stream: GeneratorStream;

  constructor(seed: Seed) {
    super();
    checkSeed("defaultRng", seed);
    this.stream = new GeneratorStream(seed);
  }

  /**
   * Numbers in [0, 1), all alike likely.
   * @throws ShapeError `shape.size`
   * @example
   * random.defaultRng(0).random([3]); // [0.63696169 0.26978671 0.04097352]
   */
  random(): number;
  random<const S extends Sizes>(shape: S): Sized<S>;
  random(shape?: Sizes): unknown {
    return this.floats("random", shape, (out) => fillUniform(this.stream.bits, out));
  }

  /**
   * Whole numbers from `low` up to, but without, `high` (with it if `endpoint`); from 0 up to the first
   * argument if it is alone. They are those that NumPy draws as int64 and come as int32, or as float64
   * where int32 is too small.
   * @throws CamadaError `value.integer`, `random.bounds`, `random.span`; ShapeError `shape.size`
   * @example
   * // five throws of a die
   * random.defaultRng(0).integers(1, 6, [5], { endpoint: true }); // [6 4 4 2 2]
   */
  integers(low: number, high?: number, shape?: undefined, options?: { readonly endpoint?: boolean }): number;
  integers<const S extends Sizes>(
    low: number,
    high: number | undefined,
    shape: S,
    options?: { readonly endpoint?: boolean },
  ): Sized<S>;
  integers(
    low: number,
    high?: number,
    shape?: Sizes,
    { endpoint = false }: { readonly endpoint?: boolean } = {},
  ): unknown {
    return this.wholes("integers", high === undefined ? 0 : low, high ?? low, shape, !endpoint);
  }

  /** Where the stream stands, as plain data: `setState` goes on from there, exactly. */
  getState(): GeneratorState {
    return { bitGenerator: "PCG64", ...this.stream.bits.getState() };
  }

  /** Goes on from where `getState` was called. @throws CamadaError `random.state` */
  setState(state: GeneratorState): void {
    if (state.bitGenerator !== "PCG64" || !isPCG64State(state)) {
      throw new CamadaError("random.state", { generator: "PCG64" });
    }
    this.stream.bits.setState(state);
  }
}

/**
 * A stream of random numbers of its own, as `np.random.default_rng`: seeded by a whole number that is not
 * negative, of any size, or by a list of such; without a seed, numbers that nobody can foretell.
 * @throws CamadaError `random.seedLarge`
 * @example
 * random.defaultRng(42).standardNormal([3]); // [ 0.30471708 -1.03998411  0.7504512 ]
 */
export function defaultRng(seed: Seed = entropy(4)): Generator {
  return new Generator(seed);
}
