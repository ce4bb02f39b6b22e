import * as camada from "camada";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expected } from "./expected.js";

/**
 * What moves, joins, orders and multiplies arrays, against NumPy: a case is one call written twice, in
 * Python and here, on random small arrays `a`, `b`, `c`. Refusals must agree too.
 */

interface Operand {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly reversed: boolean;
}
type Arrays = Record<string, camada.NDArray>;
interface Call {
  readonly name: string;
  readonly python: string;
  readonly here: (x: Arrays, p: readonly number[]) => unknown;
  /** Random whole numbers that the call takes: Python's `p`. */
  readonly parameters?: fc.Arbitrary<readonly number[]>;
  readonly shapes?: fc.Arbitrary<readonly (readonly number[])[]>;
}
interface Answer {
  readonly error?: boolean;
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly values?: readonly number[];
}

const c = camada as unknown as Record<string, (...args: unknown[]) => unknown>;
const small = fc.constantFrom(0, 1, 2, 3, 4);
// NumPy repeats an axis of 1 in einsum; we refuse to, as one letter is one axis
const many = fc.constantFrom(0, 2, 3, 4);
const anyShape = fc.array(small, { maxLength: 3 });
const same = anyShape.map((s) => [s, s, s]);
const atLeast1 = fc.array(small, { minLength: 1, maxLength: 3 }).map((s) => [s, s, s]);
const axis = fc.integer({ min: -3, max: 3 }).map((n) => [n]);

const chain = (lead: fc.Arbitrary<readonly number[]>) =>
  fc.tuple(small, small, small, lead, lead, fc.integer({ min: 0, max: 5 })).map(([m, k, n, p, q, form]) => {
    if (form === 0) return [[k], [k]];
    if (form === 1) return [[...p, m, k], [k]];
    if (form === 2) return [[k], [...q, k, n]];
    return form === 3
      ? [
          [m, k],
          [n, k],
        ]
      : [
          [...p, m, k],
          [...q, k, n],
        ];
  });

