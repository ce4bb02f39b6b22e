import { describe, expect, it } from "vitest";
import { hasNumPy, numpy, numpyBytes, numpyVersion } from "./numpy.js";

describe.runIf(hasNumPy)("live NumPy", () => {
  it("takes and gives values of every kind", () => {
    const values = [0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324];
    expect(numpy("result = {'x': np.array(data), 'ok': data[1].hex()}", values)).toEqual({
      x: values,
      ok: "-0x0.0p+0",
    });
  });

  it("gives bytes as they are", () => {
    expect([...numpyBytes("result = np.array(data, dtype='<i2')", [1, -2])]).toEqual([1, 0, 254, 255]);
  });

  it("says why a script failed", () => {
    expect(() => numpy("result = np.nonsense")).toThrow("nonsense");
  });
});

it("knows its version, or that there is none", () => {
  expect(numpyVersion).toMatch(/^(\d+\.\d+\..*)?$/);
  expect(hasNumPy).toBe(numpyVersion.startsWith("2."));
});
