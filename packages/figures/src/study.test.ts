import { expect, test } from "vitest";
import { strict } from "../../../tests/svg.js";
import {
  curvesFigure,
  curvesTable,
  type StudyFigureOptions,
  studyCurves,
  studyFigure,
  studyTable,
  studyTableText,
} from "./index.js";

const run = (secondsPerEpoch: number, trainAccuracy: number, testAccuracy: number) => ({ secondsPerEpoch, trainAccuracy, testAccuracy, gap: trainAccuracy - testAccuracy }); // biome-ignore format: one run
const study: StudyFigureOptions = {
  results: [
    { batchSize: 16, learningRate: 0.1, runs: [run(2, 0.99, 0.95), run(2.5, 0.98, 0.95)] },
    { batchSize: 256, learningRate: 0.1, runs: [run(0.5, 0.9, 0.89)] },
    { batchSize: 1024, learningRate: 0.1, runs: [] },
  ],
  lang: "en",
};

test("a study has a panel for each measure, with a dot for each seed", async () => {
  const svg = studyFigure(study);
  strict(svg);
  expect(svg.match(/stroke="var\(--paper\)"/g)).toHaveLength(4 * 3);
  expect(svg).toContain("Batch size 16, 2 seeds: 2.25 s per epoch, 95.0% right in the test, gap 3.50.");
  await expect(svg).toMatchFileSnapshot("snapshots/study.svg");
  strict(studyFigure({ ...study, lang: "pt-BR", width: 350 }));
});

test("the table has means with the lowest and highest seed, and says where none came to its end", () => {
  const { rows } = studyTable(study);
  expect(rows[0]!.slice(2)).toEqual(["2", "2.25 s (2 s–2.5 s)", "98.5% (98.0%–99.0%)", "95.0% (95.0%–95.0%)", "3.50 (3.00–4.00)"]); // biome-ignore format: one row
  expect(rows[2]).toEqual(["1024", "0.1", "0", "", "", "", ""]);
  expect(studyTableText(study)).toContain("time per epoch");
  expect(() => studyFigure({ ...study, results: [] })).toThrow(/nothing to draw/);
});

test("a study that grows has a curve for each batch size, with its seeds as a band", () => {
  const epoch = (accuracy: number, valAccuracy: number) => ({ seconds: 0.5, accuracy, valAccuracy });
  const results = [
    { batchSize: 16, runs: [{ curve: [epoch(0.5, 0.6), epoch(0.8, 0.75)] }, { curve: [epoch(0.4, 0.5)] }] },
    { batchSize: 256, runs: [{ curve: [] }] },
  ];
  const gap = studyCurves({ results, measure: "gap", lang: "pt-BR" });
  expect(gap.series.map(({ label }) => label)).toEqual(["tamanho do lote 16"]);
  const rounded = (gap.series[0]!.values as number[][]).map((run) => run.map((value) => Math.round(value)));
  expect(rounded).toEqual([[-10, 5], [-10]]);
  strict(curvesFigure(gap));
  const { rows } = curvesTable(studyCurves({ results, measure: "testAccuracy", lang: "en" }));
  expect(rows).toEqual([["1", "0.55", "0.5", "0.6"], ["2", "0.75", "0.75", "0.75"]]); // biome-ignore format: rows
});
