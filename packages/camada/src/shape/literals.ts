import type { ShowAxis } from "./axes.js";
import type { Arg, Sentence, Show } from "./sentences.js";
import type { List, Names, Repeated, Shape } from "./tuples.js";
import type { NamedArray, NDArray, NM, Out, SH } from "./types.js";

// Array literals. The object type `Number`, not `number`: tuples are kept, the values forgotten.

export type Nested = number | boolean | readonly Nested[] | [];
type Row<L> = L extends readonly (infer R)[] ? R : never;
type Len<T> = T extends List ? T["length"] : "no";
type IsUnion<T, U = T> = T extends unknown ? ([U] extends [T] ? false : true) : never;
export type LiteralShape<L> = L extends List
  ? [Row<L>] extends [List]
    ? [Row<Row<L>>] extends [List]
      ? [Row<Row<Row<L>>>] extends [List]
        ? [L["length"], Row<L>["length"], Row<Row<L>>["length"], Row<Row<Row<L>>>["length"]]
        : [L["length"], Row<L>["length"], Row<Row<L>>["length"]]
      : [L["length"], Row<L>["length"]]
    : [L["length"]]
  : [];
type First<L> = L extends readonly [infer A, ...any] ? A : Row<L>;
type Odd<L, F, W, Level> =
  true extends IsUnion<Len<Row<L>>>
    ? OddAt<W, Len<First<F>>, Level> extends { readonly found: infer N; readonly row: infer I extends number }
      ? Sentence<"array.ragged", { expected: Told<Len<First<F>>>; found: Told<N>; row: I }>
      : never
    : never;
/** Where the rows of the whole literal W are odd, at which level: walked only when it is known that they are. */
type OddAt<W, E, Level> = Level extends 1 ? OddRow<W, E> : Level extends 2 ? OddWithin<W, E> : OddDeep<W, E>;
type Told<N> = N extends "no" ? Sentence<"count.none"> : N;
/** The first row that has not E values, or in which a row, or a row of a row, has not. */
type OddRow<L, E, I extends 0[] = []> = L extends readonly [infer H, ...infer R]
  ? [Len<H>] extends [E]
    ? OddRow<R, E, [...I, 0]>
    : { readonly found: Len<H>; readonly row: I["length"] }
  : never;
type OddWithin<L, E, I extends 0[] = []> = L extends readonly [infer H, ...infer R]
  ? [Len<Row<H>>] extends [E]
    ? OddWithin<R, E, [...I, 0]>
    : { readonly found: OddRow<H, E>["found"]; readonly row: I["length"] }
  : never;
type OddDeep<L, E, I extends 0[] = []> = L extends readonly [infer H, ...infer R]
  ? [Len<Row<Row<H>>>] extends [E]
    ? OddDeep<R, E, [...I, 0]>
    : { readonly found: OddWithin<H, E>["found"]; readonly row: I["length"] }
  : never;
// levels written out: a recursive message here would cost the literal its tuple context
type Ragged<L> = Odd<L, L, L, 1> | Odd<Row<L>, First<L>, L, 2> | Odd<Row<Row<L>>, First<First<L>>, L, 3>;
export type LiteralArg<L> = [Nested] extends [L] ? Sentence<"array.value"> : Arg<Ragged<L>, L>;
type NamesMessage<Op extends string, S extends List, N extends List> = [Count<Op, S, N>] extends [never]
  ? [Repeated<N>] extends [never]
    ? never
    : Sentence<"names.repeated", { op: Op; name: Repeated<N> }>
  : Count<Op, S, N>;
type Count<Op extends string, S extends List, N extends List> = number extends S["length"] | N["length"]
  ? never
  : N["length"] extends S["length"]
    ? never
    : Sentence<"names.count", { op: Op; array: Show<S, Names>; ndim: S["length"]; count: N["length"] }>;
export type NamesArg<Op extends string, S extends Shape, N extends Names> = Arg<NamesMessage<Op, S, N>, N>;
/** A new array, with names if they are given. */
export type Made<S extends Shape, N extends Names> = number extends N["length"]
  ? NDArray<S>
  : WithNames<S, N>;
export type WithNames<S, N> = S extends Shape
  ? N extends readonly [...infer M extends string[]]
    ? NamedArray<S, M>
    : never
  : never;
export type Plain<S extends List> = { -readonly [I in keyof S]: S[I] };
type Renamed<N extends Names, M> = { [I in keyof N]: N[I] extends keyof M ? M[N[I]] : N[I] };
export type Rename<A extends NDArray, M> = Out<SH<A>, Renamed<NM<A>, M>>;
/** New names by old ones, or what is wrong with them. */
export type RenameArg<A extends NDArray, M> = [Repeated<Renamed<NM<A>, M>>] extends [never]
  ? {
      [K in keyof M]: string extends K
        ? M[K]
        : K extends NM<A>[number]
          ? M[K]
          : Sentence<"axis.missing", { op: "rename"; axis: ShowAxis<K>; array: Show<SH<A>, NM<A>> }>;
    }
  : Sentence<"names.repeated", { op: "rename"; name: Repeated<Renamed<NM<A>, M>> }>;
export type RestNames<A extends NDArray, N extends Names> = [NamesMessage<"named", SH<A>, N>] extends [never]
  ? N
  : { [I in keyof N]: NamesMessage<"named", SH<A>, N> };
