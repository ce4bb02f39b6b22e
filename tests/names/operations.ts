import type { NDArray } from "camada";
import fc from "fast-check";
import { axesOf, broadcast, letters, type Meetings, product, stackedProduct, together } from "./rule.js";

type Shape = readonly number[];
export type Function = (...args: unknown[]) => unknown;

/** One way to call an operation, and which axes meet in it. */
export interface Way {
  readonly shapes: fc.Arbitrary<readonly Shape[]>;
  readonly meets: (shapes: readonly Shape[]) => Meetings;
  readonly call: (f: Function, arrays: readonly NDArray[]) => unknown;
}

const size = fc.constantFrom(1, 2, 3);
const some = fc.array(size, { minLength: 1, maxLength: 3 });
const one = some.map((shape) => [shape]);
const alike = (count: number) => some.map((shape) => Array.from({ length: count }, () => shape));
/** Shapes that broadcast: sizes of one shape made 1 here and there, its first axes left out. */
const fitting = (count: number) =>
  some.chain((shape) =>
    fc.tuple(
      ...Array.from({ length: count }, () =>
        fc
          .tuple(fc.nat(shape.length - 1), fc.tuple(...shape.map((n) => fc.constantFrom(n, 1))))
          .map(([drop, sizes]) => sizes.slice(drop)),
      ),
    ),
  );

const kept =
  (keep: (shapes: readonly Shape[]) => Meetings["kept"]) =>
  (shapes: readonly Shape[]): Meetings => ({ kept: keep(shapes) });
const unchanged = kept(([a]) => axesOf(a!));
const flattened = kept(() => [[]]);
const spread = kept(broadcast);

const on =
  (...rest: unknown[]): Way["call"] =>
  (f, arrays) =>
    f(...arrays, ...rest);
const way = (shapes: Way["shapes"], meets: Way["meets"], call: Way["call"] = on()): Way => ({
  shapes,
  meets,
  call,
});

/** Of one array, element by element. */
export const UNARY: readonly Way[] = [way(one, unchanged)];

/** Of two, element by element. */
export const BINARY: readonly Way[] = [
  way(fitting(2), spread),
  way(one, unchanged, on(2)),
  way(one, unchanged, (f, [a]) => f(2, a)),
];

/** Of all elements, or along an axis. */
export const REDUCTION: readonly Way[] = [
  way(
    one,
    kept(() => []),
  ),
  way(one, unchanged, on(undefined, { keepdims: true })),
  way(
    one,
    kept(([a]) => axesOf(a!).slice(1)),
    on(0),
  ),
  way(
    one,
    kept(([a]) => axesOf(a!).slice(0, -1)),
    on(-1),
  ),
  way(one, unchanged, on(0, { keepdims: true })),
];

const chain = (first: readonly number[], second: readonly number[]) =>
  fc.tuple(size, size, size, size, size).map((n) => [first.map((i) => n[i]!), second.map((i) => n[i]!)]);

const einsum = (subscripts: string): Way => {
  const words = subscripts.split("->")[0]!.split(",");
  const all = [...new Set(words.join(""))];
  const shapes = fc
    .tuple(...all.map(() => size))
    .map((sizes) => words.map((word) => [...word].map((letter) => sizes[all.indexOf(letter)]!)));
  return way(
    shapes,
    () => letters(subscripts),
    (f, arrays) => f(subscripts, ...arrays),
  );
};

