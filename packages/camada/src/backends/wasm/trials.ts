/** So many runs are compared with as many. */
const TRIAL = 16;
/** So many runs in the other way before they count: threads wake up, and data goes to the caches where it is needed. */
const SETTLING = 2;
/** Runs from one comparison to the next: at first, and at most, as what has proved itself is doubted less and less. */
const WAIT = { first: 128, most: 4096 };
/** What is not faster by so much is not worth a change. */
const MARGIN = 0.95;

/** Only what all engines have. */
const { performance } = globalThis as unknown as { performance: { now(): number } };

/**
 * Does a piece of work, over and over, in the faster of two ways, found by trying: whether threads help depends on
 * the machine, on what else it does, and on how far its cores are from each other; all of that changes. A trial
 * of a way that is far slower ends with the first run that shows it.
 */
export class Trials {
  /** Whether the second way is the usual one at present. */
  private isSecond: boolean;
  private readonly first: () => void;
  private readonly second: () => void;
  private wait = WAIT.first;
  /** Runs since the last comparison, and the milliseconds that those took which are compared. */
  private count = 0;
  private usual = 0;
  private other = 0;

  /** @param second the way that is taken until there is reason to doubt it */
  constructor(first: () => void, second: () => void) {
    this.first = first;
    this.second = second;
    this.isSecond = true;
  }

  run(): void {
    const since = this.count++ - this.wait;
    if (since < -TRIAL) this.once(this.isSecond);
    else if (since < 0) this.usual += this.timed(this.isSecond);
    else if (since < SETTLING) this.once(!this.isSecond);
    else {
      this.other += this.timed(!this.isSecond);
      const isOver = since + 1 === SETTLING + TRIAL;
      if (isOver || this.other > this.usual) this.conclude();
    }
  }

  private conclude(): void {
    const isBetter = this.other < this.usual * MARGIN;
    if (isBetter) this.isSecond = !this.isSecond;
    this.wait = isBetter ? WAIT.first : Math.min(2 * this.wait, WAIT.most);
    this.count = 0;
    this.usual = 0;
    this.other = 0;
  }

  private timed(second: boolean): number {
    const start = performance.now();
    this.once(second);
    return performance.now() - start;
  }

  private once(second: boolean): void {
    if (second) this.second();
    else this.first();
  }
}
