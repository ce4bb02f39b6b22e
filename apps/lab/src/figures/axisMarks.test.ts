import fc from "fast-check";
import { expect, test } from "vitest";
import { axisMarks } from "./axisMarks.js";

const marked = (code: string) =>
  axisMarks(code).map(({ from, to, mark: { kind, at } }) => `${code.slice(from, to)} ${kind} ${at + 1}`);

test("numbers belong to the neuron of their row or column, or to the feature where no neuron is named", () => {
  expect(marked('const w = array([[0.5, -1], [2, 3]], ["neuron", "feature"]);')).toEqual(["0.5 neuron 1", "-1 neuron 1", "2 neuron 2", "3 neuron 2"]); // biome-ignore format: one line
  expect(marked('array([[1, 2], [3, 4]], ["feature", "neuron"])')).toEqual(["1 neuron 1", "2 neuron 2", "3 neuron 1", "4 neuron 2"]); // biome-ignore format: one line
  expect(marked('array(\n  [\n    [1, 2], // one\n    [3, 4],\n  ],\n  ["batch", "feature"],\n);')).toEqual(["1 feature 1", "2 feature 2", "3 feature 1", "4 feature 2"]); // biome-ignore format: one line
  expect(marked('array([0.1, 0.2], ["neuron"])')).toEqual(["0.1 neuron 1", "0.2 neuron 2"]);
});

test("code without named axes has none, and no code is too broken", () => {
  expect(marked('array([1, 2]); other([1], ["neuron"]); array(x, ["neuron"])')).toEqual([]);
  const piece = fc.constantFrom(
    "array",
    "(",
    ")",
    "[",
    "]",
    ",",
    '"neuron"',
    '"feature"',
    "1",
    "-",
    " ",
    "//x\n",
    "`",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const code = pieces.join("");
      for (const { from, to } of axisMarks(code)) expect(code.slice(from, to).length).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
