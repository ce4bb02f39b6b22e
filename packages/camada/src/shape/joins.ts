import type { Divide, Min, Sum } from "./arithmetic.js";
import type { AxisArg, AxisIndex, NewAxisIndex } from "./axes.js";
import type { Inserted } from "./movements.js";
import type { RangeSize } from "./parts.js";
import type { Arg, Sentence, Show } from "./sentences.js";
import type { AnySizes, Clash, Full, List, Names, Repeated, SetAt } from "./tuples.js";
import type { NDArray, NM, Out, SH } from "./types.js";

// concatenate and stack: all arrays like the first, but for the joined axis; the names of all.

type JoinOp = "concatenate" | "stack";
type Place<Op extends JoinOp, F extends NDArray, K> = Op extends "stack"
  ? NewAxisIndex<SH<F>, K>
  : AxisIndex<SH<F>, NM<F>, K>;

/** Whether the sizes are equal, but for the I-th. */
type Fits<A, B, I, J extends 0[] = []> = A extends readonly [infer X, ...infer P]
  ? B extends readonly [infer Y, ...infer R]
    ? J["length"] extends I
      ? Fits<P, R, I, [...J, 0]>
      : Clash<X, Y> extends true
        ? false
        : Fits<P, R, I, [...J, 0]>
    : false
  : B extends readonly [any, ...any]
    ? false
    : true;
type Meet<N extends List, M extends List> = { [I in keyof N]: I extends keyof M ? N[I] & M[I] : never };
type AnyNever<T extends List> = true extends { [I in keyof T]: [T[I]] extends [never] ? true : false }[number]
  ? true
  : false;

/** The names of the arrays so far with those of one more, or what is wrong with it. */
type Join<Op extends JoinOp, A extends NDArray, F extends NDArray, I, N extends List> =
  Fits<SH<F>, SH<A>, Op extends "stack" ? never : I> extends true
    ? JoinNames<Op, A, F, Meet<N, Full<SH<A>, NM<A>>>>
    : Sentence<`${Op}.sizes`, { op: Op; left: Show<SH<A>, NM<A>>; right: Show<SH<F>, NM<F>> }>;
type JoinNames<Op extends JoinOp, A extends NDArray, F extends NDArray, N extends List> =
  AnyNever<N> extends true
    ? Sentence<"concatenate.axes", { op: Op; left: Show<SH<A>, NM<A>>; right: Show<SH<F>, NM<F>> }>
    : [Repeated<N>] extends [never]
      ? N
      : Sentence<"names.repeated", { op: Op; name: Repeated<N> }>;
/** The names of all, or the list of arrays with the sentence in the place of the one that does not fit. */
type Joined<
  Op extends JoinOp,
  L,
  F extends NDArray,
  I,
  N extends List,
  Before extends List = [],
> = L extends readonly [infer A extends NDArray, ...infer After]
  ? number extends SH<A>["length"]
    ? Joined<Op, After, F, I, N, [...Before, A]>
    : Join<Op, A, F, I, N> extends infer M
      ? M extends List
        ? Joined<Op, After, F, I, M, [...Before, A]>
        : { wrong: [...Before, M, ...After] }
      : never
  : { names: N };
/** Of lists whose length, or whose first array's number of axes, is not known, nothing is said. */
type Known<L extends List, F> = F extends NDArray
  ? number extends L["length"] | SH<F>["length"]
    ? false
    : true
  : false;

export type JoinArg<Op extends JoinOp, L extends List, K, F = L[0]> = L["length"] extends 0
  ? Sentence<"concatenate.none", { op: Op }>
  : Arg<Wrong<Op, L, K, F>, L>;
type Wrong<Op extends JoinOp, L extends List, K, F> = F extends NDArray
  ? Known<L, F> extends true
    ? [Place<Op, F, K>] extends [never]
      ? never
      : Joined<Op, L, F, Place<Op, F, K>, Full<SH<F>, NM<F>>> extends { wrong: infer W }
        ? W
        : never
    : never
  : never;

export type JoinAxis<L extends List, K, F = L[0]> = F extends NDArray ? AxisArg<"concatenate", F, K> : K;

export type Concat<L extends List, K, F = L[0]> = F extends NDArray
  ? number extends SH<F>["length"]
    ? NDArray
    : ConcatAt<L, F, Place<"concatenate", F, K>>
  : NDArray;
