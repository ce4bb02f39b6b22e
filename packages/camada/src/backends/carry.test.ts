import { describe, expect, it } from "vitest";
import { trace } from "../graph/trace.js";
import { array, divide, type NDArray, subtract } from "../index.js";
import type { Strided } from "../storage/strided.js";
import { reference } from "./reference/index.js";
import { wasmBackend } from "./wasm/index.js";

/** Halves what it carries; its guard is finite unless the second number is 0. */
const halved = (x: NDArray, by: NDArray) => [divide(x, 2), divide(1, by), subtract(x, 1)];

describe.each([reference, wasmBackend({ threads: 1 })])("what $name carries", (backend) => {
  const { graph } = trace("halved", halved, [array([8, 4]), array([1])]);
  const program = backend.prepare(graph, { carried: [[0, 0]], guard: 1 });
  const upload = (input: number, values: number[]) =>
    program.upload(input, array(values) as unknown as Strided);
  const valuesOf = (values: Strided) => (values as unknown as NDArray).toArray();

  it("is read as an output and as an input, after each run", () => {
    upload(0, [8, 4]);
    upload(1, [1]);
    for (const expected of [
      [4, 2],
      [2, 1],
      [1, 0.5],
    ]) {
      program.run();
      expect(valuesOf(program.read(0))).toEqual(expected);
      expect(program.value(0)).toBe(expected[0]);
      expect(valuesOf(program.readInput(0))).toEqual(expected);
    }
    expect(valuesOf(program.read(2))).toEqual([1, 0]);
  });

  it("stays as it was where the guard is not finite, and the output is read all the same", () => {
    upload(0, [8, 4]);
    upload(1, [0]);
    for (let i = 0; i < 2; i++) {
      program.run();
      expect(valuesOf(program.read(0))).toEqual([4, 2]);
      expect(valuesOf(program.readInput(0))).toEqual([8, 4]);
    }
  });
});
