import { describe, expect, it } from "vitest";
import { array } from "../array/creation.js";
import { CamadaError } from "../errors/error.js";
import { nameOf } from "../graph/node.js";
import { trace } from "../graph/trace.js";
import type { NDArray } from "../shape/types.js";
import { grad } from "../transform/grad.js";
import { l1, l1l2, l2, type Regularizer, regularizerOf } from "./regularizers.js";

const weights = array([
  [1, -2],
  [0, 3],
]) as NDArray;
const gradient = (regularizer: Regularizer) => [
  ...grad((w: NDArray) => regularizer.penalty(w))(weights).data,
];

describe("regularizers", () => {
  it("cost what their formulas say, and pull accordingly", () => {
    expect(l1(0.5).penalty(weights)).toBe(0.5 * 6);
    expect(l2(0.5).penalty(weights)).toBe(0.5 * 14);
    expect(l1l2({ l1: 0.5, l2: 2 }).penalty(weights)).toBe(0.5 * 6 + 2 * 14);
    expect(gradient(l1(0.5))).toEqual([0.5, -0.5, 0, 0.5]);
    expect(gradient(l2(0.5))).toEqual([1, -2, 0, 3]);
    expect(gradient(l1l2({ l1: 0.5, l2: 2 }))).toEqual([4.5, -8.5, 0, 12.5]);
  });

  it("compute only the terms that they have", () => {
    const steps = (regularizer: Regularizer) =>
      trace("penalty", regularizer.penalty, [weights]).graph.nodes.map(nameOf);
    expect(steps(l2(0.5))).not.toContain("abs");
    expect(steps(l1(0.5))).not.toContain("square");
    expect(l1l2().penalty(weights)).toBe(0);
  });

  it("keep float32", () => {
    const narrow = weights.astype("float32");
    expect(grad((w: NDArray) => l1l2({ l1: 0.1, l2: 0.1 }).penalty(w))(narrow).dtype).toBe("float32");
    const { graph } = trace("penalty", l1l2({ l1: 0.1, l2: 0.1 }).penalty, [narrow]);
    expect(graph.outputs[0]!.dtype).toBe("float32");
  });

  it("are made again by their config, through JSON", () => {
    for (const regularizer of [l1(), l2(0.2), l1l2({ l1: 1, l2: 3 })]) {
      const again = regularizerOf(JSON.parse(JSON.stringify(regularizer.config)));
      expect(again.penalty(weights)).toBe(regularizer.penalty(weights));
    }
    expect(() => regularizerOf({ name: "l3" })).toThrow(CamadaError);
    expect(() => l2(-1)).toThrow("l1l2: l2 must be a finite number that is not negative, not -1");
  });
});