type ConcatAt<L extends List, F extends NDArray, I> =
  Known<L, F> extends true
    ? Joined<"concatenate", L, F, I, Full<SH<F>, NM<F>>> extends { names: infer N }
      ? number extends I
        ? Out<AnySizes<SH<F>>, N>
        : Out<SetAt<SH<F>, I, Sum<Along<L, I>>>, N>
      : NDArray
    : Out<number extends I ? AnySizes<SH<F>> : SetAt<SH<F>, I, number>, Names>;
type Along<L extends List, I> = { [K in keyof L]: L[K] extends NDArray ? SH<L[K]>[I & number] : never };

export type Stack<L extends List, K, F = L[0]> = F extends NDArray
  ? number extends SH<F>["length"]
    ? NDArray
    : StackAt<L, F, Place<"stack", F, K>>
  : NDArray;
type StackAt<L extends List, F extends NDArray, I> =
  Known<L, F> extends true
    ? Joined<"stack", L, F, I, Full<SH<F>, NM<F>>> extends { names: infer N extends List }
      ? Inserted<SH<F>, N, I, L["length"]>
      : NDArray
    : Inserted<SH<F>, Full<SH<F>, Names>, I, number>;

// split: a tuple where it is known how many parts there are.

export type SplitArg<A extends NDArray, P, K> = [P] extends [List]
  ? { [J in keyof P]: Arg<PositionMessage<P[J]>, P[J]> }
  : Arg<SectionsMessage<SizeAt<A, AxisIndex<SH<A>, NM<A>, K>>, P>, P>;
type IsFraction<N> = `${N & number}` extends `${string}.${string}` ? true : false;
type PositionMessage<N> =
  IsFraction<N> extends true ? Sentence<"index.integer", { op: "split"; index: N }> : never;
type SectionsMessage<Size, P> =
  IsFraction<P> extends true
    ? Sentence<"value.integer", { op: "split"; name: "sections"; value: P }>
    : `${P & number}` extends "0" | `-${string}`
      ? Sentence<"value.positive", { op: "split"; name: "sections"; value: P }>
      : number extends Size | P
        ? never
        : Divide<Size, P> extends [any, 0]
          ? never
          : Sentence<"split.sections", { size: Size; sections: P }>;
/** The size of the I-th axis; `number` where it is not known which it is, or whether there is one. */
type SizeAt<A extends NDArray, I> = [I] extends [never]
  ? number
  : number extends I
    ? number
    : SH<A>[I & number];

export type Split<A extends NDArray, P, K> = SplitAt<A, P, AxisIndex<SH<A>, NM<A>, K>>;
type SplitAt<A extends NDArray, P, I> = [I] extends [never]
  ? NDArray[]
  : P extends List
    ? number extends P["length"]
      ? Cut<A, I, number>[]
      : CutAll<A, I, Bounded<SizeAt<A, I>, P>>
    : [SectionsMessage<SizeAt<A, I>, P>] extends [never]
      ? Sections<Cut<A, I, SectionSize<SizeAt<A, I>, P>>, P>
      : NDArray[];
type Cut<A extends NDArray, I, Size> = number extends SH<A>["length"]
  ? NDArray
  : Out<number extends I ? AnySizes<SH<A>> : SetAt<SH<A>, I, Size>, Full<SH<A>, NM<A>>>;
type CutAll<A extends NDArray, I, Sizes extends List> = { [J in keyof Sizes]: Cut<A, I, Sizes[J]> };
/** The sizes between positions. */
type Bounded<Size, P, From = 0, R extends List = []> = P extends readonly [infer To, ...infer Rest]
  ? Bounded<Size, Rest, To, [...R, RangeSize<Size, From, To>]>
  : [...R, RangeSize<Size, From, Size>];
type SectionSize<Size, P> = number extends Size | P
  ? number
  : Divide<Size, P> extends [infer Q, any]
    ? Q
    : never;
/** T as often as P says: a tuple, beyond 99 a list. */
type Sections<T, P, R extends T[] = []> = number extends P
  ? T[]
  : Min<P, 100> extends 100
    ? T[]
    : R["length"] extends P
      ? R
      : Sections<T, P, [...R, T]>;
