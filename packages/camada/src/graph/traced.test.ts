import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import * as camada from "../index.js";
import { CamadaError, type NDArray } from "../index.js";

/** What an array without values does when a traced function reaches for them. */

const { add, array, compile, exp, grad, greater, multiply, sum } = camada;

// biome-ignore lint/suspicious/noExplicitAny: plain JavaScript, which no compiler stops
type Anything = any;

const x = () =>
  array(
    [
      [1, 2],
      [3, 4],
    ],
    ["batch", "feature"],
  );

/** What a function is told that does something to its argument while it is traced. */
function toldOf(f: (x: Anything) => unknown): Partial<CamadaError> {
  try {
    compile((x: NDArray) => {
      f(x);
      return x;
    })(x());
  } catch (error) {
    if (error instanceof CamadaError) return error;
    throw error;
  }
  return {};
}

const REACHES: Record<string, (x: Anything) => unknown> = {
  data: (x) => x.data,
  "data, by the buffer": (x) => x.buffer[0],
  "data, written by the buffer": (x) => {
    x.buffer[0] = 1;
  },
  "data, for another array": (x) => camada.fromTypedArray(x.data, [4]),
  toArray: (x) => x.toArray(),
  "toArray, in JSON": (x) => JSON.stringify({ x }),
  set: (x) => x.set(1, 0, 0),
  unique: (x) => camada.unique(x),
  allClose: (x) => camada.allClose(x, x),
  "allClose, beside values": (x) => camada.allClose(array([1, 2]), x),
  "at, by an array's value": (x) => x.at(camada.argmax(x)),
  "slice, by an array's value": (x) => x.slice(null, camada.argmax(x)),
  "data, shuffled": (x) => camada.random.shuffle(x),
  "data, permuted": (x) => camada.random.defaultRng(1).permutation(x),
  "+ - * / < >, plus": (x) => x + 1,
  "+ - * / < >, times": (x) => 2 * x,
  "+ - * / < >, of two": (x) => x - x,
  "+ - * / < >, negated": (x) => -x,
  "+ - * / < >, compared": (x) => (x > 0 ? 1 : 2),
  "+ - * / < >, in Math": (x) => Math.exp(x.at(0, 0)),
  "+ - * / < >, as an index": (x) => [1, 2][x.at(0, 0) - 1],
};

describe("a traced array", () => {
  it.each(Object.entries(REACHES))("has no values: %s", (name, f) => {
    const { code, data } = toldOf(f);
    expect(code).toBe("trace.values");
    expect(data).toEqual({ op: name.split(",")[0] });
  });

  it("leaves memory alone when it is shuffled", () => {
    const values = x();
    expect(() => compile((x: NDArray) => camada.random.shuffle(x))(values)).toThrow(CamadaError);
    expect(values.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("shows as what it is", () => {
    const shown: string[] = [];
    compile((x: NDArray) => {
      shown.push(`${x}`, inspect(x), x.inspect(), String(sum(x)));
      return x;
    })(x());
    const text = "(batch 2, feature 2) float64";
    expect(shown).toEqual([text, text, text, "() float64"]);
  });

  it("knows its axes and dtype", () => {
    const seen: unknown[] = [];
    compile((x: NDArray) => {
      seen.push(x.shape, x.names, x.dtype, x.size, x.ndim, x instanceof camada.NDArray);
      return x;
    })(x());
    expect(seen).toEqual([[2, 2], ["batch", "feature"], "float64", 4, 2, true]);
  });

  it("has rows to go through, and single values to compute with", () => {
    const dots = compile((x: NDArray) => [...x].map((row) => sum(multiply(row as NDArray, row as NDArray))));
    expect(dots(x())).toEqual([5, 25]);
    const pairs = compile((x: NDArray) => {
      const [a, b] = x.at(0) as unknown as [NDArray, NDArray];
      return add(multiply(a, 10), b);
    });
    expect(pairs(x())).toBe(12);
  });

  it("of bools has bools to go through, not truths", () => {
    const flags = compile((x: NDArray) =>
      [...greater(x, 1)].map((flag) => camada.where(flag as never, 10, 20)),
    );
    expect(flags(array([1, 2, 3]) as NDArray)).toEqual([20, 10, 10]);
  });

  it("is no use outside of its function", () => {
    let kept: NDArray = array([0]);
    compile((x: NDArray) => {
      kept = exp(x);
      return x;
    })(x());
    const leaks = [
      () => compile((x: NDArray) => add(x, kept))(x()),
      () => compile((x: NDArray) => add(x, 1))(kept),
      () => grad((x: NDArray) => sum(multiply(x, kept)))(x()),
      () => grad((x: NDArray) => sum(x))(kept),
    ];
    for (const leak of leaks) expect(leak).toThrow(expect.objectContaining({ code: "trace.leaked" }));
    expect(() => add(kept, 1).data).toThrow(expect.objectContaining({ code: "trace.values" }));
  });
});