const CALLS: readonly Call[] = [
  { name: "transpose", python: "np.transpose(a)", here: ({ a }) => c.transpose!(a) },
  {
    name: "transpose by axes",
    python: "np.transpose(a, p)",
    here: ({ a }, p) => c.transpose!(a, ...p),
    parameters: fc.constantFrom([1, 0], [0, 2, 1], [2, 0, 1], [-1, 0], [0, 0], [1, 2]),
    shapes: fc.array(small, { minLength: 2, maxLength: 3 }).map((s) => [s]),
  },
  {
    name: "reshape",
    python: "np.reshape(a, p)",
    here: ({ a }, p) => c.reshape!(a, p),
    parameters: fc
      .array(fc.constantFrom(1, 2, 3, 4, 6, -1), { minLength: 1, maxLength: 3 })
      .filter((s) => s.filter((n) => n === -1).length < 2),
  },
  {
    name: "expandDims",
    python: "np.expand_dims(a, p[0])",
    here: ({ a }, p) => c.expandDims!(a, p[0]),
    parameters: axis,
  },
  { name: "squeeze", python: "np.squeeze(a)", here: ({ a }) => c.squeeze!(a) },
  {
    name: "squeeze an axis",
    python: "np.squeeze(a, p[0])",
    here: ({ a }, p) => c.squeeze!(a, p[0]),
    parameters: axis,
    shapes: atLeast1,
  },
  {
    name: "broadcastTo",
    python: "np.broadcast_to(a, p)",
    here: ({ a }, p) => c.broadcastTo!(a, p),
    parameters: fc.array(fc.constantFrom(1, 2, 3), { minLength: 1, maxLength: 3 }),
    shapes: fc.array(fc.constantFrom(1, 1, 2, 3), { maxLength: 3 }).map((s) => [s]),
  },
  { name: "flip", python: "np.flip(a, p[0])", here: ({ a }, p) => c.flip!(a, p[0]), parameters: axis },
  {
    name: "concatenate",
    python: "np.concatenate([a, b, c], p[0])",
    here: ({ a, b, c: d }, p) => c.concatenate!([a, b, d], p[0]),
    parameters: axis,
    shapes: atLeast1.chain(([s]) =>
      fc.tuple(fc.constant(s!), fc.tuple(small, ...s!.slice(1).map(fc.constant)), fc.constant(s!)),
    ) as never,
  },
  {
    name: "stack",
    python: "np.stack([a, b], p[0])",
    here: ({ a, b }, p) => c.stack!([a, b], p[0]),
    parameters: axis,
    shapes: same,
  },
  {
    name: "split",
    python: "np.concatenate([np.ravel(x) + i for i, x in enumerate(np.split(a, p[0], p[1]))])",
    here: ({ a }, p) =>
      c.concatenate!(
        (c.split!(a, p[0], p[1]) as camada.NDArray[]).map((x, i) =>
          c.add!(x.reshape([-1].slice(x.size === 0 ? 1 : 0).concat(x.size === 0 ? [0] : [])), i),
        ),
      ),
    parameters: fc.tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(0, 1, -1)),
    shapes: atLeast1,
  },
  {
    name: "sort",
    python: "np.sort(a, p[0])",
    here: ({ a }, p) => c.sort!(a, p[0]),
    parameters: axis,
    shapes: atLeast1,
  },
  {
    name: "argsort",
    python: "np.argsort(a, p[0], kind='stable')",
    here: ({ a }, p) => c.argsort!(a, p[0]),
    parameters: axis,
    shapes: atLeast1,
  },
  { name: "unique", python: "np.unique(a)", here: ({ a }) => c.unique!(a) },
  { name: "cumsum", python: "np.cumsum(a)", here: ({ a }) => c.cumsum!(a) },
  {
    name: "cumsum along an axis",
    python: "np.cumsum(a, p[0])",
    here: ({ a }, p) => c.cumsum!(a, p[0]),
    parameters: axis,
    shapes: atLeast1,
  },
  { name: "where", python: "np.where(a, b, c)", here: ({ a, b, c: d }) => c.where!(a, b, d), shapes: same },
  { name: "clip", python: "np.clip(a, -1.5, 2.5)", here: ({ a }) => c.clip!(a, -1.5, 2.5) },
  {
    name: "allClose",
    python: "np.allclose(a, b)",
    here: ({ a, b }) => Number(c.allClose!(a, b)),
    shapes: same,
  },
  {
    name: "dot",
    python: "np.dot(a, b)",
    here: ({ a, b }) => c.dot!(a, b),
    shapes: chain(fc.array(small, { maxLength: 1 })),
  },
  {
    name: "matmul",
    python: "np.matmul(a, b)",
    here: ({ a, b }) => c.matmul!(a, b),
    shapes: chain(fc.array(fc.constantFrom(1, 2), { maxLength: 2 })),
  },
  {
    name: "einsum of a product",
    python: "np.einsum('ij,jk->ik', a, b)",
    here: ({ a, b }) => c.einsum!("ij,jk->ik", a, b),
    shapes: fc.tuple(many, many, many, many).map(([m, k, n, other]) => [
      [m, k],
      [other === 4 ? other : k, n],
    ]),
  },
  {
    name: "einsum of a diagonal",
    python: "np.einsum('ii->i', a)",
    here: ({ a }) => c.einsum!("ii->i", a),
    shapes: fc.constantFrom([[3, 3]], [[2, 2]], [[2, 3]]),
  },
  {
    name: "einsum, implicit",
    python: "np.einsum('ba,bc', a, b)",
    here: ({ a, b }) => c.einsum!("ba,bc", a, b),
    shapes: fc.tuple(small, small, small).map(([i, j, k]) => [
      [i, j],
      [i, k],
    ]),
  },
  {
    name: "einsum of a trace",
    python: "np.einsum('ii', a)",
    here: ({ a }) => c.einsum!("ii", a),
    shapes: fc.constantFrom([[3, 3]], [[1, 1]]),
  },
  {
    name: "slice",
    python: "a[p[0]:p[1]:p[2]]",
    here: ({ a }, p) => a!.slice([p[0]!, p[1]!, p[2]!]),
    parameters: fc.tuple(
      fc.integer({ min: -6, max: 6 }),
      fc.integer({ min: -6, max: 6 }),
      fc.constantFrom(1, 2, -1, -2, 3, 0),
    ),
    shapes: atLeast1,
  },
  {
    name: "slice of two axes",
    python: "a[:, p[0]]",
    here: ({ a }, p) => a!.slice(null, p[0]!),
    parameters: axis,
    shapes: atLeast1,
  },
  { name: "at", python: "a[p[0]]", here: ({ a }, p) => a!.at(p[0]!), parameters: axis, shapes: atLeast1 },
  { name: "astype int32", python: "a.astype('int32')", here: ({ a }) => a!.astype("int32") },
  { name: "astype bool", python: "a.astype('bool')", here: ({ a }) => a!.astype("bool") },
  { name: "astype float32", python: "a.astype('float32')", here: ({ a }) => a!.astype("float32") },
  {
    name: "arange",
    python: "np.arange(p[0], p[1], p[2] or 0.5).astype(float)",
    here: (_, p) => c.arange!(p[0], p[1], p[2] || 0.5),
    parameters: fc.tuple(
      fc.integer({ min: -5, max: 5 }),
      fc.integer({ min: -5, max: 9 }),
      fc.constantFrom(1, 2, -1, 0),
    ),
  },
  {
    name: "linspace",
    python: "np.linspace(p[0], p[1], p[2])",
    here: (_, p) => c.linspace!(p[0], p[1], p[2]),
    parameters: fc.tuple(
      fc.integer({ min: -5, max: 5 }),
      fc.integer({ min: -5, max: 9 }),
      fc.constantFrom(0, 1, 2, 7),
    ),
  },
  {
    name: "eye",
    python: "np.eye(p[0])",
    here: (_, p) => c.eye!(p[0]),
    parameters: fc.constantFrom([0], [1], [4], [-1]),
  },
];

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

