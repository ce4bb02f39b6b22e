import { describe, expect, it } from "vitest";
import { array, dropout, input, type NDArray, ones, Sequential, sum, valueAndGrad } from "../index.js";
import { applyNetwork } from "./network.js";

const keyOf = (...words: [number, number]) => array(words, undefined, { dtype: "int32" }) as NDArray;

/** Dropout of ones, as training sees it. */
function dropped(rate: number, key: NDArray, shape = [200, 300], layers = 1): NDArray {
  const all = Array.from({ length: layers }, () => dropout(rate));
  const { network } = new Sequential([input(shape.slice(1)), ...all]);
  return applyNetwork(network, {}, ones(shape) as NDArray, { training: true, key });
}

describe("dropout", () => {
  it.each([0.1, 0.5, 0.9])("drops a share of %d and scales the others up", (rate) => {
    const y = dropped(rate, keyOf(1, 2));
    const values = new Set(y.data);
    expect([...values].sort()).toEqual([0, Math.fround(1 / (1 - rate))]);
    const zeros = y.data.filter((value) => value === 0).length;
    // five standard deviations of a binomial share
    expect(Math.abs(zeros / y.size - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / y.size));
    // neither rows nor columns drop together
    for (const axis of [0, 1]) {
      const shares = (sum(y, axis) as NDArray).data.map((total) => (total * (1 - rate)) / y.shape[axis]!);
      const spread = Math.sqrt((rate * (1 - rate)) / y.shape[axis]!);
      for (const share of shares) expect(Math.abs(share - (1 - rate))).toBeLessThan(6 * spread);
    }
  });

  it("follows from the key alone", () => {
    const once = dropped(0.5, keyOf(1, 2)).toArray();
    expect(dropped(0.5, keyOf(1, 2)).toArray()).toEqual(once);
    expect(dropped(0.5, keyOf(1, 3)).toArray()).not.toEqual(once);
    expect(dropped(0.5, keyOf(2, 2)).toArray()).not.toEqual(once);
  });

  it("differs from layer to layer", () => {
    // two layers that drop the same values would leave half, not a quarter
    const left = dropped(0.5, keyOf(1, 2), [200, 300], 2).data.filter((value) => value !== 0).length;
    expect(Math.abs(left / 60_000 - 0.25)).toBeLessThan(0.01);
  });

  it("is the identity outside training, and at a rate of 0", () => {
    const x = array([[1, -2, 3]]);
    expect(new Sequential([input(3), dropout(0.9)]).forward(x).toArray()).toEqual(x.toArray());
    expect(dropped(0, keyOf(1, 2), [2, 3]).toArray()).toEqual(ones([2, 3]).toArray());
  });

  it("passes gradients where values passed", () => {
    const { network } = new Sequential([input([300], { dtype: "float64" }), dropout(0.5)]);
    const x = ones([200, 300]) as NDArray;
    const key = keyOf(7, 7);
    const cost = (x: NDArray) => sum(applyNetwork(network, {}, x, { training: true, key })) as never;
    const [, gradient] = valueAndGrad(cost)(x);
    expect(gradient.toArray()).toEqual(applyNetwork(network, {}, x, { training: true, key }).toArray());
  });

  it.each([-0.1, 1, Number.NaN])("refuses a rate of %d", (rate) => {
    expect(() => dropout(rate)).toThrowError(expect.objectContaining({ code: "value.rate" }));
  });
});
