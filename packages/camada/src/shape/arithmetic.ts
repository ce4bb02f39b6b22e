/**
 * Arithmetic on whole numbers as types. Tuples as long as a number would be slow beyond a few thousand, so
 * numbers are texts of digits, added in columns as at school, the last digit first.
 */
type Tup = {
  "0": [];
  "1": [0];
  "2": [0, 0];
  "3": [0, 0, 0];
  "4": [0, 0, 0, 0];
  "5": [0, 0, 0, 0, 0];
  "6": [0, 0, 0, 0, 0, 0];
  "7": [0, 0, 0, 0, 0, 0, 0];
  "8": [0, 0, 0, 0, 0, 0, 0, 0];
  "9": [0, 0, 0, 0, 0, 0, 0, 0, 0];
};
type T10<D> = D extends keyof Tup ? Tup[D] : [];
type Flip<S extends string, R extends string = ""> = S extends `${infer C}${infer T}`
  ? Flip<T, `${C}${R}`>
  : R;
type AddR<A extends string, B extends string, C extends 0[] = [], R extends string = ""> = A extends `${
  infer X // A, B backwards; the sum comes out forwards
}${infer P}`
  ? B extends `${infer Y}${infer S}`
    ? AddD<`${[...T10<X>, ...T10<Y>, ...C]["length"] & number}`, P, S, R>
    : AddD<`${[...T10<X>, ...C]["length"] & number}`, P, "", R>
  : B extends ""
    ? C extends []
      ? R
      : `1${R}`
    : AddR<B, "", C, R>;
type AddD<
  D extends string,
  P extends string,
  S extends string,
  R extends string,
> = D extends `1${infer U extends number}` ? AddR<P, S, [0], `${U}${R}`> : AddR<P, S, [], `${D}${R}`>;
type ToNum<S> = S extends `${infer N extends number}` ? N : number;
type AddS<A extends string, B extends string> = AddR<Flip<A>, Flip<B>>;
type Add<A, B> = number extends A | B ? number : ToNum<AddS<`${A & number}`, `${B & number}`>>;
type Times<A extends string, D, R extends string = "0"> = D extends [any, ...infer E]
  ? Times<A, E, AddS<A, R>>
  : R;
type MulS<A extends string, B extends string, R extends string = ""> = B extends `${infer D}${infer E}`
  ? MulS<A, E, AddS<R extends "" ? "0" : `${R}0`, Times<A, T10<D>>>>
  : R;
type Mul<A, B> = number extends A | B
  ? number
  : A extends 1
    ? B
    : B extends 1
      ? A
      : ToNum<MulS<`${A & number}`, `${B & number}`>>;
export type Product<S, R = 1> = S extends readonly [infer H, ...infer T] ? Product<T, Mul<R, H>> : R;
export type Sum<S, R = 0> = S extends readonly [infer H, ...infer T] ? Sum<T, Add<R, H>> : R;

type Cmp<A extends string, B extends string, R = "eq"> = A extends `${infer X}${infer P}`
  ? B extends `${infer Y}${infer S}`
    ? Cmp<P, S, R extends "eq" ? CmpD<X, Y> : R>
    : "gt"
  : B extends ""
    ? R
    : "lt";
type CmpD<X extends string, Y extends string> = X extends Y
  ? "eq"
  : "0123456789" extends `${string}${X}${string}${Y}${string}`
    ? "lt"
    : "gt";
type SubR<
  A extends string,
  B extends string,
  C extends 0[] = [],
  R extends string = "",
> = A extends `${infer X}${infer P}`
  ? B extends `${infer Y}${infer S}`
    ? SubD<T10<X>, [...T10<Y>, ...C], P, S, R>
    : SubD<T10<X>, C, P, "", R>
  : ToNum<Trim<R>>;
type SubD<X extends 0[], Y extends 0[], P extends string, S extends string, R extends string> = X extends [
  ...Y,
  ...infer Z,
]
  ? SubR<P, S, [], `${Z["length"] & number}${R}`>
  : [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...X] extends [...Y, ...infer Z]
    ? SubR<P, S, [0], `${Z["length"] & number}${R}`>
    : never;
type Trim<S extends string> = S extends `0${infer T}` ? (T extends "" ? "0" : Trim<T>) : S;
export type Sub<A, B> = B extends 0
  ? A
  : Cmp<`${A & number}`, `${B & number}`> extends "gt"
    ? SubR<Flip<`${A & number}`>, Flip<`${B & number}`>>
    : 0;
/** How often B goes into A, and what is left over: digit by digit, as at school. */
export type Divide<A, B> = DivR<`${A & number}`, B>;
type DivR<A extends string, B, R = 0, Q extends string = ""> = A extends `${infer D}${infer T}`
  ? Often<ToNum<Trim<`${R & number}${D}`>>, B> extends [infer N, infer Rest]
    ? DivR<T, B, Rest, `${Q}${N & number}`>
    : never
  : [ToNum<Trim<Q>>, R];
type Often<R, B, N extends 0[] = []> =
  Cmp<`${R & number}`, `${B & number}`> extends "lt" ? [N["length"], R] : Often<Sub<R, B>, B, [...N, 0]>;
/** Whether A is less than B, where both are known. */
export type Less<A, B> = number extends A | B
  ? false
  : Cmp<`${A & number}`, `${B & number}`> extends "lt"
    ? true
    : false;
export type Min<A, B> = Cmp<`${A & number}`, `${B & number}`> extends "lt" ? A : B;
