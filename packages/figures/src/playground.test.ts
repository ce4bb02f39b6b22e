import { describe, expect, test } from "vitest";
import { matrix, strict, vector } from "../../../tests/svg.js";
import {
  decisionsOf,
  extentOf,
  gridPlaces,
  type PlaygroundOptions,
  playgroundFigure,
  playgroundTable,
  playgroundText,
  regionsOf,
} from "./index.js";

const points: [number, number][] = [[-1, 0], [1, 0.5], [0.5, -1]]; // biome-ignore format: points
/** What is right of the middle is of class 2. */
const scores = (places: readonly (readonly [number, number])[]) =>
  matrix(places.map(([x]) => [-3 * x, 3 * x]));
const extent = extentOf(points);
const playground: PlaygroundOptions = {
  points: matrix(points),
  labels: vector([0, 1, 0]),
  predicted: decisionsOf(scores(points)).classes,
  regions: regionsOf(scores, extent, 8),
  extent,
  layers: [{ weights: matrix([[-3, 0], [3, 0]]), biases: vector([0, 0]) }], // biome-ignore format: weights
  curves: { series: [{ label: "loss", values: [0.7, 0.3, 0.1] }], measure: "loss" },
  lang: "en",
};

describe("a network's decisions", () => {
  test("are the highest score's class, and its share by softmax", () => {
    const { classes, certainty } = decisionsOf(matrix([[1, 3, 2], [0, 0, -50], [1000, 999, 0]])); // biome-ignore format: scores
    expect([...classes]).toEqual([1, 0, 0]);
    const exp = [1, 3, 2].map(Math.exp);
    expect(certainty[0]).toBeCloseTo(exp[1]! / (exp[0]! + exp[1]! + exp[2]!), 6);
    expect([certainty[1], certainty[2]!.toFixed(4)]).toEqual([0.5, (1 / (1 + Math.exp(-1))).toFixed(4)]);
    expect(decisionsOf(matrix([[Number.NaN, Number.NaN]]))).toEqual({ classes: Uint8Array.of(0), certainty: Float32Array.of(0) }); // biome-ignore format: one line
  });

  test("are asked for at the grid's places", () => {
    const asked: unknown[] = [];
    const found = regionsOf((places) => {
      asked.push(...places);
      return scores(places);
    }, extent, 4); // biome-ignore format: one call
    expect(asked).toEqual(gridPlaces(extent, 4));
    expect(Array.from(found.classes).slice(0, 4)).toEqual([0, 0, 1, 1]);
  });
});

describe("a playground", () => {
  test("is the plane, the network and the curves in one drawing, beside one another or not", async () => {
    const svg = playgroundFigure(playground);
    strict(svg);
    expect(svg.match(/<svg/g)).toHaveLength(4);
    expect(svg).toContain("2 of 3 lie in the region of their class.");
    await expect(svg).toMatchFileSnapshot("snapshots/playground.svg");
    const narrow = playgroundFigure({ ...playground, width: 350, lang: "pt-BR" });
    strict(narrow);
    const tops = [...narrow.matchAll(/<svg [^>]* x="0" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)];
    const boxes = tops.map((found) => found.slice(1).map(Number) as [number, number, number]);
    expect(boxes).toHaveLength(3);
    // one below the other, and none wider than the drawing
    for (const [i, [y, width]] of boxes.entries()) {
      expect(width).toBeLessThanOrEqual(350);
      if (i > 0) expect(y).toBeGreaterThanOrEqual(boxes[i - 1]![0] + boxes[i - 1]![2]);
    }
  });

  test("has no curves before it has learnt, nor where training ran away at once", () => {
    const { curves: _, ...before } = playground;
    expect(playgroundFigure(before).match(/<svg/g)).toHaveLength(3);
    const wild = { series: [{ label: "loss", values: [Number.NaN] }] };
    expect(playgroundFigure({ ...playground, curves: wild }).match(/<svg/g)).toHaveLength(3);
  });

  test("says the same as text and as a table", () => {
    const text = playgroundText({ ...playground, lang: "pt-BR" });
    expect(text).toContain("2 de 3");
    expect(text).toMatch(/loss/);
    expect(playgroundTable(playground).rows).toEqual([["-1", "0", "1", "1"], ["1", "0.5", "2", "2"], ["0.5", "-1", "1", "2"]]); // biome-ignore format: rows
  });
});
