import { describe, expect, it } from "vitest";
import { trace } from "../graph/trace.js";
import type { NDArray } from "../index.js";
import * as camada from "../index.js";
import { planOf } from "./plan.js";
import { printPlan } from "./print.js";
import { simplify } from "./simplify.js";

type Op = (...args: unknown[]) => NDArray;
const c = camada as unknown as Record<string, Op>;

function planned(f: (...args: NDArray[]) => unknown, ...shapes: number[][]): string {
  const args = shapes.map((shape) => c["zeros"]!(shape));
  const { graph } = trace("plan", f as never, args);
  return printPlan(planOf(simplify(graph), { columnsOf: () => 4, stays: () => false }));
}

describe("a plan", () => {
  it("makes bias and activation part of the product", () => {
    const layer = (x: NDArray, w: NDArray, b: NDArray) => c["maximum"]!(c["add"]!(c["dot"]!(x, w.T), b), 0);
    expect(planned(layer, [32, 3], [8, 3], [8])).toBe(
      [
        "map (2, 3, 4)",
        "  %1 = %0 by 12 1 3",
        "product (32, 8) over 3 of %4 and %1 by 4 12, in panels of 4",
        "  %3 = maximum(add(product, %2 by 0 1), 0)",
        "return %3",
      ].join("\n"),
    );
  });

  it("makes one loop of a chain, and moves nothing that a view can say", () => {
    const chain = (x: NDArray, y: NDArray) => c["exp"]!(c["multiply"]!(c["flip"]!(x.T, 0), y)).reshape([6]);
    expect(planned(chain, [2, 3], [2])).toBe(
      ["map (3, 2)", "  %2 = exp(multiply(%0 by -1 3 from 2, %1 by 0 1))", "return %2"].join("\n"),
    );
  });

  it("computes what is shared once, and what is repeated before it is repeated", () => {
    const softmax = (x: NDArray) => {
      const e = c["exp"]!(x);
      return c["divide"]!(e, c["sum"]!(e, 1, { keepdims: true }));
    };
    expect(planned(softmax, [4, 3])).toBe(
      [
        "map (4, 3)",
        "  %1 = exp(%0)",
        "sum (4) over 3",
        "  %2 = %1",
        "map (4, 3)",
        "  %3 = divide(%1, %2 by 1 0)",
        "return %3",
      ].join("\n"),
    );
  });

  it("computes once what is repeated in several shapes", () => {
    const scaled = (x: NDArray, y: NDArray, rate: NDArray) => {
      const factor = c["multiply"]!(rate, -0.5);
      return [c["multiply"]!(x, factor), c["multiply"]!(y, factor)];
    };
    expect(planned(scaled, [4], [2, 3], [])).toBe(
      [
        "map ()",
        "  %1 = multiply(%0, -0.5)",
        "map (2, 3)",
        "  %3 = multiply(%2, %1 by 0 0)",
        "map (4)",
        "  %5 = multiply(%4, %1 by 0)",
        "return %5 %3",
      ].join("\n"),
    );
  });

  it("makes the update part of the gradient's product", () => {
    const update = (x: NDArray, g: NDArray, w: NDArray) =>
      c["subtract"]!(w, c["multiply"]!(c["dot"]!(g.T, x), 0.1));
    expect(planned(update, [32, 8], [32, 5], [5, 8])).toBe(
      [
        "product (5, 8) over 32 of %2 by 1 5 and %3",
        "  %1 = subtract(%0, multiply(product, 0.1))",
        "return %1",
      ].join("\n"),
    );
  });

  it("joins loops that make several results of the same places", () => {
    const moments = (m: NDArray, v: NDArray, g: NDArray) => {
      const first = c["add"]!(c["multiply"]!(m, 0.9), g);
      const second = c["add"]!(c["multiply"]!(v, 0.9), c["square"]!(g));
      return [first, second, c["divide"]!(first, c["sqrt"]!(second))];
    };
    const text = planned(moments, [6], [6], [6]);
    expect(text.match(/^map/gm)).toHaveLength(1);
    expect(text.split("\n").at(-2)).toMatch(/divide\(/);
  });

  it("adds up long rows while it makes them, and all of something large row by row", () => {
    const rows = (x: NDArray) => {
      const e = c["exp"]!(x);
      return [e, c["sum"]!(e, 1)];
    };
    expect(planned(rows, [3, 70])).toBe(
      ["sum (3) over 70", "  %1 = exp(%0)", "  %2 = exp(%0)", "return %1 %2"].join("\n"),
    );
    // short rows would waste vectors; columns do not lie together
    expect(planned(rows, [70, 3])).toMatch(/^map/m);
    expect(planned((x: NDArray) => [c["exp"]!(x), c["sum"]!(c["exp"]!(x), 0)], [70, 70])).toMatch(/^map/m);
    const all = (x: NDArray) => {
      const e = c["exp"]!(x);
      return [e, c["sum"]!(c["multiply"]!(e, 0))];
    };
    expect(planned(all, [300, 100])).toBe(
      [
        "sum (300) over 100",
        "  %1 = exp(%0)",
        "  %2 = multiply(exp(%0), 0)",
        "sum () over 300",
        "  %3 = %2",
        "return %1 %3",
      ].join("\n"),
    );
  });

  it("goes along an axis in order where places follow from those before", () => {
    expect(planned((x: NDArray) => c["cumsum"]!(x, 1), [2, 3])).toContain("map (2, 2), 1 in order");
  });

  it("lays a second factor in panels only where that pays", () => {
    const product = (a: NDArray, b: NDArray) => c["matmul"]!(a, b);
    const turned = (a: NDArray, b: NDArray) => c["matmul"]!(a, b.T);
    // rows that lie together and near are read as they are; so are those of few results, along what is added up
    expect(planned(product, [32, 50], [50, 12])).not.toContain("panels");
    expect(planned(turned, [2, 50], [12, 50])).not.toContain("panels");
    // rows that lie far apart are laid together, full panels first and then the rest
    expect(planned(product, [32, 400], [400, 10]).match(/^map .*/gm)).toEqual([
      "map (2, 400, 4)",
      "map (1, 400, 2)",
    ]);
  });

  it("computes a product's transpose where its results lie better so", () => {
    const turned = (a: NDArray, b: NDArray) => c["matmul"]!(a, b).T;
    expect(planned(turned, [16, 30], [30, 64])).toMatch(/^product \(64, 16\)/m);
  });

  it("computes it too where its results meet what lies so", () => {
    const added = (a: NDArray, b: NDArray, z: NDArray) => c["add"]!(c["exp"]!(z), c["matmul"]!(a, b));
    expect(planned(added, [16, 30], [30, 64], [16, 64])).toMatch(/^product \(16, 64\)/m);
    const turned = (a: NDArray, b: NDArray, z: NDArray) => added(a, b, z.T);
    expect(planned(turned, [16, 30], [30, 64], [64, 16])).toMatch(/^product \(64, 16\)/m);
  });

  it("makes a truth of some numbers anew where it is needed, and keeps one that takes long", () => {
    const chosen = (truth: (x: NDArray) => NDArray) => (x: NDArray, y: NDArray) => {
      const isPositive = truth(x);
      return [c["where"]!(isPositive, y, 0), c["sum"]!(isPositive, 0)];
    };
    const quick = planned(
      chosen((x) => c["greater"]!(c["add"]!(x, 1), 0)),
      [20, 30],
      [20, 30],
    );
    expect(quick).toMatch(/^sum.*\n.*greater/m);
    const slow = planned(
      chosen((x) => c["greater"]!(c["exp"]!(x), 1)),
      [20, 30],
      [20, 30],
    );
    expect(slow).toMatch(/^sum.*\n(?!.*greater)/m);
  });

  it("joins no loop that reads other places than were written", () => {
    const shifted = (x: NDArray) => {
      const e = c["exp"]!(c["sum"]!(x, 1, { keepdims: true }));
      const y = c["multiply"]!(x, e);
      return c["add"]!(c["flip"]!(y, 0), y);
    };
    expect(planned(shifted, [300, 3]).match(/^map/gm)!.length).toBeGreaterThan(1);
  });
});
