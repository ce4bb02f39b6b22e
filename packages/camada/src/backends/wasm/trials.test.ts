import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Trials } from "./trials.js";

/** Two ways that take as long as is said here, by a clock that only they move. */
const takes = { alone: 1, together: 1 };
const taken = { alone: 0, together: 0 };
let clock = 0;

const way = (name: "alone" | "together") => () => {
  clock += takes[name];
  taken[name]++;
};

function run(trials: Trials, count: number): typeof taken {
  Object.assign(taken, { alone: 0, together: 0 });
  for (let i = 0; i < count; i++) trials.run();
  return { ...taken };
}

beforeEach(() => {
  vi.spyOn(performance, "now").mockImplementation(() => clock);
});

afterEach(() => {
  vi.restoreAllMocks();
});

const milliseconds = fc.double({ min: 0.001, max: 10, noNaN: true });

describe("two ways", () => {
  it("are taken as they prove themselves", () => {
    fc.assert(
      fc.property(milliseconds, milliseconds, (alone, together) => {
        Object.assign(takes, { alone, together });
        const trials = new Trials(way("alone"), way("together"), () => true);
        run(trials, 2000);
        const counts = run(trials, 10_000);
        expect(counts.alone + counts.together).toBe(10_000);
        const better = alone < 0.95 * together ? counts.alone : counts.together;
        expect(better).toBeGreaterThan(9900);
      }),
    );
  });

  it("are tried again, as the faster one may become the slower one", () => {
    Object.assign(takes, { alone: 2, together: 1 });
    const trials = new Trials(way("alone"), way("together"), () => true);
    run(trials, 20_000);
    takes.together = 4;
    run(trials, 5000);
    expect(run(trials, 1000).alone).toBeGreaterThan(950);
    takes.alone = 8;
    run(trials, 5000);
    expect(run(trials, 1000).together).toBeGreaterThan(950);
  });

  it("are not compared while threads are not there, which takes longer than a comparison", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.boolean(), (waking, isSlower) => {
        // who is called again and again wakes up at last, and goes to sleep when nobody calls
        let called = 0;
        const together = () => {
          called++;
          takes.together = called < waking ? 1.1 : isSlower ? 2 : 0.5;
          way("together")();
        };
        const alone = () => {
          called = 0;
          way("alone")();
        };
        takes.alone = 1;
        const trials = new Trials(alone, together, () => called >= waking);
        run(trials, 10_000);
        const counts = run(trials, 10_000);
        if (isSlower) expect(counts.alone).toBeGreaterThan(10_000 - 3 * (waking + 18));
        else expect(counts.together).toBeGreaterThan(9900);
      }),
    );
  });

  it("are compared at last where threads never come", () => {
    Object.assign(takes, { alone: 1, together: 1.5 });
    const trials = new Trials(way("alone"), way("together"), () => false);
    run(trials, 10_000);
    expect(run(trials, 10_000).alone).toBeGreaterThan(6000);
  });

  it("cost little where one of them is a thousand times slower", () => {
    Object.assign(takes, { alone: 1000, together: 1 });
    const trials = new Trials(way("alone"), way("together"), () => true);
    run(trials, 10_000);
    // it settles, then one run shows it
    expect(run(trials, 50_000).alone).toBeLessThanOrEqual(3 * Math.ceil(50_000 / 4096));
  });
});
