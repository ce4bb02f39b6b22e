import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arange, flatten, input, type NDArray, reshape, reshapeTo, Sequential, zeros } from "../index.js";

const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

describe("reshapeTo", () => {
  it("reshapes each observation, whichever size is left open", () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 0, max: 3 }), fc.nat(4), (shape, batch, open) => {
        const count = product(shape);
        const to = shape.map((size, i) => (i === open ? -1 : size));
        const model = new Sequential([input(count), reshapeTo(to)]);
        const x = reshape(arange(batch * count) as NDArray, [batch, count]) as NDArray;
        const wanted = reshape(x, [batch, ...shape]) as NDArray;
        expect(model.network.output.shape).toEqual(shape);
        expect(model.forward(x).toArray()).toEqual(wanted.toArray());
        const back = new Sequential([input(shape), flatten()]);
        expect(back.forward(wanted).toArray()).toEqual(x.toArray());
      }),
    );
  });

  it("names its axes by convention, and counts none of the batch's", () => {
    const model = new Sequential([input(784), reshapeTo([28, 28, 1])]);
    const { shape, names } = model.forward(zeros([2, 784]));
    expect([shape, names]).toEqual([
      [2, 28, 28, 1],
      ["batch", "row", "column", "channel"],
    ]);
  });

  it.each([
    ["reshapeTo: a size must be a whole number that is not negative, not -2", () => reshapeTo([-2])],
    ["reshapeTo: a size must be a whole number that is not negative, not 1.5", () => reshapeTo([1.5])],
    [
      "reshapeTo1: (feature 6) has 6 values, but (4, -1) needs 4",
      () => new Sequential([input(6), reshapeTo([4, -1])]),
    ],
    [
      "reshapeTo1: (feature 6) has 6 values, but (2, 2) needs 4",
      () => new Sequential([input(6), reshapeTo([2, 2])]),
    ],
    [
      "reshapeTo1: a size must be a whole number that is not negative, not -1",
      () => new Sequential([input(6), reshapeTo([-1, 2, -1])]),
    ],
  ])("says: %s", (message, f) => {
    expect(f).toThrowError(message);
  });
});
