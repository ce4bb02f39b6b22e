import { masked } from "./bounded.js";
import { log } from "./log.js";
import { MT19937 } from "./mt19937.js";
import { countUp, type Indices, type Stream, shuffleList } from "./stream.js";

/** NumPy's stream of before 2019, frozen since: `np.random.seed(n)` and all that is drawn after it. */
export class LegacyStream implements Stream {
  readonly bits: MT19937;
  /** Normal deviates come in pairs: the second of a pair, until it is asked for. */
  gauss: number | null = null;

  constructor(seed: number | readonly number[]) {
    this.bits = new MT19937(seed);
  }

  fillNormal(out: Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = this.nextNormal();
  }

  /** Marsaglia's polar method (1964). */
  private nextNormal(): number {
    const { bits, gauss } = this;
    if (gauss !== null) {
      this.gauss = null;
      return gauss;
    }
    for (;;) {
      const x = 2 * bits.double() - 1;
      const y = 2 * bits.double() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * log(square)) / square);
      this.gauss = factor * x;
      return factor * y;
    }
  }

  fillExponential(out: Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = -log(1 - this.bits.double());
  }

  integer(max: number): number {
    return masked(this.bits, max);
  }

  distinct(population: number, count: number): Indices {
    const all = countUp(population);
    shuffleList(this.bits, all);
    return all.slice(0, count);
  }
}
