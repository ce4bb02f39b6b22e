import { multiplied } from "./bounded.js";
import { PCG64 } from "./pcg64.js";
import { countUp, type Indices, indices, type Stream, swap } from "./stream.js";
import { fillZigguratExponential, fillZigguratNormal } from "./ziggurat.js";

/** NumPy's stream of today: what `np.random.default_rng(seed)` draws. */
export class GeneratorStream implements Stream {
  readonly bits: PCG64;

  constructor(seed: number | bigint | readonly (number | bigint)[]) {
    this.bits = new PCG64(seed);
  }

  fillNormal(out: Float64Array): void {
    fillZigguratNormal(this.bits, out);
  }

  fillExponential(out: Float64Array): void {
    fillZigguratExponential(this.bits, out);
  }

  integer(max: number): number {
    return multiplied(this.bits, max);
  }

  /** Like NumPy, the end of a shuffled list where many are wanted of a large population, else Floyd's way. */
  distinct(population: number, count: number): Indices {
    const isTail = population > 10000 && count > Math.floor(population / 50);
    return isTail ? this.tail(population, count) : this.floyd(population, count);
  }

  private tail(population: number, count: number): Indices {
    const all = countUp(population);
    const first = Math.max(population - count, 1);
    for (let i = population - 1; i >= first; i--) swap(all, i, this.integer(i));
    return all.slice(population - count);
  }

  /** Bentley and Floyd, "A sample of brilliance" (1987). */
  private floyd(population: number, count: number): Indices {
    const taken = new Set<number>();
    for (let last = population - count; last < population; last++) {
      const value = this.integer(last);
      taken.add(taken.has(value) ? last : value);
    }
    const out = indices(count, population - 1);
    let n = 0;
    for (const value of taken) out[n++] = value;
    for (let i = count - 1; i > 0; i--) swap(out, i, this.integer(i));
    return out;
  }
}
