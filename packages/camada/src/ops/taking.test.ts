import { describe, expect, it } from "vitest";
import { array, compile, type NDArray, ones, take, takeAlongAxis, zeros } from "../index.js";

const whole = (values: number[], dtype: "int32" | "uint8" = "int32") => array(values, undefined, { dtype });

describe("take", () => {
  it("puts the indices' axes, and their names, in the axis's place", () => {
    const table = zeros([10, 4], ["word", "channel"]);
    const text = zeros([2, 3], ["batch", "time"]).astype("int32");
    const { shape, names } = take(table, text, "word");
    expect([shape, names]).toEqual([
      [2, 3, 4],
      ["batch", "time", "channel"],
    ]);
  });

  it("gives no result one name twice", () => {
    const again = zeros([2], ["channel"]).astype("int32");
    expect(() => take(zeros([10, 4], ["word", "channel"]), again, 0)).toThrow(
      "take: two axes cannot both be named 'channel'",
    );
  });

  it("refuses indices that it knows when it is traced, others when it runs", () => {
    let after = false;
    const known = compile((x: NDArray) => {
      const part = take(x, whole([3]), 0);
      after = true;
      return part;
    });
    expect(() => known(ones([3]))).toThrow("take: the index 3 is outside axis 0, which has 3 values");
    expect(after).toBe(false);
    const given = compile((x: NDArray, indices: NDArray) => take(x, indices, 0));
    expect(given(array([5, 6, 7]), whole([-1, 0])).toArray()).toEqual([7, 5]);
    expect(() => given(ones([3]), whole([-4, 0]))).toThrow("take: the index -4 is outside axis 0");
  });
});

describe("takeAlongAxis, traced", () => {
  const along = compile((x: NDArray, indices: NDArray) => takeAlongAxis(x, indices, 1));

  it("reads indices of few bits", () => {
    const x = array([Array.from({ length: 300 }, (_, i) => i)]);
    expect(along(x, array([[200, 7]], undefined, { dtype: "uint8" })).toArray()).toEqual([[200, 7]]);
  });

  it("refuses an index outside of its axis, though another row stands there", () => {
    const x = ones([2, 3]);
    const column = (last: number) => array([[0], [last]], undefined, { dtype: "int32" });
    expect(along(x, column(-3)).toArray()).toEqual([[1], [1]]);
    expect(() => along(x, column(3))).toThrow("take: the index 3 is outside axis 0, which has 3 values");
  });
});
