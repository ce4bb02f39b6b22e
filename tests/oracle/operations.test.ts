import * as camada from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expected } from "./expected.js";

/**
 * Every elementwise operation and reduction against NumPy: values, dtype, shape, and what is refused, over
 * random shapes (empty ones and 0 to 3 axes), broadcasts, views, dtypes and numbers.
 */

const DTYPES = ["float64", "float32", "int32", "uint8", "bool"] as const;
type DType = (typeof DTYPES)[number];

interface ArrayCase {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** A view of the array takes its place: its axes reversed, or every second row from the end. */
  readonly view: "none" | "transposed" | "backwards";
}

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

function make(a: ArrayCase | number): unknown {
  if (typeof a === "number") return a;
  const whole = camada.fromTypedArray(Float64Array.from(a.values), a.shape).astype(a.dtype);
  if (a.view === "transposed") return whole.T;
  return a.view === "backwards" && a.shape.length > 0 ? whole.slice([null, null, -2]) : whole;
}

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

const dtypes = fc.constantFrom(...DTYPES);
const views = fc.constantFrom("none" as const, "none" as const, "transposed" as const, "backwards" as const);
const shapes = fc.array(fc.constantFrom(0, 1, 2, 3, 4, 9), { maxLength: 3 });

function arrays(low: number, high: number, shape: fc.Arbitrary<readonly number[]>): fc.Arbitrary<ArrayCase> {
  const odd = fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 0, 1);
  const usual = fc.double({ min: low, max: high, noNaN: true }).map((x) => Number(x.toPrecision(6)));
  return fc.record({ shape, dtype: dtypes, view: views }).chain(({ shape, dtype, view }) => {
    const size = shape.reduce((n, s) => n * s, 1);
    const float = dtype === "float64" || dtype === "float32";
    const value = float ? fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd }) : usual;
    const fit = (x: number): number =>
      float ? x : dtype === "int32" ? Math.trunc(x) : Math.abs(Math.trunc(x));
    return fc.array(value, { minLength: size, maxLength: size }).map((values) => ({
      values: values.map((x) => (dtype === "bool" ? Math.abs(Math.trunc(x)) % 2 : fit(x))),
      shape,
      dtype,
      view,
    }));
  });
}

/** Pairs that mostly broadcast: the second is the first's shape with some sizes made 1 and some dropped. */
const pairs = shapes.chain((shape) =>
  fc
    .tuple(
      fc.constant(shape),
      fc.oneof(
        {
          weight: 6,
          arbitrary: fc
            .tuple(...shape.map((size) => fc.constantFrom(size, size, 1)))
            .map((s) => s as number[]),
        },
        { weight: 1, arbitrary: shapes },
      ),
      fc.nat(2),
    )
    .map(([first, second, drop]) => [first, second.slice(Math.min(drop, second.length))] as const),
);

type Recorded = { operation?: camada.ElementwiseOperation | camada.ReduceOperation };
const records = Object.entries(camada as unknown as Record<string, Recorded | undefined>).flatMap(
  ([op, f]) => (f?.operation && op !== "variance" ? [[op, f.operation] as const] : []),
);
const elementwise = records.flatMap(([op, o]) => (o.kind === "elementwise" ? [[op, o] as const] : []));
const reductions = records.flatMap(([op, o]) => (o.kind === "reduce" ? [[op, o] as const] : []));

describe("elementwise operations", () => {
  it("are all here", () => {
    expect(elementwise.length).toBeGreaterThanOrEqual(33);
    expect(reductions.length).toBeGreaterThanOrEqual(11);
  });

  it.each(elementwise)("%s is NumPy's", (op, operation) => {
    const { low, high } = operation.samples;
    const number = fc.constantFrom(0, 1, 2, -1, 0.5, 300);
    const arguments_: fc.Arbitrary<readonly (ArrayCase | number)[]> =
      operation.arity === 1
        ? fc.tuple(arrays(low, high, shapes))
        : pairs.chain(([a, b]) =>
            fc.oneof(
              {
                weight: 5,
                arbitrary: fc.tuple(arrays(low, high, fc.constant(a)), arrays(low, high, fc.constant(b))),
              },
              { weight: 1, arbitrary: fc.tuple(arrays(low, high, fc.constant(a)), number) },
              { weight: 1, arbitrary: fc.tuple(number, arrays(low, high, fc.constant(a))) },
            ),
          );
    const cases = fc
      .sample(arguments_, { seed: 20, numRuns: 120 })
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
      (["float64", "float32"] as const).map((dtype) => ({
        op,
        numpy: op,
        args: [{ values: values.slice(0, n), shape: [n], dtype, view: "none" as const }],
      })),
    );
    const answers = expected<Answer>(`pairwise-${op}`, SCRIPT, cases);
    cases.forEach((c, i) => {
      expect(answer(c).values, `${op} of ${c.args[0]!.shape} ${c.args[0]!.dtype}`).toEqual(
        answers[i]!.values,
      );
    });
  });
});
