import { describe, expect, it } from "vitest";
import { drawn } from "../../../../tests/models.js";
import type { Backend } from "../backends/backend.js";
import { wasmBackend } from "../backends/wasm/index.js";
import { dense, input, meanSquaredError, type NDArray, sequential } from "../index.js";

/** The sizes along the first axis of what programs take whose rows have so many features. */
function watched(features: number) {
  const rows: number[] = [];
  const wasm = wasmBackend();
  const backend: Backend = {
    name: "watched",
    prepare: (graph, carry) => {
      // of weights there is one row
      for (const { shape } of graph.inputs) if (shape[1] === features && shape[0]! > 1) rows.push(shape[0]!);
      return wasm.prepare(graph, carry);
    },
  };
  return { rows, backend };
}

describe("the data of a training", () => {
  const x = drawn([50, 7]);
  const y = drawn([50, 1]);
  const options = {
    loss: meanSquaredError(),
    epochs: 2,
    batchSize: 16,
    validationSplit: 0.2,
    seed: 0,
  } as const;
  const train = async (data: NDArray, { backend }: { backend: Backend }) => {
    const model = sequential(input(7), dense(1)).initialize(0);
    const { epochs } = await model.fit(data, y, { ...options, backend });
    return epochs.map(({ loss, valLoss }) => [loss, valLoss]);
  };

  it("are in the memory of one program; others get the rows of a step", async () => {
    const { rows, backend } = watched(7);
    await train(x, { backend });
    // a step of 16 rows on all 50, the 10 rows to judge by, and the last 8 of an epoch
    expect(rows).toEqual([50, 10, 8]);
  });

  it("are not in that of an evaluation", async () => {
    const { rows, backend } = watched(7);
    await sequential(input(7), dense(1)).evaluate(x, y, { ...options, backend });
    expect(rows).toEqual([16, 2]);
  });

  it("may be a view that does not lie row by row", async () => {
    const view = x.T.astype("float64").T as NDArray;
    expect(await train(view, watched(7))).toEqual(await train(x, watched(7)));
  });
});
