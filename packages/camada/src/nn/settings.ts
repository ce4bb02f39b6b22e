import { NetworkError } from "../errors/network.js";

/** What a setting's number may be. */
const BOUNDS = {
  finite: Number.isFinite,
  positive: (x: number) => x > 0 && x < Infinity,
  notNegative: (x: number) => x >= 0 && x < Infinity,
  fraction: (x: number) => x >= 0 && x < 1,
} as const;

export type Bound = keyof typeof BOUNDS;

/** @throws CamadaError `number.finite`, `number.positive`, `number.notNegative`, `number.fraction` */
export function checkNumber(op: string, name: string, value: unknown, bound: Bound): void {
  if (typeof value === "number" && BOUNDS[bound](value)) return;
  throw new NetworkError(`number.${bound}`, { op, name, value: String(value) });
}

/**
 * Refuses options that there are not: a name that is misspelt would else change nothing, without a word.
 * @throws CamadaError `option.unknown`
 */
export function checkOptions(op: string, given: object | undefined, known: readonly string[]): void {
  const option = Object.keys(given ?? {}).find((name) => !known.includes(name));
  if (option !== undefined) throw new NetworkError("option.unknown", { op, option, known });
}

/**
 * The settings given and, for the others, the defaults; each number within its bound.
 * @throws CamadaError `option.unknown`, and what `checkNumber` throws
 */
export function settings<T extends object>(
  op: string,
  given: { readonly [K in keyof T]?: T[K] | undefined } | undefined,
  defaults: T,
  bounds: { readonly [K in keyof T]?: Bound },
): T {
  checkOptions(op, given, Object.keys(defaults));
  const all = { ...defaults, ...given } as T;
  for (const [name, bound] of Object.entries(bounds)) {
    checkNumber(op, name, all[name as keyof T], bound as Bound);
  }
  return all;
}
