import * as camada from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expected } from "./expected.js";
import { type ArrayCase, argumentsOf, arrays, elementwise, make, reductions, shapes } from "./samples.js";

/**
 * Every elementwise operation and reduction against NumPy: values, dtype, shape, and what is refused, over
 * random shapes (empty ones and 0 to 3 axes), broadcasts, views, dtypes and numbers.
 */

interface Case {
  readonly op: string;
  readonly numpy: string;
  readonly args: readonly (ArrayCase | number)[];
  readonly options?: Record<string, unknown>;
}

interface Answer {
  readonly error?: boolean;
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly values?: readonly number[];
}

const SCRIPT = `
def make(a):
    if not isinstance(a, dict): return int(a) if float(a).is_integer() else a
    x = np.array(a["values"], dtype="float64").reshape(a["shape"]).astype(a["dtype"])
    if a["view"] == "transposed": x = x.T
    if a["view"] == "backwards" and x.ndim: x = x[::-2]
    return x
# what NumPy lacks, by Python's own functions
def of_floats(f):
    def apply(x):
        y = np.asarray(np.vectorize(f, otypes=["float64"])(x))
        return y.astype("float32") if x.dtype == "float32" else y
    return apply
special = {
    "erf": of_floats(math.erf),
    "sigmoid": of_floats(lambda x: 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))),
}
def answer(case):
    try:
        y = (special.get(case["numpy"]) or getattr(np, case["numpy"]))(*map(make, case["args"]), **case.get("options", {}))
    except Exception:
        return {"error": True}
    y = np.asarray(y)
    return {"dtype": str(y.dtype), "shape": list(y.shape), "values": y.astype("float64").ravel()}
result = [answer(case) for case in data]
`;

type Function = (...args: unknown[]) => unknown;

function answer({ op, args, options }: Case): Answer {
  try {
    const f = (camada as unknown as Record<string, Function>)[op]!;
    const y = options === undefined ? f(...args.map(make)) : f(...args.map(make), options["axis"], options);
    if (typeof y === "number") return { shape: [], values: [y] };
    const result = y as camada.NDArray;
    return { dtype: result.dtype, shape: result.shape, values: [...result.astype("float64").data] };
  } catch (error) {
    if (error instanceof camada.CamadaError) return { error: true };
    throw error;
  }
}

/** Our dtype for NumPy's: our one wide integer is int32, and there is no float16. */
const OURS: Record<string, string> = { int64: "int32", uint64: "int32", int8: "int32", float16: "float64" };

function compare(cases: readonly Case[], answers: readonly Answer[], tolerance = 0): void {
  cases.forEach((c, i) => {
    const theirs = answers[i]!;
    const ours = answer(c);
    const label = JSON.stringify(c);
    if (theirs.error || ours.error) {
      expect(ours.error, label).toBe(theirs.error);
      return;
    }
    expect(ours.shape, label).toEqual(theirs.shape);
    if (ours.dtype !== undefined) expect(ours.dtype, label).toBe(OURS[theirs.dtype!] ?? theirs.dtype);
    const halves = theirs.dtype === "float16";
    const rtol = halves ? 2e-3 : theirs.dtype === "float32" ? Math.max(tolerance, 1.3e-6) : tolerance;
    ours.values!.forEach((value, k) => {
      const want = theirs.values![k]!;
      const near =
        Object.is(value, want) ||
        (value === 0 && want === 0) ||
        Math.abs(value - want) <= rtol * Math.abs(want);
      if (!near) expect.fail(`${value} is not ${want}, value ${k} of ${label}`);
    });
  });
}

describe("elementwise operations", () => {
  it("are all here", () => {
    expect(elementwise.length).toBeGreaterThanOrEqual(33);
    expect(reductions.length).toBeGreaterThanOrEqual(11);
  });

  it.each(elementwise)("%s is NumPy's", (op, operation) => {
    const cases = fc
      .sample(argumentsOf(operation), { seed: 20, numRuns: 120 })
      .map((args) => ({ op, numpy: operation.numpy, args }));
    compare(cases, expected(`elementwise-${op}`, SCRIPT, cases), 1e-14);
  });
});

describe("reductions", () => {
  it.each(reductions)("%s is NumPy's", (op, operation) => {
    const cases = fc
      .sample(
        arrays(-9, 9, shapes).chain((a) =>
          fc.record({
            args: fc.constant([a] as const),
            // NumPy lets a single value pass for an array with one axis here; we do not
            axis: fc.constantFrom(undefined, ...a.shape.map((_, i) => i), a.shape.length > 0 ? -1 : 3, 3),
            keepdims: fc.boolean(),
          }),
        ),
        { seed: 21, numRuns: 150 },
      )
      .map(({ args, axis, keepdims }) => ({
        op,
        numpy: operation.numpy,
        args,
        options: axis === undefined ? { keepdims } : { axis, keepdims },
      }));
    compare(cases, expected(`reduce-${op}`, SCRIPT, cases), 1e-13);
  });

  it.each(["sum", "mean", "var"])("%s adds in NumPy's order, to the last bit", (op) => {
    const values = fc.sample(fc.double({ min: -1, max: 1, noNaN: true }), { seed: 22, numRuns: 3000 });
    const sizes = [1, 7, 8, 9, 127, 128, 129, 1000, 3000];
    const cases = sizes.flatMap((n) =>
      (["float64", "float32"] as const).flatMap((dtype) => {
        const all = { values: values.slice(0, n), shape: [n], dtype, view: "none" as const };
        const columns = { ...all, values: [...all.values, ...all.values], shape: [n, 2] };
        return [
          { op, numpy: op, args: [all] },
          { op, numpy: op, args: [columns], options: { axis: 0 } },
        ];
      }),
    );
    const answers = expected<Answer>(`pairwise-${op}`, SCRIPT, cases);
    cases.forEach((c, i) => {
      expect(answer(c).values, `${op} of ${c.args[0]!.shape} ${c.args[0]!.dtype}`).toEqual(
        answers[i]!.values,
      );
    });
  });
});
