import type { Product } from "./arithmetic.js";
import type { Sentence, Show } from "./sentences.js";
import type { Drop, Full, IndexOf, List, Names, SetAt, Shape } from "./tuples.js";
import type { NDArray, NM, Out, SH } from "./types.js";

// Axes: a name or an index (negative from the end).

type Offsets = { "0": 0; "1": 1; "2": 2; "3": 3; "4": 4; "5": 5 };
type Neg<S extends List, K> = K extends `-${infer P}`
  ? S extends readonly [...infer R]
    ? NegAt<R, P>
    : never
  : never;
type NegAt<S extends List, P> = P extends `${S["length"] & number}`
  ? 0
  : S extends readonly [any, ...infer R]
    ? NegAt<R, P> extends infer V extends number
      ? Succ<V>
      : never
    : never;
type Succ<V> = V extends 0
  ? 1
  : V extends 1
    ? 2
    : V extends 2
      ? 3
      : V extends 3
        ? 4
        : V extends 4
          ? 5
          : never;
/** Index of axis K; `number` if it cannot be known; never if there is none */
export type AxisIndex<S extends List, N extends Names, K> = number extends S["length"] | K
  ? number
  : string extends K
    ? number
    : K extends string
      ? IndexOf<N, K>
      : K extends number
        ? `${K}` extends keyof S
          ? `${K}` extends keyof Offsets
            ? Offsets[`${K}`]
            : number
          : Neg<S, `${K}`>
        : never;
/** what an editor offers for an axis; any other string is taken too, to be refused with a message */
export type AxisKey<A> = NM<A>[number] | number | (string & {});
export type AxisArg<Op extends string, A extends NDArray, K> = K extends undefined
  ? K
  : [AxisIndex<SH<A>, NM<A>, K>] extends [never]
    ? Missing<Op, A, K>
    : K;
type Missing<Op extends string, A extends NDArray, K> = Sentence<
  "axis.missing",
  { op: Op; axis: ShowAxis<K>; array: Show<SH<A>, NM<A>> }
>;
/** An axis as sentences show what was given for it. */
export type ShowAxis<K> = K extends string ? `'${K}'` : `${K & number}`;
/** The place of a new axis among those there are. */
export type NewAxisIndex<S extends List, K> = AxisIndex<[...S, 1], Names, K>;
export type NewAxisArg<Op extends string, A, K> = A extends NDArray
  ? [NewAxisIndex<SH<A>, K>] extends [never]
    ? Missing<Op, A, K>
    : K
  : K;
/** Running sums: of the flattened array, or of the same shape. */
export type Cumulated<A extends NDArray, K> = K extends undefined ? NDArray<[Product<SH<A>>]> : A;
/** Without an axis, we do not know which. */
export type DropAny<T> = T extends readonly [any, ...infer R] ? { [K in keyof R]: number } : Shape;
export type Reduce<A extends NDArray, K, Keep> = ReduceOut<SH<A>, NM<A>, K, Keep>;
type ReduceOut<S extends Shape, N extends Names, K, Keep> = K extends undefined
  ? Keep extends true
    ? Out<SetAll<S>, Full<S, N>>
    : number
  : number extends S["length"]
    ? NDArray
    : AxisIndex<S, N, K> extends infer I
      ? Keep extends true
        ? Out<SetAt<S, I, 1>, Full<S, N>>
        : number extends I
          ? Out<DropAny<S>, Names>
          : Out<Drop<S, I>, number extends N["length"] ? Names : Drop<N, I>>
      : never;
type SetAll<S extends List> = { [I in keyof S]: 1 };