/** The operations that no record tells of. */
export const OTHERS: { readonly [name: string]: readonly Way[] } = {
  dot: [
    way(chain([0, 1], [1, 2]), product),
    way(chain([1], [1]), product),
    way(chain([0, 1], [1]), product),
    way(chain([1], [1, 2]), product),
    way(chain([3, 0, 1], [4, 1, 2]), product),
  ],
  matmul: [
    way(chain([0, 1], [1, 2]), stackedProduct),
    way(chain([3, 0, 1], [3, 1, 2]), stackedProduct),
    way(chain([0, 1], [3, 1, 2]), stackedProduct),
    way(chain([4, 3, 0, 1], [3, 1, 2]), stackedProduct),
  ],
  einsum: ["ij,jk->ik", "ij,kj->ki", "ij,ij->", "ii->i", "ijk,ik->j"].map(einsum),
  where: [way(fitting(3), spread), way(fitting(2), spread, on(0)), way(one, unchanged, on(1, 0))],
  clip: [way(fitting(3), spread), way(fitting(2), spread, on(0)), way(one, unchanged, on(-1, 1))],
  allClose: [way(fitting(2), spread), way(one, unchanged, on(0))],
  concatenate: [
    way(alike(3), kept(together), (f, arrays) => f(arrays)),
    way(alike(2), kept(together), (f, arrays) => f(arrays, -1)),
  ],
  stack: [
    way(
      alike(3),
      kept((shapes) => [[], ...together(shapes)]),
      (f, arrays) => f(arrays),
    ),
    way(
      alike(2),
      kept((shapes) => [...together(shapes), []]),
      (f, arrays) => f(arrays, -1),
    ),
  ],
  split: [way(one, unchanged, on([1])), way(one, unchanged, on(1, -1))],
  transpose: [
    way(
      one,
      kept(([a]) => axesOf(a!).reverse()),
    ),
    way(
      one,
      kept(([a]) => [...axesOf(a!).slice(1), [[0, 0]]]),
      (f, [a]) => f(a, ...[...a!.shape.keys()].slice(1), 0),
    ),
  ],
  reshape: [way(one, flattened, on([-1]))],
  expandDims: [
    way(
      one,
      kept(([a]) => [[], ...axesOf(a!)]),
      on(0),
    ),
    way(
      one,
      kept(([a]) => [...axesOf(a!), []]),
      on(-1),
    ),
  ],
  squeeze: [
    way(
      one,
      kept(([a]) => axesOf(a!).filter((_, axis) => a![axis] !== 1)),
    ),
    way(
      some.map((shape) => [[1, ...shape]]),
      kept(([a]) => axesOf(a!).slice(1)),
      on(0),
    ),
  ],
  broadcastTo: [
    way(
      one,
      kept(([a]) => [[], ...axesOf(a!)]),
      (f, [a]) => f(a, [2, ...a!.shape]),
    ),
  ],
  flip: [way(one, unchanged, on(0))],
  sort: [way(one, unchanged), way(one, unchanged, on(0))],
  argsort: [way(one, unchanged), way(one, unchanged, on(0))],
  cumsum: [way(one, flattened), way(one, unchanged, on(0))],
  take: [
    way(
      some.map((shape) => [shape, [2]]),
      kept(([a]) => [[[1, 0]], ...axesOf(a!).slice(1)]),
      (f, [a, b]) => f(a, b!.multiply(0).astype("int32"), 0),
    ),
    way(
      some.map((shape) => [shape, [2]]),
      kept(() => [[[1, 0]]]),
      (f, [a, b]) => f(a, b!.multiply(0).astype("int32")),
    ),
  ],
  takeAlongAxis: [way(alike(2), kept(together), (f, [a, b]) => f(a, b!.multiply(0).astype("int32"), 0))],
  pad: [0, 7].map((value) =>
    way(one, unchanged, (f, [a]) => {
      const widths = a!.shape.map(() => [1, 0]);
      return f(a, widths, value);
    }),
  ),
  slidingWindowView: [
    way(
      one,
      kept(([a]) => [...axesOf(a!), []]),
      on([1], [0]),
    ),
  ],
  unique: [way(one, flattened)],
};

/** Methods that are no function. */
export const METHODS: { readonly [name: string]: readonly Way[] } = {
  at: [
    way(
      one,
      kept(([a]) => axesOf(a!).slice(1)),
      (_, [a]) => a!.at(0),
    ),
  ],
  slice: [
    way(one, unchanged, (_, [a]) => a!.slice([0, 1])),
    way(
      one,
      kept(([a]) => axesOf(a!).slice(1)),
      (_, [a]) => a!.slice(0),
    ),
  ],
  T: [
    way(
      one,
      kept(([a]) => axesOf(a!).reverse()),
      (_, [a]) => a!.T,
    ),
  ],
  iterating: [
    way(
      one,
      kept(([a]) => axesOf(a!).slice(1)),
      (_, [a]) => [...a!],
    ),
  ],
  astype: [way(one, unchanged, (_, [a]) => a!.astype("int32"))],
  copy: [way(one, unchanged, (_, [a]) => a!.copy())],
  unnamed: [
    way(
      one,
      kept(([a]) => a!.map(() => [])),
      (_, [a]) => a!.unnamed(),
    ),
  ],
};
