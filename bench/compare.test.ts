import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasNumPy, numpy } from "../tests/oracle/numpy.js";
import { agreement } from "./compare.js";
import { drawn } from "./data.js";

describe("agreement", () => {
  const values = fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });

  it("tells doubles, singles and other results apart", () => {
    fc.assert(
      fc.property(values, fc.nat(), (ours, at) => {
        const moved = (by: number) => [ours.map((value, i) => (i === at % ours.length ? value + by : value))];
        expect(agreement(moved(1e-11), [ours])).toBe("float64");
        expect(agreement([ours.map(Math.fround).map((value) => value + 1e-7)], [ours])).toBe("float32");
        expect(agreement(moved(0.01), [ours])).toBe("no");
      }),
    );
  });

  it("compares each array by its own size", () => {
    expect(agreement([[1000], [1.1]], [[1000], [1]])).toBe("no");
  });

  it("agrees with nothing that says nothing", () => {
    expect(agreement([[0, 0]], [[0, 0]])).toBe("no");
    expect(agreement([[Number.NaN, 1]], [[1, 1]])).toBe("no");
    expect(agreement([[1, 1]], [[1, Number.NaN]])).toBe("no");
    expect(agreement([[1]], [[1, 1]])).toBe("no");
    expect(agreement([], [[1]])).toBe("no");
  });
});

describe.runIf(hasNumPy)("the numbers that peers are given", () => {
  it("are the same in Python", () => {
    const script = `
sys.dont_write_bytecode = True
sys.path.append(data)
import serve
result = [serve.drawn(stream, 1000, 0.3) for stream in (1, 25)]
`;
    const theirs = numpy<number[][]>(script, `${import.meta.dirname}/python`);
    expect([1, 25].map((stream) => [...drawn(stream, 1000, 0.3)])).toEqual(theirs);
  });
});
