import { describe, expect, it } from "vitest";
import {
  array,
  dense,
  embedding,
  flatten,
  input,
  type NDArray,
  relu,
  Sequential,
  sequential,
  sum,
  valueAndGrad,
  zeros,
} from "../index.js";
import { applyNetwork } from "./network.js";

const words = (rows: number[][], dtype: "int32" | "uint8" | "float64" = "int32") =>
  array(rows, undefined, { dtype }) as NDArray<[number, 3]>;
const table = array([
  [0, 1],
  [10, 11],
  [20, 21],
  [30, 31],
]);
const model = sequential(input(3), embedding(4, 2)).setWeights({ "embedding1.weights": table });

describe("embedding", () => {
  it.each(["int32", "uint8"] as const)("gives each index's row, in the network's dtype, for %s", (dtype) => {
    const rows = model.forward(words([[3, 0, 3]], dtype));
    expect(rows.toArray()).toEqual([
      [
        [30, 31],
        [0, 1],
        [30, 31],
      ],
    ]);
    expect([rows.dtype, rows.names]).toEqual(["float32", ["batch", "step", "feature"]]);
  });

  it("keeps indices whole that float32 cannot hold", () => {
    const far = 2 ** 24 + 1;
    const { network } = new Sequential([input(1), embedding(4, 2)]);
    const placed = { ...network.first, layer: { ...network.first.layer, indicesBelow: far + 1 } };
    const seen: unknown[] = [];
    const apply = (x: NDArray): NDArray => {
      seen.push(x.toArray());
      return zeros([1, 1, 2]);
    };
    const own = { ...network, first: placed, layers: [{ ...placed, layer: { ...placed.layer, apply } }] };
    applyNetwork(own, {}, array([[far]], undefined, { dtype: "int32" }), { training: false });
    expect(seen).toEqual([[[far]]]);
  });

  it("takes images of indices, whose axes are rows and columns", () => {
    const x = zeros([2, 5, 6], ["batch", "row", "column"], { dtype: "uint8" });
    const out = sequential(input([5, 6]), embedding(4, 2)).forward(x);
    expect([out.shape, out.names]).toEqual([
      [2, 5, 6, 2],
      ["batch", "row", "column", "feature"],
    ]);
  });

  it("learns the rows that were used, as often as they were", () => {
    const cost = (weights: { readonly [name: string]: NDArray }, x: NDArray) =>
      sum(applyNetwork(model.network, weights, x, { training: true })) as never;
    const [value, gradients] = valueAndGrad(cost)(model.weights, words([[3, 0, 3]]));
    expect(value).toBe(123);
    expect(gradients["embedding1.weights"]!.toArray()).toEqual([
      [1, 1],
      [0, 0],
      [0, 0],
      [2, 2],
    ]);
  });

  it("is a network's first layer and no other", () => {
    const late = () => new Sequential([input(3), relu(), embedding(4, 2)]);
    const twice = embedding(4, 2);
    expect(late).toThrowError(expect.objectContaining({ code: "network.indices" }));
    expect(() => new Sequential([input(3), twice, twice])).toThrowError(
      expect.objectContaining({ code: "network.indices" }),
    );
    expect(
      sequential(input(3), embedding(4, 2), flatten(), dense(1)).forward(
        zeros([0, 3], undefined, { dtype: "int32" }),
      ).shape,
    ).toEqual([0, 1]);
  });

  it.each([
    ["embedding1: takes indices from 0 to 3, but was given 4", words([[0, 1, 4]])],
    ["embedding1: takes indices from 0 to 3, but was given -1", words([[0, 1, -1]])],
    [
      "embedding1: indices must be whole numbers, not float64. Use .astype('int32')",
      words([[0, 1, 2]], "float64"),
    ],
  ])("says: %s", async (message, x) => {
    expect(() => model.forward(x)).toThrowError(message);
    // nor is it taken after another of its kind
    model.forward(words([[0, 1, 2]]));
    expect(() => model.forward(x)).toThrowError(message);
    await expect(model.predict(x)).rejects.toThrowError(message);
  });

  it.each([
    ["value.integer", () => embedding(1.5, 2)],
    ["value.positive", () => embedding(0, 2)],
    ["value.positive", () => embedding(4, 0)],
  ])("refuses sizes with %s", (code, f) => {
    expect(f).toThrowError(expect.objectContaining({ code }));
  });
});
