import type { Min, Sub } from "./arithmetic.js";
import type { At } from "./movements.js";
import type { Drop, Full, List } from "./tuples.js";
import type { NDArray, NM, Out, SH } from "./types.js";

// Parts of arrays: `at` and `slice`.

/** What is left when the first axes are indexed. With axes or indices not known, it may be either. */
export type Indexed<A extends NDArray, I extends List> = number extends SH<A>["length"] | I["length"]
  ? NDArray & number
  : I extends readonly [any]
    ? At<A>
    : IndexedOut<SH<A>, Full<SH<A>, NM<A>>, I>;
type IndexedOut<S extends List, N extends List, I extends List> = I extends readonly [any, ...infer R]
  ? IndexedOut<Drop<S, 0>, Drop<N, 0>, R>
  : Out<S, N>;

/** What one argument of `slice` may be. */
export type Part =
  | number
  | null
  | readonly [number | null, number | null]
  | readonly [number | null, number | null, number];

/** What is left of the axes when some are cut and some taken away. */
export type SliceOf<A extends NDArray, P extends List> = number extends SH<A>["length"] | P["length"]
  ? NDArray
  : Sliced<SH<A>, Full<SH<A>, NM<A>>, P> extends [infer S, infer N]
    ? Out<S, N>
    : never;
type Sliced<S extends List, N extends List, P extends List> = P extends readonly [infer H, ...infer R]
  ? H extends number
    ? Sliced<Drop<S, 0>, Drop<N, 0>, R>
    : Kept<S, N, PartSize<S[0], H>, R>
  : [S, N];
type Kept<S extends List, N extends List, Size, R extends List> =
  Sliced<Drop<S, 0>, Drop<N, 0>, R> extends [infer T extends List, infer M extends List]
    ? [[Size, ...T], [N[0], ...M]]
    : never;

/** How long a range of an axis is: known for a start and a stop from the front, one by one. */
type PartSize<Size, P> = P extends null
  ? Size
  : P extends readonly [infer From, infer To]
    ? RangeSize<Size, From extends null ? 0 : From, To extends null ? Size : To>
    : number;
export type RangeSize<Size, From, To> = number extends Size | From | To
  ? number
  : `${From & number}|${To & number}` extends `${string}-${string}`
    ? number
    : Sub<Min<To, Size>, From>;
