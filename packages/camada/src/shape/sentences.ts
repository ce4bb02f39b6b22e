import type { en } from "../errors/messages/en.js";
import type { en as networksEn } from "../errors/messages/networks/en.js";
import type { ptBR as networksPtBR } from "../errors/messages/networks/pt-BR.js";
import type { ptBR } from "../errors/messages/pt-BR.js";
import type { Names } from "./tuples.js";

declare global {
  /**
   * The language of the sentences that the compiler says: English, unless a program declares
   * `interface CamadaIdioma { id: "pt-BR" }`.
   */
  interface CamadaIdioma {}
}

type Catalogs = { en: typeof en & typeof networksEn; "pt-BR": typeof ptBR & typeof networksPtBR };
type Catalog = CamadaIdioma extends { id: infer L extends keyof Catalogs } ? Catalogs[L] : Catalogs["en"];

/** The very sentence that is said at run time, with its blanks filled in. */
export type Sentence<Code extends keyof Catalog, Data = Record<never, never>> = Fill<Catalog[Code], Data>;
type Fill<Text extends string, Data> = Text extends `${infer A}{${infer K}}${infer B}`
  ? `${A}${K extends keyof Data ? Data[K] & (string | number) : ""}${Fill<B, Data>}`
  : Text;

/** A size as sentences show it: `?` where it is not known. */
export type Num<N> = number extends N ? "?" : N extends number ? `${N}` : "?";
/** An axis as sentences show it: its name, if it has one, and its size. */
export type Ax<S, N> = string extends N ? Num<S> : `${N & string} ${Num<S>}`;
/** All axes of an array as sentences show them. */
export type Show<S, N extends Names> = S extends readonly [infer A]
  ? `(${Ax<A, N[0]>})`
  : S extends readonly [infer A, infer B]
    ? `(${Ax<A, N[0]>}, ${Ax<B, N[1]>})`
    : S extends readonly [infer A, infer B, infer C]
      ? `(${Ax<A, N[0]>}, ${Ax<B, N[1]>}, ${Ax<C, N[2]>})`
      : S extends readonly [infer A, infer B, infer C, infer D]
        ? `(${Ax<A, N[0]>}, ${Ax<B, N[1]>}, ${Ax<C, N[2]>}, ${Ax<D, N[3]>})`
        : S extends readonly []
          ? "()"
          : "(...)";

/** A parameter's type: what was given, or, where something is wrong, the sentence that says so. */
export type Arg<Message, Given> = [Message] extends [never] ? Given : NoInfer<Message>;
