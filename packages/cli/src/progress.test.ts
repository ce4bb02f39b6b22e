import type { EpochLog, Training } from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { camada, Shell } from "../../../tests/commandLine.js";
import { sayIn } from "./language.js";
import { progressBar, progressLine } from "./progress.js";
import { taskOf } from "./task.js";

const CLEAR = "\r\u001b[K";
const log = {
  epoch: 3,
  epochs: 10,
  batch: 117,
  batches: 469,
  loss: 0.12345,
  measure: "accuracy 96.10%",
  rowsPerSecond: 12345.6,
  secondsLeft: 83.4,
};
const training = { measured: () => ({ loss: 0.25, accuracy: 0.75 }) } as unknown as Training;

describe("the line of progress", () => {
  it.each([
    [
      100,
      "epoch 3/10  ███████░░░░░░░░░░░░░░░░░░░░░░░  loss 0.1235  accuracy 96.10%  12300 rows/s  1:23 left",
    ],
    [80, "epoch 3/10  ███░░░░░░░░░░  loss 0.1235  accuracy 96.10%  12300 rows/s  1:23 left"],
    [60, "epoch 3/10  ██░░░░░  loss 0.1235  accuracy 96.10%  1:23 left"],
    [40, "epoch 3/10  ████░░░░░░░░░░░  loss 0.1235"],
    [24, "epoch 3/10  ███░░░░░░░░░"],
    [8, "epoch 3/"],
  ])("has what fits into %i columns", (columns, line) => {
    expect(progressLine(log, columns, sayIn("en"))).toBe(line);
  });

  it("is in the reader's language", () => {
    expect(progressLine({ ...log, secondsLeft: 7384, measure: "acurácia 96.10%" }, 90, sayIn("pt-BR"))).toBe(
      "época 3/10  ████░░░░░░░░░░░  perda 0.1235  acurácia 96.10%  12300 linhas/s  faltam 2:03:04",
    );
  });

  it("is never wider than it may be", () => {
    const positive = fc.double({ min: 0, max: 1e30, noNaN: true });
    const logs = fc.record({
      epoch: fc.constantFrom(1, 77, 10_000),
      batch: fc.integer({ min: 1, max: 469 }),
      loss: positive,
      rowsPerSecond: positive,
      secondsLeft: fc.double({ min: 0, max: 1e9, noNaN: true }),
      measure: fc.string({ maxLength: 30 }),
    });
    const width = fc.integer({ min: 1, max: 120 });
    const lang = fc.constantFrom("en", "pt-BR");
    fc.assert(
      fc.property(logs, width, lang, (some, columns, language) => {
        const line = progressLine({ ...log, ...some }, columns, sayIn(language));
        expect(line.length).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe("the bar in a terminal", () => {
  it("is drawn at most ten times a second, and is gone at the end", async () => {
    const shell = new Shell(80);
    let time = 0;
    const task = taskOf({ task: "classification", column: "class", kind: "number", classes: ["0", "1"] });
    const bar = progressBar(shell.stdout, task, 10, sayIn("en"), () => time);
    for (; time < 1000; time += 5) await bar.onBatchEnd!(log, training);
    expect(shell.out.split(CLEAR)).toHaveLength(1 + 10);
    await bar.onEpochEnd!({ epoch: 3, loss: 0.5, accuracy: 0.9, seconds: 1 } as EpochLog, training);
    await bar.onBatchEnd!({ ...log, epoch: 4 }, training);
    await bar.onTrainEnd!(null as never, training);
    const [line, rest] = shell.out.split("\n");
    expect(line!.split(CLEAR).at(-1)).toBe("epoch  3/10  loss 0.5000  accuracy 90.00%  1.00 s");
    // of the epoch so far, not of the batch
    expect(rest).toMatch(/epoch 4\/10 .* loss 0\.2500 {2}accuracy 75\.00% /);
    expect(rest!.endsWith(CLEAR)).toBe(true);
  });

  it("follows the terminal's width, and is not for terminals that cannot rewrite lines", async () => {
    const args = ["train", "moons", "--epochs", "1"];
    for (const columns of [80, 40]) {
      const { out } = await camada(args, "en", new Shell(columns));
      const drawn = out.split(CLEAR).filter((text) => text.startsWith("epoch 1/1  █") || text.includes("░"));
      expect(drawn.length).toBeGreaterThan(0);
      for (const text of drawn) expect(text.length).toBeLessThan(columns);
    }
    const dumb = Object.assign(new Shell(80), { env: { TERM: "dumb" } });
    expect((await camada(args, "en", dumb)).out).not.toContain("\u001b");
  });
});
