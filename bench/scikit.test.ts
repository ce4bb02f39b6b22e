import { describe, expect, it } from "vitest";
import { hasScikit, mean, ours, TARGETS, theirs } from "./scikit.js";

// Debian's python3-sklearn: where it is not, there is nothing to compare with
describe.skipIf(!hasScikit)("camada train comes within a point of scikit-learn's MLPClassifier", () => {
  it.each(TARGETS)("on the penguins' %s, over 20 splits", { timeout: 300_000 }, async (target) => {
    const [own, other] = [await ours(target), theirs(target)].map((runs) => mean(runs.map(({ accuracy }) => accuracy))); // biome-ignore format: one line
    expect(own!).toBeGreaterThan(other! - 0.01);
    expect(own!).toBeGreaterThan(0.9);
  });
});
