import { describe, expect, it } from "vitest";
import { chart } from "./chart.js";
import { markdown, type Report, taskLines } from "./report.js";
import { entryOf, takesPart } from "./roster.js";
import { selectTasks } from "./tasks.js";

const report: Report = {
  rounds: 3,
  milliseconds: 20,
  processor: "A processor",
  cores: 2,
  load: 0,
  packages: { "numpy-ts": "1.7.0" },
  tasks: [
    {
      id: "step-1",
      title: "a step",
      outcomes: [
        { label: "camada", median: 2000, best: 1900, version: "Node v20" },
        { label: "numpy:threads=1", median: 20_000, best: 19_000 },
        { label: "numpy:threads=2", median: 200_000, best: 150_000 },
        { label: "tfjs-wasm", median: 200, best: 200, single: true },
        { label: "jax-js", absent: "not installed" },
      ],
    },
  ],
};

describe("the report", () => {
  it("says ratios to the first, and who is not there", () => {
    expect(taskLines(report.tasks[0]!)).toBe(`a step
  camada                           2 µs  best    1.9 µs        1
  numpy:threads=1                 20 µs  best     19 µs       10
  numpy:threads=2                200 µs  best    150 µs      100
  tfjs-wasm                      200 ns  best    200 ns      0.1  (float32)
  jax-js                       not here: not installed`);
  });

  it("has them as tables, by engine", () => {
    const text = markdown({ "node-20": report, chromium: { ...report, load: 3 } });
    expect(text).toContain("## Node 20\n\nA processor, 2 cores; Node v20; numpy-ts 1.7.0; 3 rounds.\n");
    expect(text).toContain("| a step | 2 µs | 10 | 100 | 0.1\\* | – |");
    expect(text).toContain(
      "| a step | 2 µs / 1.9 µs | 20 µs / 19 µs | 200 µs / 150 µs | 200 ns / 200 ns\\* | – |",
    );
    expect(text.match(/busy/g)).toHaveLength(1);
  });

  it("is drawn with the faster of a peer's entries, in the place of its ratio", () => {
    const svg = chart(report, "en");
    expect(svg).toContain("camada's. step of 784-128-10, batch 1: NumPy 10, TensorFlow.js (wasm) 0.1.");
    expect(chart(report, "pt-BR")).toContain("passo de 784-128-10, lote de 1: NumPy 10");
    expect(chart({ ...report, load: 3 }, "en")).toContain("(rough: the machine was busy)");
    expect(svg).not.toContain("busy");
    // the legend's four marks, and two on the row: as far to the right of the line at 1 as to the left
    const marks = [...svg.matchAll(/translate\(([\d.]+)/g)].map(([, x]) => Number(x)).slice(4);
    const [, one] = /class="one" d="M([\d.]+)/.exec(svg)!;
    expect(marks).toHaveLength(2);
    expect(marks[0]! - Number(one)).toBeCloseTo(Number(one) - marks[1]!, 0);
  });
});

describe("what a command line asks for", () => {
  it("is a part of the tasks", () => {
    const ids = (selection: Parameters<typeof selectTasks>[0]) => selectTasks(selection).map(({ id }) => id);
    expect(ids({ names: ["step"], batch: 128 })).toEqual(["step-128"]);
    expect(ids({ names: ["product"], size: 512 })).toEqual(["product-512-float32", "product-512-float64"]);
    expect(ids({ names: ["layer"] })).toEqual(["layer"]);
    expect(ids({ names: ["nothing"] })).toEqual([]);
  });

  it("are peers and what they are set to", () => {
    const entry = entryOf("camada:tier=relaxed:engine=node-24", "node-20", { tier: "plain", threads: 2 });
    expect(entry.options).toEqual({ tier: "relaxed", threads: 2 });
    expect(entry.engine).toBe("node-24");
    expect(entryOf("numpy:threads=2", "chromium", { threads: 1 }).options).toEqual({ threads: 2 });
    const [product] = selectTasks({ names: ["product"] });
    expect(takesPart(entry, product!)).toBe(false);
    expect(takesPart(entryOf("numpy", "node-20", {}), product!)).toBe(true);
  });
});
