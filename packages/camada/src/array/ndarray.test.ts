import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  add,
  arange,
  array,
  concatenate,
  dot,
  einsum,
  exp,
  greater,
  matmul,
  type NDArray,
  ones,
  stack,
  sum,
  take,
  zeros,
} from "../index.js";

const batch = () =>
  array(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    ["batch", "feature"],
  );
const names = (a: unknown) => (a as NDArray).names;

describe("views share memory", () => {
  it("through T, at, slice, reshape and names", () => {
    const a = array([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const views = [a.T, a.slice(null, [0, 2]), a.reshape([6]), a.named("x", "y")] as unknown as NDArray[];
    const row = a.at(1);
    a.set(40, 1, 0);
    expect(views.map((v) => v.sum())).toEqual([57, 48, 57, 57]);
    expect(row.toArray()).toEqual([40, 5, 6]);
  });

  it("but not through operations, copy or astype", () => {
    const a = array([1, 2, 3]);
    const results = [
      a.add(0),
      a.copy(),
      a.astype("float64"),
      einsum("i->i", a),
      take(a, arange(3, { dtype: "int32" })),
    ];
    a.set(9, 0);
    for (const result of results) expect(result.toArray()).toEqual([1, 2, 3]);
  });

  it("and data is the memory itself where the values lie in order", () => {
    const a = array([
      [1, 2],
      [3, 4],
    ]);
    a.data[0] = 9;
    expect(a.at(0, 0)).toBe(9);
    a.T.data[0] = 0;
    expect(a.at(0, 0)).toBe(9);
  });
});

describe("names travel", () => {
  it("through products", () => {
    const weights = ones([4, 3], ["neuron", "feature"]);
    expect(names(dot(batch(), weights.T))).toEqual(["batch", "neuron"]);
    expect(names(matmul(batch(), weights.T))).toEqual(["batch", "neuron"]);
    expect(names(dot(weights, array([1, 2, 3])))).toEqual(["neuron"]);
  });

  it("through elementwise operations, from whichever side has them", () => {
    expect(names(add(zeros([2, 3]), array([1, 2, 3], ["feature"])))).toEqual([null, "feature"]);
    expect(names(exp(batch()))).toEqual(["batch", "feature"]);
    expect(names(greater(batch(), 2))).toEqual(["batch", "feature"]);
  });

  it("through reductions, parts and joins", () => {
    expect(names(sum(batch(), "batch"))).toEqual(["feature"]);
    expect(names(sum(batch(), "batch", { keepdims: true }))).toEqual(["batch", "feature"]);
    expect(names(batch().at(0))).toEqual(["feature"]);
    expect(names(batch().slice([0, 1]))).toEqual(["batch", "feature"]);
    expect(names(batch().slice(0))).toEqual(["feature"]);
    expect(names(concatenate([batch(), batch()], "batch"))).toEqual(["batch", "feature"]);
    expect(names(stack([batch(), batch()]))).toEqual([null, "batch", "feature"]);
  });

  it("and can be given, changed and dropped", () => {
    expect(names(zeros([2, 2]).named("x", "y"))).toEqual(["x", "y"]);
    expect(names(batch().rename({ feature: "pixel" }))).toEqual(["batch", "pixel"]);
    expect((batch() as unknown as { unnamed(): NDArray }).unnamed().names).toBeNull();
  });

  it("never invent an axis: a name that meets another is refused", () => {
    expect(() => add(zeros([3], ["neuron"]), zeros([3], ["feature"]) as never)).toThrow(
      "'neuron' meets 'feature'",
    );
  });
});

describe("showing", () => {
  it("is what NumPy prints", () => {
    const a = array([
      [1, 2.5],
      [-3, 4],
    ]);
    expect(`${a}`).toBe("[[ 1.   2.5]\n [-3.   4. ]]");
    expect(inspect(a)).toBe(String(a));
  });

  it("has values, shape, dtype and names when an array with names is inspected", () => {
    expect(inspect(batch())).toBe("[[1. 2. 3.]\n [4. 5. 6.]]\n(batch 2, feature 3) float64");
  });
});

describe("going through an array", () => {
  it("gives rows, then numbers", () => {
    const rows = [...batch()] as NDArray[];
    expect(rows.map(String)).toEqual(["[1. 2. 3.]", "[4. 5. 6.]"]);
    expect([...rows[0]!]).toEqual([1, 2, 3]);
    expect([...greater(array([1, 3]), 2)]).toEqual([false, true]);
  });

  it("gives nested plain arrays", () => {
    expect(batch().T.toArray()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(greater(array([1, 3]), 2).toArray()).toEqual([false, true]);
    expect(JSON.stringify({ a: array([1, 2]) })).toBe('{"a":[1,2]}');
  });
});
