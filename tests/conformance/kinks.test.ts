import * as camada from "camada";
import { describe, expect, it } from "vitest";
import { elementwise } from "../oracle/samples.js";

/**
 * What gradients are where there is no slope, or more than one: between those of the two sides, and shared
 * among equals.
 */

const { array, grad, sum } = camada;
type Scalar = (x: number, y: number) => number;
const c = camada as unknown as Record<string, Scalar>;
const both = (op: string, x: number, y: number) => [0, 1].map((argnums) => grad(c[op]!, { argnums })(x, y));
const of = (f: (x: camada.NDArray) => unknown, x: number[]) => grad(f)(array(x)).toArray();

describe("at kinks and jumps", () => {
  it("abs has the gradient 0 in 0, and sign, floor and ceil everywhere", () => {
    expect(grad(c["abs"]!)(0, 0)).toBe(0);
    for (const op of ["sign", "floor", "ceil"]) expect(grad(c[op]!)(1, 0), op).toBe(0);
    expect(
      elementwise.filter(([, o]) => o.gradient === null && o.gives !== "bool").map(([op]) => op),
    ).toEqual(["sign", "floor", "ceil"]);
  });

  it("maximum and minimum share between equals; the bounds of clip do too", () => {
    expect(both("maximum", 2, 2)).toEqual([0.5, 0.5]);
    expect(both("minimum", -1, -1)).toEqual([0.5, 0.5]);
    expect(of((x) => sum(camada.clip(x, -1, 1)), [-2, -1, 0, 1, 2])).toEqual([0, 0.5, 1, 0.5, 0]);
  });

  it("max and min share among all equals", () => {
    expect(of((x) => camada.max(x), [3, 1, 3, 3])).toEqual([1 / 3, 0, 1 / 3, 1 / 3]);
    expect(of((x) => camada.min(x), [3, 1, 1, 3])).toEqual([0, 0.5, 0.5, 0]);
  });

  it("sort gives each equal its own place's", () => {
    const weights = array([1, 2, 3]);
    expect(of((x) => sum(camada.multiply(camada.sort(x), weights)), [5, 5, 1])).toEqual([2, 3, 1]);
  });

  it("mod is the slope to the right where it jumps", () => {
    expect(both("mod", 6, 3)).toEqual([1, -2]);
  });

  it("sqrt is infinitely steep in 0, and so std of equals has none", () => {
    expect(grad(c["sqrt"]!)(0, 0)).toBe(Infinity);
    expect(of((x) => camada.std(x), [1, 1])).toEqual([Number.NaN, Number.NaN]);
  });

  it("power is flat in 0 to the power of 0; by the exponent it is flat where the base is not above 0", () => {
    expect(both("power", 0, 0)).toEqual([0, 0]);
    expect(both("power", 0, 1)).toEqual([1, 0]);
    expect(both("power", 0, 2)).toEqual([0, 0]);
    expect(both("power", 0, 0.5)).toEqual([Infinity, 0]);
    expect(both("power", -2, 3)).toEqual([12, 0]);
  });

  it.each([0, 1, 2, 3])("power in 0 to the power of %i has every derivative", (exponent) => {
    const f = (x: number) => camada.power(x, exponent as never) as number;
    const derivatives = [f, grad(f), grad(grad(f)), grad(grad(grad(f)))].map((d) => d(0));
    const expected = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 2, 0],
      [0, 0, 0, 6],
    ];
    expect(derivatives).toEqual(expected[exponent]);
  });

  it("power's mixed derivative does not vanish where the exponent is 0", () => {
    const slope = grad(c["power"]!);
    expect(grad(slope, { argnums: 1 })(2, 0)).toBe(0.5);
  });
});

describe("products with zeros", () => {
  it.each([[[2, 3, 4]], [[0, 3, 4]], [[0, 0, 4]], [[0, 0, 0]], [[2, 0, 3, 4, 5, 6, 0]], [[7]], [[0]], [[]]])(
    "prod of %j has the first, second and third derivatives that differences show",
    (factors) => {
      const x = array(factors as number[]);
      const slope = grad((x: camada.NDArray) => camada.prod(x));
      const bend = grad((x: camada.NDArray) => sum(camada.multiply(slope(x), camada.cos(x))));
      for (const f of [camada.prod, slope, bend])
        camada.checkGrads((x: camada.NDArray) => sum(camada.sin(f(x) as camada.NDArray)), [x]);
    },
  );

  it("prod along an axis too", () => {
    const x = array([
      [0, 2, 3],
      [4, 0, 0],
      [5, 6, 7],
    ]);
    for (const axis of [0, 1]) {
      const slope = grad((x: camada.NDArray) => sum(camada.square(camada.prod(x, axis) as camada.NDArray)));
      camada.checkGrads((x: camada.NDArray) => sum(camada.sin(slope(x))), [x]);
    }
  });
});
