import * as camada from "camada";
import fc from "fast-check";

/** Random arguments for every operation that has a record: of any dtype, shape and view. */

const DTYPES = ["float64", "float32", "int32", "uint8", "bool"] as const;
export type DType = (typeof DTYPES)[number];

export interface ArrayCase {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** A view of the array takes its place: its axes reversed, or every second row from the end. */
  readonly view: "none" | "transposed" | "backwards";
}

export function make(a: ArrayCase | number): unknown {
  if (typeof a === "number") return a;
  const whole = camada.fromTypedArray(Float64Array.from(a.values), a.shape).astype(a.dtype);
  if (a.view === "transposed") return whole.T;
  return a.view === "backwards" && a.shape.length > 0 ? whole.slice([null, null, -2]) : whole;
}

const dtypes = fc.constantFrom(...DTYPES);
const views = fc.constantFrom("none" as const, "none" as const, "transposed" as const, "backwards" as const);
export const shapes = fc.array(fc.constantFrom(0, 1, 2, 3, 4, 9), { maxLength: 3 });

export function arrays(
  low: number,
  high: number,
  shape: fc.Arbitrary<readonly number[]>,
): fc.Arbitrary<ArrayCase> {
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

/** Arguments of an elementwise operation, drawn from its record's samples: arrays that broadcast, and numbers. */
export function argumentsOf(
  operation: camada.ElementwiseOperation,
): fc.Arbitrary<readonly (ArrayCase | number)[]> {
  const { low, high } = operation.samples;
  const number = fc.constantFrom(0, 1, 2, -1, 0.5, 300);
  return operation.arity === 1
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
}

type Recorded = { operation?: camada.ElementwiseOperation | camada.ReduceOperation };
const records = Object.entries(camada as unknown as Record<string, Recorded | undefined>).flatMap(
  ([op, f]) => (f?.operation && op !== "variance" ? [[op, f.operation] as const] : []),
);
export const elementwise = records.flatMap(([op, o]) => (o.kind === "elementwise" ? [[op, o] as const] : []));
export const reductions = records.flatMap(([op, o]) => (o.kind === "reduce" ? [[op, o] as const] : []));
