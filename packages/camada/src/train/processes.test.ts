import { describe, expect, it } from "vitest";
import { inProcess } from "../../../../tests/process.js";

/** What can only be seen in a process of its own: that memory stays flat, and that bits are the same in another. */

const MODEL = `
const { adam, dense, dropout, input, relu, sequential, softmaxCrossEntropy, spiral } = camada;
const { x, y } = spiral({ points: 400, seed: 0 });
const model = sequential(input(2), dense(16), relu(), dropout(0.2), dense(3)).initialize(7);
const options = { loss: softmaxCrossEntropy(), optimizer: adam(0.01), batchSize: 16, validationSplit: 0.2 };
`;

describe("training in a process of its own", () => {
  it("leaves the heap flat over 1,000 steps", () => {
    const bytes = inProcess<{ heap: number; buffers: number }[]>(
      `${MODEL}
      result = [];
      let steps = 0;
      const onBatchEnd = () => {
        if (++steps % 100 !== 0) return;
        gc();
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        result.push({ heap: heapUsed, buffers: arrayBuffers });
      };
      await model.fit(x, y, { ...options, seed: 1, epochs: 25, callbacks: [{ onBatchEnd }] });`,
      // an engine that optimizes keeps what it has compiled, at times that nobody can foretell
      ["--expose-gc", "--no-opt"],
    );
    expect(bytes).toHaveLength(15);
    // what has not been freed yet is in the larger values, so that the least counts
    const least = (from: number, kind: "heap" | "buffers") =>
      Math.min(...bytes.slice(from, from + 4).map((sample) => sample[kind]));
    for (const kind of ["heap", "buffers"] as const) {
      // an array kept of each step would be some 300,000 bytes in 1,000 steps, the history of 16 epochs is 3,000
      expect(least(11, kind) - least(1, kind), kind).toBeLessThan(100_000);
    }
  });

  it("leaves the heap and the memory of programs flat over 10,000 steps", () => {
    const samples = inProcess<{ made: number; heap: number }[]>(
      `let made = 0;
      WebAssembly.Memory = class extends WebAssembly.Memory { constructor(...args) { super(...args); made++; } };
      ${MODEL}
      result = [];
      let steps = 0;
      const onBatchEnd = () => {
        if (++steps % 2500 !== 0) return;
        gc();
        result.push({ made, heap: process.memoryUsage().heapUsed });
      };
      // 20 steps an epoch
      await model.fit(x, y, { ...options, seed: 1, batchSize: 48, epochs: 500, callbacks: [{ onBatchEnd }] });`,
      ["--expose-gc", "--no-opt"],
    );
    expect(samples).toHaveLength(4);
    const [first, , , last] = samples;
    // programs have their memories before the first steps, and none grows
    expect(first!.made).toBeGreaterThan(0);
    expect(last!.made).toBe(first!.made);
    // the history of 375 epochs is some 100,000 bytes
    expect(last!.heap - first!.heap).toBeLessThan(400_000);
  });

  it("gives the same bits from the same seed", () => {
    const train = (seed: number): number[] =>
      inProcess(`${MODEL}
      const history = await model.fit(x, y, { ...options, seed: ${seed}, epochs: 3 });
      const { data } = model.weights["dense2.weights"];
      result = [...new Uint32Array(data.slice().buffer), ...history.series("valLoss")];`);
    const first = train(1);
    expect(first).toHaveLength(3 * 16 + 3);
    expect(train(1)).toEqual(first);
    expect(train(2)).not.toEqual(first);
  });
});
