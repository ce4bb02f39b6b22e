import * as camada from "camada";
import { describe, expect, it } from "vitest";
import { CALLS, casesOf, make } from "./calls.js";
import { expected } from "./expected.js";

/**
 * What moves, joins, orders and multiplies arrays, against NumPy: a case is one call written twice, in
 * Python and here, on random small arrays `a`, `b`, `c`. Refusals must agree too.
 */

interface Answer {
  readonly error?: boolean;
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly values?: readonly number[];
}

const SCRIPT = `
def make(a):
    x = np.array(a["values"], dtype="float64").reshape(a["shape"]).astype(a["dtype"])
    return x.T if a["reversed"] else x
def answer(case):
    scope = {"np": np, "p": case["parameters"], **{k: make(v) for k, v in case["arrays"].items()}}
    try:
        y = np.asarray(eval(case["python"], scope))
    except Exception:
        return {"error": True}
    return {"dtype": str(y.dtype), "shape": list(y.shape), "values": y.astype("float64").ravel()}
result = [answer(case) for case in data]
`;

const OURS: Record<string, string> = { int64: "int32" };

describe("structure", () => {
  it.each(CALLS)("$name is NumPy's", (call) => {
    const { name, python, here } = call;
    const cases = casesOf(call, 80).map(([arrays, parameters]) => ({ python, arrays, parameters }));
    const answers = expected<Answer>(`structure-${name.replace(/\W+/g, "-")}`, SCRIPT, cases);
    let computed = 0;
    cases.forEach(({ arrays, parameters: p }, i) => {
      const theirs = answers[i]!;
      const label = JSON.stringify({ python, arrays, p });
      let y: unknown;
      try {
        y = here(Object.fromEntries(Object.entries(arrays).map(([k, v]) => [k, make(v)])), p);
      } catch (error) {
        if (!(error instanceof camada.CamadaError)) throw error;
        expect(theirs, `refused (${error.message}): ${label}`).toEqual({ error: true });
        return;
      }
      computed++;
      expect(theirs.error, `not refused: ${label}`).toBeUndefined();
      const result = typeof y === "number" ? null : (y as camada.NDArray);
      expect(result?.shape ?? [], label).toEqual(theirs.shape);
      if (result !== null) expect(result.dtype, label).toBe(OURS[theirs.dtype!] ?? theirs.dtype);
      expect(result === null ? [y] : [...result.astype("float64").data].map((x) => x + 0), label).toEqual(
        theirs.values!.map((x) => x + 0),
      );
    });
    expect(computed).toBeGreaterThan(10);
  });
});
