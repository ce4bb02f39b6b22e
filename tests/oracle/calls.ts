import * as camada from "camada";
import fc from "fast-check";

/** Calls of what moves, joins, orders and multiplies arrays, each written twice: in Python and here. */

export interface Operand {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly reversed: boolean;
}
export type Arrays = Record<string, camada.NDArray>;
export interface Call {
  readonly name: string;
  readonly python: string;
  readonly here: (x: Arrays, p: readonly number[]) => unknown;
  /** Random whole numbers that the call takes: Python's `p`. */
  readonly parameters?: fc.Arbitrary<readonly number[]>;
  readonly shapes?: fc.Arbitrary<readonly (readonly number[])[]>;
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

/** Whole numbers, some below 0, some outside of any axis. */
const indices = (x: camada.NDArray | undefined) => x!.astype("int32");

export const CALLS: readonly Call[] = [
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
    name: "dot of four axes",
    python: "np.dot(a, b)",
    here: ({ a, b }) => c.dot!(a, b),
    shapes: chain(fc.array(fc.constantFrom(1, 2, 3), { minLength: 1, maxLength: 2 })),
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
    name: "einsum of a sum",
    python: "np.einsum('ijk->j', a)",
    here: ({ a }) => c.einsum!("ijk->j", a),
    shapes: fc.tuple(many, many, many).map((s) => [s]),
  },
  {
    name: "einsum of three",
    python: "np.einsum('ij,kj,ik->ki', a, b, c)",
    here: ({ a, b, c: d }) => c.einsum!("ij,kj,ik->ki", a, b, d),
    shapes: fc.tuple(many, many, many).map(([i, j, k]) => [
      [i, j],
      [k, j],
      [i, k],
    ]),
  },
  {
    name: "einsum of stacks",
    python: "np.einsum('bij,bjk->bki', a, b)",
    here: ({ a, b }) => c.einsum!("bij,bjk->bki", a, b),
    shapes: fc.tuple(many, many, many, many).map(([b, i, j, k]) => [
      [b, i, j],
      [b, j, k],
    ]),
  },
  {
    name: "einsum of diagonals within products",
    python: "np.einsum('iij,jj->j', a, b)",
    here: ({ a, b }) => c.einsum!("iij,jj->j", a, b),
    shapes: fc.tuple(many, many).map(([i, j]) => [
      [i, i, j],
      [j, j],
    ]),
  },
  {
    name: "take",
    python: "np.take(a, b.astype(int))",
    here: ({ a, b }) => c.take!(a, indices(b)),
    shapes: fc.tuple(atLeast1, anyShape).map(([[a], b]) => [a!, b]),
  },
  {
    name: "take along an axis",
    python: "np.take(a, b.astype(int), p[0])",
    here: ({ a, b }, p) => c.take!(a, indices(b), p[0]),
    parameters: axis,
    shapes: fc.tuple(fc.constantFrom([4], [3, 4], [4, 3, 2]), anyShape),
  },
  {
    name: "takeAlongAxis",
    python: "np.take_along_axis(a, b.astype(int), p[0])",
    here: ({ a, b }, p) => c.takeAlongAxis!(a, indices(b), p[0]),
    parameters: fc.constantFrom([0], [0], [-1], [1], [3]),
    // NumPy repeats an axis of 1 here too
    shapes: fc.tuple(fc.constantFrom(3, 4), fc.constantFrom([], [2], [2, 3]), many).map(([n, rest, m]) => [
      [n, ...rest],
      [m, ...rest],
    ]),
  },
  {
    name: "pad",
    python: "np.pad(a, [(p[0], p[1])] * a.ndim, constant_values=p[2])",
    here: ({ a }, p) =>
      c.pad!(
        a,
        a!.shape.map(() => [p[0], p[1]]),
        p[2],
      ),
    parameters: fc.tuple(fc.constantFrom(0, 1, 2), fc.constantFrom(0, 1, 3), fc.constantFrom(0, 0, 1, 2)),
    shapes: atLeast1,
  },
  {
    name: "pad with an infinity",
    python: "np.pad(a.astype(float), [(1, 0)] * a.ndim, constant_values=-np.inf)",
    here: ({ a }) =>
      c.pad!(
        a!.astype("float64"),
        a!.shape.map(() => [1, 0]),
        -Infinity,
      ),
    shapes: atLeast1,
  },
  {
    name: "slidingWindowView",
    python: "np.lib.stride_tricks.sliding_window_view(a, p[0], p[1])",
    here: ({ a }, p) => c.slidingWindowView!(a, [p[0]], [p[1]]),
    parameters: fc.tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(0, -1, 1)),
    shapes: atLeast1,
  },
  {
    name: "slidingWindowView of two axes",
    python: "np.lib.stride_tricks.sliding_window_view(a, p[:2], p[2:])",
    here: ({ a }, p) => c.slidingWindowView!(a, p.slice(0, 2), p.slice(2)),
    parameters: fc.constantFrom([2, 2, 0, 1], [1, 3, 1, 0], [3, 2, -1, 0], [2, 1, 0, 2]),
    shapes: fc.array(fc.constantFrom(2, 3, 4), { minLength: 2, maxLength: 3 }).map((s) => [s]),
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
  {
    name: "square of int32 beyond its range",
    python: "np.square(a.astype('int32') * 70001)",
    here: ({ a }) => camada.square(a!.astype("int32").multiply(70001)),
    shapes: atLeast1,
  },
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

export function make({ values, shape, dtype, reversed }: Operand): camada.NDArray {
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

/** Random arrays and parameters for a call: the same every time. */
export function casesOf(
  { shapes, parameters }: Call,
  count: number,
): (readonly [Record<string, Operand>, readonly number[]])[] {
  const arrays = (shapes ?? anyShape.map((s) => [s])).chain(operands);
  return fc.sample(fc.tuple(arrays, parameters ?? fc.constant([])), { seed: 7, numRuns: count });
}
