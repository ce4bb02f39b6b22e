import { describe, expect, it } from "vitest";
import type { NDArray } from "../index.js";
import { array, type CamadaError, checkGrads, dot, floor, multiply, square, sum, tanh } from "../index.js";

const total = (x: unknown) => sum(x as NDArray);

describe("checkGrads", () => {
  it("accepts gradients that are slopes, of arrays and numbers in any form", () => {
    const layer = (p: { w: NDArray; b: number[] }, x: NDArray, scale: number) =>
      total(multiply(tanh(dot(x, p.w as never)), multiply(p.b[0]!, scale)));
    const w = array(
      [
        [0.1, 0.2],
        [0.3, -0.4],
      ],
      ["feature", "neuron"],
    );
    checkGrads(layer, [{ w, b: [2] }, array([[1, 2]], ["batch", "feature"]), 3]);
  });

  it("widens floats, and leaves whole numbers alone", () => {
    const x = array([0.3, 0.7], undefined, { dtype: "float32" });
    const seen: string[] = [];
    checkGrads(
      (x: NDArray, y: NDArray) => {
        seen.push(x.dtype, y.dtype);
        return total(multiply(square(x), y));
      },
      [x, array([1, 2], undefined, { dtype: "int32" })],
    );
    expect(new Set(seen)).toEqual(new Set(["float64", "int32"]));
  });

  it("does not pass for having nothing to check", () => {
    const labels = array([1, 2], undefined, { dtype: "int32" });
    expect(() => checkGrads((x: NDArray) => total(x), [labels])).toThrow(
      "in argument 0 to take a gradient by",
    );
  });

  it("says where a gradient is none, and what both are", () => {
    const f = (p: { a: NDArray; b: NDArray }) => total(multiply(p.a, floor(p.b)));
    const p = {
      a: array([1, 1]),
      b: array([
        [3.5, 4.5],
        [5.5, 2],
      ]),
    };
    try {
      checkGrads(f, [p]);
      expect.fail("it was accepted");
    } catch (error) {
      expect((error as CamadaError).code).toBe("grad.check");
      expect((error as CamadaError).data).toEqual({
        argument: "0.b",
        position: "(1, 1)",
        gradient: 0,
        difference: expect.closeTo(5e5, 0),
      });
    }
  });
});
