import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Trials } from "./trials.js";

/** Two ways that take as long as is said here, by a clock that only they move. */
const takes = { first: 1, second: 1 };
const taken = { first: 0, second: 0 };
let clock = 0;

const way = (name: "first" | "second") => () => {
  clock += takes[name];
  taken[name]++;
};

function run(trials: Trials, count: number): typeof taken {
  Object.assign(taken, { first: 0, second: 0 });
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
      fc.property(milliseconds, milliseconds, (first, second) => {
        Object.assign(takes, { first, second });
        const trials = new Trials(way("first"), way("second"));
        run(trials, 2000);
        const counts = run(trials, 10_000);
        expect(counts.first + counts.second).toBe(10_000);
        const better = first < 0.95 * second ? counts.first : counts.second;
        expect(better).toBeGreaterThan(9900);
      }),
    );
  });

  it("are tried again, as the faster one may become the slower one", () => {
    Object.assign(takes, { first: 2, second: 1 });
    const trials = new Trials(way("first"), way("second"));
    run(trials, 20_000);
    takes.second = 4;
    run(trials, 5000);
    expect(run(trials, 1000).first).toBeGreaterThan(950);
    takes.first = 8;
    run(trials, 5000);
    expect(run(trials, 1000).second).toBeGreaterThan(950);
  });

  it("cost little where one of them is a thousand times slower", () => {
    Object.assign(takes, { first: 1000, second: 1 });
    const trials = new Trials(way("first"), way("second"));
    run(trials, 10_000);
    // it settles, then one run shows it
    expect(run(trials, 50_000).first).toBeLessThanOrEqual(3 * Math.ceil(50_000 / 4096));
  });
});