function make({ values, shape, dtype, reversed }: Operand): camada.NDArray {
  const whole = camada.fromTypedArray(Float64Array.from(values), shape).astype(dtype as camada.DType);
  return (reversed ? whole.T : whole) as camada.NDArray;
}

/** Operands of a case: with `reversed` the memory runs the other way, but the shape is the wanted one. */
function operands(shapes: readonly (readonly number[])[]): fc.Arbitrary<Record<string, Operand>> {
  const operand = (shape: readonly number[]): fc.Arbitrary<Operand> => {
    const size = shape.reduce((n, s) => n * s, 1);
    return fc
      .record({
        dtype: fc.constantFrom("float64", "float64", "float32", "int32", "bool"),
        reversed: fc.boolean(),
        values: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: size, maxLength: size }),
      })
      .map(({ dtype, reversed, values }) => ({
        dtype,
        reversed,
        values: dtype === "bool" ? values.map((x) => Math.abs(x % 2)) : values,
        shape: reversed ? [...shape].reverse() : shape,
      }));
  };
  return fc.record(Object.fromEntries(shapes.map((shape, i) => ["abc"[i]!, operand(shape)])));
}

const OURS: Record<string, string> = { int64: "int32" };

describe("structure", () => {
  it.each(CALLS)("$name is NumPy's", ({ name, python, here, parameters, shapes }) => {
    const cases = fc
      .sample(fc.tuple((shapes ?? anyShape.map((s) => [s])).chain(operands), parameters ?? fc.constant([])), {
        seed: 7,
        numRuns: 80,
      })
      .map(([arrays, p]) => ({ python, arrays, parameters: p }));
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
