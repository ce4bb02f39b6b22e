import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matrix, strict, vector } from "../../../tests/svg.js";
import { curvesFigure, curvesTable, curvesText, extentOf, gridPlaces, mostClasses, type RegionsOptions, regionsFigure, regionsTable, regionsText } from "./index.js"; // biome-ignore format: one line

/** Three points; the plane's left half is of class 1, its right half of class 2. */
const side = 4;
const halves: RegionsOptions = {
  points: matrix([[-1, 0], [1, 0.5], [0.5, -1]]), // biome-ignore format: points
  labels: vector([0, 1, 0]),
  predicted: [0, 1, 1],
  regions: {
    side,
    classes: Array.from({ length: side * side }, (_, cell) => (cell % side < 2 ? 0 : 1)),
    certainty: new Array(side * side).fill(0.9),
  },
  lang: "en",
};

describe("regions", () => {
  test("are one path a class, of one rectangle where neighbors agree, and points in the wrong one have a ring", async () => {
    const svg = regionsFigure(halves);
    strict(svg);
    const areas = [...svg.matchAll(/d="([^"]*)" fill="#\w+" fill-opacity="0\.3"/g)].map(([, d]) => d!);
    expect(areas.map((d) => d.match(/M/g)!.length)).toEqual([side, side]);
    expect(svg.match(/<circle/g)).toHaveLength(1);
    expect(svg).toContain("3 points of 2 classes. 2 of 3 lie in the region of their class.");
    await expect(svg).toMatchFileSnapshot("snapshots/regions.svg");
  });

  test("table and text say the same", () => {
    const { columns, rows } = regionsTable(halves);
    expect(columns).toEqual(["x", "y", "class", "taken for"]);
    expect(rows[2]).toEqual(["0.5", "-1", "1", "2"]);
    const lines = regionsText({ ...halves, lang: "pt-BR" }).split("\n");
    expect(lines[3]).toBe("1".repeat(24) + "2".repeat(24));
    expect(lines.join("").match(/B/g)!.length).toBeGreaterThanOrEqual(1);
  });

  test("the grid's places lie in its cells, from the top left", () => {
    expect(gridPlaces([0, 2, 0, 2], 2)).toEqual([[0.5, 1.5], [1.5, 1.5], [0.5, 0.5], [1.5, 0.5]]); // biome-ignore format: places
  });

  test("any points and classes give well-formed XML within its frame, and every point a shape", () => {
    const point = fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.nat(mostClasses - 1)); // biome-ignore format: one point
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 30 }), (all) => {
        const points = all.map(([x, y]) => [x, y] as [number, number]);
        const svg = regionsFigure({ points: matrix(points), labels: vector(all.map(([, , k]) => k)), lang: "en" }); // biome-ignore format: one figure
        strict(svg);
        const places = [...svg.matchAll(/<path d="M([\d.-]+) ([\d.-]+)m/g)].map((m) =>
          m.slice(1).map(Number),
        );
        expect(places).toHaveLength(all.length);
        for (const place of places.flat()) expect(Math.abs(place - 210)).toBeLessThanOrEqual(202);
        const [left, right, bottom, top] = extentOf(points);
        expect(right - left).toBeCloseTo(top - bottom, 3);
      }),
      { numRuns: 60 },
    );
  });

  test("what are no points, classes or cells is refused", () => {
    expect(() => regionsFigure({ ...halves, points: matrix([[1, 2, 3]]) })).toThrow(/two numbers/);
    expect(() => regionsFigure({ ...halves, labels: vector([0, 1, 0.5]) })).toThrow(/this is 0.5/);
    expect(() => regionsFigure({ ...halves, labels: vector([0, 1, mostClasses]) })).toThrow(/at most 6/);
    expect(() => regionsFigure({ ...halves, labels: vector([0]) })).toThrow(/labels/);
    expect(() => regionsFigure({ ...halves, regions: { ...halves.regions!, side: 3 } })).toThrow(/3 by 3/);
  });
});

test("curves of every tenth epoch stand at their epochs", () => {
  const options = { series: [{ label: "loss", values: [3, 2, 1] }], every: 10, lang: "en" } as const;
  expect(curvesTable(options).rows.map(([epoch]) => epoch)).toEqual(["10", "20", "30"]);
  const svg = curvesFigure(options);
  strict(svg);
  expect(svg).toContain("30 epochs; loss goes from 3 to 1.");
  expect(svg).toContain("<title>loss, 20: 2</title>");
  expect(
    curvesText({ ...options, width: 40 })
      .split("\n")
      .at(-2)!
      .trim(),
  ).toMatch(/^10 .*20 .*30$/);
});
