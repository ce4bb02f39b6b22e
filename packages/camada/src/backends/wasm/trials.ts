/** So many runs are compared with as many. */
const TRIAL = 16;
/** So many runs in the other way before they count: threads wake up, and data goes to the caches where it is needed. */
const SETTLING = 2;
/** Runs from one comparison to the next: at first, and at most, as what has proved itself is doubted less and less. */
const WAIT = { first: 128, most: 4096 };
/** So many runs at most threads are waited for before they are compared although they are not there. */
const PATIENCE = 1024;
/** What is not faster by so much is not worth a change. */
const MARGIN = 0.95;

/** Only what all engines have. */
const { performance } = globalThis as unknown as { performance: { now(): number } };

/**
 * Runs a program alone or together with other threads, whichever is faster, found by trying: whether threads help
 * depends on the machine, on what else it does, and on how far its cores are from each other; all of that changes.
 * A trial of a way that is far slower ends with the first run that shows it. Threads that were not called for a while
 * sleep, and take longer to wake than a trial does: what they do not take part in proves nothing, and does not count.
 */
export class Trials {
  private readonly alone: () => void;
  private readonly together: () => void;
  /** Whether the threads would take part. */
  private readonly areThere: () => boolean;
  /** The way that runs go unless the other one is tried: with threads until there is reason to doubt them. */
  private usual: () => void;
  /** How many runs there are before the next trial, and how many there have been since the last. */
  private wait = WAIT.first;
  private count = 0;
  /** Milliseconds that the runs took which are compared, the usual way and the other. */
  private usually = 0;
  private otherwise = 0;
  private patience = PATIENCE;

  constructor(alone: () => void, together: () => void, areThere: () => boolean) {
    this.alone = alone;
    this.together = together;
    this.areThere = areThere;
    this.usual = together;
  }

  run(): void {
    const since = this.count - this.wait;
    const isCompared = since >= -TRIAL;
    const way = since < 0 ? this.usual : this.other;
    if (isCompared && way === this.together && !this.areThere() && this.patience > 0) {
      this.patience--;
      way();
      return;
    }
    this.count++;
    if (!isCompared || (since >= 0 && since < SETTLING)) way();
    else if (since < 0) this.usually += timed(way);
    else {
      this.otherwise += timed(way);
      const isOver = since + 1 === SETTLING + TRIAL;
      if (isOver || this.otherwise > this.usually) this.conclude();
    }
  }

  private get other(): () => void {
    return this.usual === this.alone ? this.together : this.alone;
  }

  private conclude(): void {
    const isBetter = this.otherwise < this.usually * MARGIN;
    if (isBetter) this.usual = this.other;
    this.wait = isBetter ? WAIT.first : Math.min(2 * this.wait, WAIT.most);
    this.count = 0;
    this.patience = PATIENCE;
    this.usually = 0;
    this.otherwise = 0;
  }
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
